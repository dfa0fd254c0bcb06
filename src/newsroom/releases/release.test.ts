import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignedReturn } from '../../vocabulary/figures.ts';
import type { ReleaseId } from '../../vocabulary/ids.ts';
import {
  type Act,
  type ActKind,
  approve,
  beginCorrection,
  edit,
  giveUpCorrection,
  isOperationOver,
  isPublic,
  mayApprove,
  type PublishConditions,
  publish,
  type ReleaseStatus,
  type State,
  sendBack,
  slugOf,
  slugsOf,
  states,
  submit,
  withdraw,
  writersOf,
} from './release.ts';

const release = (more: Partial<ReleaseStatus> = {}): ReleaseStatus => ({
  id: '0199a000-0000-7000-8000-000000000009' as ReleaseId,
  approval: 'another agency',
  state: 'draft',
  revision: 3,
  publishedRevision: null,
  correction: null,
  embargoUntil: null,
  ...more,
});
const wren = { memberId: 'wren', agencyId: 'force' };
const cole = { memberId: 'cole', agencyId: 'force' };
const pat = { memberId: 'pat', agencyId: 'council' };
const done = (act: ActKind, who: { memberId: string; agencyId: string }, revision = 1): Act => ({
  ...who,
  act,
  revision,
  at: new Date(0),
  note: null,
});
const firm: PublishConditions = { borneOut: true, pinned: true, over: true, overtaken: {} };
const outcome = (result: { ok: boolean; refusal?: string; value?: unknown }): string =>
  result.ok ? ((result.value as ReleaseStatus).state ?? 'yes') : String(result.refusal);

test('each act is possible in its own states alone', () => {
  const approvedBy = [done('drafted', wren), done('approved', pat, 3)];
  const inEachState = (act: (release: ReleaseStatus) => { ok: boolean }): State[] =>
    states.filter((state) => act(release({ state, ...(state === 'published' && { publishedRevision: 3 }) })).ok);
  assert.deepEqual(
    inEachState((one) => edit(one, 3)),
    ['draft', 'submitted', 'approved'],
  );
  assert.deepEqual(
    inEachState((one) => submit(one, { seen: 3, borneOut: true, over: true })),
    ['draft'],
  );
  assert.deepEqual(
    inEachState((one) => approve(one, [done('drafted', wren)], pat, { seen: 3, borneOut: true })),
    ['submitted'],
  );
  assert.deepEqual(
    inEachState((one) => sendBack(one, 3)),
    ['submitted', 'approved'],
  );
  assert.deepEqual(
    inEachState((one) => publish(one, approvedBy, 3, firm)),
    ['approved'],
  );
  assert.deepEqual(
    inEachState((one) => beginCorrection(one, 'a town too many')),
    ['published'],
  );
  assert.deepEqual(inEachState(withdraw), ['draft', 'submitted', 'approved', 'published']);
});

test('nobody approves a release they worked on, nor does their agency if the policy asks for another', () => {
  const waiting = release({ state: 'submitted' });
  const cases: readonly (readonly [string, ReleaseStatus, readonly Act[], typeof wren, string])[] = [
    ['the writer', waiting, [done('drafted', wren)], wren, 'you wrote it'],
    ['who edited once', waiting, [done('drafted', wren), done('edited', pat, 2)], pat, 'you wrote it'],
    ['a colleague', waiting, [done('drafted', wren)], cole, 'your agency wrote it'],
    [
      'a colleague, by the older policy',
      { ...waiting, approval: 'another person' },
      [done('drafted', wren)],
      cole,
      'yes',
    ],
    ['another agency', waiting, [done('drafted', wren), done('edited', cole, 3)], pat, 'yes'],
    [
      'another agency that edited',
      waiting,
      [done('drafted', wren), done('edited', pat, 2)],
      cole,
      'your agency wrote it',
    ],
    ['who only sent it back', waiting, [done('drafted', wren), done('sent back', pat, 2)], pat, 'yes'],
    [
      'the first writer, of another’s correction',
      { ...waiting, revision: 5, publishedRevision: 3, correction: 'x' },
      [done('drafted', wren), done('approved', pat, 3), done('correction begun', pat, 4), done('edited', pat, 5)],
      wren,
      'yes',
    ],
    [
      'who corrects',
      { ...waiting, revision: 5, publishedRevision: 3, correction: 'x' },
      [done('drafted', wren), done('correction begun', pat, 4)],
      pat,
      'you wrote it',
    ],
  ];
  for (const [name, one, acts, who, expected] of cases)
    assert.equal(outcome(mayApprove(one, acts, who)), expected, name);
  assert.deepEqual(
    writersOf(release({ publishedRevision: 1 }), [
      done('drafted', wren),
      done('edited', cole, 2),
      done('edited', pat, 3),
    ]).map(({ memberId }) => memberId),
    ['cole', 'pat'],
  );
});

