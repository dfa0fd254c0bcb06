import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dbOf, openAttended } from '../../../test/fixtures/attended-reports.ts';
import { deliverEvents, runChore } from '../../platform/jobs/outbox.ts';
import { escalate } from '../../platform/messages/queue.ts';
import { announcementListeners } from '../../platform/notifications/announce.ts';
import { alertedMembers } from '../../platform/on-call/on-call.ts';
import type { IntakeLine } from '../report.ts';
import { openReportForm } from '../visitor.ts';
import { escalation, listOnCallAt } from './on-call.ts';
import { escalateAlerts } from './store.ts';

const storeOf = { police: 'main', help: 'safeguarding' } as const;
const addressOf = { police: '/staff/reports', help: '/staff/safeguarding/reports' } as const;

test('one more is rung after each five minutes, in their order, and at last everybody who reads', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 8, 18, hour));
  const turn = (id: string, place: number, from = 8, to = 20) => ({
    id: id as never,
    memberId: id as never,
    place,
    startsAt: at(from),
    endsAt: at(to),
  });
  const turns = [turn('second', 2), turn('first', 1), turn('early', 1, 4, 8), turn('late', 1, 20, 23)];
  const now = listOnCallAt(turns, at(8));
  assert.deepEqual(
    now.map(({ id }) => id),
    ['first', 'second'],
  );
  assert.deepEqual(
    listOnCallAt(turns, at(20)).map(({ id }) => id),
    ['late'],
  );
  for (const [rounds, rung] of [
    [0, ['first']],
    [4, ['first']],
    [5, ['first', 'second']],
    [9, ['first', 'second']],
    [10, undefined],
    [10_000, undefined],
  ] as const)
    assert.deepEqual(alertedMembers(rounds, now, escalation), rung, String(rounds));
});

const turnFor = (member: string, place: string) => ({
  member,
  place,
  'startDay-day': '18',
  'startDay-month': '9',
  'startDay-year': '2026',
  starts: '08:00',
  'endDay-day': '18',
  'endDay-month': '9',
  'endDay-year': '2026',
  ends: '22:00',
  reached: 'Duty telephone 01632 960 100',
});

async function tellDanger(application: Awaited<ReturnType<typeof openAttended>>, who: 'worried' | 'me') {
  const teller = await openReportForm(application.app);
  let page = await teller.press('begin');
  const answers = { who, reader: 'support', now: 'yes', what: 'She is locked in the room above', receipt: 'none' };
  while (!/value="send"/.test(page.body)) page = await teller.press('next', answers);
  return teller.press('send', answers);
}

for (const line of ['police', 'help'] as const)
  test(`danger reported to the ${line} line alerts the first on call, then the next, until somebody takes it on`, async (t: import('node:test').TestContext) => {
    const application = await openAttended(t);
    const at = addressOf[line as IntakeLine];
    const agency = application.agencies[line];
    const { roles } = application.readers[line];
    const [first, second, third] = [
      await application.member(agency, roles, 'Fay First'),
      await application.member(agency, roles, 'Sal Second'),
      await application.member(agency, roles, 'Tess Third'),
    ];
    const [one, two, three] = [
      await application.signIn(first),
      await application.signIn(second),
      await application.signIn(third),
    ];
    const who = line === 'police' ? 'worried' : 'me';
    const before = await tellDanger(application, who);
    assert.match(before.body, /No one is on call now/, 'it promises no more than there is');
    assert.match((await three.get(`${at}/on-call`)).body, /Danger now/, 'with nobody on call it rings for all');

    for (const [member, place] of [
      [first, '1'],
      [second, '2'],
    ] as const)
      assert.equal((await one.post(`${at}/attendance/on-call`, turnFor(member.id, place))).statusCode, 303);
    assert.match((await one.get(`${at}/attendance`)).body, /Fay First[\s\S]*Sal Second/);
    assert.match(
      (await tellDanger(application, who)).body,
      /Somebody is on call here and gets an alert\. They may not see/,
    );

    const rings = async (visitor: typeof one) => (await visitor.get(`${at}/on-call`)).body.includes('Danger now');
    const minutes = async (count: number) => {
      for (let minute = 0; minute < count; minute += 1)
        await runChore(application.databases, application.clock, {
          name: 'ring on',
          everySeconds: 60,
          store: storeOf[line],
          run: escalateAlerts,
        });
    };
    assert.deepEqual([await rings(one), await rings(two), await rings(three)], [true, false, false]);
    await minutes(5);
    assert.deepEqual([await rings(one), await rings(two), await rings(three)], [true, true, false]);
    await minutes(5);
    assert.deepEqual([await rings(one), await rings(two), await rings(three)], [true, true, true]);
    const page = (await two.get(`${at}/on-call`)).body;
    assert.match(page, /<noscript><meta http-equiv="refresh" content="15">/);
    assert.doesNotMatch(page, /locked in/, 'no word of what was told');
    for (const [, id] of page.matchAll(/on-call\/([0-9a-f-]{36})\/take-on/g)) {
      assert.equal((await two.post(`${at}/on-call/${id}/take-on`)).headers.location, `${at}/${id}`);
      assert.equal((await one.post(`${at}/on-call/${id}/take-on`)).headers.location, `${at}/on-call`, 'once');
      assert.match((await one.get(`${at}/${id}`)).body, /Sal Second took it on/);
    }
    assert.deepEqual([await rings(one), await rings(two), await rings(three)], [false, false, false]);
    const rows = await dbOf(application, line).selectFrom('dangerUrgentPages').selectAll().execute();
    assert.equal(rows.length, 2);
    for (const { raisedAt, acknowledgedAt } of rows)
      for (const moment of [raisedAt, acknowledgedAt])
        assert.equal(new Date(moment as Date).getTime() % 3_600_000, 0, 'no time finer than the hour');
  });

