import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Journeys } from './steps.ts';

const from = (seconds: number): Date => new Date(1_800_000_000_000 + seconds * 1_000);

test('each page leads on once; a second press leads to the same next page while nothing behind it was pressed: for twenty seconds, for two minutes where the page’s script asks', () => {
  const journeys = new Journeys();
  const door = journeys.begin(from(0));
  const first = journeys.advance(door, from(10)) ?? assert.fail('the door leads in');
  assert.ok(journeys.advance(door, from(14)), 'pressed twice');
  assert.ok(journeys.advance(door, from(30)), 'slowly');
  assert.equal(journeys.advance(door, from(31)), undefined, 'sent again by the browser');
  assert.ok(journeys.advance(door, from(130), 'script'), 'its answer was lost on the way');
  assert.ok(journeys.canAdvance(door, from(130), 'script') && !journeys.canAdvance(door, from(130)));
  assert.equal(journeys.advance(door, from(131), 'script'), undefined);
  const second = journeys.advance(first, from(140)) ?? assert.fail('the first page leads on');
  assert.equal(journeys.advance(door, from(141)), undefined, 'two pages back');
  assert.ok(journeys.advance(second, from(150)));
});

test('after leaving, no page of that journey leads on, nor does its entrance', () => {
  const journeys = new Journeys();
  const door = journeys.begin(from(0));
  const first = journeys.advance(door, from(1)) ?? assert.fail();
  const second = journeys.advance(first, from(2)) ?? assert.fail();
  journeys.end(second, from(2));
  for (const token of [door, first, second]) assert.equal(journeys.advance(token, from(3)), undefined);
  const unopened = journeys.begin(from(0));
  journeys.end(unopened, from(1));
  assert.equal(journeys.advance(unopened, from(2)), undefined, 'a door that was left before anybody entered');
});

test('after an hour a page leads to the entrance, and its journey is forgotten', () => {
  const journeys = new Journeys();
  const first = journeys.advance(journeys.begin(from(0)), from(0)) ?? assert.fail();
  assert.equal(journeys.advance(first, from(3_601)), undefined);
  journeys.advance(journeys.begin(from(4_000)), from(4_000));
  assert.equal(journeys.size, 1);
});

test('a token that is made up, truncated, changed or from another installation leads nowhere', () => {
  const journeys = new Journeys();
  const token = journeys.begin(from(0));
  const bytes = Buffer.from(token, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(journeys.advance(changed.toString('base64url'), from(0)), undefined);
  }
  for (const made of ['', 'x', token.slice(1), `${token}AAAA`, new Journeys().begin(from(0)), '\0'.repeat(46)])
    assert.equal(journeys.advance(made, from(0)), undefined, made);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (made) => {
      assert.equal(journeys.advance(made, from(0)), undefined);
    }),
  );
});

test('beyond what memory holds a journey is forgotten, and nothing of it is shown again', () => {
  const journeys = new Journeys({ most: 3 });
  const waiting = journeys.begin(from(0));
  const doors: string[] = [];
  const firsts = Array.from({ length: 10 }, (_, second) => {
    doors.push(journeys.begin(from(10 + second)));
    return journeys.advance(doors.at(-1) ?? '', from(10 + second)) ?? assert.fail('who comes is let in');
  });
  assert.equal(journeys.size, 3);
  for (const token of [waiting, ...doors, ...firsts.slice(0, 7)])
    assert.equal(journeys.advance(token, from(200)), undefined);
  for (const token of firsts.slice(7)) assert.ok(journeys.advance(token, from(200)), 'who came last goes on');
});

/** Presses at random, now and then what was pressed before. */
type Act = { readonly kind: 'begin' | 'press' | 'leave'; readonly which: number; readonly wait: number };
type Made = { readonly token: string; readonly journey: number; readonly at: number };

