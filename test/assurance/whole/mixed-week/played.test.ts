import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toSoundKey } from '../../../../src/vocabulary/languages/latin-spelling.ts';
import { chance } from '../../../harness/assurance.ts';
import { createNames } from './names.ts';
import { type Acts, planActs, play } from './played.ts';
import { held } from './watch.ts';
import { type ActName, smoke, week } from './week.ts';

const names = Object.keys(week) as ActName[];
const hour = 3_600_000;

test('every act of the week is planned as often as the week has it, in order', () => {
  const planned = planActs(week, hour, chance(7));
  for (const name of names) assert.equal(planned.filter((act) => act.name === name).length, week[name]);
  assert.deepEqual(
    planned,
    planned.toSorted((one, other) => one.atMs - other.atMs),
  );
  assert.ok(planned.every(({ atMs }) => atMs >= 0 && atMs < hour));
});

test('each tenth has the same acts', () => {
  const planned = planActs(week, hour, chance(11));
  for (const name of names)
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const those = planned.filter((act) => act.name === name && Math.floor((act.atMs / hour) * 10) === tenth);
      assert.equal(those.length, week[name] / 10, name);
    }
});

test('the short form has every act of the week', () => {
  assert.deepEqual(
    names.filter((name) => !smoke[name]),
    [],
  );
});

test('an act that fails is counted and told, and the others go on', async () => {
  const acts = Object.fromEntries(names.map((name) => [name, async () => {}])) as Acts;
  const told: string[] = [];
  const failing = { ...acts, 'adds photos': () => Promise.reject(new Error('was answered 404')) };
  const plan = { wholeMs: 1, random: chance(7), heard: (failure: string) => void told.push(failure) };
  const { done, failed } = await play(failing, { ...smoke, 'adds photos': 2 }, plan);
  assert.deepEqual(failed, ['adds photos: was answered 404', 'adds photos: was answered 404']);
  assert.deepEqual(told, failed);
  assert.deepEqual({ ...done, 'adds photos': 1 }, smoke);
  assert.equal(done['adds photos'], 0);
});

test('idle connections and key halves are kept on purpose, one more file or a connection in use is not', () => {
  const before = { files: 60, sockets: 30, keyHalves: 2, connections: 4, busyConnections: 0 };
  const after = { files: 75, sockets: 40, keyHalves: 7, connections: 14, busyConnections: 0 };
  assert.deepEqual(held(before), held(after));
  assert.equal(held({ ...after, files: 76 })['files that are no sockets'], 29);
  assert.equal(held({ ...after, busyConnections: 1 })['connections in use'], 1);
});

test('no two names sound alike, and none has a digit', () => {
  const name = createNames(chance(7));
  const names = Array.from({ length: 500 }, name);
  assert.equal(new Set(names.map(toSoundKey)).size, names.length);
  assert.ok(names.every((one) => /^[A-Z][a-z]+$/.test(one)));
});
