/** Reads and writes the model's own form: front matter, then Markdown. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify, visit } from 'yaml';
import { accept } from '../../vocabulary/result.ts';
import type { BadFile, BadFileReason, FormKey, KeptKey, Note, Reading } from './parsed-release.ts';
import { formKeys, largestFile } from './parsed-release.ts';
import { dayAsInForm, readDay } from './places-and-days/dates.ts';

const largestFrontMatter = 32 * 1024;

export type FormToWrite = {
  readonly area: string;
  readonly description: string;
  /** `YYYY-MM-DD`; written as "25 Sep 2019". */
  readonly publishDate: string;
  readonly title: string;
  readonly url: string;
  readonly body: string;
};

/** Exactly the model's shape: its fence, its keys in its order, quotes only where YAML needs them. */
export function writeForm({ area, description, publishDate, title, url, body }: FormToWrite): Uint8Array {
  const lines = [
    '```yaml',
    `area: ${scalar(area)}`,
    'og:',
    `  description: ${scalar(description)}`,
    'publish:',
    `  date: ${scalar(dayAsInForm(publishDate))}`,
    `title: ${scalar(title)}`,
    `url: ${scalar(url)}`,
    '```',
    '',
  ];
  return new TextEncoder().encode(`${lines.join('\n')}\n${body}`);
}

/** Characters that some readers of YAML take for a line's end, or lose. */
const unsafeInPlain = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;

function scalar(text: string): string {
  if (!unsafeInPlain.test(text))
    return stringify(text, { lineWidth: 0, blockQuote: false, compat: 'yaml-1.1' }).slice(0, -1);
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
}

/** Reads one file. Whatever is odd but plain is kept and noted; only what cannot be understood is refused. */
export function readForm(bytes: Uint8Array, fileName: string): Reading {
  const bad = (refusal: BadFileReason, line: number, detail = ''): BadFile => ({
    ok: false,
    refusal,
    fileName,
    line,
    detail,
  });

  if (bytes.length > largestFile) return bad('too large', 1);
  const decoded = decode(bytes);
  if (!decoded.ok) return bad('not UTF-8', decoded.line, encodingOf(bytes));
  const { text } = decoded;
  if (text.trim() === '') return bad('empty', 1);
  const nul = text.indexOf('\0');
  if (nul >= 0) return bad('NUL character', lineAt(text, nul));

  const split = splitFrontMatter(text);
  if ('refusal' in split) return bad(split.refusal, split.line, split.detail);
  const keys = readKeys(split.yaml, split.yamlLine);
  if ('refusal' in keys) return bad(keys.refusal, keys.line, keys.detail);

  const notes = [...keys.notes];
  const found = new Map<FormKey, KeptKey>();
  const unknownKeys: KeptKey[] = [];
  for (const key of keys.kept) {
    const known = formKeys.find((name) => name === key.key);
    if (!known) {
      unknownKeys.push(key);
      notes.push({ kind: 'key not known', line: key.line, detail: key.key });
    } else if (found.has(known)) {
      unknownKeys.push(key);
      notes.push({ kind: 'key given in two ways', line: key.line, detail: key.key });
    } else found.set(known, key);
  }
  for (const key of formKeys) {
    if (!found.has(key)) notes.push({ kind: 'key missing', line: split.yamlLine - 1, detail: key });
  }

  const written = found.get('publish.date');
  const day = written ? readDay(written.value) : null;
  if (written) notes.push(...dateNotes(written, day));

  return accept({
    fileName,
    source: bytes,
    form: split.form,
    area: found.get('area')?.value ?? null,
    description: found.get('og.description')?.value ?? null,
    publishDate: day?.day ?? null,
    publishDateAsWritten: written?.value ?? null,
    title: found.get('title')?.value ?? null,
    url: found.get('url')?.value ?? null,
    unknownKeys,
    lineOf: Object.fromEntries([...found].map(([key, { line }]) => [key, line])),
    body: split.body,
    bodyLine: split.bodyLine,
    notes: notes.sort((one, other) => one.line - other.line),
  });
}

