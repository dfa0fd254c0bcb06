import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conditionOf, readAlarms, secondsOf, Watch } from './prometheus.ts';

const target = { job: 'safelight', instance: 'one', url: '' };
const alarm = { alert: 'Away', expr: 'up{job="safelight"} == 0 or waits{queue=~"a|b"} > 3', seconds: 5 };

test('an alarm rings when it has lasted, and stops at once', () => {
  const watch = new Watch([alarm]);
  watch.take(target, 'waits{queue="a"} 3\nwaits{queue="c"} 9\n');
  assert.deepEqual([...watch.evaluate(0)], []);
  watch.take(target, '# HELP waits x\nwaits{queue="b"} 4\n');
  assert.deepEqual([...watch.evaluate(1_000)], []);
  assert.deepEqual([...watch.evaluate(5_999)], []);
  assert.deepEqual([...watch.evaluate(6_000)], ['Away']);
  watch.take(target, 'waits{queue="b"} 3\n');
  assert.deepEqual([...watch.evaluate(7_000)], []);
  watch.take(target, undefined);
  assert.deepEqual([...watch.evaluate(8_000)], []);
  assert.deepEqual([...watch.evaluate(13_000)], ['Away']);
});

test('expressions with rates and quantiles are left out, and no other', () => {
  const { alarms } = readAlarms();
  assert.deepEqual(
    alarms.filter(({ expr }) => !conditionOf(expr)).map(({ alert }) => alert),
    ['SafelightBackgroundErrors', 'SafelightErrors', 'SafelightErrorsByHour', 'SafelightSlow', 'SafelightVersions'],
  );
});

test('the guide reads as often as the shipped rules are asked, and no alarm of a fault waits longer than that', () => {
  const { interval, alarms } = readAlarms();
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/operations/observe.md'), 'utf8');
  const every = [...guide.matchAll(/scrape_interval: (\w+)/g)].map(([, text = '']) => secondsOf(text));
  assert.deepEqual(every, [interval, interval]);
  // Read, measured at most four seconds before, asked, and lasting: within 30 seconds.
  const late = alarms.filter(({ seconds }) => seconds <= 60 && interval + 4 + interval + seconds > 30);
  assert.deepEqual(
    late.map(({ alert }) => alert),
    ['SafelightErrors', 'SafelightEventLoop'],
  );
});
