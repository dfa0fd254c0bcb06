import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCodeB, findPower } from '../../operations/powers-of-entry/index.ts';
import type { PaperSection, PaperValue, StaffPaper } from '../../platform/paper/staff-paper.ts';
import { debriefPaper } from './debrief.ts';
import { consentToSearch, noticeOfPowers } from './notice-and-consent.ts';
import { searchRecord } from './search-record.ts';
import type { VisitFile } from './visit-file.ts';
import { isUnderWarrant, warrantReturn } from './warrant-return.ts';

const day = '2026-09-18';
const nobody: ReadonlyMap<string, string> = new Map([['m1', 'Olu Officer']]);

/** A visit that is planned under a warrant, and of which nothing is recorded yet. */
function fileWith(
  more: Record<string, unknown> = {},
  basis = 'pace-s8',
  power: Record<string, unknown> = {},
): VisitFile {
  return {
    operation: { codeName: 'Operation Lantern', agencyName: 'Leashire Police' },
    planned: {
      id: '01a22a72-a1e6-7515-9302-62cbc123e4d2',
      day,
      premises: {
        name: 'Blue Door',
        address: '14 Mill Lane',
        town: 'Watford',
        postcode: null,
        languages: [],
        interpreter: null,
      },
    },
    visit: undefined,
    search: undefined,
    seizures: [],
    power: { rule: findPower(basis, day), planned: { purposes: [], accompanying: [], ...power }, named: [] },
    codeB: findCodeB(day),
    names: nobody,
    ...more,
  } as unknown as VisitFile;
}
const visit = {
  arrivedAt: new Date('2026-09-18T09:00:00Z'),
  leftAt: null,
  attendees: ['m1'],
  others: [],
  answer: 'entered',
  answeredBy: 'the manager',
  present: 4,
  finishedAt: null,
};
const search = { searched: true, rooms: 'An office', forceUsed: null, damage: 'A door', noticeLeft: false };

const rowsOf = ({ sections }: StaffPaper): Record<string, PaperValue> =>
  Object.fromEntries(
    sections.flatMap((section) => (section.kind === 'rows' ? section.rows.map(({ asks, says }) => [asks, says]) : [])),
  );
const tableOf = ({ sections }: StaffPaper, title: string) =>
  sections.find((one): one is Extract<PaperSection, { kind: 'table' }> => one.kind === 'table' && one.title === title);

const mixed = { purposes: ['search for evidence', 'speak with people and offer help'] };

const cases: readonly (readonly [string, StaffPaper, string, PaperValue | RegExp])[] = [
  ['search record before the visit', searchRecord(fileWith()), 'Team arrived', null],
  ['search record before the visit', searchRecord(fileWith()), 'Force used, and why', null],
  ['search record before the visit', searchRecord(fileWith()), 'Officer in charge', null],
  ['search record', searchRecord(fileWith({ visit, search })), 'Team arrived', '10:00 on 18 September 2026'],
  ['search record', searchRecord(fileWith({ visit, search })), 'Team left', null],
  ['search record', searchRecord(fileWith({ visit, search })), 'Force used, and why', 'None'],
  ['search record', searchRecord(fileWith({ visit, search })), 'Damage', 'A door'],
  ['search record', searchRecord(fileWith({ visit, search })), 'Notice of powers and rights left', 'No'],
  ['search record', searchRecord(fileWith({ visit, search })), 'Number of people found', '4'],
  ['search record', searchRecord(fileWith({ visit, search })), 'Names, where they are needed', null],
  ['search record of a visit without a search record', searchRecord(fileWith({ visit })), 'Damage', null],
  ['search record of a visit where nobody entered', searchRecord(fileWith({ visit, power: undefined })), 'Power', null],
  ['notice under a warrant', noticeOfPowers(fileWith()), 'When the officers can come in', /three months/],
  ['notice under a warrant', noticeOfPowers(fileWith()), 'Things that the officers can search for and take', null],
  ['notice under a warrant', noticeOfPowers(fileWith()), 'Police force, its address and phone number', null],
  ['notice under a warrant', noticeOfPowers(fileWith()), 'How to complain', /Independent Office for Police Conduct/],
  ['notice under a warrant', noticeOfPowers(fileWith()), 'Damage', /compensation/],
  ['notice under a warrant', noticeOfPowers(fileWith({}, 'pace-s8', mixed)), 'Purpose', 'Search for evidence'],
  ['notice under an immigration warrant', noticeOfPowers(fileWith({}, 'immigration-s28d')), 'Your rights', null],
  ['notice under an immigration warrant', noticeOfPowers(fileWith({}, 'immigration-s28d')), 'How to complain', null],
  ['notice of a welfare visit', noticeOfPowers(fileWith({}, 'welfare-visit')), 'Your rights', null],
  ['notice by consent', noticeOfPowers(fileWith({}, 'consent')), 'When the officers can come in', /You can say no/],
  ['notice by consent', noticeOfPowers(fileWith({}, 'consent')), 'Reference', null],
  [
    'notice whose period nobody verified',
    noticeOfPowers(fileWith({}, 'licensing-entry')),
    'When the officers can come in',
    null,
  ],
  ['consent', consentToSearch(fileWith()), 'Things we look for', null],
  ['consent', consentToSearch(fileWith()), 'Your language', null],
  ['warrant return', warrantReturn(fileWith({ visit })), 'What happened at the door', 'Entered'],
  ['warrant return', warrantReturn(fileWith({ visit })), 'Were the articles or persons sought found?', null],
  ['warrant return', warrantReturn(fileWith({ visit })), 'Returned on', null],
  [
    'warrant return after the return',
    warrantReturn(fileWith({ visit }, 'pace-s8', { returnedOn: '2026-09-21' })),
    'Returned on',
    '21 September 2026',
  ],
];
for (const [name, paper, asks, says] of cases)
  test(`${name}: ${asks}`, () => {
    const found = rowsOf(paper)[asks] ?? null;
    if (says instanceof RegExp) assert.match(String(found), says);
    else assert.equal(found, says);
  });

