import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EncounterId, MemberId, OperationId, PremisesId, TeamId, VisitId } from '../vocabulary/ids.ts';
import { checkArrest } from './arrests/arrest-rules.ts';
import {
  type Arrest,
  answers,
  checkArrival,
  checkEncounter,
  checkScreening,
  closeArrest,
  finishVisit,
  isEntered,
  listMissingSteps,
  mayFinish,
  noPower,
  recordDeparture,
  recordDoorAnswer,
  recordEntry,
  type Screening,
  type Visit,
} from './visit.ts';

const at = (time: string): Date => new Date(`2026-09-18T${time}:00Z`);
const now = at('12:00');

const visit: Visit = {
  id: 'v' as VisitId,
  operationId: 'o' as OperationId,
  premisesId: 'p' as PremisesId,
  teamId: 't' as TeamId,
  powerId: null,
  basis: 'consent',
  basisGround: null,
  arrivedAt: at('10:00'),
  leftAt: at('11:00'),
  answer: 'entered',
  answeredBy: null,
  present: null,
  attendees: ['m' as MemberId],
  others: [],
  immigrationGround: null,
  finishedAt: null,
  recordedBy: 'm' as MemberId,
  recordedAt: at('10:00'),
};
const refusalOf = (result: { ok: true } | { ok: false; refusal: string }): string =>
  result.ok ? 'ok' : result.refusal;

test('a team arrives once, at a visit that is on, with at least one member, and not in the future', () => {
  const cases: [string, Parameters<typeof checkArrival>[0], { at: Date; attendees: string[] }][] = [
    ['ok', { state: 'planned', arrived: false }, { at: at('10:00'), attendees: ['m'] }],
    ['not on', { state: 'postponed', arrived: false }, { at: at('10:00'), attendees: ['m'] }],
    ['not on', { state: 'called off', arrived: false }, { at: at('10:00'), attendees: ['m'] }],
    ['already arrived', { state: 'planned', arrived: true }, { at: at('10:00'), attendees: ['m'] }],
    ['nobody attended', { state: 'planned', arrived: false }, { at: at('10:00'), attendees: [] }],
    ['not in the team', { state: 'planned', arrived: false }, { at: at('10:00'), attendees: ['m', 'stranger'] }],
    ['in the future', { state: 'planned', arrived: false }, { at: at('12:01'), attendees: ['m'] }],
  ];
  for (const [expected, planned, arrival] of cases)
    assert.equal(refusalOf(checkArrival(planned, arrival, ['m', 'n'], now)), expected);
});

test('refuses no reply where people were met or counted', () => {
  const said = (answer: Visit['answer'], present: number | null = null) => ({
    answer,
    present,
    answeredBy: 'the cook',
  });
  assert.equal(refusalOf(recordDoorAnswer(visit, said('no reply'), 1)), 'people were met');
  assert.equal(refusalOf(recordDoorAnswer(visit, said('no reply', 2), 0)), 'somebody was there');
  assert.equal(refusalOf(recordDoorAnswer(visit, said('entered', 1), 2)), 'fewer than were met');
  assert.equal(refusalOf(recordDoorAnswer({ ...visit, finishedAt: now }, said('refused entry'), 0)), 'finished');
  const empty = recordDoorAnswer(visit, said('no reply'), 0);
  assert.ok(empty.ok && empty.value.answeredBy === null, 'nobody answered either');
});

test('records a power of entry only if somebody entered', () => {
  const consent = { powerId: null, basis: 'consent', basisGround: null };
  const warrant = { ...consent, basis: 'pace-s8' };
  assert.deepEqual(
    answers.filter((answer) => !isEntered(answer)),
    ['no reply', 'refused entry', 'spoken to outside'],
  );
  for (const answer of answers) {
    const at = { ...visit, answer };
    const without = refusalOf(recordEntry(at, noPower, true));
    const by = refusalOf(recordEntry(at, warrant, true));
    assert.deepEqual([without, by], isEntered(answer) ? ['power missing', 'ok'] : ['ok', 'nobody entered'], answer);
  }
  const emptied = recordEntry({ ...visit, answer: 'no reply' }, noPower, true);
  assert.ok(emptied.ok && emptied.value.basis === null, 'a corrected visit loses its power');
  assert.equal(refusalOf(recordEntry({ ...visit, answer: null }, warrant, true)), 'nobody entered');
  assert.equal(refusalOf(recordEntry({ ...visit, finishedAt: now }, warrant, true)), 'finished');
});

