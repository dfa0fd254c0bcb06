import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowed, findings, findingsIn, forbiddenTerms, wordsOfCode, wordsOfDocs } from './writing.ts';

const glossary = `| Term | Meaning | Where | Not |
|---|---|---|---|
| identity request | asks a custodian for a name | x | opening of names, names to be opened |
| visit | what happened | x | |`;

test('comments, test titles, messages and docs are worded plainly', () => {
  const stays = allowed();
  assert.ok(stays.length <= 20);
  const known = new Set(stays.map((line) => line.split('\t')[0]));
  const found = findings().filter(({ file, text }) => !known.has(`${file}: ${text}`));
  assert.deepEqual(
    found.map(({ file, line, found: words, text }) => `${file}:${line} “${words}” in: ${text}`),
    [],
  );
});

test('finds a planted riddle in a comment, a title, a message and a document', () => {
  const planted: readonly (readonly [file: string, text: string])[] = [
    ['x.ts', '/** Whoever asks is told. */'],
    ['x.ts', '// What stands here was made anew.'],
    ['x.ts', "test('nobody who waits is left', () => {});"],
    ['x.ts', "throw new Error('mend it');"],
    ['x.ts', '/**\n * First line.\n * She reads her notes.\n */'],
    ['x.md', 'The door is told of it.'],
    ['x.md', 'There are names to be opened.'],
  ];
  for (const [file, text] of planted) assert.equal(findingsIn(file, text, forbiddenTerms(glossary)).length, 1, text);
});

test('leaves alone what is code, quoted code, or plain', () => {
  const plain: readonly (readonly [file: string, text: string])[] = [
    ['x.ts', "const words = 'whoever';"],
    ['x.ts', '/** Calls `whoever(her)` once. */'],
    ['x.md', '```\nwhoever\n```\nPlain text with `herself` in code.'],
    ['x.ts', '// A member who reads a record leaves a row in the log.'],
  ];
  for (const [file, text] of plain) assert.deepEqual(findingsIn(file, text, forbiddenTerms(glossary)), [], text);
});

test('reads every comment of a file, and no line of code', () => {
  const text = "/** One. */\nconst x = 1; // Two.\n/*\n Three.\n*/\nconst url = 'http://example.test';";
  assert.deepEqual(
    wordsOfCode(text).map(({ line }) => line),
    [1, 2, 3, 4, 5],
  );
  assert.equal(wordsOfDocs('a\n```\nb\n```\nc').filter(({ words }) => words).length, 2);
});