function dateNotes({ value, line }: KeptKey, read: ReturnType<typeof readDay>): Note[] {
  if (!read) return [{ kind: 'date not read', line, detail: value }];
  const notes: Note[] = [];
  if (read.day !== value && dayAsInForm(read.day) !== value)
    notes.push({ kind: 'date in another form', line, detail: value });
  if (!read.weekdayAgrees) notes.push({ kind: 'weekday and date disagree', line, detail: value });
  return notes;
}

/** What a mark at the start of a file says of its encoding. */
const encodingOf = ([first, second]: Uint8Array): string =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ? 'it begins like UTF-16' : '';

type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly line: number };

/** A line break is never part of a longer UTF-8 sequence, so the first line that fails is the line of the fault. */
function decode(bytes: Uint8Array): Decoded {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return { ok: true, text: decoder.decode(bytes) };
  } catch {
    let start = 0;
    for (let line = 1; ; line += 1) {
      const end = bytes.indexOf(0x0a, start);
      try {
        decoder.decode(bytes.subarray(start, end < 0 ? bytes.length : end));
      } catch {
        return { ok: false, line };
      }
      if (end < 0) return { ok: false, line };
      start = end + 1;
    }
  }
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split(/\r\n|\r|\n/).length;

type Fault = { readonly refusal: BadFileReason; readonly line: number; readonly detail: string };
type Split = {
  readonly form: 'fenced' | 'dashed';
  readonly yaml: string;
  readonly yamlLine: number;
  readonly body: string;
  readonly bodyLine: number;
};

const lineBreak = /\r\n|\r|\n/g;

/** Lines with the offset at which the next one starts, as far as they are asked for. */
function* linesOf(text: string): Generator<{ line: string; next: number; number: number }> {
  let start = 0;
  let number = 1;
  lineBreak.lastIndex = 0;
  for (const match of text.matchAll(lineBreak)) {
    const next = match.index + match[0].length;
    yield { line: text.slice(start, match.index), next, number };
    start = next;
    number += 1;
  }
  yield { line: text.slice(start), next: text.length, number };
}

