import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../../vocabulary/ids.ts';
import { keyNamed } from '../document/examples.ts';
import { describeLevel } from '../weeks/week-pages.ts';
import { beforeDeadline, exampleWeek, keptReturn, keyOf, lea, stort } from './examples.ts';
import { judgeWeek, type Kept, type RegisteredKey, type Reporter, reporterKey } from './inbox.ts';

const keys = [keyOf(lea), keyOf(stort)];
const afterDeadline = new Date('2026-09-23T12:00:00Z');
const later = (minutes: number) => new Date(beforeDeadline.getTime() + minutes * 60_000);

const judge = (documents: readonly Kept[], more: { keys?: RegisteredKey[]; now?: Date } = {}, week = exampleWeek()) => {
  const judged = judgeWeek(week, { keys: more.keys ?? keys, documents }, more.now ?? afterDeadline);
  return {
    ...judged,
    of: (kept: Kept) => judged.verdicts.get(kept.id),
    state: (name: string) => judged.lines.find(({ reporter }) => reporter.name === name)?.state,
  };
};

test('the newest version counts, and every earlier one is kept as replaced', () => {
  const first = keptReturn(lea, { version: 1 });
  const second = keptReturn(lea, { version: 2, stage: 'revised', counts: { 'visits.made': 3 } }, later(5));
  const { of, counted, state } = judge([second, first]);
  assert.equal(of(first), 'replaced');
  assert.equal(of(second), 'counts');
  assert.deepEqual(
    counted.map(({ document }) => document.version),
    [2],
  );
  assert.equal(state(lea.name), 'received');
  assert.equal(state(stort.name), 'missing');
});

test('an older version that comes after a newer one does not count', () => {
  const second = keptReturn(lea, { version: 2 });
  const first = keptReturn(lea, { version: 1 }, later(5));
  const { of } = judge([second, first]);
  assert.equal(of(first), 'older version');
  assert.equal(of(second), 'counts');
});

test('two contents under one version contradict each other: neither counts, until a later version', () => {
  const one = keptReturn(lea, { counts: { 'visits.made': 2 } });
  const other = keptReturn(lea, { counts: { 'visits.made': 3 } }, later(5));
  const both = judge([one, other]);
  assert.deepEqual([both.of(one), both.of(other)], ['contradiction', 'contradiction']);
  assert.equal(both.counted.length, 0);
  assert.equal(both.state(lea.name), 'contradictory');
  const third = keptReturn(lea, { version: 2 }, later(10));
  const after = judge([one, other, third]);
  assert.equal(after.of(third), 'counts');
  assert.equal(after.state(lea.name), 'received');
});

test('a shared reference can be added to a version, and the one that was issued last counts', () => {
  const joint = {
    reference: 'JV-ABCD-2345',
    day: '2026-09-15',
    town: 'Ware',
    kind: 'nail bar',
    counts: { 'visits.made': 1 },
  };
  const with_ = keptReturn(lea, {
    jointVisits: [joint],
    issuedAt: '2026-09-21T10:00:00.000Z',
    returnDigest: 'a'.repeat(64),
  });
  const without = keptReturn(lea, { returnDigest: 'a'.repeat(64) }, later(30));
  const { of } = judge([with_, without]);
  assert.equal(of(with_), 'counts');
  assert.equal(of(without), 'replaced');
});

test('an unknown key, an ended key, another reporter, another window and other definitions do not count', () => {
  const stranger = keptReturn({ ...lea, name: 'Nobody knows' });
  const ended = keptReturn(lea, {}, later(60));
  const asAnother = keptReturn(lea, { reporter: { country: 'FR' } });
  const asCountry = keptReturn(lea, { reporter: { level: 'country' } });
  const outside = keptReturn(lea, {
    week: {
      name: 'Another week',
      nationalOperation: null,
      window: { from: '2026-10-05', until: '2026-10-11' },
      localWindow: { from: '2026-10-05', until: '2026-10-11' },
    },
  });
  const defined = keptReturn(lea, { definitions: '2019-09' });
  const { of, state } = judge([stranger, asAnother, asCountry, outside, defined]);
  assert.equal(of(stranger), 'unknown key');
  assert.equal(of(asAnother), 'another reporter');
  assert.equal(of(asCountry), 'another reporter');
  assert.equal(of(outside), 'outside the window');
  assert.equal(of(defined), 'other definitions');
  assert.equal(state(lea.name), 'not counted');
  assert.equal(judge([ended], { keys: [keyOf(lea, { endedAt: later(30) })] }).of(ended), 'key ended');
  assert.equal(judge([ended], { keys: [keyOf(lea, { endedAt: later(90) })] }).of(ended), 'counts');
});

