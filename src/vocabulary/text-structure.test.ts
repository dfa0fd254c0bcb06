import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findExceededLimit, importedLimits, releaseLimits, structureOf } from './text-structure.ts';

test('counts the parts of a text', () => {
  const text =
    '## Heading\n\nOne line\nof two. It has 2 sentences.\n\n- item\n  - item inside\n> - quoted 1,000\n\n{{arrests.made}}';
  const found = structureOf(text);
  assert.deepEqual(
    { ...found, letters: 0, longestBlock: 0, longestWord: 0 },
    {
      ...{ letters: 0, longestBlock: 0, longestWord: 0, marks: 1, marksInBlock: 1 },
      ...{ blocks: 6, depth: 2, placeholders: 1, sentences: 2, numbers: 3 },
    },
  );
  assert.equal(found.longestWord, '{{arrests.made}}'.length);
});

test('says of each kind of too much what to do', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['a\n\n'.repeat(6_600), /^Use 150 paragraphs, headings and list items or fewer$/],
    ['- a\n'.repeat(151), /^Use 150 paragraphs/],
    ['word '.repeat(400), /^Keep each paragraph and list item to 1,500 characters/],
    ['x'.repeat(201), /^Keep each word and each address to 200 characters$/],
    ['[a](b) '.repeat(60), /^Use 100 marks of Markdown, like \* and \[, or fewer in one paragraph$/],
    ['> > > > > a', /^Put lists and quotes at most 4 levels deep/],
    [`${'{{a.b}} '.repeat(60)}\n\n`.repeat(2), /^Use 100 figures in brackets or fewer$/],
    [`${'A b. '.repeat(50)}\n\n`.repeat(9), /^Use 400 sentences or fewer$/],
    ['7 '.repeat(201), /^Use 200 numbers or fewer$/],
    [`${'word '.repeat(250)}\n\n`.repeat(17), /^Use 20,000 characters or fewer$/],
  ];
  for (const [text, says] of cases) assert.match(findExceededLimit(text, releaseLimits) ?? '', says, text.slice(0, 20));
});

test('a long release of the usual kind keeps to the limits', () => {
  const paragraph = 'Officers and nurses visited eight business addresses. They spoke with 12 people there. ';
  const text = `${`## What happened\n\n${paragraph.repeat(5)}\n\n- one point\n- [one link](https://example.org)\n\n`.repeat(20)}`;
  assert.equal(findExceededLimit(text, releaseLimits), undefined);
  assert.equal(findExceededLimit(text, importedLimits), undefined);
});

test('is measured in proportion to its length', () => {
  const steps = (text: string): number => {
    const start = process.cpuUsage();
    structureOf(text);
    return process.cpuUsage(start).user;
  };
  for (const text of ['>', ' ', '[', '1', '-', '\t- ', '{{', '> - ', 'a\n', '. ', '\n']) {
    steps(text.repeat(10_000));
    assert.ok(steps(text.repeat(400_000)) < 5_000_000, JSON.stringify(text));
  }
});
