import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPress, typed } from '../../../test/fixtures/terminal.ts';
import { written } from '../../newsroom/imported-releases/examples.ts';

test('a file with a day that cannot be is imported, and told with line, key and cure', async (t) => {
  const { application, as, folder } = await openPress(t);
  const files: Readonly<Record<string, string>> = {
    'a.md': written({ title: 'A' }).replace('11 Jun 2024', '31 Jun 2024'),
    'b.md': written({ title: 'B' }).replace(/publish:\n.*\n/, ''),
    'c.md': written({ title: 'C', body: 'Call 101\u202e999 or visit www.nоrtham.police.uk.' }),
    'd.md': written({ title: 'D' }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const done = await typed(['release', 'import', folder, ...as], { application });
  assert.deepEqual([done.code, done.said.at(-1)], [0, '4 files: 4 imported, 0 already there, 0 bad.']);
  assert.equal(done.told.length, 4, done.told.join('\n'));
  for (const [at, says] of [
    /^a\.md, line 6: publish\.date: “31 Jun 2024” is no day for certain, so no day is read\. Write the day.*has that day\.$/,
    /^b\.md, line 1: The front matter has no publish\.date, so no day is known\. Add publish: date: to it\./,
    /^c\.md, line 11: A hidden character changes the order in which letters are shown \(U\+202E\)\./,
    /^c\.md, line 11: An address is not what it looks like\..*looks like northam\.police\.uk\./,
  ].entries())
    assert.match(done.told[at] ?? '', says);
});

test('the list shows the agency’s imported releases with ids, and no others', async (t) => {
  const { application, as, folder, force } = await openPress(t);
  const other = await application.agency('council');
  const outsider = ['--as', `${(await application.member(other, ['press'])).id}@example.org`];
  const planner = ['--as', `${(await application.member(force, ['planner'])).id}@example.org`];
  writeFileSync(join(folder, 'a.md'), written({ title: 'Older\tone', year: 2023 }));
  writeFileSync(join(folder, 'b.md'), written({ title: 'Newer', area: 'Oakshire', year: 2024 }));
  writeFileSync(join(folder, 'c.md'), '---\ntitle: Dayless\n---\nText');
  const done = await typed(['release', 'import', folder, ...as], { application });
  const ids = Object.fromEntries(done.said.slice(0, -1).map((line) => line.split('  ').reverse()));
  const list = async (...words: string[]) =>
    (await typed(['release', 'list', ...words], { application })).said.map((line) => line.split('\t'));
  const rows = await list(...as);
  assert.deepEqual(
    rows.map(([id, day, area, , title]) => [id, day, area, title]),
    [
      [ids['b.md'], '2024-06-11', 'Oakshire', 'Newer'],
      [ids['a.md'], '2023-06-11', 'Leashire', 'Older one'],
      [ids['c.md'], '-', '-', 'Dayless'],
    ],
  );
  assert.deepEqual(
    (await list(...as, '--year', '2023')).map(([id]) => id),
    [ids['a.md']],
  );
  assert.deepEqual(
    (await list(...as, '--area', 'Oakshire')).map(([id]) => id),
    [ids['b.md']],
  );
  assert.deepEqual(await list(...outsider), []);
  assert.deepEqual((await typed(['release', 'list', ...planner], { application })).told, [
    'This member’s roles do not allow that: it is for press.',
  ]);
  const again = await typed(['release', 'import', folder, ...outsider], { application });
  assert.equal(again.said.filter((line) => line.endsWith('already there')).length, 0, 'another agency’s own copies');
});
