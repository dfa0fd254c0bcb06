import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { countRows, submitTwice } from '../../../test/harness/pressed-twice.ts';
import { addOperation, addPartner, addToOperation } from '../../operations/weeks/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { addBand, addEntry, addReception } from './examples.ts';

const home = '/staff/safeguarding/reception';
const hours = {
  ...{ 'fromDay-day': '18', 'fromDay-month': '9', 'fromDay-year': '2026', fromTime: '09:00' },
  ...{ 'untilDay-day': '18', 'untilDay-month': '9', 'untilDay-year': '2026', untilTime: '20:00' },
};
const hiddenIn = (html: string): string => /name="id" value="([^"]+)"/.exec(html)?.[1] ?? '';

test('every form sent twice at reception takes effect once, and the last bed is given once', async (t) => {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:20' });
  const { agency, member, db, safeguardingDb, keys, clock, signIn } = application;
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const advisers = await agency('sexual violence advisers');
  const relief = await agency('voluntary');
  for (const partner of [advisers, relief]) await addPartner(db, operation, partner);
  const lead = await member(advisers, ['safeguarding lead']);
  const volunteer = await member(relief, ['volunteer']);
  for (const one of [lead, volunteer]) await addToOperation(db, operation, one);
  const at = await signIn(lead);
  const apart = (table: string) => ({ db: safeguardingDb, table });

  const planned = { id: newTimelessId(), operationId: operation.id, places: '12', ...hours };
  await submitTwice(at, `${home}/new`, planned, apart('receptionCentres'));
  const reception = await addReception(safeguardingDb, operation.id, lead);
  const board = `${home}/${reception.id}`;
  const rota = { id: newTimelessId(), agencyId: relief.id, work: 'nurse', ...hours };
  await submitTwice(at, `${board}/rota`, rota, apart('reception_rota'));
  await submitTwice(
    at,
    `${board}/debrief`,
    { id: newTimelessId(), words: 'Two more blankets' },
    apart('reception_debriefs'),
  );
  const told = { id: hiddenIn((await at.get(`${board}/capacity`)).body) };
  assert.match(told.id, /^[0-9a-f-]{36}$/);
  await submitTwice(at, `${board}/capacity`, told, { db, table: 'capacity_reports' });

  const press = { id: hiddenIn((await at.get(board)).body) };
  assert.match(press.id, /^[0-9a-f-]{36}$/);
  const band = await submitTwice(at, `${board}/wristbands`, press, apart('wristbands'));
  assert.equal(band, `${home}/wristbands/${press.id}`);
  assert.notEqual(hiddenIn((await at.get(board)).body), press.id, 'the next press gives the next one');
  const elsewhere = await addReception(safeguardingDb, operation.id, lead);
  assert.equal((await at.post(`${home}/${elsewhere.id}/wristbands`, press)).statusCode, 404, 'the id is another’s');
  await submitTwice(at, `${band}/need`, { id: newTimelessId(), need: 'food: no pork' }, apart('wristband_needs'));

  const shelter = { work: 'first-night shelter', beds: 1, forWhom: 'women', agencyId: relief.id } as const;
  const beds = await addEntry(safeguardingDb, reception, lead, shelter);
  const [one, two] = [await addBand(safeguardingDb, reception, 7), await addBand(safeguardingDb, reception, 8)];
  const nights = await Promise.all(
    [one, two].map(({ id }) => at.post(`${home}/wristbands/${id}/night`, { rotaId: beds.id })),
  );
  assert.deepEqual(nights.map(({ statusCode }) => statusCode).toSorted(), [303, 422], 'two people, one bed');
  const [slept] = await safeguardingDb.selectFrom('firstNights').selectAll().execute();
  const same = `${home}/wristbands/${slept?.wristbandId}/night`;
  await submitTwice(at, same, { rotaId: beds.id }, { ...apart('first_nights'), more: 0 });

  const person = await addPerson(safeguardingDb, keys, lead, clock.now());
  const link = { receptionId: reception.id, number: '7' };
  const url = `/staff/safeguarding/people/${person.id}/wristband`;
  await submitTwice(at, url, link, apart('wristband_people'));
  const other = await addPerson(safeguardingDb, keys, lead, clock.now());
  const refused = await at.post(`/staff/safeguarding/people/${other.id}/wristband`, link);
  assert.match(refused.body, /belongs to another record that you can read/);

  await safeguardingDb
    .deleteFrom('receptionCentres')
    .where('id', '=', planned.id as never)
    .execute();
  await safeguardingDb.deleteFrom('receptionCentres').where('id', '=', elsewhere.id).execute();
  const helper = await signIn(volunteer);
  await submitTwice(helper, `${home}/start`, {}, apart('reception_rota'));
  assert.equal(await countRows(safeguardingDb, 'wristbands'), 3);
});
