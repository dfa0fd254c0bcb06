import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWorkbook } from '../../../test/harness/workbook.ts';
import { toWorkbook } from './workbook.ts';

const dangerous = [
  '=1+1',
  '+44 20',
  '-3',
  '@name',
  '\tx',
  '\rx',
  '＝1',
  '=HYPERLINK("https://example.org","press")',
  '_x003D_1+1',
  'constructor',
  '__proto__',
  ' a "quoted" <b>&amp;',
  'two\nlines',
  '12',
];

test('text comes back as the text that it was, and no cell is a formula', async () => {
  const read = readWorkbook(
    await toWorkbook([{ name: 'Figures', rows: [['What', 'Number'], ...dangerous.map((one) => [one, 7])] }]),
  );
  assert.deepEqual(read.sheets[0]?.rows, [['What', 'Number'], ...dangerous.map((one) => [one, 7])]);
  assert.equal(read.formulas, 0);
  assert.ok(!read.names.some((name) => /vba|external|macro|calcChain/i.test(name)), read.names.join());
});

test('every text has the format of text, and a gap stays empty', async () => {
  const workbook = await toWorkbook([
    { name: 'One', rows: [['A'], [null, 3], ['=x']] },
    { name: 'Two', rows: [['B']] },
  ]);
  const { sheets, formulas } = readWorkbook(workbook);
  assert.deepEqual(sheets, [
    { name: 'One', rows: [['A'], ['', 3], ['=x']] },
    { name: 'Two', rows: [['B']] },
  ]);
  assert.equal(formulas, 0);
});

test('a number that is none is refused', async () => {
  await assert.rejects(toWorkbook([{ name: 'One', rows: [[Number.NaN]] }]), /no such number/);
});