test('an approval is for one revision: a changed text is a draft again', () => {
  const approved = release({ state: 'approved' });
  const acts = [done('drafted', wren), done('approved', pat, 3)];
  const edited = edit(approved, 3);
  assert.ok(edited.ok);
  assert.deepEqual([edited.value.state, edited.value.revision], ['draft', 4]);
  assert.equal(outcome(publish(approved, acts, 3, firm)), 'published');
  assert.equal(outcome(publish(approved, acts, 2, firm)), 'changed since');
  assert.equal(
    outcome(publish({ ...approved, revision: 4 }, acts, 4, firm)),
    'not approved',
    'whatever its state says',
  );
  assert.equal(
    outcome(approve(release({ state: 'submitted' }), [done('drafted', wren)], pat, { seen: 2, borneOut: true })),
    'changed since',
  );
  assert.equal(outcome(edit(approved, 2)), 'changed since');
});

test('nothing is published after its figures or policy have changed', () => {
  const acts = [done('drafted', wren), done('approved', pat, 3)];
  const cases: readonly (readonly [Partial<PublishConditions>, string])[] = [
    [{ borneOut: false }, 'not borne out'],
    [{ pinned: false }, 'not the signed figures'],
    [{ over: false }, 'operation not over'],
    [{ overtaken: { figures: 2 } }, 'figures overtaken'],
    [{ overtaken: { policy: 'in force from 2027' } }, 'policy no longer in force'],
  ];
  for (const [moved, refusal] of cases)
    assert.equal(outcome(publish(release({ state: 'approved' }), acts, 3, { ...firm, ...moved })), refusal);
  assert.equal(outcome(submit(release(), { seen: 3, borneOut: false, over: true })), 'not borne out');
  assert.equal(outcome(submit(release(), { seen: 3, borneOut: true, over: false })), 'operation not over');
});

test('figures speak of an operation that is over from the day after its last, by the calendar of London', () => {
  const facts = { localDates: ['2026-09-14', '2026-09-20'] } as unknown as SignedReturn['facts'];
  assert.equal(isOperationOver({ facts, signedAt: new Date('2026-09-20T22:59:00Z') }), false);
  assert.equal(isOperationOver({ facts, signedAt: new Date('2026-09-20T23:01:00Z') }), true);
  assert.equal(isOperationOver(null), true, 'what others published');
});

test('a correction is a separate draft, and giving it up restores the public text', () => {
  const published = release({ state: 'published', publishedRevision: 3 });
  const begun = beginCorrection(published, 'We wrote three towns; there were two.');
  assert.ok(begun.ok);
  assert.deepEqual([begun.value.state, begun.value.revision, begun.value.publishedRevision], ['draft', 4, 3]);
  const back = giveUpCorrection({ ...begun.value, revision: 6 }, published);
  assert.ok(back.ok);
  assert.deepEqual(
    [back.value.state, back.value.revision, back.value.publishedRevision, back.value.correction],
    ['published', 7, 7, null],
  );
  assert.equal(outcome(giveUpCorrection(release(), release())), 'no correction');
});

test('an embargo ends at its exact time for every reader', () => {
  const showing = { publishedAt: new Date('2026-09-24T10:00:00Z'), embargoUntil: new Date('2026-09-28T23:01:00Z') };
  assert.equal(isPublic(showing, new Date('2026-09-28T23:00:59.999Z')), false);
  assert.equal(isPublic(showing, new Date('2026-09-28T23:01:00Z')), true);
  const past = { ...showing, embargoUntil: new Date('2026-09-01T00:00:00Z') };
  assert.equal(
    isPublic(past, new Date('2026-09-24T09:59:59Z')),
    false,
    'an embargo that was over does not open the past',
  );
});

test('an address is made of the title’s own letters, and of a number where it is taken', () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Bishop's Stortford & Watford: 8 visits!", 'bishops-stortford-watford-8-visits'],
    ['Café Ångström — “Übersicht”', 'cafe-angstrom-ubersicht'],
    ['Ω', 'release'],
    ['A1', 'release-a1'],
    ['  -- ../../etc/passwd', 'etc-passwd'],
    [`${'word '.repeat(40)}`, Array(14).fill('word').join('-')],
    ['x'.repeat(400), 'x'.repeat(72)],
  ];
  for (const [title, slug] of cases) assert.equal(slugOf(title), slug);
  const [first, second, third] = slugsOf('Help given');
  assert.deepEqual([first, second, third], ['help-given', 'help-given-2', 'help-given-3']);
});
