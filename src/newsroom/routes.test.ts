import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse, type TestHouse, type Visitor } from '../testing/house.ts';
import { signedReturn } from '../wording/examples.ts';
import { addSignedReturn, letPartnerIn } from './examples.ts';

const at = { today: '2026-09-24', time: '10:00' } as const;

/** Press of the force that leads, a colleague, and press of the county council that takes part. */
async function openNewsroom(house: TestHouse) {
  const force = await house.agency('police force', { name: 'Lea Vale Constabulary' });
  const council = await house.agency('council', { name: 'Lea Vale County Council' });
  const analyst = await house.member(force, ['analyst'], 'Ana Lyst');
  const signed = await addSignedReturn(house.db, signedReturn, { agency: force, member: analyst });
  await letPartnerIn(house.db, signed.operationId, council, analyst);
  const writer = await house.signIn(await house.member(force, ['press'], 'Wren Writer'));
  const colleague = await house.signIn(await house.member(force, ['press'], 'Cole League'));
  const partner = await house.signIn(await house.member(council, ['press'], 'Pat Partner'));
  return { force, council, analyst, signed, writer, colleague, partner };
}

const locationOf = (response: { headers: Record<string, unknown> }): string => String(response.headers.location);

async function draft(writer: Visitor, returnId: string): Promise<string> {
  const drafted = await writer.post(`/staff/newsroom/returns/${returnId}/draft`, { named: 'no' });
  assert.equal(drafted.statusCode, 303, drafted.body);
  return locationOf(drafted);
}

test('a release goes from a signed return to the public, through two agencies', async (t) => {
  const house = await openHouse(t, at);
  const { signed, writer, colleague, partner } = await openNewsroom(house);
  const choose = await writer.get('/staff/newsroom/returns');
  assert.match(choose.body, /Draft a release/);
  const drafting = await writer.get(`/staff/newsroom/returns/${signed.id}/draft`);
  assert.equal(drafting.statusCode, 200, drafting.body);
  assert.match(drafting.body, /in force from 2026/);
  assert.match(drafting.body, /no town with a single address/);
  assert.match(drafting.body, /Immigration and Border Compliance East/);

  const address = await draft(writer, signed.id);
  const page = await writer.get(address);
  assert.equal(page.statusCode, 200, page.body);
  assert.match(page.body, /Eight business addresses were visited/);
  assert.match(page.body, /other partners/);
  assert.doesNotMatch(page.body, /\{\{/);
  assert.doesNotMatch(page.body, /What stands in the way/);
  assert.equal((await partner.get('/news')).body.includes('Eight'), false);

  const submitted = await writer.post(`${address}/submit`, { revision: 1 });
  assert.equal(submitted.statusCode, 303, submitted.body);
  for (const [who, says] of [
    [writer, /You wrote part of this/],
    [colleague, /Your agency wrote part of this/],
  ] as const) {
    const refused = await who.post(`${address}/approve`, { revision: 1 });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, says);
  }
  assert.equal((await partner.post(`${address}/approve`, { revision: 1 })).statusCode, 303);
  const confirm = await writer.get(`${address}/publish`);
  assert.match(confirm.body, /Everybody can read it at once/);
  const published = await writer.post(`${address}/publish`, { revision: 1 });
  assert.equal(published.statusCode, 303, published.body);

  const news = await house.app.inject('/news');
  assert.equal(news.statusCode, 200, news.body);
  const slug = /href="\/news\/([a-z0-9-]+)"/.exec(news.body)?.[1];
  assert.match(String(slug), /eight-business-addresses-visited/);
  const release = await house.app.inject(`/news/${slug}`);
  assert.equal(release.statusCode, 200, release.body);
  assert.match(release.body, /Several people were given safeguarding advice/);
  assert.deepEqual(await house.auditTrail(), [
    'release drafted',
    'release submitted',
    'release approved',
    'release published',
  ]);
});