test('nobody replaces the return of another reporter, whatever the version', () => {
  const operation = { id: newId(), name: 'Operation Lantern' };
  const own = keptReturn(lea, { operation });
  const foreign = keptReturn(stort, { operation, version: 9 }, later(5));
  const { of, state, counted } = judge([foreign, own]);
  assert.deepEqual([of(own), of(foreign)], ['counts', 'operation of another reporter']);
  assert.deepEqual(
    counted.map(({ id }) => id),
    [own.id],
  );
  assert.deepEqual([state(lea.name), state(stort.name)], ['received', 'not counted']);
});

test('a wide local window counts where it meets the week', () => {
  const wide = keptReturn(lea, {
    week: {
      name: 'Three weeks of action',
      nationalOperation: null,
      window: { from: '2026-09-14', until: '2026-09-20' },
      localWindow: { from: '2026-08-31', until: '2026-09-20' },
    },
  });
  assert.equal(judge([wide]).of(wide), 'counts');
  const years = { from: '1900-01-01', until: '2099-12-31' };
  const ever = keptReturn(lea, {
    week: { name: 'Every week', nationalOperation: null, window: years, localWindow: years },
  });
  assert.equal(judge([ever]).of(ever), 'outside the window');
});

test('what cannot be read, what was changed on its way and what does not add up is kept and not counted', () => {
  const nothing: Kept = { id: 'a', receivedAt: beforeDeadline, arrival: 'not a return', document: null };
  const tampered: Kept = { id: 'b', receivedAt: beforeDeadline, arrival: 'bad signature', document: null };
  const wrong = keptReturn(lea, { nil: true });
  const { of, state } = judge([nothing, tampered, wrong]);
  assert.deepEqual([of(nothing), of(tampered), of(wrong)], ['not a return', 'bad signature', 'does not add up']);
  assert.equal(state(lea.name), 'not counted');
});

test('a first return after the deadline is late, a nil return is said, and before the deadline none is missing', () => {
  const late = keptReturn(lea, {}, new Date('2026-09-22T11:00:01Z'));
  const nil = keptReturn(stort, { nil: true, counts: { 'visits.made': 0 } });
  const { state } = judge([late, nil]);
  assert.equal(state(lea.name), 'late');
  assert.equal(state(stort.name), 'nil');
  assert.equal(judge([], { now: beforeDeadline }).state(lea.name), 'waiting');
  const revised = keptReturn(lea, { version: 2 }, new Date('2026-09-25T11:00:01Z'));
  assert.equal(judge([keptReturn(lea), revised]).state(lea.name), 'received');
});

test('a reporter whom the week does not ask for counts, and is said to be unexpected', () => {
  const kept = keptReturn(stort);
  const { lines } = judge([kept], {}, exampleWeek({ reporters: [lea] }));
  assert.deepEqual(
    lines.map(({ reporter, expected, state }) => [reporter.name, expected, state]),
    [
      [lea.name, true, 'missing'],
      [stort.name, false, 'received'],
    ],
  );
});

test('one key can be registered for several forces of one instance', () => {
  const { publicKey } = keyNamed(lea.name);
  const second = keptReturn(lea, { reporter: { name: stort.name } });
  const { counted } = judge([second], { keys: [keyOf(lea), keyOf(stort, { publicKey })] });
  assert.deepEqual(
    counted.map(({ reporter }) => reporterKey(reporter)),
    [reporterKey(stort)],
  );
});

test('a return of another level than expected counts, and the week says so', () => {
  const expected: Reporter = { ...lea, level: 'partnership' };
  const judged = judgeWeek(
    exampleWeek({ reporters: [expected] }),
    { keys: [keyOf(lea)], documents: [keptReturn(lea)] },
    beforeDeadline,
  );
  assert.deepEqual(judged.lines.map(describeLevel), ['partnership expected, force in the return: ask which is right']);
  const as = judgeWeek(exampleWeek({ reporters: [lea] }), { keys: [keyOf(lea)], documents: [] }, beforeDeadline);
  assert.deepEqual(as.lines.map(describeLevel), ['force']);
});
