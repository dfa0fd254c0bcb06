import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { endMember } from './store.ts';

test('the roles a member held are recorded from joining to leaving, however they change', async (t) => {
  const { db, agency, member } = await openApplication(t);
  const officer = await member(await agency(), ['field']);
  await db.updateTable('members').set({ name: 'Another Name' }).where('id', '=', officer.id).execute();
  await db
    .updateTable('members')
    .set({ roles: ['planner'] })
    .where('id', '=', officer.id)
    .execute();
  await endMember(db, officer.id, new Date('2099-01-01T00:00:00Z'));
  const terms = await db.selectFrom('memberTerms').selectAll().orderBy('since').orderBy('until').execute();
  assert.deepEqual(
    terms.map(({ roles, until }) => [roles, until === null]),
    [
      [['field'], false],
      [['planner'], false],
    ],
  );
  assert.deepEqual(terms[0]?.until, terms[1]?.since);
  assert.deepEqual(terms[1]?.until, new Date('2099-01-01T00:00:00Z'));
});
