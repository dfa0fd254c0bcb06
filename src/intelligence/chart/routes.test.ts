import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { addExampleItem } from '../items/examples.ts';
import type { ItemId } from '../items/item.ts';
import { addExampleChart } from './examples.ts';

async function open(t: TestContext) {
  const application = await openAttended(t);
  const reader = await application.signIn(application.readers.police);
  const item = (): Promise<ItemId> => addExampleItem(application.db, application.keys, application.readers.police);
  /** Gives its id. */
  const name = async (itemId: ItemId, kind: string, typed: Record<string, string>): Promise<string> => {
    const answer = await reader.post(`/staff/intelligence/${itemId}/add-${kind}`, typed);
    assert.equal(answer.statusCode, 303, answer.body);
    const rows = await application.db
      .selectFrom('intelligenceEntities')
      .select('id')
      .where('itemId', '=', itemId)
      .orderBy('addedAt', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return rows[0]?.id ?? '';
  };
  const decide = async (a: string, b: string, verdict: string): Promise<void> => {
    const [one, other] = [a, b].toSorted();
    const answer = await reader.post(`/staff/intelligence/links/${one}/${other}`, { verdict });
    assert.equal(answer.statusCode, 303, answer.body);
  };
  const chart = async (id: string, steps?: number): Promise<string> => {
    const answer = await reader.get(`/staff/intelligence/named/${id}/chart${steps ? `?steps=${steps}` : ''}`);
    assert.equal(answer.statusCode, 200);
    return answer.body;
  };
  return { application, reader, item, name, decide, chart };
}

const titlesIn = (page: string): readonly string[] =>
  [...page.matchAll(/<title>([A-Z][a-z ]+: [^<]+)<\/title>/g)].map(([, title = '']) => title);
const countLines = (page: string, kind: 'solid' | 'dashed'): number =>
  (new RegExp(`sl-links__${kind}" d="([^"]+)"`).exec(page)?.[1] ?? '').split('M').length - 1;

test('what was decided as the same is one node, what is possible a dashed line, and what was kept apart has none', async (t) => {
  const { reader, item, name, decide, chart } = await open(t);
  const items = [await item(), await item(), await item(), await item()] as const;
  const number = { number: '07700 900123' };
  const ids: string[] = [];
  for (const one of items) ids.push(await name(one, 'phone', number));
  const [a = '', b = '', c = '', d = ''] = ids;
  await name(items[1], 'vehicle', { registration: 'AB12 CDE' });
  await name(items[2], 'person', { name: 'Odette Quarrington' });
  await decide(a, b, 'same');
  const near = await chart(a);
  assert.equal(titlesIn(near).filter((title) => title === 'Telephone: 07700 900123').length, 0, 'names are told apart');
  assert.deepEqual(
    titlesIn(near).filter((title) => title.startsWith('Telephone')),
    ['Telephone: 07700 900123 (1)', 'Telephone: 07700 900123 (2)', 'Telephone: 07700 900123 (3)'],
  );
  assert.deepEqual([countLines(near, 'solid'), countLines(near, 'dashed')], [3, 3]);
  assert.match(near, /AB12 CDE/);
  assert.doesNotMatch(near, /Quarrington/, 'that is a step further');
  const far = await chart(a, 2);
  assert.match(far, /Quarrington/);
  assert.equal(titlesIn(far).filter((title) => title.startsWith('Item')).length, 4);

  await decide(b, c, 'apart');
  await decide(a, d, 'open');
  const after = await chart(a, 2);
  assert.equal(countLines(after, 'dashed'), 2, 'what is left open, and the two that no one has compared');
  assert.match((await reader.get(`/staff/intelligence/named/${a}`)).body, new RegExp(`named/${a}/chart`));
});

test('a chart logs which items and entries it showed, and no other agency or role gets it', async (t) => {
  const { application, item, name, chart } = await open(t);
  const [first, second] = [await item(), await item()];
  const entry = await name(first, 'person', { name: 'Odette Quarrington' });
  const hidden = await name(second, 'person', { name: 'Ferris Nightingale' });
  assert.doesNotMatch(await chart(entry, 2), /Nightingale/, 'nothing joins them');
  const rows = await application.db
    .selectFrom('accessLog')
    .select(['returned', 'fields', 'ownerId'])
    .where('event', '=', 'intelligence entity.shown')
    .where('subject', '=', entry)
    .execute();
  const { returned, fields, ownerId } = rows.at(-1) ?? assert.fail('no row');
  assert.deepEqual((returned as string[]).toSorted(), [first, entry].toSorted());
  assert.ok(!(returned as string[]).includes(hidden));
  assert.ok((fields as string[]).includes('content'));
  assert.equal(ownerId, application.agencies.police.id);
  for (const member of [
    await application.member(await application.agency('police force'), ['triage']),
    await application.member(application.agencies.police, ['planner', 'commander', 'field', 'enforcement']),
    await application.member(application.agencies.help, ['safeguarding lead', 'partner caseworker']),
  ]) {
    const answer = await (await application.signIn(member)).get(`/staff/intelligence/named/${entry}/chart`);
    assert.ok([403, 404].includes(answer.statusCode), String(answer.statusCode));
    assert.doesNotMatch(answer.body, /Quarrington/);
  }
});

test('a chart with more around it shows 200, and counts the others', async (t) => {
  const { application, chart } = await open(t);
  const { db, keys, readers } = application;
  const entry = await addExampleChart(db, keys, readers.police, { items: 30, others: 8 });
  const page = await chart(entry);
  assert.equal(titlesIn(page).length, 200);
  assert.match(page, /room for 200, the nearest first\. 71 people, places or numbers are left out/);
  assert.equal(titlesIn(page).filter((title) => title.startsWith('Item')).length, 30);
  assert.match(await chart(entry, 2), /At least 71 people, places or numbers are left out/);
});