test('the last alert that is taken on opens the notifications of who took it on, and leads are not alerted', async (t) => {
  const application = await openAttended(t);
  const { db, databases, clock } = application;
  await tellDanger(application, 'worried');
  await tellDanger(application, 'worried');
  await deliverEvents(databases, clock, announcementListeners.main, 'main');
  const reader = await application.signIn(application.readers.police);
  const colleague = await application.signIn(await application.member(application.agencies.police, ['triage']));
  const bell = async (visitor: typeof reader) =>
    /Notifications( \(\d+\))?<\/a>/.exec((await visitor.get('/staff/more')).body)?.[1]?.trim();
  const takeOn = async () => {
    const page = (await reader.get('/staff/reports/on-call')).body;
    const [, id] = /on-call\/([0-9a-f-]{36})\/take-on/.exec(page) ?? [];
    assert.equal((await reader.post(`/staff/reports/on-call/${id}/take-on`)).statusCode, 303);
  };
  assert.equal(await bell(reader), '(2)');
  await takeOn();
  assert.equal(await bell(reader), '(2)', 'one of the two still waits');
  await takeOn();
  assert.deepEqual([await bell(reader), await bell(colleague)], [undefined, '(2)']);
  for (let minute = 0; minute < 4; minute += 1)
    await runChore(databases, clock, { name: 'send on', everySeconds: 60, run: escalate(1) });
  const kinds = await db.selectFrom('notices').select('kind').execute();
  assert.deepEqual(kinds, [{ kind: 'urgent report' }, { kind: 'urgent report' }]);
});

test('only readers of the line in its agency can be on call; a shift can be ended, and the public page says so', async (t) => {
  const application = await openAttended(t);
  const reader = await application.signIn(application.readers.police);
  const outsider = await application.member(await application.agency('police force'), ['triage']);
  const press = await application.member(application.agencies.police, ['press']);
  for (const { id } of [outsider, press]) {
    const refused = await reader.post('/staff/reports/attendance/on-call', turnFor(id, '1'));
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /somebody who reads this line/);
  }
  const past = { ...turnFor(application.readers.police.id, '1'), ends: '09:00' };
  assert.match((await reader.post('/staff/reports/attendance/on-call', past)).body, /after the start, and after now/);
  await reader.post('/staff/reports/attendance/on-call', turnFor(application.readers.police.id, '1'));
  assert.match((await tellDanger(application, 'worried')).body, /Somebody is on call here/);
  const page = (await reader.get('/staff/reports/attendance')).body;
  const [, end = ''] = /href="(\/staff\/reports\/attendance\/on-call\/[0-9a-f-]+\/end)"/.exec(page) ?? [];
  assert.match((await reader.get(end)).body, /Tam Triage is on call from/);
  assert.equal((await reader.post(end)).statusCode, 303);
  assert.match((await tellDanger(application, 'worried')).body, /No one is on call now/);
  const other = await application.signIn(outsider);
  assert.doesNotMatch((await other.get('/staff/reports/on-call')).body, /Danger now/);
});