test('no section has the title of another, because versions are compared by title', () => {
  const file = fileWith({ visit, search });
  for (const paper of [searchRecord(file), noticeOfPowers(file), consentToSearch(file), warrantReturn(file)]) {
    const titles = paper.sections.map(({ title }) => title);
    assert.equal(new Set(titles).size, titles.length, paper.title);
  }
});

test('papers for the person at the premises are OFFICIAL and do not name the operation', () => {
  for (const paper of [noticeOfPowers(fileWith({ visit })), consentToSearch(fileWith({ visit }))]) {
    assert.deepEqual([paper.marking, paper.givenOut], ['OFFICIAL', true]);
    assert.doesNotMatch(JSON.stringify(paper), /Operation Lantern|Olu Officer/);
  }
});

const wordsOf = (paper: StaffPaper): string => JSON.stringify(paper);

test('consent to a search says what Code B wants said before the answer, and marks it as our words', () => {
  const { lead, notes } = consentToSearch(fileWith());
  const said = lead.join(' ');
  for (const words of [
    /the reason, the things they search for, and the rooms/,
    /You do not have to agree/,
    /change your mind at any time[^.]*\. You can do this before the search and during it/,
    /takes? something away, it can be shown in court as evidence/,
    /not suspected of an offence, the officer tells you so/,
    /right to admit people/,
  ])
    assert.match(said, words);
  assert.match(String(notes), /paragraphs 5\.1 to 5\.3, in our own words\. To be checked against the Code/);
});

test('the extent of the search and the signatures are on one sheet', () => {
  const { sections } = consentToSearch(fileWith());
  const sheet = sections.findIndex(({ newPage }) => newPage);
  assert.equal(sections[sheet]?.title, 'The search');
  assert.equal(sections[sheet + 1]?.kind, 'signatures');
  assert.equal(sections.filter(({ newPage }) => newPage).length, 1);
});

for (const basis of ['pace-s8', 'pace-s17', 'pace-s18', 'pace-s32', 'consent'])
  test(`the notice prints the rights of the occupier under ${basis}`, () => {
    const rights = noticeOfPowers(fileWith({}, basis)).sections.find(({ title }) => title === 'Your rights');
    assert.equal(rights?.kind, 'list');
    assert.match(JSON.stringify(rights), /watch the search.*list of it.*photograph or a copy.*any police station/);
  });

for (const basis of ['pace-s8', 'pace-s17', 'pace-s18', 'pace-s32', 'consent', 'welfare-visit', 'licensing-entry'])
  test(`papers under ${basis} cite no source about immigration or terrorism`, () => {
    const file = fileWith({ visit, search }, basis);
    for (const paper of [searchRecord(file), noticeOfPowers(file), consentToSearch(file), warrantReturn(file)])
      assert.doesNotMatch(wordsOf(paper), /immigration|Home Office|Terrorism/i, paper.title);
  });

test('every paper about a power carries the remark about law that is not verified', () => {
  const file = fileWith({ visit, search });
  for (const paper of [searchRecord(file), noticeOfPowers(file), consentToSearch(file), warrantReturn(file)])
    assert.match(String(paper.notes?.at(-1)), /Some of the law is not verified/, paper.title);
});

test('only a visit under a warrant has a return', () => {
  assert.deepEqual(
    ['pace-s8', 'immigration-para17', 'consent', 'pace-s17'].map((basis) => isUnderWarrant(fileWith({}, basis))),
    [true, true, false, false],
  );
});

test('exhibits say what is recorded, and have empty rows until the visit is finished', () => {
  const seizure = {
    exhibitRef: null,
    kind: 'cash',
    description: 'Notes',
    pence: 124_050,
    foundWhere: 'A tin',
    foundBy: null,
  };
  const table = tableOf(searchRecord(fileWith({ visit, seizures: [seizure] })), 'Exhibits');
  assert.deepEqual(table?.rows, [[null, 'Cash: Notes, £1,240.50', 'A tin', null]]);
  assert.equal(table?.blankRows, 4);
  const finished = tableOf(searchRecord(fileWith({ visit: { ...visit, finishedAt: new Date() } })), 'Exhibits');
  assert.deepEqual([finished?.rows, finished?.blankRows], [[], 0]);
});

test('the debrief counts each planned visit once', () => {
  const planned = ['a', 'b', 'c', 'd', 'e'].map((id, index) => ({
    id,
    day,
    state: ['planned', 'planned', 'postponed', 'called off', 'planned'][index],
    reason: null,
  }));
  const made = new Map([
    ['a', { answer: 'entered', basis: 'pace-s8', powerId: null }],
    ['b', { answer: 'no reply', basis: null, powerId: null }],
  ]);
  const paper = debriefPaper({
    operation: { codeName: 'Operation Lantern', startsOn: day, endsOn: day },
    planned,
    made,
    powers: [],
    counts: { peopleMet: 0 },
  } as unknown as Parameters<typeof debriefPaper>[0]);
  const counts = tableOf(paper, 'Visits')?.rows.map(([, count]) => Number(count)) ?? [];
  const [all, ...parts] = counts;
  assert.equal(all, 5);
  assert.equal(
    parts.reduce((sum, one) => sum + one, 0),
    5,
  );
  assert.equal(tableOf(paper, 'Visits that were postponed or called off')?.rows.length, 2);
});
