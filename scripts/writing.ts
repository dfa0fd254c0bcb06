/** Checks how comments, test titles, error and console texts, and docs are worded: plain sentences, the terms of `docs/glossary.md`. Part of `npm run check`. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

export type Finding = { readonly file: string; readonly line: number; readonly found: string; readonly text: string };

/** Turns of phrase that have to be read twice. */
export const riddles: readonly RegExp[] = [
  /\bwhoever\b/i,
  /\bwhomever\b/i,
  /\bof whom\b/i,
  /\banew\b/i,
  /\bnobody (that|who|is|else)\b/i,
  /\bstands in\b/i,
  /\bis told (it|of|that)\b/i,
  /\btold as\b/i,
  /\bwhat (stands|lies|came)\b/i,
  /\bmend it\b/i,
  /\bbeside it\b/i,
  /\b(herself|himself)\b/i,
];

/** A person in general is "they", never "she". */
const pronouns = /\b(she|her|hers)\b/i;

/** Forbidden terms: the last column of the table of the glossary, separated by commas. */
export function forbiddenTerms(glossary: string): RegExp[] {
  const rows = glossary.split('\n').filter((line) => line.startsWith('| ') && !/^\| (Term|---)/.test(line));
  const terms = rows.flatMap((row) => (row.split('|').at(-2) ?? '').split(',').map((term) => term.trim()));
  return terms
    .filter(Boolean)
    .map((term) => new RegExp(`\\b${term.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`, 'i'));
}

/** What a TypeScript file says to its readers: comments, test titles, and texts of errors and of the console. One entry a line. */
export function wordsOfCode(text: string): { line: number; words: string }[] {
  let inside = false;
  return text.split('\n').flatMap((whole, index) => {
    const said: string[] = [];
    const block = /^\s*\/\*\*?(.*)$/.exec(whole);
    if (block && !inside) {
      said.push(block[1] ?? '');
      inside = !whole.includes('*/');
    } else if (inside) {
      said.push(whole);
      inside = !whole.includes('*/');
    } else {
      const comment = /(?:^|\s)\/\/(?!\s*biome-ignore)(.*)$/.exec(whole);
      if (comment) said.push(comment[1] ?? '');
      const literal =
        /(?:\btest\(|\bsuite\(|\bdescribe\(|new \w*(?:Error|Refusal|BadConfiguration)\(|\bconsole\.\w+\()\s*(['"`])(.*?)\1/.exec(
          whole,
        );
      if (literal) said.push(literal[2] ?? '');
    }
    return said.map((words) => ({ line: index + 1, words: words.replaceAll(/`[^`]*`/g, '') }));
  });
}

/** The prose of a Markdown file: code blocks and inline code left out. */
export function wordsOfDocs(text: string): { line: number; words: string }[] {
  let code = false;
  return text.split('\n').map((whole, index) => {
    if (whole.startsWith('```')) code = !code;
    return { line: index + 1, words: code || whole.startsWith('```') ? '' : whole.replaceAll(/`[^`]*`/g, '') };
  });
}

/** Compares each line with the patterns. The glossary itself may name what it forbids. */
export function findingsIn(file: string, text: string, terms: readonly RegExp[]): Finding[] {
  const lines = file.endsWith('.md') ? wordsOfDocs(text) : wordsOfCode(text);
  return lines.flatMap(({ line, words }) => {
    const pattern = [...riddles, pronouns, ...terms].find((one) => one.test(words));
    const found = pattern?.exec(words)?.[0];
    return found ? [{ file, line, found, text: words.trim() }] : [];
  });
}

export const checked = [
  '{src,test,scripts,assets}/**/*.{ts,cjs}',
  '.ci/run',
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/*.md',
  'docs/decisions/*.md',
];
/** Word lists, invented sentences for the detectors, generated text. */
const exempt =
  /english-words\.ts$|\/shopping\/|-sight\.ts$|\/fixtures\/|^docs\/glossary\.md$|^scripts\/writing(\.test)?\.ts$|\/languages\/english|careful-words/;

export function findings(): Finding[] {
  const terms = forbiddenTerms(readFileSync(join(root, 'docs/glossary.md'), 'utf8'));
  return checked
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !exempt.test(file))
    .sort()
    .flatMap((file) => findingsIn(file, readFileSync(join(root, file), 'utf8'), terms));
}

/** `file: text` of each finding that stays, with the reason after a tab; at most twenty. */
export function allowed(): string[] {
  return readFileSync(join(root, 'scripts/writing-allowed.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'));
}
