import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { actorOf } from '../../../test/fixtures/as-member.ts';
import { dbOf, openAttended } from '../../../test/fixtures/attended-reports.ts';
import { beginReading, setContext } from '../../platform/database/database.ts';
import type { IntakeLine } from '../report.ts';

const addressOf = { police: '/staff/reports', help: '/staff/safeguarding/reports' } as const;
const asking = {
  purpose: 'reporter contact',
  reason: 'The van was seen again and only the reporter can say whose it is',
  hours: '4',
} as const;
const why = { why: 'To ring at the hour that was said to be safe' } as const;
const reasons = 'The mailbox was not opened for a week and lives are at stake';
const contact = { who: 'worried', what: 'Words', reach: 'yes', name: 'Ira Invented', never: 'No voicemail' } as const;

async function open(t: Parameters<typeof openAttended>[0], line: IntakeLine) {
  const application = await openAttended(t);
  const at = addressOf[line];
  const agency = application.agencies[line];
  const told = await application.told(line, { answers: contact });
  const people = {
    reader: await application.signIn(application.readers[line]),
    colleague: await application.signIn(
      await application.member(agency, application.readers[line].roles, 'Coll Colleague'),
    ),
    custodian: await application.signIn(await application.member(agency, ['custodian'], 'Cass Custodian')),
    lead: await application.signIn(await application.member(agency, ['data-protection lead'], 'Dee Lead')),
  };
  const later = (hours: number) =>
    application.clock.move(new Date(application.clock.now().getTime() + hours * 3_600_000));
  const ask = async () => {
    const answer = await people.reader.post(`${at}/source-identity/ask/${told.id}`, asking);
    return { answer, request: String(answer.headers.location) };
  };
  return { application, at, told, ...people, later, ask, db: dbOf(application, line) };
}

for (const line of ['police', 'help'] as const)
  test(`on the ${line} line a reader asks, a custodian opens with reasons, only that reader sees it for a time, and each act is a row`, async (t) => {
    const { application, at, told, reader, colleague, custodian, lead, later, ask, db } = await open(t, line);
    assert.match((await reader.get(`${at}/${told.id}`)).body, /Sealed\. A custodian can open it/);
    const { answer, request } = await ask();
    assert.equal(answer.statusCode, 303, answer.body);
    assert.equal((await ask()).answer.statusCode, 422, 'not twice at once');
    assert.match((await custodian.get('/staff')).body, /Decide a request for a source’s identity/);
    const asked = (await custodian.get(request)).body;
    assert.match(asked, /The van was seen again/);
    assert.doesNotMatch(asked, /Ira Invented/);
    assert.equal((await reader.get(`${request}/decide`)).statusCode, 403);
    assert.equal((await colleague.get(request)).statusCode, 404);
    assert.match((await lead.get(request)).body, /The van was seen again/);
    assert.equal((await custodian.post(`${request}/decide`, { decision: 'open it', reasons: 'Yes' })).statusCode, 422);
    assert.equal(
      (await reader.post(`${at}/source-identity/${told.id}`, why)).statusCode,
      404,
      'not before it is decided',
    );
    assert.equal((await custodian.post(`${request}/decide`, { decision: 'open it', reasons })).statusCode, 303);
    assert.equal((await custodian.post(`${request}/decide`, { decision: 'refuse', reasons })).statusCode, 422, 'once');

    assert.match((await reader.get('/staff')).body, /Your request for a source’s identity was approved/);
    assert.equal(
      (await reader.post(`${at}/source-identity/${told.id}`, { why: 'x' })).statusCode,
      422,
      'each time it is asked why',
    );
    const shown = (await reader.post(`${at}/source-identity/${told.id}`, why)).body;
    assert.match(shown, /No voicemail[\s\S]*Ira Invented/, 'what never to do comes first');
    for (const other of [colleague, custodian, lead])
      assert.ok([403, 404].includes((await other.post(`${at}/source-identity/${told.id}`, why)).statusCode));
    later(4);
    const again = await application.signIn(application.readers[line]);
    assert.equal((await again.post(`${at}/source-identity/${told.id}`, why)).statusCode, 404, 'it closes by itself');
    assert.equal(
      (await again.post(`${at}/source-identity/ask/${told.id}`, asking)).statusCode,
      303,
      'and may be asked for anew',
    );

    const rows = await db
      .selectFrom('accessLog')
      .select(['kind', 'event', 'recipient', 'reason'])
      .where('subject', '=', told.id)
      .where('event', 'like', 'source identity.%')
      .where('kind', '<>', 'refusal')
      .orderBy('xid')
      .orderBy('id')
      .execute();
    const who = reader.member.id;
    assert.deepEqual(
      rows.map(({ kind, event, recipient }) => [kind, event, recipient]),
      [
        ['collection', 'source identity.requested', null],
        ['disclosure', 'source identity.disclosed', who],
        ['consultation', 'source identity.shown', null],
        ['collection', 'source identity.requested', null],
      ],
    );
    assert.equal(rows[2]?.reason, why.why);
  });

test('refused, it stays shut; where nothing was left there is nothing to ask; without a custodian nobody decides', async (t) => {
  const { application, at, told, reader, custodian, ask } = await open(t, 'police');
  const { request } = await ask();
  await custodian.post(`${request}/decide`, { decision: 'refuse', reasons });
  assert.match((await reader.get('/staff')).body, /Your request for a source’s identity was refused/);
  assert.equal((await reader.post(`${at}/source-identity/${told.id}`, why)).statusCode, 404);
  const anonymous = await application.told('police');
  assert.match((await reader.get(`${at}/${anonymous.id}`)).body, /Not said/);
  assert.equal((await reader.get(`${at}/source-identity/ask/${anonymous.id}`)).statusCode, 404);
  assert.equal((await reader.post(`${at}/source-identity/ask/${anonymous.id}`, asking)).statusCode, 404);
  await sql`update members set roles = array['press'] where id = ${custodian.member.id}`.execute(application.db);
  await ask();
  assert.match((await ask()).answer.body, /Ask its administrator to name a custodian/);
});

test('the database itself refuses a source identity without a custodian’s decision, whatever the query', async (t) => {
  const { application, told, custodian } = await open(t, 'police');
  for (const member of [application.readers.police, custodian.member]) {
    const tx = await beginReading(application.databases.for('main', 'staff'));
    await setContext(tx, { now: application.clock.now(), actor: await actorOf(application, member) });
    const rows = await tx.selectFrom('reportContacts').selectAll().execute();
    await tx.rollback().execute();
    assert.deepEqual(rows, [], member.name);
  }
  for (const store of ['main', 'safeguarding'] as const)
    for (const call of [`ctx.contact_opened()`, `ctx.contact_held('${told.id}')`])
      await assert.rejects(
        sql.raw(`select ${call}`).execute(application.databases.for(store, 'public')),
        /permission denied/,
        call,
      );
});
