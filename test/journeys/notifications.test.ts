import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { areas } from '../../src/app.ts';
import { listenersByStore } from '../../src/platform/jobs/background.ts';
import { deliverEvents, runChore } from '../../src/platform/jobs/outbox.ts';
import { remindOfDeadlines } from '../../src/safeguarding/information-requests/store.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { asMember } from '../fixtures/as-member.ts';
import { openAttended } from '../fixtures/attended-reports.ts';
import { asking, openPolice, home as requests } from '../fixtures/information-requests.ts';
import { aWalkIn } from '../fixtures/walk-in.ts';

/** The leader delivers the events of both databases. */
async function deliverAll({ databases, clock, keys }: Pick<TestApplication, 'databases' | 'clock' | 'keys'>) {
  const listeners = listenersByStore(areas, keys, true);
  for (const store of ['main', 'safeguarding'] as const)
    await deliverEvents(databases, clock, listeners[store] ?? {}, store);
}

type Reader = Awaited<ReturnType<TestApplication['signIn']>>;
const bell = async (reader: Reader): Promise<string> =>
  /Notifications( \(\d+\))?<\/a>/.exec((await reader.get('/staff/more')).body)?.[1]?.trim() ?? '(0)';

test('a referral and its answer tell both agencies that something is new, and police nothing', async (t) => {
  const world = await aWalkIn(t);
  const { signIn, caseworker, nurse, nurses, person, db, agency, member } = world;
  const force = await agency('police force');
  const officer = await signIn(await member(force, ['enforcement', 'commander', 'planner', 'administrator']));
  const [at, nurseAt] = [await signIn(caseworker), await signIn(nurse)];
  const id = newTimelessId();
  const ask = {
    ...{ id, to: nurses.id, agreed: 'agreed', step: 'send', needs: ['health'] },
    ...{ words: 'A check of health', purpose: 'examine and treat' },
  };
  assert.equal((await at.post(`/staff/safeguarding/people/${person.id}/refer`, ask)).statusCode, 303);
  await deliverAll(world);
  assert.deepEqual([await bell(nurseAt), await bell(at), await bell(officer)], ['(1)', '(0)', '(0)']);
  const answer = { decision: 'accepted', reason: 'A room today at 18:00' };
  assert.equal((await nurseAt.post(`/staff/safeguarding/referrals/${id}/decide`, answer)).statusCode, 303);
  await deliverAll(world);
  assert.deepEqual([await bell(nurseAt), await bell(at), await bell(officer)], ['(1)', '(1)', '(0)']);
  assert.doesNotMatch((await officer.get('/staff/notifications')).body, /your cases/);
  const rows = await db.selectFrom('notices').selectAll().execute();
  const stored = JSON.stringify(rows);
  for (const word of [id, person.id, person.called, 'referral', 'health'])
    assert.ok(!stored.includes(word), `the main database holds ${word}`);
  assert.deepEqual(new Set((rows as { kind: string }[]).map(({ kind }) => kind)), new Set(['case news']));
});