function splitFrontMatter(text: string): Split | Fault {
  let opening: { form: Split['form']; closes: RegExp; line: number; start: number } | undefined;
  for (const { line, next, number } of linesOf(text)) {
    if (!opening) {
      if (line.trim() === '') continue;
      const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*ya?ml[ \t]*$/i.exec(line)?.[1];
      if (fence) {
        const closes = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}[ \\t]*$`);
        opening = { form: 'fenced', closes, line: number, start: next };
      } else if (/^---[ \t]*$/.test(line)) {
        opening = { form: 'dashed', closes: /^(?:---|\.\.\.)[ \t]*$/, line: number, start: next };
      } else return { refusal: 'no front matter', line: number, detail: '' };
    } else if (opening.closes.test(line)) {
      const yaml = text
        .slice(opening.start, next)
        .split(lineBreak)
        .slice(0, number - opening.line - 1)
        .join('\n');
      const blank = /^[ \t]*(?:\r\n|\r|\n)/.exec(text.slice(next, next + 256))?.[0] ?? '';
      return {
        form: opening.form,
        yaml,
        yamlLine: opening.line + 1,
        body: text.slice(next + blank.length),
        bodyLine: number + (blank ? 2 : 1),
      };
    } else if (next - opening.start > largestFrontMatter) break;
  }
  return { refusal: 'front matter never ends', line: opening?.line ?? 1, detail: '' };
}

type Keys = { readonly kept: readonly KeptKey[]; readonly notes: readonly Note[] };

/**
 * Every value is text ("failsafe"): a date, a "no" or a "1e3" stays as it is written. What people write without the
 * quotes that YAML asks for is quoted for reading and tried once more.
 */
function readKeys(yaml: string, firstLine: number): Keys | Fault {
  const first = parseKeys(yaml, firstLine);
  if (!('refusal' in first) || first.refusal !== 'front matter is not YAML') return first;
  const quoted = yaml.split('\n').map(quoteWhereNeeded);
  const second = parseKeys(quoted.map(({ line }) => line).join('\n'), firstLine);
  if ('refusal' in second) return second;
  const changed: Note[] = quoted.flatMap(({ changed: was }, index) =>
    was ? [{ kind: 'front matter needed quotes', line: firstLine + index, detail: '' }] : [],
  );
  return { kept: second.kept, notes: [...second.notes, ...changed] };
}

function quoteWhereNeeded(line: string): { line: string; changed: boolean } {
  const [, key, value] = /^([ \t]*[\w.-]+:[ \t]+)(\S.*)$/.exec(line.trimEnd()) ?? [];
  if (!key || !value || /^(?:[|>][+-]?\d?|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')$/.test(value))
    return { line, changed: false };
  const whole = parseDocument(`x: ${value}`, { schema: 'failsafe', logLevel: 'silent' });
  if (whole.errors.length === 0) return { line, changed: false };
  return { line: `${key}${JSON.stringify(value)}`, changed: true };
}

function parseKeys(yaml: string, firstLine: number): Keys | Fault {
  const counter = new LineCounter();
  const lineOf = (offset: number | undefined) => firstLine + Math.max(0, counter.linePos(offset ?? 0).line - 1);
  const fault = (refusal: BadFileReason, offset: number | undefined, detail = ''): Fault => ({
    refusal,
    line: lineOf(offset),
    detail,
  });
  try {
    const document = parseDocument(yaml, {
      schema: 'failsafe',
      lineCounter: counter,
      logLevel: 'silent',
      prettyErrors: false,
    });
    let forbidden: number | undefined;
    visit(document, {
      Node(_, node) {
        const plainTag = node.tag === undefined || node.tag.startsWith('tag:yaml.org,2002:');
        if (!isAlias(node) && !('anchor' in node && node.anchor) && plainTag) return;
        forbidden = node.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    if (forbidden !== undefined) return fault('alias, anchor or tag', forbidden);
    const [error] = document.errors;
    if (error?.code === 'DUPLICATE_KEY')
      return fault('key given twice', error.pos[0], /^[^:\n]{0,60}/.exec(yaml.slice(error.pos[0]))?.[0].trim());
    if (error) return fault('front matter is not YAML', error.pos[0], error.message);
    const root = document.contents;
    if (!isMap(root)) return fault('front matter is not made of keys', root?.range?.[0]);
    const notes: Note[] = [];
    const comment = /(?:^|[ \t])#/m.exec(yaml);
    if (comment && (document.comment || document.commentBefore || hasComment(root)))
      notes.push({ kind: 'comment in the front matter', line: lineOf(comment.index + 1), detail: '' });
    return { kept: flatten(root, '', lineOf), notes };
  } catch (error) {
    // Brackets nested by the thousand exhaust the stack of the parser; the file is bad, not we.
    if (error instanceof RangeError)
      return { refusal: 'front matter is not YAML', line: firstLine, detail: 'nested too deeply' };
    throw error;
  }
}

function hasComment(node: Node): boolean {
  let found = false;
  visit(node, {
    Node(_, { comment, commentBefore }) {
      found = Boolean(comment || commentBefore);
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

/** Nested keys by their path, in the order of the file: `og.description`, `tags[0]`. An empty value is a missing one. */
function flatten(node: unknown, path: string, lineOf: (offset: number | undefined) => number): KeptKey[] {
  if (isMap(node)) {
    return node.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '?';
      const line = isScalar(key) ? key.range?.[0] : undefined;
      const inner = flatten(value, path ? `${path}.${name}` : name, lineOf);
      return isScalar(value) ? inner.map((kept) => ({ ...kept, line: lineOf(line) })) : inner;
    });
  }
  if (isSeq(node)) return node.items.flatMap((item, index) => flatten(item, `${path}[${index}]`, lineOf));
  if (!isScalar(node) || (node.type === 'PLAIN' && node.source === '')) return [];
  const block = node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL';
  const value = block ? String(node.value).trimEnd() : String(node.value);
  return [{ key: path, value, line: lineOf(node.range?.[0]) }];
}
