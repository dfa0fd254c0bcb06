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
  const ownFile = 'for a meeting, or our own file';
  const take = async (who: typeof analyst, shape: string, why = ownFile) =>
    (await who.post(`${address}/export`, { shape, why, words: 'the county council' })).body;
  const [own, theirs] = [JSON.parse(await take(analyst, 'json')), JSON.parse(await take(coordinator, 'json'))];
  assert.ok(own.figures['arrests.made'].breakdowns.bySexAgeResidence.length > 0);
  assert.equal(theirs.figures['arrests.made'].breakdowns.bySexAgeResidence, undefined);
  assert.deepEqual([own.leftOut, theirs.leftOut], [undefined, ['arrests.made.bySexAgeResidence']]);
  assert.ok((await take(analyst, 'csv')).split('\n').length > (await take(coordinator, 'csv')).split('\n').length);

  // What leaves the agency describes no single person.
  assert.match((await analyst.get(`${address}/export`)).body, /People by sex, age and home together[^<]*leaves those/);
  const why = 'for a partner or the coordinator of the operation';
  const said = JSON.parse(await take(analyst, 'json', why));
  assert.equal(said.figures['arrests.made'].breakdowns.bySexAgeResidence, undefined);
  assert.deepEqual([said.leftOut, said.digest], [['arrests.made.bySexAgeResidence'], undefined]);
  assert.equal(await take(analyst, 'csv', why), await take(coordinator, 'csv'));
});

test('no file of a return or of compared weeks is made for the public: a release has those figures', async (t) => {
  const { application, operation, analyst } = await staged(t);
  const address = await countNow(analyst, operation.id);
  await signNow(analyst, address, 'open');
  for (const path of [`${address}/export`, `/staff/returns/weeks/export?operation=${operation.id}`]) {
    assert.match((await analyst.get(path)).body, /You cannot make this file to publish it/, 'said before one chooses');
    for (const why of ['to publish it, or to send it to the press', 'to answer somebody who asks or complains'])
      for (const shape of ['csv', 'json', 'xlsx', ...(path.includes('weeks') ? [] : ['signed'])]) {
        const refused = await analyst.post(path, { shape, why, words: 'Evening paper' });
        assert.equal(refused.statusCode, 422, `${path} ${shape}`);
        assert.match(refused.body, /A release has the figures that may be published\. Draft one, or take/);
        assert.equal(refused.headers['content-disposition'], undefined);
      }
  }
  const { count } = await application.db
    .selectFrom('accessLog')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('event', 'in', ['return exported', 'returns compared and exported'])
    .executeTakeFirstOrThrow();
  assert.equal(Number(count), 0);
});
