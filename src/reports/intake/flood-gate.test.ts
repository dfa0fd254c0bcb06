import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLeadingZeroBits, FloodGate, type Limits, type Queue, usualLimits } from './flood-gate.ts';

const noon = Date.parse('2026-09-18T12:00:00Z');
const after = (ms: number): Date => new Date(noon + ms);
const easy: Limits = { ...usualLimits, leadingZeroBits: 8 };
const form = 'tell';

const counted = (queues: readonly Queue[]): number => queues.filter((queue) => queue === 'first queue').length;
const knocks = (gate: FloodGate, count: number, addressOf: (knock: number) => string, at = after(0)): number =>
  counted(Array.from({ length: count }, (_, knock) => gate.queueFor({ form, address: addressOf(knock) }, at)));

/** As the script of a page does. */
function workOut(challenge: string, noughts: number): string {
  for (let answer = 0; ; answer += 1)
    if (countLeadingZeroBits(`${challenge}.${answer}`) >= noughts) return `${challenge}.${answer}`;
}
/** Enough from everywhere to use up what all share. */
const overrun = (gate: FloodGate, at = after(0)): number =>
  knocks(gate, 700, (knock) => `10.${knock >> 8}.${knock & 0xff}.1`, at);

test('reports are put first in order of arrival; a network that goes on is put second, and others are not delayed', () => {
  const gate = new FloodGate();
  assert.equal(
    knocks(gate, 5_000, (knock) => `198.51.100.${knock % 256}`),
    usualLimits.network.burst,
  );
  assert.equal(gate.queueFor({ form, address: '203.0.113.9' }, after(0)), 'first queue');
});

test('an address of the same network is no other, in either protocol', () => {
  const gate = new FloodGate();
  assert.equal(
    knocks(gate, 20, (knock) => `2001:db8:1:22${knock.toString(16).padStart(2, '0')}::${knock}`),
    6,
  );
  assert.equal(
    knocks(gate, 20, () => '2001:db8:1:2300::1'),
    6,
  );
  assert.equal(
    knocks(gate, 20, (knock) => `::ffff:192.0.2.${knock}`),
    6,
  );
  assert.equal(
    knocks(gate, 1, () => '192.0.2.200'),
    0,
  );
});

test('with time a network is looked at first again, as often as its rate says', () => {
  const gate = new FloodGate();
  const one = () => '198.51.100.1';
  knocks(gate, 10, one);
  assert.equal(knocks(gate, 10, one, after(59_999)), 0);
  assert.equal(knocks(gate, 10, one, after(60_000)), 1);
  assert.equal(knocks(gate, 10, one, after(60_000 * 4)), 3);
  assert.equal(knocks(gate, 10, one, after(60_000 * 50)), 6, 'a bucket holds no more than it holds');
});

test('a flood from everywhere is bounded by the form and by the whole, and none is refused', () => {
  const gate = new FloodGate();
  assert.equal(overrun(gate), usualLimits.form.burst);
  const others = Array.from({ length: 2_000 }, (_, knock) =>
    gate.queueFor({ form: 'answer', address: `172.${16 + (knock >> 8)}.${knock & 0xff}.1` }, after(0)),
  );
  assert.equal(counted(others), usualLimits.total.burst - usualLimits.form.burst);
  assert.equal(others.filter((queue) => queue === 'second queue').length, 2_000 - counted(others));
});

test('a report in the second queue uses up no place in the first', () => {
  const gate = new FloodGate();
  knocks(gate, 10_000, () => '198.51.100.1');
  assert.equal(overrun(gate), usualLimits.form.burst - usualLimits.network.burst);
});

test('fifty honest reports a minute under a hundred times as much from forty networks are looked at first, 99 in 100 of them', () => {
  const gate = new FloodGate();
  let [honest, junk] = [0, 0];
  for (let minute = 0; minute < 10; minute += 1)
    for (let report = 0; report < 50; report += 1) {
      const at = after(minute * 60_000 + report * 1_200);
      junk += knocks(gate, 100, (knock) => `10.0.${knock % 40}.${report}`, at);
      honest += knocks(gate, 1, () => `192.${minute}.${report}.7`, at);
    }
  // Networks share buckets: one of the fifty may meet one that junk has emptied.
  assert.ok(honest >= 495, `${honest} of 500`);
  assert.ok(junk <= 40 * (6 + 10), `${junk} of 50,000`);
});

