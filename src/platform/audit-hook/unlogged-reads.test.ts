import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdSession, openApplication, openSession, resolveActor } from '../../../test/fixtures/application.ts';
import { access } from '../../../test/harness/application.ts';
import { newId } from '../../vocabulary/ids.ts';
import { Work } from '../http/request.ts';
import { LookWriter } from './audit.ts';

test('what was read of people without a look is not sent, however deep in a statement it was read', async (t) => {
  const { databases, db, clock, agency, member } = await openApplication(t);
  const who = await member(await agency(), ['planner', 'field']);
  const token = await openSession(db, who.id, clock.now(), { method: 'password', sharedWorkstation: false });
  const looks = new LookWriter(databases);
  const begin = async (action: string) => {
    const work = new Work({ databases, looks, access, holdSession, resolveActor }, access.action(action), clock.now());
    await work.begin(token);
    return work;
  };
  const reads: readonly [string, (work: Work) => Promise<unknown>, boolean][] = [
    ['a table', (work) => work.db.selectFrom('premises').select('id').execute(), true],
    [
      'a join',
      (work) =>
        work.db.selectFrom('teams').innerJoin('visits', 'visits.teamId', 'teams.id').select('teams.id').execute(),
      true,
    ],
    ['its earlier versions', (work) => work.db.selectFrom('encounterNamesVersions').select('id').execute(), true],
    [
      'a condition',
      (work) =>
        work.db
          .selectFrom('teams')
          .select('id')
          .where(({ exists, selectFrom }) => exists(selectFrom('arrests').select('arrests.id')))
          .execute(),
      true,
    ],
    ['names of colleagues', (work) => work.db.selectFrom('members').select('id').execute(), false],
  ];
  for (const [what, read, refused] of reads) {
    const work = await begin('visit.read');
    await read(work);
    if (refused) assert.throws(() => work.refuseUnloggedRead(), /without a look/, what);
    else work.refuseUnloggedRead();
    await work.settle();
    const seeing = await begin('visit.read');
    seeing.look('seen', newId());
    await read(seeing);
    seeing.refuseUnloggedRead();
    await seeing.settle();
  }
  const elsewhere = await begin('session.own');
  await elsewhere.under('visit.read', (main) => main.selectFrom('visits').select('id').execute());
  assert.throws(() => elsewhere.refuseUnloggedRead(), /visits without a look/, 'under another action too');
  await elsewhere.settle();
});

test('who reads a name says why, or the look itself is a bug', async (t) => {
  const { databases, db, clock, agency, member } = await openApplication(t);
  const who = await member(await agency(), ['enforcement']);
  const token = await openSession(db, who.id, clock.now(), { method: 'password', sharedWorkstation: false });
  const work = new Work(
    { databases, looks: new LookWriter(databases), access, holdSession, resolveActor },
    access.action('name.read'),
    clock.now(),
  );
  await work.begin(token);
  assert.throws(() => work.look('name.shown', newId()), /asks why/);
  work.look('name.shown', newId(), { reason: 'for a court' });
  await work.settle();
  assert.equal((await db.selectFrom('accessLog').select('reason').executeTakeFirstOrThrow()).reason, 'for a court');
});
