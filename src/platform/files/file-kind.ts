/** What a file is, by what it begins and ends with, never by its name; which kinds have a working copy, and what is not taken at all. Pure. */

export const fileKinds = ['jpeg', 'png', 'webp', 'pdf', 'mp4', 'webm', 'sound', 'text', 'other picture'] as const;
export type FileKind = (typeof fileKinds)[number];

/** Kinds of which a copy without anything but the picture can be made. All else is sealed as it came, or not kept. */
export const copyableKinds = ['jpeg', 'png', 'webp', 'pdf', 'mp4', 'webm'] as const satisfies readonly FileKind[];
export type CopyableKind = (typeof copyableKinds)[number];
/** What the cleaner is asked for where it draws a page of ours. */
export const firstPage = 'first page';
export const isCopyable = (kind: FileKind): kind is CopyableKind =>
  (copyableKinds as readonly FileKind[]).includes(kind);

export const maxFiles = 10;
/** In figures: the cleaner reads this file, and none outside its folder. */
export const maxFileBytes = 50_000_000;

export const fileRefusals = ['too large', 'not a kind we take', 'two kinds at once', 'empty', 'no room'] as const;
export type FileRefusal = (typeof fileRefusals)[number];

/** So much of the beginning, and of the end, is looked at. */
export const headBytes = 4_096;
export const tailBytes = 66_000;

const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** The first bytes of a PNG, and of WebM and its kin. */
export const pngSignature = '\x89PNG\r\n\x1a\n';
export const webmSignature = '\x1a\x45\xdf\xa3';

type Signature = { readonly kind: FileKind; readonly begins: RegExp };

const signatures: readonly Signature[] = [
  { kind: 'jpeg', begins: /^\xff\xd8\xff/ },
  { kind: 'webp', begins: /^RIFF[\s\S]{4}WEBP/ },
  { kind: 'pdf', begins: /^%PDF-\d/ },
  { kind: 'sound', begins: /^[\s\S]{4}ftypM4A/ },
  { kind: 'other picture', begins: /^[\s\S]{4}ftyp(?:heic|heix|heim|heis|hevc|mif1|msf1|avif|avis)/ },
  { kind: 'mp4', begins: /^[\s\S]{4}ftyp/ },
  { kind: 'sound', begins: /^(?:ID3|OggS|fLaC|#!AMR|RIFF[\s\S]{4}WAVE|\xff[\xfb\xf3\xf2\xf1\xf9])/ },
  { kind: 'other picture', begins: /^(?:GIF8[79]a|II\*\0|MM\0\*|BM[\s\S]{4}\0{4})/ },
];

/** What runs, or could run, when somebody opens it. Long enough that no photo bears it by chance: of two letters, one photo in sixteen did. */
const script =
  /<(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed|\?php|%@?\s*(?:page|language))|javascript:/i;
/** What begins as a program, a page to print, a letter or a page with its pictures does, though it is written in letters. */
const programBegins =
  /^(?:\xef\xbb\xbf)?\s*(?:#!|@echo\b|\{\\rtf|%!PS|%!\s*Adobe|<\?xml|(?:mime-version|content-type|message-id|received|return-path|delivered-to|from|subject|date):[^\n]*\n(?:[^\n]*\n){0,60}?(?:mime-version|content-type):)/i;
/** A pack of files at the end of a file: its last record, whose comment ends where the file does. */
const endsWithZip = (tail: string): boolean => {
  for (let at = tail.lastIndexOf('PK\x05\x06'); at >= 0; at = at > 0 ? tail.lastIndexOf('PK\x05\x06', at - 1) : -1) {
    const comment = tail.charCodeAt(at + 20) | (tail.charCodeAt(at + 21) << 8);
    if (at + 22 + comment === tail.length) return true;
  }
  return false;
};

/** Letters, marks and line ends of one encoding, and nothing that a machine alone would read. */
function isText(head: Uint8Array): boolean {
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127)) return false;
  try {
    // The last letter may have been cut through.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** A table is read cell by cell and handed out to nobody as it came: words that could run are found in their cell. */
export type ReadAs = 'file' | 'table';

/** A page as a browser saves it. */
const pageBegins = /^(?:\xef\xbb\xbf)?\s*</;

/** From the first and the last bytes of a file. Refuses what is no photo, film, sound, PDF or text, and what is two of them at once. */
export function detectKind(head: Uint8Array, tail: Uint8Array, as: ReadAs = 'file'): FileKind | FileRefusal {
  if (head.length === 0) return 'empty';
  const begins = latin(head);
  const found = begins.startsWith(pngSignature)
    ? 'png'
    : begins.startsWith(webmSignature)
      ? 'webm'
      : signatures.find(({ begins: shape }) => shape.test(begins))?.kind;
  const kind = found ?? (isText(head) ? 'text' : undefined);
  if (!kind) return 'not a kind we take';
  const ends = latin(tail);
  if (kind === 'text') {
    const couldRun = as === 'table' ? pageBegins.test(begins) : script.test(begins) || script.test(ends);
    return programBegins.test(begins) || couldRun ? 'not a kind we take' : 'text';
  }
  const hides =
    endsWithZip(ends) ||
    (kind !== 'pdf' && (/%PDF-\d/.test(begins.slice(4, 1_024)) || script.test(ends.slice(-4_096))));
  return hides ? 'two kinds at once' : kind;
}
