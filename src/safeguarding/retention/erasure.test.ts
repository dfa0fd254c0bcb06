import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import {
  type AgencyRetentionRule,
  checkStatement,
  erasureGround,
  itemStatus,
  type RetainedItem,
  type RetentionFact,
  type Statement,
  statements,
} from './erasure.ts';

const agencyId = 'a' as AgencyId;
const kept = (more: Partial<RetainedItem> = {}): RetainedItem => ({
  kind: 'record',
  id: 'p',
  agencyId,
  origin: 'walked in',
  openedAt: new Date('2026-01-10T10:00:00Z'),
  openedOn: '2026-01-10',
  fromDay: '2026-01-10',
  facts: [],
  helped: [],
  met: [],
  noteId: null,
  help: [],
  concerned: [],
  seen: 0,
  ...more,
});
const fact = (saying: Statement, recordedOn: string, endedOn: string | null = null): Omit<RetentionFact, 'reason'> => ({
  ...statements[saying],
  id: 'f' as never,
  personId: 'p',
  encounterId: null,
  agencyId,
  reviewOn: saying === 'held' ? '2030-01-01' : null,
  recordedOn,
  recordedBy: 'm' as MemberId,
  endedOn,
  endedBy: null,
});
/** A person with a note and no record. */
const met = (more: Partial<RetainedItem> = {}): RetainedItem => kept({ kind: 'meeting', met: ['2026-01-10'], ...more });
type Facts = RetainedItem['facts'];
const keptAnd = (...facts: Facts): RetainedItem => kept({ facts });
const metAnd = (...facts: Facts): RetainedItem => met({ facts });
const goesOn = (since: string) => ({ help: [{ since, ended: null }] });
const rule = (more: Partial<AgencyRetentionRule> = {}): AgencyRetentionRule => ({
  id: 'r' as never,
  agencyId,
  class: 'person helped',
  months: 24,
  notBeforeAge: null,
  source: 'Notice',
  validFrom: '2025-01-01',
  recordedOn: '2025-01-01',
  setBy: 'm' as MemberId,
  setAt: new Date(0),
  ...more,
});

