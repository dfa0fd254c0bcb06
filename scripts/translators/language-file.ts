/** Writes a language file again: only what changed, in its place. Order, comments and quotes of the rest stay. */
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Pair, parseDocument, Scalar, stringify, type YAMLMap } from 'yaml';
import type { Language } from '../../src/public/languages/language.ts';
import { contentKey, type Review } from '../../src/public/languages/reviews.ts';
import { readLanguage } from '../../src/public/languages/shape.ts';
import type { Change } from './import-plan.ts';

/** Text that replaces the text between two offsets. */
type Splice = { readonly from: number; readonly to: number; readonly text: string };

/** A value on one line, written as it was before where that is possible. */
function inline(text: string, like?: Scalar): string {
  const scalar = new Scalar(text);
  if (like?.type) scalar.type = like.type;
  return stringify({ key: scalar }, { lineWidth: 0 }).slice('key: '.length).trimEnd();
}

const endOf = (node: unknown): number => {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined;
  if (!range) throw new Error('The language file has a part that is not text, a map or a list');
  return range[1];
};

function replaceScalar(node: Scalar, text: string): Splice {
  return { from: node.range?.[0] ?? 0, to: endOf(node), text: inline(text, node) };
}

const sectionOf = (root: YAMLMap, name: string): Pair | undefined =>
  root.items.find(({ key }) => isScalar(key) && key.value === name);

/** Where a new line begins that follows what ends at `at`. */
const lineAfter = (file: string, at: number): number => {
  const end = file.indexOf('\n', Math.max(at - 1, 0));
  return end === -1 ? file.length : end + 1;
};

const startOf = (pair: Pair): number => (isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0);

/** Where the first of these sections begins; the end of the file without them. */
function startOfFirst(root: YAMLMap, file: string, names: readonly string[]): number {
  const found = names.flatMap((name) => sectionOf(root, name) ?? []);
  return Math.min(file.length, ...found.map(startOf));
}

/** The text of a sentence in the file, where it has one. */
function nodeOf(root: YAMLMap, { key, english }: Change): Scalar | undefined {
  const [section = '', name = ''] = key.split('.');
  const part = sectionOf(root, section)?.value;
  const item = isSeq(part) ? part.items.find((one) => isMap(one) && one.get('en') === english) : undefined;
  const node = isMap(part) ? sectionOf(part, name)?.value : isMap(item) && item.get('own', true);
  return isScalar(node) ? node : undefined;
}

const newLines = ({ key, english, after }: Change): string =>
  key === contentKey
    ? `  - en: ${inline(english)}\n    own: ${inline(after)}\n`
    : `  ${key.split('.')[1]}: ${inline(after)}\n`;

/** New sentences stand at the end of their section; a new section before the signs and the reviews. */
function spliceAdded(root: YAMLMap, file: string, section: string, added: readonly Change[]): Splice {
  const text = added.map(newLines).join('');
  const part = sectionOf(root, section)?.value;
  if (part) {
    const at = lineAfter(file, endOf(part));
    return { from: at, to: at, text };
  }
  const later = section === contentKey ? ['reviews'] : [contentKey, 'reviews'];
  const at = startOfFirst(root, file, later);
  return { from: at, to: at, text: `${section}:\n${text}` };
}

const reviewsInYaml = (reviews: readonly Review[]): string =>
  reviews.length === 0
    ? ''
    : `reviews:\n${reviews
        .map(({ by, on, of }) =>
          [`  - by: ${inline(by)}`, `    on: ${on}`, '    of:', ...of.map((mark) => `      - ${mark}`), ''].join('\n'),
        )
        .join('')}`;

function spliceReviews(root: YAMLMap, file: string, reviews: readonly Review[]): Splice {
  const pair = sectionOf(root, 'reviews');
  if (!pair) return { from: file.length, to: file.length, text: reviewsInYaml(reviews) };
  return { from: startOf(pair), to: lineAfter(file, endOf(pair.value)), text: reviewsInYaml(reviews) };
}

/** Two that begin at one place stay in their order. */
function applySplices(file: string, splices: readonly Splice[]): string {
  let [text, at] = ['', 0];
  for (const splice of splices.toSorted((one, other) => one.from - other.from)) {
    text += file.slice(at, splice.from) + splice.text;
    at = splice.to;
  }
  return text + file.slice(at);
}

function spliceSentences(file: string, changes: readonly Change[]): readonly Splice[] {
  const root = rootOf(file);
  const [replaced, added]: [Splice[], Change[]] = [[], []];
  for (const change of changes) {
    const node = nodeOf(root, change);
    if (node) replaced.push(replaceScalar(node, change.after));
    else added.push(change);
  }
  const sections = Map.groupBy(added, ({ key }) => key.split('.')[0] ?? '');
  return [...replaced, ...[...sections].map(([section, ones]) => spliceAdded(root, file, section, ones))];
}

const isSame = (one: Language, other: Language): boolean =>
  isDeepStrictEqual(one.texts, other.texts) &&
  isDeepStrictEqual(one.content, other.content) &&
  isDeepStrictEqual(one.reviews, other.reviews);

/** The file with these changes and the reviews of `after`. Reads the result again, and refuses one that says anything else. */
export function rewriteLanguageFile(given: string, changes: readonly Change[], after: Language): string {
  const whole = given.endsWith('\n') ? given : `${given}\n`;
  let file = applySplices(whole, spliceSentences(whole, changes));
  if (!isDeepStrictEqual(readLanguage(after.code, file).reviews, after.reviews))
    file = applySplices(file, [spliceReviews(rootOf(file), file, after.reviews)]);
  if (!isSame(readLanguage(after.code, file), after))
    throw new Error(`${after.code}.yaml is written in a way that this command cannot change`);
  return file;
}

function rootOf(file: string): YAMLMap {
  const root = parseDocument(file).contents;
  if (!isMap(root)) throw new Error('The language file is not a map of sections');
  return root;
}
