import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { referenceOf } from '../../vocabulary/reference.ts';

const path = '/staff/reports/internal-log';
const log = {
  now: 'yes',
  observed: 'colleague',
  what: 'Men are driven from the flat at 12 Meadow Road each morning',
  postcode: 'WD17 1AA',
  name: 'PC Invented',
} as const;

test('an officer writes an internal log: it waits in the queue of police with the deadline of danger', async (t) => {
  const application = await openAttended(t);
  const officer = await application.member(application.agencies.police, ['enforcement'], 'Eve Enforcement');
  const visitor = await application.signIn(officer);
  assert.match((await visitor.get('/staff/more')).body, /Internal log/);
  const id = newTimelessId();
  const unsaid = await visitor.post(path, { ...log, observed: '', id });
  assert.equal(unsaid.statusCode, 422);
  assert.match(unsaid.body, /Select how you know it[\s\S]*Men are driven/);
  const sent = await visitor.post(path, { ...log, id });
  assert.equal(sent.statusCode, 200);
  assert.match((await visitor.post(path, { ...log, id })).body, /kept once/);

  const [one, ...more] = await opened(application, 'police');
  assert.deepEqual(more, []);
  assert.deepEqual([one?.report.id, one?.report.way, one?.report.danger], [id, 'internal log', true]);
  assert.deepEqual(one?.contact, { name: 'PC Invented' }, 'the colleague is kept apart');
  assert.doesNotMatch(JSON.stringify(one?.told), /PC Invented/);
  assert.deepEqual(await opened(application, 'help'), [], 'the wall stands');

  const reader = await application.signIn(application.readers.police);
  assert.match((await reader.get('/staff/reports?way=internal+log')).body, /By an internal log/);
  const page = (await reader.get(`/staff/reports/${id}`)).body;
  assert.match(page, /by an internal log: Officer Eve Enforcement/);
  assert.match(page, /A colleague told the officer/);
  assert.match(page, /Speak to the officer who wrote the log/);
  const own = (await visitor.get('/staff/reports/sent')).body;
  assert.match(own, new RegExp(`Report ${referenceOf('report', id)}[\\s\\S]*internal log`));
  assert.equal((await visitor.get(`/staff/reports/${id}`)).statusCode, 403);
});

test('officers of the agency alone write one: no support agency, no other force, and none to the help line', async (t) => {
  const application = await openAttended(t);
  const may = ['triage', 'planner', 'commander', 'field', 'enforcement', 'safeguarding lead', 'partner caseworker'];
  for (const role of roles) {
    const officer = await application.signIn(await application.member(application.agencies.police, [role]));
    const expected = may.includes(role) ? 200 : 403;
    assert.equal((await officer.get(path)).statusCode, expected, role);
    const adviser = await application.signIn(await application.member(application.agencies.help, [role]));
    assert.equal((await adviser.get(path)).statusCode, 403, `${role} of a support agency`);
    assert.equal((await adviser.get('/staff/safeguarding/reports/internal-log')).statusCode === 200, false, role);
  }
  const other = await application.signIn(
    await application.member(await application.agency('police force'), ['triage']),
  );
  const foreign = await other.post(path, { ...log, id: newTimelessId() });
  assert.equal(foreign.statusCode, 422);
  assert.match(foreign.body, /Your agency cannot take a report/);
  assert.deepEqual(await opened(application, 'police'), []);
  const { rows } = await sql<{ logs: boolean }>`select ctx.logs_reports() as logs`.execute(application.safeguardingDb);
  assert.deepEqual(rows, [{ logs: false }]);
  await assert.rejects(
    sql`insert into report_intakes (id, way, agency_id, taken_by, taken_for, taken_at)
      values (gen_random_uuid(), 'internal log', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
        date_trunc('hour', now()))`.execute(application.safeguardingDb),
    /report_intakes_way_check/,
  );
});