test('erases by the rule from the last help, after 28 days, or as asked the next day, and never during a hold', () => {
  type Case = readonly [what: string, RetainedItem, AgencyRetentionRule[], day: string, goes: boolean, state: string];
  const harmless = fact('of no concern', '2026-01-10');
  const asked = fact('asked to go', '2026-01-12');
  const heldUntilLately = keptAnd(asked, fact('held', '2026-01-12', '2026-02-01'));
  const ever = '2099-01-01';
  const grown = rule({ notBeforeAge: 25 });
  const ongoing = goesOn('2026-01-12');
  const later = { helped: ['2026-01-20'] };
  const agreed = { helped: ['2026-01-11'] };
  const twice = { met: ['2026-01-10', '2026-01-20'] };
  const cases: readonly Case[] = [
    ['no rule: nothing goes', kept(), [], ever, false, 'no rule'],
    ['another agency’s rule is none', kept(), [rule({ agencyId: 'b' as AgencyId })], ever, false, 'no rule'],
    ['a day too early', kept(), [rule()], '2028-01-10', false, 'destroyed soon'],
    ['on its day', kept(), [rule()], '2028-01-11', true, 'due'],
    ['help since begins it anew', kept({ helped: ['2026-09-01'] }), [rule()], '2028-01-11', false, 'kept'],
    ['and so does a reply', keptAnd(fact('came back', '2027-12-01')), [rule()], '2028-06-01', false, 'kept'],
    ['help that goes on keeps it', kept(ongoing), [rule()], ever, false, 'help goes on'],
    ['held', keptAnd(fact('held', '2026-02-01')), [rule()], ever, false, 'legal hold'],
    [
      'of no concern, and then one was raised',
      kept({ facts: [harmless], concerned: ['2026-01-20'] }),
      [],
      '2026-03-01',
      false,
      'no rule',
    ],
    ['of no concern: 28 days', keptAnd(harmless), [], '2026-02-07', true, 'due'],
    ['a day before', keptAnd(harmless), [], '2026-02-06', false, 'destroyed soon'],
    ['held, and of no concern', keptAnd(harmless, fact('held', '2026-01-11')), [], '2026-03-01', false, 'legal hold'],
    ['asked today', keptAnd(asked), [], '2026-01-12', false, 'no rule'],
    ['asked yesterday', keptAnd(asked), [], '2026-01-13', true, 'no rule'],
    ['taken back', keptAnd(fact('asked to go', '2026-01-12', '2026-01-12')), [], '2026-01-13', false, 'no rule'],
    ['asked and held', keptAnd(asked, fact('held', '2026-01-12')), [], '2026-01-13', false, 'legal hold'],
    ['asked and held until lately: named for fourteen days', heldUntilLately, [], '2026-02-14', false, 'no rule'],
    ['and then it goes', heldUntilLately, [], '2026-02-15', true, 'no rule'],
    [
      'of no concern, while help goes on',
      kept({ facts: [fact('of no concern', '2026-01-12')], ...goesOn('2026-01-11') }),
      [],
      '2026-04-01',
      false,
      'help goes on',
    ],
    ['of no concern, and helped since', kept({ facts: [harmless], ...later }), [], '2026-04-01', false, 'no rule'],
    ['while help goes on, and asked', kept({ facts: [asked], ...ongoing }), [], '2026-01-13', true, 'help goes on'],
    ['met, and agreed to nothing: 28 days', met(), [rule()], '2026-02-07', true, 'due'],
    ['a day before', met(), [rule()], '2026-02-06', false, 'destroyed soon'],
    ['a second note of the meeting prolongs nothing', met(twice), [], '2026-02-07', true, 'due'],
    ['met, and agreed to something', met(agreed), [], ever, false, 'no rule'],
    ['until its time is over', met(agreed), [rule()], '2028-01-11', false, 'destroyed soon'],
    ['and then it goes', met(agreed), [rule()], '2028-01-12', true, 'due'],
    ['a later note begins that anew', met({ ...agreed, ...twice }), [rule()], '2028-01-12', false, 'destroyed soon'],
    ['met, and a case needs it', metAnd(fact('victim or witness', '2026-01-20')), [], ever, false, 'no rule'],
    ['met, and held', metAnd(fact('held', '2026-01-20')), [], ever, false, 'legal hold'],
    ['met, and help goes on', met({ ...agreed, ...goesOn('2026-01-11') }), [rule()], ever, false, 'help goes on'],
    ['helped as a child, day of birth unknown', kept(), [grown], '2040-01-01', false, 'review due'],
  ];
  for (const [what, record, rules, day, goes, state] of cases) {
    const stands = itemStatus(record, rules, day);
    assert.equal(stands.goes, goes, what);
    assert.equal(stands.state, state, what);
  }
});

test('the certificate names the ground', () => {
  const asked = keptAnd(fact('asked to go', '2026-01-12'));
  assert.match(erasureGround(itemStatus(asked, [], '2026-01-13'), '2026-01-13'), /the person asked/);
  assert.match(
    erasureGround(itemStatus(kept(), [rule()], '2028-01-11'), '2028-01-11'),
    /24 months for “person helped”, from 2026-01-10/,
  );
  const none = keptAnd(fact('of no concern', '2026-01-10'));
  assert.match(erasureGround(itemStatus(none, [], '2026-02-07'), '2026-02-07'), /28 days/);
});

test('holds get a review, reviews are only for due records, and only the data-protection lead erases on request', () => {
  const of = itemStatus(kept(), [rule()], '2026-02-01');
  const said = (saying: Statement, reviewOn: string | null = null, orders = true) =>
    checkStatement(saying, reviewOn, { of, today: '2026-02-01', orders });
  assert.equal(said('held'), 'looked at again when');
  assert.equal(said('held', '2026-02-01'), 'in the past');
  assert.equal(said('held', '2026-02-02'), undefined);
  assert.equal(said('needed no more'), 'nothing to review');
  assert.equal(said('asked to go', null, false), 'not theirs to order');
  assert.equal(said('asked to go'), undefined);
  const asked = itemStatus(keptAnd(fact('asked to go', '2026-02-01')), [], '2026-02-01');
  assert.equal(checkStatement('asked to go', null, { of: asked, today: '2026-02-01', orders: true }), 'said already');
});
