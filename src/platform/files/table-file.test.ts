import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxTableLines, readTable } from './table-file.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = async (text: string) => {
  const table = await readTable(bytes(text));
  return table.ok ? table.value : table.refusal;
};

test('reads commas and semicolons, quoted cells, line ends of any kind, with and without the mark of UTF-8', async () => {
  const expected = {
    columns: ['Name', 'Town'],
    lines: [{ number: 2, cells: ['The "Blue" Door, back', 'Wat\nford'] }],
  };
  const quoted = (end: string, separator: string) =>
    `Name${separator}Town${end}"The ""Blue"" Door, back"${separator}"Wat\nford"${end}`;
  for (const end of ['\r\n', '\n'])
    for (const separator of [',', ';'])
      for (const mark of ['', '\uFEFF']) assert.deepEqual(await read(mark + quoted(end, separator)), expected);
});

test('counts lines as a spreadsheet does, leaves empty ones out, and trims cells', async () => {
  assert.deepEqual(await read('Name,Town\n\n , \n"a\nb",  c \nd,e'), {
    columns: ['Name', 'Town'],
    lines: [
      { number: 4, cells: ['a\nb', 'c'] },
      { number: 5, cells: ['d', 'e'] },
    ],
  });
});

test('keeps a cell as text whatever it begins with, without characters that nobody sees', async () => {
  assert.deepEqual(await read('Name\n=HYPERLINK("x")\n@SUM\u0000\u202E1'), {
    columns: ['Name'],
    lines: [
      { number: 2, cells: ['=HYPERLINK("x")'] },
      { number: 3, cells: ['@SUM1'] },
    ],
  });
});

test('refuses other letters than UTF-8, a quotation mark without an end, no lines and too many', async () => {
  const windows = await readTable(Uint8Array.of(0x4e, 0x0a, 0x43, 0x61, 0x66, 0xe9));
  assert.equal(windows.ok ? 'read' : windows.refusal, 'not UTF-8');
  assert.equal(await read('Name,Town\n"Blue Door,Watford'), 'quotation mark');
  assert.equal(await read('Name,Town\n'), 'no lines');
  assert.equal(await read(''), 'no lines');
  assert.equal(await read(`Name\n${'x\n'.repeat(maxTableLines + 1)}`), 'too many lines');
});

test('answers a file that is made to be slow within half a second, and does not read it', async () => {
  const two = 2_000_000;
  for (const [says, text, refusal] of [
    ['empty lines and a good one', `Name\n${'\n'.repeat(1_900_000)}Blue Door`, 'too many lines'],
    ['empty lines of Windows', `Name\r\n${'\r\n'.repeat(950_000)}Blue Door`, 'too many lines'],
    ['names of columns', `${'a,'.repeat(900_000)}\nx\n`, 'long line'],
    ['short names of columns', `${'a,'.repeat(200)}\nx\n`, 'too many columns'],
    ['commas', `${','.repeat(990_000)}\na${','.repeat(990_000)}\n`, 'long line'],
    ['semicolons', `${';'.repeat(two - 10)}\nx`, 'long line'],
    ['lines of commas before a good one', `Name\n${`${','.repeat(21)}\n`.repeat(15_000)}Blue Door`, 'too many columns'],
    ['quotation marks', `Name\n${'""'.repeat(900_000)}`, 'long line'],
  ] as const) {
    const begun = process.cpuUsage();
    assert.equal(await read(text), refusal, says);
    const { user, system } = process.cpuUsage(begun);
    assert.ok((user + system) / 1_000 < 500, `${says}: ${(user + system) / 1_000} ms`);
  }
});

test('reads what a spreadsheet leaves below the last line', async () => {
  const file = `Name,Town\r\nBlue Door,Watford\r\n${',\r\n'.repeat(90_000)}`;
  assert.deepEqual(await read(file), {
    columns: ['Name', 'Town'],
    lines: [{ number: 2, cells: ['Blue Door', 'Watford'] }],
  });
});
