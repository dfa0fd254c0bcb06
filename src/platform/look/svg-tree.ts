/** Reads an SVG file into a tree: a strict reader of the part of XML that drawings need. Pure. */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type SvgElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SvgElement[];
  /** Letters directly inside it. */
  readonly text: string;
};

/** Entities: a document type or a reference that is none of the five of XML. Instructions: what tells a program what to do. */
export type SvgReadingFault = 'damaged' | 'entities' | 'instructions' | 'too many elements';

const mostElements = 3_000;
const deepest = 40;

const name = '[A-Za-z_][\\w.:-]*';
const attribute = `\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*')`;
/** What comes next: each kind of part in a group of its own. */
const part = new RegExp(
  [
    '<!--[\\s\\S]*?-->',
    // The document type that drawing programs write, without definitions of its own.
    '<!DOCTYPE\\s+svg(?:\\s+PUBLIC\\s+"[^"<>]*"\\s+"[^"<>]*")?\\s*>',
    '<\\?xml(?:\\s[^<>?]*)?\\?>',
    '<!\\[CDATA\\[(?<raw>[\\s\\S]*?)\\]\\]>',
    `<(?<opened>${name})(?<attributes>(?:${attribute})*)\\s*(?<closed>/?)>`,
    `</(?<ended>${name})\\s*>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'y',
);

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Undefined where an entity is none of the five, or stands for no letter. */
function decode(text: string): string | undefined {
  let fault = false;
  const decoded = text.replace(/&([^;&]{0,10});?/g, (whole, entity: string) => {
    const [, hexadecimal, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(entity) ?? [];
    const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    const letter = named[entity] ?? (code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined);
    if (letter === undefined || !whole.endsWith(';')) fault = true;
    return letter ?? '';
  });
  return fault ? undefined : decoded;
}

/** Undefined where a name stands twice or a value cannot be read. */
function readAttributes(text: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const [, key = '', quoted = ''] of text.matchAll(/([A-Za-z_][\w.:-]*)\s*=\s*("[^"]*"|'[^']*')/g)) {
    const value = decode(quoted.slice(1, -1));
    if (value === undefined || found.has(key)) return undefined;
    found.set(key, value);
  }
  return found;
}

type Open = { name: string; attributes: ReadonlyMap<string, string>; children: SvgElement[]; text: string };

/** What a part that fits no pattern is. */
function faultAt(text: string, at: number): SvgReadingFault {
  const rest = text.slice(at, at + 20);
  if (/^<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i.test(rest)) return 'entities';
  return rest.startsWith('<?') ? 'instructions' : 'damaged';
}

/** The root with all that is in it. Refuses what is not well formed, and everything of XML that a drawing has no use for. */
export function readSvg(text: string): Result<SvgElement, SvgReadingFault> {
  const document: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const open: Open[] = [document];
  let elements = 0;
  part.lastIndex = 0;
  for (let at = 0; at < text.length; at = part.lastIndex) {
    part.lastIndex = at;
    const { groups } = part.exec(text) ?? {};
    const inner = open.at(-1);
    if (!groups || !inner) return refuse(faultAt(text, at));
    if (groups.opened !== undefined) {
      const attributes = readAttributes(groups.attributes ?? '');
      if (!attributes) return refuse('entities');
      elements += 1;
      if (elements > mostElements || open.length > deepest) return refuse('too many elements');
      const element: Open = { name: groups.opened, attributes, children: [], text: '' };
      inner.children.push(element);
      if (groups.closed === '') open.push(element);
    } else if (groups.ended !== undefined) {
      if (open.length === 1 || open.pop()?.name !== groups.ended) return refuse('damaged');
    } else {
      const letters = groups.raw ?? decode(groups.text ?? '');
      if (letters === undefined) return refuse('entities');
      inner.text += letters;
    }
  }
  const [root, another] = document.children;
  return open.length === 1 && root && !another && document.text.trim() === '' ? accept(root) : refuse('damaged');
}
