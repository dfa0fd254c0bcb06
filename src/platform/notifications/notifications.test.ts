import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { newId } from '../../vocabulary/ids.ts';
import { beginWriting, setContext } from '../database/database.ts';
import { deliverEvents } from '../jobs/outbox.ts';
import { announce, announceCaseNews, announcementListeners } from './announce.ts';
import { bellText } from './bell.ts';
import { generalKinds, isUrgent, notificationKinds } from './notification.ts';
import { notify } from './store.ts';

test('the bell says how many are unread, and no more than it counts', () => {
  assert.equal(bellText(0), 'Notifications');
  assert.equal(bellText(1), 'Notifications (1)');
  assert.equal(bellText(99), 'Notifications (99)');
  assert.equal(bellText(100), 'Notifications (99+)');
});

test('danger, children, police deadlines, custody notices and agencies to ring are urgent', () => {
  assert.deepEqual(notificationKinds.filter(isUrgent), [
    ...['custody notice', 'information deadline', 'child arrest', 'urgent report', 'urgent case news', 'not opened'],
    'agency to ring',
  ]);
});

test('the database knows of each kind with a record where that record is, and of no other', async (t) => {
  const { db } = await openApplication(t);
  const { rows } = await sql<{ text: string }>`
    select prosrc as text from pg_proc where proname = 'sees_subject'`.execute(db);
  const named = [...(rows[0]?.text ?? '').matchAll(/'([a-z ]+)'/g)].map(([, kind]) => kind);
  const general: readonly string[] = generalKinds;
  assert.deepEqual(named.toSorted(), notificationKinds.filter((kind) => !general.includes(kind)).toSorted());
});

const inCases = async (t: Parameters<typeof openApplication>[0]) => {
  const application = await openApplication(t);
  const { databases, clock, agency, member } = application;
  const council = await agency('council');
  const [lead, other] = [await member(council, ['safeguarding lead', 'analyst']), await member(council, ['custodian'])];
  const about = newId();
  const tell = async (store: 'main' | 'safeguarding', urgent = false) => {
    const tx = await beginWriting(databases.for(store, store === 'main' ? 'staff' : 'safeguarding'));
    await setContext(tx, { now: clock.now() });
    if (store === 'main')
      await announce(tx, about, {
        kind: 'return to sign',
        among: { operation: null, agency: council.id, colleagues: ['safeguarding lead'], except: other.id },
      });
    else await announceCaseNews(tx, about, { agency: council.id, roles: ['safeguarding lead'], urgent });
    await tx.commit().execute();
    assert.equal(await deliverEvents(databases, clock, announcementListeners[store], store), 1);
  };
  return { ...application, council, lead, other, about, tell };
};

test('the header counts on every page with one query, and opening a notification marks it as read', async (t) => {
  const { signIn, lead, other, tell, countQueries } = await inCases(t);
  const [reader, colleague] = [await signIn(lead), await signIn(other)];
  const cost = async () => {
    countQueries();
    const { body } = await reader.get('/staff/more');
    return { queries: countQueries(), bell: /Notifications( \(\d+\))?<\/a>/.exec(body)?.[0] };
  };
  const before = await cost();
  assert.equal(before.bell, 'Notifications</a>');
  await tell('safeguarding');
  await tell('safeguarding', true);
  await tell('main');
  assert.deepEqual(await cost(), { queries: before.queries, bell: 'Notifications (3)</a>' });
  assert.match((await colleague.get('/staff/more')).body, /Notifications<\/a>/, 'not told to others');
  for (const page of ['/staff/returns', '/staff/safeguarding', '/staff/sessions'])
    assert.match((await reader.get(page)).body, /Notifications \(3\)/, page);

  const list = (await reader.get('/staff/notifications')).body;
  assert.match(list, /There is something new in your cases[\s\S]*A return is ready to sign|A return is ready to sign/);
  const [, open = ''] = /formaction="(\/staff\/notifications\/[0-9a-f-]+\/open)"/.exec(list) ?? [];
  assert.equal((await colleague.post(open)).statusCode, 404);
  assert.equal((await reader.get(open)).statusCode, 404, 'a link that is loaded ahead marks nothing');
  assert.equal((await cost()).bell, 'Notifications (3)</a>');
  assert.equal((await reader.post(open)).statusCode, 303);
  assert.equal((await reader.post(open)).statusCode, 303, 'a second time changes nothing');
  assert.equal((await cost()).bell, 'Notifications (2)</a>');
  await reader.post('/staff/notifications');
  assert.equal((await cost()).bell, 'Notifications</a>');
});

test('what comes from the safeguarding database names no record, no person, no kind and no minute', async (t) => {
  const { db, tell, about, council } = await inCases(t);
  await tell('safeguarding', true);
  const { id, ...row } = (await db.selectFrom('notices').selectAll().executeTakeFirstOrThrow()) as Record<
    string,
    unknown
  >;
  assert.ok(typeof id === 'string' && id !== about);
  assert.deepEqual(
    { ...row, madeAt: (row.madeAt as Date).getMinutes() },
    {
      kind: 'urgent case news',
      ...{ subject: null, ownerId: council.id, toMember: null, toAgency: council.id, toRoles: ['safeguarding lead'] },
      ...{ madeAt: 0, urgent: true, queued: false, rounds: 0, step: 0, firstId: null },
    },
  );
});

test('an announcement of another kind crosses as news of a case', async (t) => {
  const { databases, clock, db, about, council } = await inCases(t);
  for (const kind of ['release to approve', 'urgent report'] as const) {
    const tx = await beginWriting(databases.for('safeguarding', 'safeguarding'));
    await setContext(tx, { now: clock.now() });
    await announce(tx, about, { kind, ownerId: council.id, to: { agency: council.id, roles: ['custodian'] } });
    await tx.commit().execute();
  }
  await deliverEvents(databases, clock, announcementListeners.safeguarding, 'safeguarding');
  const kinds = await db.selectFrom('notices').select('kind').orderBy('kind').execute();
  assert.deepEqual(kinds, [{ kind: 'case news' }, { kind: 'urgent case news' }]);
});

test('a notification about a record disappears with the access to it', async (t) => {
  const { db, signIn, lead, council, clock } = await inCases(t);
  await notify(db, [
    {
      kind: 'information request',
      subject: newId(),
      ownerId: council.id,
      madeAt: clock.now(),
      to: { member: lead.id },
    },
  ]);
  assert.match((await (await signIn(lead)).get('/staff/more')).body, /Notifications<\/a>/);
});