test('the sender of a referral sees whether the recipient was notified and opened it, and other agencies do not', async (t) => {
  const world = await aWalkIn(t);
  const { signIn, caseworker, elsewhere, nurse, nurses, officer, person, safeguardingDb, clock, db } = world;
  const [at, nurseAt] = [await signIn(caseworker), await signIn(nurse)];
  const id = newTimelessId();
  const ask = {
    ...{ id, to: nurses.id, agreed: 'agreed', step: 'send', needs: ['health'] },
    ...{ words: 'A check of health', purpose: 'examine and treat' },
  };
  assert.equal((await at.post(`/staff/safeguarding/people/${person.id}/refer`, ask)).statusCode, 303);
  const page = `/staff/safeguarding/referrals/${id}`;
  const account = `/staff/safeguarding/people/${person.id}/consents`;
  const shows = async (words: RegExp) => assert.match((await at.get(page)).body.replace(/<[^>]*>|\s+/g, ' '), words);
  await shows(/Not notified yet +No message has been sent to Lea Nurses.* Telephone them\./);
  const hoursFromNow = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000);
  const hours = { startsAt: hoursFromNow(-2), endsAt: hoursFromNow(2), setAt: clock.now() };
  const shift = { id: newTimelessId(), agencyId: nurses.id, memberId: nurse.id, setBy: nurse.id, place: 1, ...hours };
  await safeguardingDb
    .insertInto('onCallShifts')
    .values({ ...shift, reached: 'Nia on 01632 960 100' })
    .execute();
  await shows(/Telephone them\. +Call those on call at Lea Nurses: 01632 960 100/);
  await deliverAll(world);
  await shows(/Not notified yet/);
  const [notice] = await db.selectFrom('notices').select('id').execute();
  const grant = await safeguardingDb.selectFrom('personGrants').select(['id', 'noticeId']).executeTakeFirstOrThrow();
  assert.equal(grant.noticeId, notice?.id);
  assert.match((await at.get(account)).body, /has access\. Not notified yet: telephone them/);
  assert.doesNotMatch((await at.get(`${account}?view=person`)).body, /notified/i);

  await nurseAt.post('/staff/notifications');
  await shows(
    /Notified +Somebody at Lea Nurses has read the notification\. Nobody there has opened the referral yet\./,
  );
  assert.doesNotMatch((await nurseAt.get(page)).body, />Notification</);
  await shows(/Opened +Somebody at Lea Nurses has opened the referral\./);
  assert.match((await at.get(account)).body, /has access\. Opened by them/);

  const asked = (who: typeof nurse, store: 'main' | 'safeguarding') =>
    asMember(world, who, store === 'main' ? ['main', 'staff'] : ['safeguarding', 'safeguarding'], async (tx) => {
      const { rows } =
        store === 'main'
          ? await sql`select * from ctx.notices_standing(array[${notice?.id}]::uuid[])`.execute(tx)
          : await sql`select * from ctx.grants_opened(array[${grant.id}]::uuid[])`.execute(tx);
      return rows.length;
    });
  assert.deepEqual([await asked(caseworker, 'main'), await asked(officer, 'main')], [1, 0]);
  assert.deepEqual([await asked(caseworker, 'safeguarding'), await asked(elsewhere, 'safeguarding')], [1, 0]);
});

for (const [line, kind] of [
  ['police', 'urgent report'],
  ['help', 'urgent case news'],
] as const)
  test(`danger reported to the ${line} line is an urgent notification of its readers alone`, async (t) => {
    const world = await openAttended(t);
    const { readers, signIn, told, db } = world;
    const report = await told(line, { answers: { now: 'yes' } });
    await told(line);
    await deliverAll(world);
    const other = line === 'police' ? 'help' : 'police';
    assert.equal(await bell(await signIn(readers[line])), '(1)');
    assert.equal(await bell(await signIn(readers[other])), '(0)');
    const [row, ...more] = (await db.selectFrom('notices').selectAll().execute()) as Record<string, unknown>[];
    assert.deepEqual([row?.kind, row?.urgent, row?.subject, more], [kind, true, null, []]);
    assert.ok(!JSON.stringify(row).includes(String((report as { id?: string }).id)));
  });

test('a request of police reaches the leads who decide it, and its deadline once more', async (t) => {
  const world = await openPolice(t);
  const { people, advisers, signIn, clock, databases } = world;
  const detective = await signIn(people.detective);
  assert.equal((await detective.post(`${requests}/new`, asking(advisers.id))).statusCode, 303);
  const [lead, protection, stranger] = [
    await signIn(people.lead),
    await signIn(people.helpProtection),
    await signIn(people.councilLead),
  ];
  const bells = async () => [await bell(lead), await bell(protection), await bell(stranger), await bell(detective)];
  assert.deepEqual(await bells(), ['(1)', '(1)', '(0)', '(0)']);
  const remind = () => runChore(databases, clock, { name: 'remind', everySeconds: 600, run: remindOfDeadlines });
  await remind();
  assert.deepEqual(await bells(), ['(1)', '(1)', '(0)', '(0)']);
  clock.move(new Date(clock.now().getTime() + 12.5 * 86_400_000));
  await remind();
  await remind();
  const later = [await signIn(people.lead), await signIn(people.councilLead)] as const;
  assert.deepEqual([await bell(later[0]), await bell(later[1])], ['(2)', '(0)']);
  assert.match((await later[0].get('/staff/notifications')).body, /Urgent: the deadline of a police request/);
});
