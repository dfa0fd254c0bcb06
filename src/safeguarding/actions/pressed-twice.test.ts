import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { submitTwice } from '../../../test/harness/pressed-twice.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';

const day = { 'day-day': '18', 'day-month': '9', 'day-year': '2026' };

test('adds one action, health clock, handover or comparison when a form is sent twice', async (t) => {
  const { agency, member, safeguardingDb, keys, clock, signIn } = await openApplication(t, {
    today: '2026-09-18',
    time: '12:20',
  });
  const nurse = await member(await agency('health'), ['partner caseworker']);
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now());
  const of = `/staff/safeguarding/people/${person.id}/actions`;
  const at = await signIn(nurse);
  const apart = (table: string, more = 1) => ({ db: safeguardingDb, table, more });
  const where = { nation: 'England and Wales', ...day };
  const task = { id: newTimelessId(), what: 'Ring', by: 'by the next working day', time: '12:00', ...where };
  await submitTwice(at, `${of}/new`, task, apart('personActions'));
  await submitTwice(at, `${of}/offered`, { id: newTimelessId(), what: 'A bed', ...where }, apart('personActions', 2));
  const clocks = { id: newTimelessId(), clocks: ['hiv-prophylaxis', 'emergency-contraception'], time: '10:00', ...day };
  await submitTwice(at, `${of}/health`, clocks, apart('personActions', 2));

  assert.equal((await at.post(`/staff/safeguarding/actions/${task.id}/take`)).statusCode, 303);
  const handover = { id: newTimelessId(), words: 'Quiet night', tasks: [task.id] };
  await submitTwice(at, '/staff/safeguarding/handovers/new', handover, apart('handovers'));
  const night = await signIn(await member({ id: nurse.agencyId } as never, ['safeguarding lead']));
  await submitTwice(night, `/staff/safeguarding/handovers/${handover.id}/acknowledge`, {}, apart('handover_readings'));
});
