import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLabels, Histogram, HourlyHistogram } from './histogram.ts';

test('a duration is counted in every bucket that it fits, and in the sum', () => {
  const histogram = new Histogram();
  for (const seconds of [0.05, 0.2, 20]) histogram.observe({ route: '/staff' }, seconds);
  const lines = histogram.lines('seconds');
  assert.deepEqual(
    lines.map((line) => line.split(' ')[1]),
    ['1', '1', '2', '2', '2', '2', '3', '20.25', '3'],
  );
  assert.equal(lines[0], 'seconds_bucket{le="0.05",route="/staff"} 1');
  assert.equal(lines[6], 'seconds_bucket{le="+Inf",route="/staff"} 3');
});

test('labels are in order, and a value cannot end its quotes', () => {
  assert.equal(formatLabels({}), '');
  assert.equal(formatLabels({ b: 'x"\\\n', a: '' }), '{a="",b="x\\"\\\\\\n"}');
});

test('what is told by the hour changes at full hours alone, and never says the hour of the start by itself', () => {
  const at = (time: string) => new Date(`2026-09-18T${time}Z`);
  const count = (lines: readonly string[]) => lines.at(-1)?.split(' ')[1];
  const hourly = new HourlyHistogram('seconds', at('09:50:00'));
  hourly.observe(at('09:55:00'), {}, 1);
  assert.deepEqual(hourly.lines(at('10:00:01')), [], 'ten minutes of a start would tell the minute');
  hourly.observe(at('10:30:00'), {}, 1);
  assert.deepEqual(hourly.lines(at('10:59:59')), []);
  assert.equal(count(hourly.lines(at('11:00:00'))), '2');
  hourly.observe(at('11:00:05'), {}, 1);
  assert.equal(count(hourly.lines(at('11:59:59'))), '2');
  hourly.observe(at('13:10:00'), {}, 1);
  assert.equal(count(hourly.lines(at('13:10:01'))), '3', 'one at ten past is told at two');
  assert.equal(count(hourly.lines(at('14:00:00'))), '4');
});
