import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getThresholds } from './thresholds.ts';
import { type Access, type AccessGrant, detectUnusualAccesses, mayAnswer, type UnusualKind } from './unusual-access.ts';

const minute = 60_000;
const start = Date.UTC(2026, 8, 18, 10, 0);
const look = (more: Partial<Access> = {}): Access => ({
  at: start,
  day: '2026-09-18',
  time: '11:00',
  event: 'encounter.shown',
  memberId: 'm',
  requestId: 'r',
  people: ['p'],
  subject: 'p',
  operation: undefined,
  closedAt: undefined,
  breakGlass: false,
  ...more,
});
const on = (relation: AccessGrant['relation'], subject: string, since = -Infinity, until = Infinity): AccessGrant => ({
  relation,
  subject,
  since,
  until,
});

const cases: readonly [what: string, look: Access, letIn: readonly AccessGrant[], sorts: readonly UnusualKind[]][] = [
  ['an ordinary look', look({ operation: 'o' }), [on('member', 'o')], []],
  ['through her agency', look({ operation: 'o' }), [on('partner', 'o')], []],
  ['an operation of others', look({ operation: 'o' }), [on('member', 'x')], ['outside her own operations']],
  ['after her grant', look({ operation: 'o' }), [on('member', 'o', 0, start)], ['outside her own operations']],
  ['at night, on no team', look({ time: '23:10' }), [], ['at an hour far from her shift']],
  ['at night, on a team', look({ time: '03:10' }), [on('team', 't')], []],
  ['signing in at night', look({ time: '23:10', people: [], subject: 'm', event: 'session.opened' }), [], []],
  ['at six the night is over', look({ time: '06:00' }), [], []],
  ['closed for 28 days to the minute', look({ closedAt: start - 28 * 1440 * minute }), [], []],
  ['and a minute more', look({ closedAt: start - (28 * 1440 + 1) * minute }), [], ['after the record was closed']],
  ['broken glass', look({ breakGlass: true }), [], ['by breaking the glass']],
  ['a name like hers', look({ event: 'name.like own shown' }), [], ['her own name or a colleague’s']],
];

test('finds each kind of unusual access, with a reason in words', () => {
  for (const [what, one, letIn, sorts] of cases) {
    const found = detectUnusualAccesses([one], () => letIn, getThresholds);
    assert.deepEqual(
      found.map(({ sort }) => sort),
      sorts,
      what,
    );
    for (const { words } of found) assert.match(words, /^[A-Z].*\.$/, what);
  }
});

test('viewing people soon after joining or changing roles is unusual; later views and lists without people are not', () => {
  const day = 1440 * minute;
  const found = (more: Partial<Access>, since: number) =>
    detectUnusualAccesses(
      [look(more)],
      () => [],
      getThresholds,
      () => [
        { since: -Infinity, until: since },
        { since, until: Infinity },
      ],
    ).map(({ sort }) => sort);
  assert.deepEqual(found({}, start - 3 * day + 1), ['soon after she joined']);
  assert.deepEqual(found({}, start - 3 * day), []);
  assert.deepEqual(found({ people: [], subject: null }, start), []);
  assert.deepEqual(
    found({}, start + 40 * minute),
    ['soon after she joined'],
    'behind the wall a look is told by the hour',
  );
  assert.deepEqual(found({}, start + day), [], 'what she is later changes nothing');
});

test('many people in a short time are counted once each, within the hour, and again only from then on', () => {
  const many = (count: number, apart: number) =>
    detectUnusualAccesses(
      Array.from({ length: count }, (_, index) =>
        look({ at: start + index * apart, people: [`p${index}`], requestId: `r${index}` }),
      ),
      () => [],
      getThresholds,
    );
  assert.equal(many(20, minute).length, 0, 'twenty are not more than twenty');
  const [found, ...more] = many(21, minute);
  assert.equal(found?.words, 'Within 60 minutes the member saw records of 21 people. The threshold is 20.');
  assert.equal(more.length, 0);
  assert.equal(many(21, 4 * minute).length, 0, 'spread over more than an hour');
  assert.equal(many(42, minute).length, 2);
  const same = Array.from({ length: 50 }, (_, index) => look({ at: start + index * minute, requestId: `r${index}` }));
  assert.equal(detectUnusualAccesses(same, () => [], getThresholds).length, 0, 'one person, fifty times');
});

test('the pages of one night are one access, and the next night is another', () => {
  const night = (hours: number, requestId: string) =>
    look({ at: start + hours * 60 * minute, time: '01:10', requestId });
  const found = detectUnusualAccesses([night(0, 'a'), night(1, 'b'), night(24, 'c')], () => [], getThresholds);
  assert.deepEqual(
    found.map(({ requestId }) => requestId),
    ['c', 'a'],
  );
  assert.match(found[1]?.words ?? '', /The member opened 2 pages that night\.$/);
});

test('a member cannot answer for their own access', () => {
  assert.equal(mayAnswer({ memberId: 'm' }, 'm'), false);
  assert.equal(mayAnswer({ memberId: 'm' }, 'n'), true);
});

test('several rows of one page are one access', () => {
  const found = detectUnusualAccesses(
    [look({ breakGlass: true }), look({ breakGlass: true, subject: 'q' })],
    () => [],
    getThresholds,
  );
  assert.equal(found.length, 1);
  assert.deepEqual(found[0]?.records, ['p', 'q']);
});