test('refuses entry by force with a power that does not allow force', () => {
  const consent = { powerId: null, basis: 'consent', basisGround: null };
  for (const answer of answers.filter((one) => one.startsWith('forced'))) {
    assert.equal(refusalOf(recordEntry({ ...visit, answer }, consent, false)), 'force without a power', answer);
    assert.equal(refusalOf(recordEntry({ ...visit, answer }, consent, true)), 'ok', answer);
  }
  assert.equal(refusalOf(recordEntry(visit, consent, false)), 'ok', 'without force consent is enough');
});

test('a team leaves after it came, and not in the future', () => {
  assert.equal(refusalOf(recordDeparture(visit, at('09:59'), now)), 'before arriving');
  assert.equal(refusalOf(recordDeparture(visit, at('12:01'), now)), 'in the future');
  assert.equal(refusalOf(recordDeparture(visit, at('10:00'), now)), 'ok');
  const daysOn = (days: number) => new Date(visit.arrivedAt.getTime() + days * 86_400_000);
  assert.equal(refusalOf(recordDeparture(visit, daysOn(2), daysOn(9))), 'ok');
  assert.equal(refusalOf(recordDeparture(visit, daysOn(3), daysOn(9))), 'days later');
});

test('lists what is missing before a visit can finish', () => {
  const none = { met: 0, spokenTo: 0, unscreened: 0 };
  const one = { ...none, met: 1 };
  const [unknown, spoken] = [{ ...visit, ...noPower, answer: null, leftAt: null }, 'spoken to outside'] as const;
  assert.deepEqual(listMissingSteps(unknown, none), ['the door', 'time of leaving']);
  assert.deepEqual(listMissingSteps(visit, none), ['a person met']);
  assert.deepEqual(listMissingSteps({ ...visit, present: 0 }, none), [], 'nobody was there');
  assert.deepEqual(listMissingSteps({ ...visit, ...noPower }, one), ['power']);
  assert.deepEqual(listMissingSteps({ ...visit, ...noPower, answer: spoken }, one), ['a person spoken to']);
  assert.deepEqual(listMissingSteps(visit, { ...one, unscreened: 1 }), ['screening']);
  for (const answer of ['no reply', 'refused entry'] as const)
    assert.deepEqual(listMissingSteps({ ...visit, ...noPower, answer }, none), [], `${answer} is a result`);
  assert.equal(refusalOf(finishVisit(visit, { ...one, unscreened: 1 }, true, now)), 'screening');
  assert.equal(refusalOf(finishVisit(visit, one, false, now)), 'not yours to finish');
  assert.equal(refusalOf(finishVisit(visit, one, true, now)), 'ok');
});

test('a helper finishes only where no officer is on the team', () => {
  assert.equal(mayFinish('help', ['help', 'help']), true);
  assert.equal(mayFinish('help', ['help', 'enforcement']), false);
  assert.equal(mayFinish('enforcement', ['help', 'enforcement']), true);
});

test('who was met', () => {
  const person = { spokenTo: true, language: null, interpreter: 'not needed' } as const;
  assert.equal(refusalOf(checkEncounter(visit, person)), 'ok');
  assert.equal(refusalOf(checkEncounter({ ...visit, answer: 'no reply' }, person)), 'nobody was found');
  assert.equal(refusalOf(checkEncounter({ ...visit, finishedAt: now }, person)), 'finished');
  assert.equal(refusalOf(checkEncounter(visit, { ...person, interpreter: 'by phone' })), 'language missing');
  assert.equal(refusalOf(checkEncounter(visit, { ...person, interpreter: 'none found' })), 'language missing');
  assert.equal(
    refusalOf(checkEncounter(visit, { spokenTo: false, language: 'Romanian', interpreter: 'by phone' })),
    'no words were spoken',
  );
});

