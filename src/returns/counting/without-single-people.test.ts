import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, signNow, staged } from '../../../test/fixtures/counted-return.ts';
import { newId } from '../../vocabulary/ids.ts';

test('a coordinator reads no sex, age and town of a person, on a page or in an export', async (t) => {
  const { application, operation, analyst } = await staged(t);
  const coordinators = await application.agency('coordinator');
  const coordinator = await application.signIn(await application.member(coordinators, ['coordinator']));
  await application.db
    .insertInto('grants')
    .values({
      ...{ id: newId(), relation: 'partner', subject: operation.id, operationId: operation.id, memberId: null },
      ...{ agencyId: coordinators.id, since: new Date('2020-01-01'), until: null, givenBy: analyst.member.id },
    })
    .execute();
  const address = await countNow(analyst, operation.id);
  await signNow(analyst, address, 'open');
  const cells = /by sex, age/i;
  for (const path of [address, `${address}/figures/arrests.made`]) {
    assert.match((await analyst.get(path)).body, cells, 'who may see the records sees them');
    assert.doesNotMatch((await coordinator.get(path)).body, cells, path);
  }
  const take = async (who: typeof analyst, shape: string) =>
    (
      await who.post(`${address}/export`, {
        shape,
        why: 'for a partner or the coordinator of the operation',
        words: 'the county council',
      })
    ).body;
  const [own, theirs] = [JSON.parse(await take(analyst, 'json')), JSON.parse(await take(coordinator, 'json'))];
  assert.ok(own.figures['arrests.made'].breakdowns.bySexAgeResidence.length > 0);
  assert.equal(theirs.figures['arrests.made'].breakdowns.bySexAgeResidence, undefined);
  assert.deepEqual([own.leftOut, theirs.leftOut], [undefined, ['arrests.made.bySexAgeResidence']]);
  assert.ok((await take(analyst, 'csv')).split('\n').length > (await take(coordinator, 'csv')).split('\n').length);
});
