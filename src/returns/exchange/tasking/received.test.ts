import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../../vocabulary/ids.ts';
import { exampleTasking, keyNamed } from '../document/examples.ts';
import type { TaskingDocument } from '../document/signed-return.ts';
import {
  type CoordinatorKey,
  chooseEdition,
  compareWeek,
  findConflicts,
  findOtherKey,
  judgeTaskings,
  type ReceivedTasking,
} from './received.ts';

const came = new Date('2026-09-02T09:00:00Z');
const received = (document: TaskingDocument, receivedAt = came): ReceivedTasking => ({
  ...{ id: newId(), agencyId: newId(), receivedAt, receivedBy: null, weekId: null, document },
  publicKey: document.publicKey,
});
const compared = (name: string, endedAt: Date | null = null): CoordinatorKey => ({
  ...{ id: newId(), agencyId: newId(), name, instanceId: keyNamed('Joint Desk').instanceId },
  ...{ publicKey: keyNamed(name).publicKey, comparedBy: newId(), comparedAt: came, endedAt },
});
const week = {
  name: 'Week against sexual exploitation',
  startsOn: '2026-09-14',
  endsOn: '2026-09-20',
  focus: ['sexual exploitation'],
};

test('the tasking that was issued last is in force, whichever came last', () => {
  const later = received(exampleTasking({ issuedAt: '2026-09-05T09:00:00.000Z' }));
  const earlier = received(exampleTasking(), new Date('2026-09-06T09:00:00Z'));
  const states = judgeTaskings([earlier, later], [compared('Joint Desk')]);
  assert.deepEqual([states.get(later.id), states.get(earlier.id)], ['in force', 'replaced']);
});

test('a tasking of a key that nobody compared, or that was ended, counts for nothing', () => {
  const one = received(exampleTasking());
  assert.equal(judgeTaskings([one], []).get(one.id), 'key not compared');
  assert.equal(judgeTaskings([one], [compared('Joint Desk', came)]).get(one.id), 'key ended');
  assert.equal(judgeTaskings([one], [compared('Joint Desk', new Date('2026-09-03'))]).get(one.id), 'in force');
  const forged = received(exampleTasking({ issuedAt: '2026-09-09T09:00:00.000Z' }, keyNamed('Somebody')));
  const states = judgeTaskings([one, forged], [compared('Joint Desk')]);
  assert.deepEqual([states.get(one.id), states.get(forged.id)], ['in force', 'key not compared']);
});

test('notices that a coordinator signs with another key than before', () => {
  const other = exampleTasking({ instance: exampleTasking().instance }, keyNamed('A new key'));
  assert.equal(findOtherKey({ document: other }, [compared('Joint Desk')])?.name, 'Joint Desk');
  assert.equal(findOtherKey({ document: exampleTasking() }, [compared('Joint Desk')]), undefined);
});

test('compares the own week field by field', () => {
  assert.deepEqual(compareWeek(exampleTasking(), week), []);
  const other = { ...week, name: 'Local week', endsOn: '2026-09-18', focus: ['labour exploitation'] };
  assert.deepEqual(
    compareWeek(exampleTasking(), other).map(({ field }) => field),
    ['name', 'dates', 'focus'],
  );
  assert.deepEqual(compareWeek(exampleTasking({ focus: ['something newer'] }), week), []);
});

test('says each conflict of plan and tasking once', () => {
  const today = '2026-09-10';
  const operation = {
    codeName: 'Operation Lantern',
    startsOn: '2026-09-14',
    endsOn: '2026-09-18',
    area: 'hertfordshire',
  };
  const ask = (more: object = {}, said: Partial<TaskingDocument> = {}) =>
    findConflicts(exampleTasking({ definitions: ['2026-01'], ...said }), {
      ...{ week: { ...week, ...more }, operations: [operation], today },
    });
  assert.deepEqual(ask(), []);
  assert.match(
    ask({ endsOn: '2026-09-25' }).join(),
    /^Your week has 14 to 25 September 2026\. The tasking has 14 to 20/,
  );
  assert.match(
    ask({}, { area: 'Essex' }).join(),
    /Operation Lantern works in hertfordshire\. The tasking names Essex\./,
  );
  assert.match(ask({}, { deadline: '2026-09-16T11:00:00.000Z' }).join(), /ends after the deadline of 16 September/);
  assert.match(
    ask({}, { definitions: ['2031-01'] }).join(),
    /The tasking takes 2031-01\. This Safelight counts by edition/,
  );
  const window = { from: '2026-10-01', until: '2026-10-07' };
  assert.match(ask({}, { week: { ...exampleTasking().week, window } }).join(), /Its return would not count/);
});

test('counts by the edition that the tasking takes', () => {
  const own = chooseEdition('2026-12-10', []).label;
  const first = chooseEdition('2026-01-10', []).label;
  assert.notEqual(own, first);
  assert.equal(chooseEdition('2026-12-10', [first]).label, first);
  assert.equal(chooseEdition('2026-12-10', [first, own]).label, own);
  assert.equal(chooseEdition('2026-12-10', ['2031-01']).label, own);
});