test('work that was done is let through before a flood, once', () => {
  const gate = new FloodGate(easy);
  const work = workOut(gate.challenge(form, after(0)), easy.leadingZeroBits);
  overrun(gate);
  assert.equal(gate.queueFor({ form, address: '10.0.0.1' }, after(0)), 'second queue');
  assert.equal(gate.queueFor({ form, address: '10.0.0.1', work }, after(0)), 'first queue');
  assert.equal(gate.queueFor({ form, address: '10.0.0.1', work }, after(0)), 'second queue', 'once');
});

test('one challenge worked out twice counts once', () => {
  const gate = new FloodGate(easy);
  const challenge = gate.challenge(form, after(0));
  overrun(gate);
  const answers = Array.from({ length: 5_000 }, (_, answer) => `${challenge}.${answer}`).filter(
    (work) => countLeadingZeroBits(work) >= easy.leadingZeroBits,
  );
  assert.ok(answers.length > 5);
  assert.equal(counted(answers.map((work) => gate.queueFor({ form, address: '10.0.0.1', work }, after(0)))), 1);
});

test('work is bounded too: many machines cannot fill the first queue', () => {
  const gate = new FloodGate({ ...easy, leadingZeroBits: 0 });
  overrun(gate);
  const queues = Array.from({ length: 1_000 }, () =>
    gate.queueFor({ form, address: '10.0.0.1', work: `${gate.challenge(form, after(0))}.1` }, after(0)),
  );
  assert.equal(counted(queues), usualLimits.worked.burst);
});

test('work is good for its form, and for the hour in which it was set and the next', () => {
  const gate = new FloodGate({ ...easy, total: { burst: 100, everyMs: 500 } });
  const minutesLater = (minutes: number): Date => after(minutes * 60_000);
  const work = () => workOut(gate.challenge(form, minutesLater(59)), easy.leadingZeroBits);
  const [here, next, late] = [work(), work(), work()];
  const tried = (given: string, at: Date, to = form): Queue => {
    overrun(gate, at);
    return gate.queueFor({ form: to, address: '10.0.0.1', work: given }, at);
  };
  assert.equal(tried(here, minutesLater(59), 'answer'), 'second queue');
  assert.equal(tried(here, minutesLater(59)), 'first queue');
  assert.equal(tried(next, minutesLater(61)), 'first queue');
  assert.equal(tried(late, minutesLater(121)), 'second queue');
});

test('work that was not done, or not for us, is as none', () => {
  const gate = new FloodGate(easy);
  const challenge = gate.challenge(form, after(0));
  overrun(gate);
  const undone = Array.from({ length: 5_000 }, (_, answer) => `${challenge}.${answer}`).find(
    (work) => countLeadingZeroBits(work) < easy.leadingZeroBits,
  );
  const theirs = workOut(new FloodGate(easy).challenge(form, after(0)), easy.leadingZeroBits);
  const given = [undone, theirs, '', '.', '..', '...', 'a.b', challenge, 'x'.repeat(100_000), '\0.\0.\0'];
  for (const work of given)
    assert.equal(gate.queueFor({ form, address: '10.0.0.1', work }, after(0)), 'second queue', work?.slice(0, 40));
});

test('with the hour goes what was counted by network; a clock that jumps locks nobody out', () => {
  const one = () => '198.51.100.1';
  for (const jump of [3_600_000, -3_600_000, 86_400_000, -86_400_000, -365 * 86_400_000]) {
    const gate = new FloodGate();
    knocks(gate, 100, one);
    assert.equal(knocks(gate, 100, one, after(jump)), 6, String(jump));
    overrun(gate, after(jump));
    assert.ok(overrun(gate, after(0)) > 0, `and back from ${jump}`);
  }
  const gate = new FloodGate();
  overrun(gate, after(600_000));
  assert.ok(overrun(gate, after(0)) > 0, 'ten minutes back');
});

test('an address that is none is a network like another', () => {
  const gate = new FloodGate();
  for (const address of ['', 'unknown', '::', '%', ':::::::::::', 'x'.repeat(50_000), '999.999.999.999', '\ud800'])
    assert.match(gate.queueFor({ form, address }, after(0)), /queue$/);
});