test('whatever is pressed in whatever order, no page leads on a second time, and none after leaving', () => {
  const acts = fc.array(
    fc.record<Act>({
      kind: fc.constantFrom('begin', 'press', 'press', 'press', 'leave'),
      which: fc.nat(40),
      wait: fc.constantFrom(0, 1, 19, 22, 60, 3_000),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(acts, fc.constantFrom(2, 5, 1_000), (list, most) => {
      const journeys = new Journeys({ most });
      const made: Made[] = [];
      const used = new Map<string, number>();
      const left = new Set<number>();
      let [now, begun] = [0, 0];
      for (const { kind, which, wait } of list) {
        now += wait;
        const one = made[which % Math.max(1, made.length)];
        if (kind === 'begin' || !one) {
          made.push({ token: journeys.begin(from(now)), journey: begun, at: now });
          begun += 1;
        } else if (kind === 'leave') {
          journeys.end(one.token, from(now));
          if (now - one.at <= 3_600) left.add(one.journey);
        } else {
          const next = journeys.advance(one.token, from(now));
          if (next === undefined) continue;
          const firstUsed = used.get(one.token) ?? now;
          used.set(one.token, firstUsed);
          assert.ok(now - firstUsed <= 20, 'it led on a second time');
          assert.ok(!left.has(one.journey), 'it led on after leaving');
          made.push({ token: next, journey: one.journey, at: now });
        }
        assert.ok(journeys.size <= most);
      }
    }),
    { numRuns: 500, seed: 4 },
  );
});

test('processes that share a key lead each other’s journeys on: from the entrance, and with a draft where they know nothing of it', () => {
  const key = Buffer.alloc(32, 7);
  const [one, other] = [new Journeys({ key }), new Journeys({ key })];
  const door = one.begin(from(0));
  const first = other.advance(door, from(1)) ?? assert.fail('any process leads in');
  const second = other.advance(first, from(2)) ?? assert.fail();
  assert.equal(one.advance(second, from(3)), undefined, 'without a draft the entrance is shown');
  assert.ok(one.canTakeOver(second, from(3)));
  const third = one.takeOver(second, from(3)) ?? assert.fail('with a draft it goes on');
  assert.equal(one.takeOver(second, from(4)), undefined, 'once');
  assert.ok(one.advance(third, from(5)));
  assert.equal(other.takeOver(first, from(6)), undefined, 'who knows the journey does not take it over');
  assert.equal(one.takeOver(one.begin(from(0)), from(1)), undefined, 'an entrance has no draft');
  assert.equal(new Journeys().takeOver(third, from(6)), undefined, 'nor one with another key');
});

test('a process takes a journey over again that went back to the other one in between', () => {
  const key = Buffer.alloc(32, 7);
  const [one, other] = [new Journeys({ key }), new Journeys({ key })];
  const first = other.advance(other.begin(from(0)), from(1)) ?? assert.fail();
  const second = one.takeOver(first, from(2)) ?? assert.fail('the other process died');
  const again = new Journeys({ key, startedAt: from(3) });
  const third = again.takeOver(second, from(4)) ?? assert.fail('the other process answers again');
  const fourth = again.advance(third, from(5)) ?? assert.fail();
  assert.ok(one.canTakeOver(fourth, from(6)), 'and died again');
  const fifth = one.takeOver(fourth, from(6)) ?? assert.fail();
  assert.equal(one.takeOver(third, from(7)), undefined, 'an earlier page is not taken over');
  one.end(fifth, from(8));
  const sixth = new Journeys({ key }).takeOver(fifth, from(9)) ?? assert.fail();
  assert.equal(one.canTakeOver(sixth, from(10)), false, 'a journey that ended here is over');
  assert.equal(one.takeOver(sixth, from(10)), undefined);
});

test('a process that starts again does not open a first page from before', () => {
  const key = Buffer.alloc(32, 7);
  const before = new Journeys({ key });
  const [early, late] = [before.begin(from(0)), before.begin(from(20))];
  const after = new Journeys({ key, startedAt: from(10) });
  assert.equal(after.advance(early, from(21)), undefined);
  assert.ok(after.advance(late, from(21)));
  const [back, fresh] = [new Journeys({ key, startedAt: from(5_000) }), new Journeys({ key })];
  assert.ok(back.advance(fresh.begin(from(1_000)), from(1_001)), 'a clock that was set back locks nobody out');
});

test('after leaving, the process that was left takes nothing over', () => {
  const key = Buffer.alloc(32, 7);
  const journeys = new Journeys({ key });
  const first = journeys.advance(journeys.begin(from(0)), from(1)) ?? assert.fail();
  journeys.end(first, from(2));
  assert.equal(journeys.takeOver(first, from(3)), undefined);
});