const arrest: Arrest = {
  id: 'a',
  visitId: visit.id,
  encounterId: null as EncounterId | null,
  kind: 'criminal',
  matter: 'keeping a brothel',
  offence: 'Sexual Offences Act 1956 s.33A',
  sex: 'male',
  age: null,
  residence: null,
  status: 'bailed',
  custodyRef: null,
  arrestedAt: at('10:30'),
  closedAt: null,
  recordedBy: 'm' as MemberId,
  recordedAt: at('10:31'),
};

test('a criminal arrest has an offence; an administrative one is over immigration and not under investigation', () => {
  const administrative = {
    ...arrest,
    kind: 'administrative immigration',
    matter: 'immigration',
    offence: null,
  } as const;
  assert.equal(refusalOf(checkArrest(visit, arrest, now)), 'ok');
  assert.equal(refusalOf(checkArrest(visit, { ...arrest, offence: null }, now)), 'offence missing');
  assert.equal(refusalOf(checkArrest(visit, { ...arrest, arrestedAt: at('09:00') }, now)), 'before arriving');
  assert.equal(refusalOf(checkArrest(visit, { ...arrest, arrestedAt: at('13:00') }, now)), 'in the future');
  assert.equal(refusalOf(checkArrest(visit, { ...arrest, arrestedAt: at('11:30') }, now)), 'after leaving');
  assert.equal(refusalOf(checkArrest({ ...visit, leftAt: null }, { ...arrest, arrestedAt: at('11:30') }, now)), 'ok');
  assert.equal(refusalOf(checkArrest(visit, administrative, now)), 'ok');
  assert.equal(refusalOf(checkArrest(visit, { ...administrative, matter: 'drugs' }, now)), 'not an immigration matter');
  assert.equal(
    refusalOf(checkArrest(visit, { ...administrative, status: 'released under investigation' }, now)),
    'status of a criminal arrest',
  );
});

test('a screening says who, when and how; one that was not done says why', () => {
  const done = {
    outcome: 'no concern',
    reason: null,
    screenedBy: 'Noor Ash',
    screenedAt: at('11:00'),
    interpreter: 'not needed',
  } as const;
  assert.equal(refusalOf(checkScreening(arrest, done, now)), 'ok');
  assert.equal(refusalOf(checkScreening(arrest, { ...done, screenedBy: null }, now)), 'who missing');
  assert.equal(refusalOf(checkScreening(arrest, { ...done, interpreter: null }, now)), 'who missing');
  assert.equal(refusalOf(checkScreening(arrest, { ...done, screenedAt: at('10:00') }, now)), 'before the arrest');
  assert.equal(refusalOf(checkScreening(arrest, { ...done, screenedAt: at('12:30') }, now)), 'in the future');
  assert.equal(refusalOf(checkScreening(arrest, { ...done, outcome: 'not done' }, now)), 'reason missing');
  const not = checkScreening(arrest, { ...done, outcome: 'not done', reason: 'Taken to hospital first' }, now);
  assert.ok(not.ok && not.value.screenedBy === null, 'nobody screened');
});

test('no arrest closes unscreened, nor while the person is held', () => {
  const screening = { id: 'a', outcome: 'not done' } as Screening;
  assert.equal(refusalOf(closeArrest(arrest, undefined, now)), 'not screened');
  assert.equal(refusalOf(closeArrest({ ...arrest, status: 'in custody' }, screening, now)), 'still in custody');
  assert.equal(refusalOf(closeArrest({ ...arrest, closedAt: now }, screening, now)), 'closed');
  assert.equal(refusalOf(closeArrest(arrest, screening, now)), 'ok');
});
