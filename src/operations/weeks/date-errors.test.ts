import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';

const parts = (name: string, day: string, month: string, year: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
});

test('an error about a date names the date, and leads to the part that is wrong', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  const send = async (starts: readonly [string, string, string], ends: readonly [string, string, string]) =>
    (await planner.post('/staff/weeks/new', { ...parts('starts', ...starts), ...parts('ends', ...ends) })).body;
  const first = 'Enter a real date for “First official day”, like 27 3 2026 or 27 March 2026<';

  const year = await send(['14', '9', '2026'], ['20', '9', '26']);
  assert.match(year, /href="#ends-year">Enter the year with four figures for “Last official day”, like 2026</);
  assert.match(year, /govuk-input--error" id="ends-year"/);
  assert.doesNotMatch(year, /govuk-input--error" id="(ends-day|ends-month|starts-\w+)"/);

  const month = await send(['14', 'Movember', '2026'], ['20', '9', '2026']);
  assert.ok(month.includes(`href="#starts-month">${first}`));
  const day = await send(['31', '2', '2026'], ['20', '9', '2026']);
  assert.ok(day.includes(`href="#starts-day">${first}`), 'no part is wrong by itself');
  assert.match(day, /govuk-input--error" id="starts-year"/);
  assert.match(await send(['', '', ''], ['20', '9', '2026']), /href="#starts-day">Enter the first day</);
});
