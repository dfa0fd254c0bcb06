import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, draft, formOf, idOf, openNewsroom, publish, revisionOf } from '../../../test/fixtures/releases.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import { getRelease } from './store.ts';
import { divideTable, leftOutAfter } from './table-choice.ts';
import { takenOutBetween, withoutTakenOut } from './taken-out.ts';

const signs = 'visits.withSigns';
const signsRow = /visits with a recorded sign of control/i;
const signsSentence = /teams saw signs that others may be controlling people/;

test('a figure that the writer leaves out is in no table, and approver and lead read that it was left out', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, app, signed } = room;
  const lead = await room.signIn(await room.member(room.council, ['safeguarding lead'], 'Lee Lead'));
  const address = await draft(writer, signed.id);
  const { body } = await writer.get(`${address}/edit`);
  assert.match(body, /value="visits\.withSigns" checked/, 'ticked to begin with');
  const offered = [...body.matchAll(/name="table" type="checkbox" value="([^"]+)"/g)].map(([, key = '']) => key);
  assert.ok(offered.length > 5, body.slice(body.indexOf('name="table"') - 200, body.indexOf('name="table"') + 200));
  const form = await formOf(writer, address);
  const text = String(form.body).replace(/At \{[^}]*\}, teams saw signs[^.]*\. ?/, '');
  const table = offered.filter((key) => key !== signs);
  const ticks = { body: text, table, tableOffers: JSON.stringify(offered) };
  const refused = await writer.post(`${address}/edit`, { ...form, ...ticks, rank1: 'Sergeant' });
  assert.equal(refused.statusCode, 422);
  assert.doesNotMatch(refused.body, /value="visits\.withSigns" checked/, 'the choice is kept in the form');
  assert.equal((await writer.post(`${address}/edit`, { ...form, ...ticks })).statusCode, 303);
  assert.deepEqual((await getRelease(room.db, idOf(address))).figuresLeftOut, [signs]);
  assert.match((await writer.get(address)).body, /left these out of the table[\s\S]*recorded sign of control/);
  await change(writer, address, { description: 'Teams visited addresses.' });
  assert.deepEqual((await getRelease(room.db, idOf(address))).figuresLeftOut, [signs], 'a later save keeps it');

  await writer.post(`${address}/submit`, { revision: await revisionOf(room, address) });
  for (const page of [`${address}/approve`, `/staff/submitted-releases/${idOf(address)}`]) {
    const read = (await (page.endsWith('approve') ? partner : lead).get(page)).body;
    assert.match(read, /left these out of the table:[\s\S]*Visits with a recorded sign of control/, page);
  }
  await partner.post(`${address}/send-back`, { revision: await revisionOf(room, address), note: 'Again' });
  const news = await publish(room, address);
  for (const file of [news, `${news}/figures.csv`, `${news}/figures.json`]) {
    const read = (await app.inject(file)).body;
    assert.doesNotMatch(read, signsRow, file);
    assert.match(read, /visits/i, file);
  }
});

test('a new draft after a stop leaves out what the changes after the stop took out', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed, db } = room;
  const lead = await room.signIn(await room.member(room.council, ['safeguarding lead'], 'Lee Lead'));
  const address = await draft(writer, signed.id);
  const page = `/staff/submitted-releases/${idOf(address)}`;
  assert.match((await getRelease(db, idOf(address))).body, signsSentence);
  await writer.post(`${address}/submit`, { revision: 1 });
  assert.equal((await lead.post(page, { revision: 1, reason: 'danger' })).statusCode, 303);
  const held = (await writer.get(address)).body;
  assert.match(held, /Look at the table of figures too[\s\S]*Call that agency/);
  assert.match(held, /govuk-tag--red">Stopped by a safeguarding lead</);
  assert.doesNotMatch(held, /govuk-tag[^>]*>Waiting for approval</);
  assert.match(
    (await writer.get(`${address}/edit`)).body,
    /A safeguarding lead stopped this text[\s\S]*in danger[\s\S]*Lee Lead/,
  );
  const { body } = await formOf(writer, address);
  await change(writer, address, { body: String(body).replace(/At \{[^}]*\}, teams saw signs[^.]*\. ?/, '') });
  for (const [who, act] of [
    [writer, 'submit'],
    [partner, 'approve'],
    [writer, 'publish'],
  ] as const) {
    const done = await who.post(`${address}/${act}`, { revision: 2, safe: 'yes' });
    assert.equal(done.statusCode, 303, `${act} ${done.body}`);
  }
  const stopped = await lead.post(`${page}?text=published`, { revision: 2, reason: 'danger', confirm: 'yes' });
  assert.equal(stopped.statusCode, 303, stopped.body);
  const again = await getRelease(db, idOf(await draft(writer, signed.id)));
  assert.doesNotMatch(again.body, signsSentence);
  assert.ok(again.figuresLeftOut.includes(signs), `${again.figuresLeftOut}`);
  assert.match(again.body, /visited/, 'the rest is told');
});

test('what a form did not offer stays as it was, and no row is made up', () => {
  const row = (key: string, part: string | null = null) => ({ key, part }) as StatedFigure;
  const table = { figures: [row('b')], leftOut: [row('a')] };
  assert.deepEqual(leftOutAfter(['a'], {}, table), ['a']);
  assert.deepEqual(leftOutAfter(['a'], { tableOffers: '{' }, table), ['a']);
  assert.deepEqual(leftOutAfter(['a', 'x'], { tableOffers: '["a","b"]', table: 'a' }, table), ['x', 'b']);
  assert.deepEqual(leftOutAfter([], { tableOffers: '["a","b"]' }, table), ['a', 'b'], 'nothing was ticked');
  assert.deepEqual(leftOutAfter([], { tableOffers: '["A name"]' }, table), [], 'typed words are no row');
  const rows = [row('arrests.made'), row('arrests.made', 'in Watford')];
  assert.deepEqual(divideTable(rows, ['arrests.made: in Watford']).figures, rows.slice(0, 1));
});

test('a sentence with a figure is found again among other sentences', () => {
  const words = { title: 'A week', description: 'Teams met people.', quotes: [], keyPoints: ['People were met'] };
  const signsOf = 'At {{visits.withSigns|visit|visits}}, teams saw signs.';
  const stopped = { ...words, body: `## Found\n\n${signsOf}\n\nThey offered help. ${signsOf}` };
  const changed = { ...words, keyPoints: [], body: 'They offered help.' };
  const taken = takenOutBetween(stopped, changed);
  assert.deepEqual([...taken.figures], [signs]);
  assert.deepEqual(withoutTakenOut(stopped, taken), changed);
});
