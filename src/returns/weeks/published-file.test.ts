import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTable } from '../../platform/files/table-file.ts';
import { newId } from '../../vocabulary/ids.ts';
import { inventedWeeks, toPublishedFile } from './examples.ts';
import { type CheckedFile, checkPublishedFile } from './published-file.ts';
import { formatPublished } from './published-number.ts';
import type { PublishedWeek } from './published-week.ts';

const check = async (text: string, stored: readonly PublishedWeek[] = []) => {
  const table = await readTable(new TextEncoder().encode(text));
  assert.ok(table.ok);
  return checkPublishedFile(table.value, stored);
};
const checked = async (lines: typeof inventedWeeks, stored: readonly PublishedWeek[] = []): Promise<CheckedFile> => {
  const found = await check(toPublishedFile(lines), stored);
  assert.ok(!('kind' in found), JSON.stringify(found));
  return found;
};
const storedOf = ({ good }: CheckedFile): PublishedWeek[] =>
  good.map(({ week }) => ({ ...week, id: newId(), importedAt: new Date('2026-09-18T09:00:00Z') }));
const spring = inventedWeeks[0] ?? {};

test('keeps numbers, qualifiers, gaps, source and note as they are, and stores nothing of its own', async () => {
  const { good, problems, bad, already } = await checked(inventedWeeks);
  assert.deepEqual([good.length, problems, bad, already], [5, [], 0, []]);
  const first = good[0]?.week;
  assert.deepEqual(
    Object.entries(first?.figures ?? {}).map(([name, number]) => `${name}: ${formatPublished(number)}`),
    [
      'officers: at least 1,200',
      'persons_checked: more than 6,000',
      'vehicles_checked: 900',
      'locations_checked: 410',
      'arrests_total: 17',
      'arrests_trafficking_or_focus_offence: 6',
      'victims_total: 41',
      'victims_adult: 30',
      'victims_child: 9',
    ],
  );
  assert.equal(first?.figures.documents_checked, undefined, 'a gap is no 0');
  assert.equal(good[2]?.week.figures.arrests_total?.kind === 'number' && good[2].week.figures.arrests_total.value, 0);
  assert.equal(first?.sourceUrl, spring.source_url);
  assert.equal(first?.details.note, spring.note);
  assert.deepEqual([good[4]?.week.startsOn, good[4]?.week.endsOn], [null, null], 'no date is made up');
});

test('says what is odd in a source, and keeps it', async () => {
  const { good } = await checked(inventedWeeks);
  assert.deepEqual(good[0]?.oddities, ['Adults and children come to 39, and the total says 41.']);
  assert.match(good[2]?.oddities[0] ?? '', /^Potential victims: “several” is kept as words/);
  assert.match(good[2]?.oddities[1] ?? '', /The note says “nearly”/);
  assert.match(good[4]?.oddities[0] ?? '', /no first day/);
  const worse = await checked([
    {
      ...spring,
      victims_child: '90',
      arrests_trafficking_or_focus_offence: '18',
      new_investigations_total: '1',
      new_investigations_trafficking: '2',
    },
  ]);
  assert.equal(worse.good[0]?.oddities.length, 4);
});

test('says which date it read, which figure is no number, and which state it does not know', async () => {
  const { good } = await checked([
    { ...spring, start_date: '05/09/2025', end_date: '13/09/2025', victims_total: 'many', result_status: 'finished' },
    { ...spring, week_id: 'XX-2', result_status: 'Final (published 2 May 2024)' },
  ]);
  assert.deepEqual(good[0]?.oddities.slice(0, 3), [
    '“05/09/2025” is read as 5 September 2025, day before month.',
    'Potential victims: “many” is kept as words, and is in no chart.',
    'The state “finished” is none of final, partial, first results and later results. It is kept as written.',
  ]);
  assert.equal(good[1]?.oddities.length, 1, 'its sum alone');
});

test('names each error with its line and column, and leaves the line out', async () => {
  const { good, problems, bad } = await checked([
    spring,
    { ...spring, week_id: '', name: '', source_url: 'example.org' },
    { ...spring, week_id: 'XX-2', start_date: '2024-02-30', arrests_total: '12-15' },
    { ...spring, week_id: 'XX-3', start_date: '14/04/2024', end_date: '08/04/2024' },
    { ...spring, note: 'again' },
    { ...spring, week_id: 'XX-4', source_url: 'https://a@b.example/' },
  ]);
  assert.deepEqual([good.length, bad], [1, 5]);
  assert.deepEqual(
    problems.map(({ number, column }) => `${number} ${column}`),
    [
      '3 week_id',
      '3 name',
      '3 source_url',
      '4 start_date',
      '4 arrests_total',
      '5 end_date',
      '6 source_url',
      '7 source_url',
    ],
  );
  assert.match(problems[6]?.what ?? '', /^Line 2 has the same week from the same source/);
});

test('two sources of one week are both kept, with the figures in which they differ', async () => {
  const { good, conflicts } = await checked(inventedWeeks);
  assert.equal(good.length, 5);
  assert.deepEqual(
    conflicts.map(({ number, with: other, conflicts: found }) => [
      number,
      other,
      found.map(({ figure, agreement }) => `${figure} ${agreement}`),
    ]),
    [[3, { line: 2 }, ['arrests_total differ', 'victims_total may agree']]],
  );
});

test('a week has at most 20 sources: every two of them are compared', async () => {
  const lines = Array.from({ length: 1_000 }, (_, at) => ({
    ...spring,
    victims_total: `${at}`,
    source_url: `https://example.org/${at}`,
  }));
  const { good, problems, conflicts } = await checked(lines);
  assert.deepEqual([good.length, problems.length], [20, 980]);
  assert.match(problems[0]?.what ?? '', /This week has 20 sources already/);
  assert.equal(conflicts.length, (20 * 19) / 2);
  const more = await checked(lines.slice(20, 21), storedOf(await checked(lines.slice(0, 20))));
  assert.deepEqual([more.good.length, more.problems.length], [0, 1]);
});

test('a line that is there already is left out, and a source that changed is told from another source', async () => {
  const stored = storedOf(await checked(inventedWeeks));
  const again = await checked([{ ...spring, arrests_total: '18' }, ...inventedWeeks.slice(1)], stored);
  assert.deepEqual([again.good.length, again.already.length], [1, 4]);
  assert.deepEqual(
    again.conflicts.map(({ sameSource, conflicts }) => [sameSource, conflicts.map(({ figure }) => figure)]),
    [
      [true, ['arrests_total']],
      [false, ['arrests_total', 'victims_total']],
    ],
  );
});

test('refuses a file with unknown, missing or doubled columns, and reads columns in any order', async () => {
  assert.deepEqual(await check('week_id,name,source_url,score\nXX,Week,https://a.example,3'), {
    kind: 'unknown',
    names: ['score'],
  });
  assert.deepEqual(await check('week_id,name\nXX,Week'), { kind: 'missing', names: ['source_url'] });
  assert.deepEqual(await check('week_id,name,name,source_url\nXX,Week,Week,https://a.example'), {
    kind: 'twice',
    names: ['name'],
  });
  const found = await check('Source URL;Arrests_total;Name;Week ID\nhttps://a.example;"1,200";Week;XX');
  assert.ok(!('kind' in found));
  assert.equal(found.good[0]?.week.figures.arrests_total?.kind, 'number');
});
