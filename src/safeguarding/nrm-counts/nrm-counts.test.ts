import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { answersBy, seedNrmReferral } from '../nrm-drafts/examples.ts';
import { emptyContent, type NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import { addPerson } from '../people/examples.ts';
import { type Cell, countPeople, roundCount } from './nrm-counts.ts';

const noted = { by: 'a member', on: '2026-11-02' } as never;
const answersOf = (kinds: string[], gender?: string): NrmReferral['answers'] =>
  answersBy({ 'kinds of exploitation': kinds, ...(gender && { gender }) } as never, noted);
const about = (personId: string, said: Partial<NrmReferral> = {}): NrmReferral =>
  ({ ...emptyContent, id: newTimelessId(), personId, raisedAt: new Date(), revision: 1, ...said }) as NrmReferral;
const cellOf = (cells: readonly Cell[], kind: string, word: string): Cell => {
  const cell = cells.find((one) => one.kind === kind && one.word === word);
  assert.ok(cell, `${kind}: ${word}`);
  return cell;
};
const work = 'types-of-exploitation-forced-to-work';
const sex = 'types-of-exploitation-prostitution';

test('gives the same figure for zero and for few, and larger figures in steps of five', () => {
  for (const [people, figure] of [
    [0, 'fewer than 5'],
    [1, 'fewer than 5'],
    [4, 'fewer than 5'],
    [5, { atLeast: 5 }],
    [9, { atLeast: 5 }],
    [10, { atLeast: 10 }],
    [1_234, { atLeast: 1_230 }],
  ] as const)
    assert.deepEqual(roundCount(people), figure, String(people));
});

test('counts a person once in each cell, however many concerns there are; a submitted concern counts as frozen', () => {
  const people = Array.from({ length: 6 }, (_, nth) => `person ${nth}`);
  const submission = {
    way: 'referral',
    on: '2026-11-03',
    referredAs: 'adult',
    facts: { 'kinds of exploitation': [sex] },
  };
  const concerns = people.flatMap((id) => [
    about(id, { answers: answersOf([work, sex], 'female') }),
    about(id, { answers: answersOf([work]), submission: submission as never }),
  ]);
  const treatedAs = new Map(people.map((id) => [id, 'adult' as const]));
  const cells = countPeople(concerns, treatedAs);
  for (const [kind, word, figure] of [
    ['form of exploitation', work, { atLeast: 5 }],
    ['form of exploitation', sex, { atLeast: 5 }],
    ['form of exploitation', 'types-of-exploitation-organs-removed', 'fewer than 5'],
    ['form of exploitation', 'not asked yet', 'fewer than 5'],
    ['age', 'as an adult', { atLeast: 5 }],
    ['age', 'as a child until assessed', 'fewer than 5'],
    ['sex', 'female', { atLeast: 5 }],
    ['sex', 'not asked yet', { atLeast: 5 }],
    ['how far it was decided', 'submitted', { atLeast: 5 }],
    ['how far it was decided', 'nothing submitted yet', { atLeast: 5 }],
    ['who reports', 'this agency', { atLeast: 5 }],
  ] as const)
    assert.deepEqual(cellOf(cells, kind, word).people, figure, `${kind}: ${word}`);
});

test('one person more or less changes no figure below five or within a step: two data sets that differ in one person look alike', () => {
  const world = (many: number) =>
    JSON.stringify(
      countPeople(
        Array.from({ length: many }, (_, nth) => about(`person ${nth}`, { answers: answersOf([sex], 'male') })),
        new Map(),
      ),
    );
  for (let many = 0; many < 20; many += 1)
    assert.equal(world(many) === world(many + 1), (many + 1) % 5 !== 0, `${many} and one more`);
});

test('readers count the concerns of their own agency, as page, table and data; no person is named and the log records it', async (t) => {
  const application = await openApplication(t, { today: '2026-11-26' });
  const { agency, member, signIn, safeguardingDb, keys, clock } = application;
  const council = await agency('council', { name: 'Lea Council' });
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const lead = await member(council, ['safeguarding lead'], 'Ravi Menon');
  const nurse = await member(nurses, ['safeguarding lead'], 'Nia Nurse');
  const of = async (by: typeof lead, kinds: string[], at = clock.now()) => {
    const person = await addPerson(safeguardingDb, keys, by, at, { called: 'Quillwort' });
    return seedNrmReferral(safeguardingDb, keys, person, at, { said: { answers: answersOf(kinds, 'female') } });
  };
  const made: NrmReferral[] = [];
  for (let nth = 0; nth < 6; nth += 1) made.push(await of(lead, [work, ...(nth < 2 ? [sex] : [])]));
  await of(lead, [work], new Date('2025-06-01T09:00:00Z'));
  for (let nth = 0; nth < 5; nth += 1) await of(nurse, [sex]);

  const at = await signIn(lead);
  await shows(at, '/staff/safeguarding/nrm-referrals', /href="\/staff\/safeguarding\/nrm-referrals\/counts"/);
  const home = '/staff/safeguarding/nrm-referrals/counts';
  const { body } = await at.get(home);
  const plain = body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  assert.match(plain, /NRM referrals, 2026/);
  assert.match(plain, /Made to work for nothing or very little At least 5/);
  assert.match(plain, /Made to sell sex Fewer than 5/);
  assert.doesNotMatch(body, /Quillwort|07700/);
  for (const { id, personId } of made) assert.ok(!body.includes(id) && !body.includes(personId), 'an id stands there');
  await shows(at, `${home}?year=2025`, /NRM referrals, 2025/);
  await shows(at, `${home}?year=1999`, /NRM referrals, 2026/);

  const why = { why: 'for a meeting, or our own file', words: 'Desk 4', year: '2026' };
  assert.match((await at.post(`${home}/export`, { ...why, shape: 'xml' })).body, /Select a table or data/);
  assert.equal((await at.post(`${home}/export`, { ...why, shape: 'csv', words: '' })).statusCode, 422);
  const csv = await at.post(`${home}/export`, { ...why, shape: 'csv' });
  assert.equal(csv.statusCode, 200, csv.body);
  assert.match(String(csv.headers['content-disposition']), /concerns-2026\.official-sensitive[a-z-]*\.csv/);
  assert.match(
    csv.body,
    /"form of exploitation","types-of-exploitation-prostitution","made to sell sex","fewer than 5"/,
  );
  assert.match(csv.body, /"Note","","Lea Council, 2026","This table counts people/);
  const json = JSON.parse((await at.post(`${home}/export`, { ...why, shape: 'json' })).body);
  assert.equal(json.agency, 'Lea Council');
  assert.deepEqual(json.cells.find((cell: Cell) => cell.word === work).people, { atLeast: 5 });
  assert.ok(!`${csv.body}${JSON.stringify(json)}`.includes('Quillwort'));

  const log = await logRows(
    safeguardingDb,
    ['nrm referrals.counted', 'nrm referral counts exported'],
    ['event', 'returned', 'reason', 'memberId'],
  );
  const counted = log.filter(({ event, memberId }) => event === 'nrm referrals.counted' && memberId === lead.id);
  assert.ok(
    counted.some(({ returned }) => made.every(({ id }) => returned.includes(id))),
    'whose were opened for it',
  );
  assert.ok(log.some(({ reason }) => reason === 'for a meeting, or our own file: Desk 4'));

  const theirs = (await (await signIn(nurse)).get(home)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  assert.match(theirs, /Made to sell sex At least 5/);
  assert.match(theirs, /Made to work for nothing or very little Fewer than 5/);
  const force = await agency('police force');
  const officer = await signIn(await member(force, ['field', 'enforcement', 'safeguarding lead', 'analyst']));
  for (const path of [home, `${home}/export`]) assert.equal((await officer.get(path)).statusCode, 403);
  assert.equal((await officer.post(`${home}/export`, { ...why, shape: 'csv' })).statusCode, 403);
});
