import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCsv, toFileName } from './csv.ts';

test('no cell begins as a formula, and every cell comes back as it was', () => {
  const cells = [
    '=1+1',
    '+44 20',
    '-3',
    '@name',
    '\tx',
    '＝1',
    'plain',
    'a "quoted" one',
    'two\nlines',
    "Bishop's",
    '',
  ];
  const table = toCsv([cells, [1, 2.5, 'three']]);
  assert.equal(
    table,
    `"'=1+1","'+44 20","'-3","'@name","'\tx","'＝1","plain","a ""quoted"" one","two\nlines","Bishop's",""\r\n1,2.5,"three"\r\n`,
  );
});

test('a file is named by letters and digits alone', () => {
  assert.equal(toFileName('../Operation "Lantern"; rm'), 'operation-lantern-rm');
  assert.equal(toFileName('…'), 'unnamed');
});
