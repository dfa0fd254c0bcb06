import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { change, decoded, idOf, type Newsroom, openNewsroom, revisionOf } from '../../../test/fixtures/releases.ts';
import { addPlannedVisit, addPremises, addTeam } from '../../operations/plan/examples.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { saveName } from '../../visits/store.ts';
import { written } from '../imported-releases/examples.ts';
import { getRelease } from './store.ts';

/** A newsroom whose operation has premises, and a person met whose name is sealed. */
async function openCase(t: TestContext): Promise<Newsroom> {
  const room = await openNewsroom(t);
  const { db, keys, signed, analyst, force } = room;
  const operation = { id: signed.operationId } as never;
  const premises = await addPremises(db, operation, {
    ...{ name: 'Golden Lotus Nails', address: '12a Old Mill Street', postcode: 'WD17 1AB' },
    ...{ referrerId: force.id, referrerOnCall: 'Perpetua Quimby' },
  });
  const team = await addTeam(db, operation, { name: 'Blue team' });
  const visit = await addVisit(db, await addPlannedVisit(db, premises, team), analyst);
  const met = await addPersonMet(db, visit, analyst);
  const more = { reason: 'A witness', recordedBy: analyst.id, recordedAt: visit.arrivedAt };
  await saveName(db, keys, met.id, { name: 'Nguyễn Thị Lan', ...more });
  return room;
}

/** Pastes a text with front matter and makes a history page of it. */
async function makeHistory({ writer }: Newsroom, body: string): Promise<string> {
  const imported = await writer.post('/staff/imported-releases/import', { text: written({ body }), fileName: '' });
  assert.equal(imported.statusCode, 303, imported.body);
  const id = String(imported.headers.location).split('/').at(-1);
  return String((await writer.post(`/staff/newsroom/history/${id}`)).headers.location);
}

const act = async (room: Newsroom, who: Visitor, address: string, name: 'submit' | 'approve' | 'publish') =>
  who.post(`${address}/${name}`, { revision: await revisionOf(room, address) });
const stateOf = async ({ db }: Newsroom, address: string) => (await getRelease(db, idOf(address))).state;
const message = /may be in the records of a case/;

for (const body of [
  'Officers met Nguyen at work.',
  'Officers met {{Nguyen}} at work.',
  'Officers went to Golden Lotus.',
  'Officers went to Old Mill Street.',
])
  test(`an imported release is stopped where a case has it: ${body}`, async (t) => {
    const room = await openCase(t);
    const address = await makeHistory(room, body);
    const stopped = await act(room, room.writer, address, 'submit');
    assert.equal(stopped.statusCode, 422);
    assert.equal(await stateOf(room, address), 'draft');
    const page = (await room.writer.get(address)).body;
    assert.match(page, message);
    assert.doesNotMatch(page, /Take the sentence out/, 'the words of others are not ours to change');
  });

test('the notes beside an imported release are compared, and a reason lets a word stand', async (t) => {
  const room = await openCase(t);
  const { writer, partner } = room;
  const address = await makeHistory(room, 'Officers visited three business addresses.');
  await change(writer, address, { cautions: 'The shop was Golden Lotus.' });
  assert.equal((await act(room, writer, address, 'submit')).statusCode, 422);
  const page = (await writer.get(address)).body;
  const link = decoded(/href="([^"]*\/justify\?[^"]*)"/.exec(page)?.[1] ?? '');
  const { body } = await writer.get(link);
  const hidden = Object.fromEntries(
    [...body.matchAll(/type="hidden" name="(typed|sentence)" value="([^"]*)"/g)].map(([, name, value = '']) => [
      name,
      decoded(value),
    ]),
  );
  const reason = 'A flower show of that year, and no business';
  assert.equal((await writer.post(`${address}/justify`, { ...hidden, reason })).statusCode, 303);
  assert.equal((await act(room, writer, address, 'submit')).statusCode, 303);
  assert.match((await partner.get(`${address}/approve`)).body, /A flower show of that year/);
  assert.equal((await act(room, partner, address, 'approve')).statusCode, 303);
  assert.equal((await act(room, writer, address, 'publish')).statusCode, 303);
});

test('a colleague of the same agency cannot approve an imported release, and another agency reads it before', async (t) => {
  const room = await openCase(t);
  const { writer, colleague, partner, app } = room;
  const address = await makeHistory(room, 'Officers visited three business addresses.');
  assert.equal((await act(room, writer, address, 'submit')).statusCode, 303);
  const refused = await act(room, colleague, address, 'approve');
  assert.equal(refused.statusCode, 422);
  assert.equal(await stateOf(room, address), 'submitted');
  const read = await partner.get(address);
  assert.equal(read.statusCode, 200);
  assert.doesNotMatch(read.body, /Export as Markdown/, 'the file belongs to the agency that imported it');
  assert.match((await partner.get('/staff')).body, /Approve a release|release to approve/i);
  assert.equal((await act(room, partner, address, 'approve')).statusCode, 303);
  assert.equal((await act(room, writer, address, 'publish')).statusCode, 303);
  assert.match((await app.inject('/news')).body, /joins week of action/);
});

test('the page of an imported release says that no name was compared, and gives no count of nought', async (t) => {
  const room = await openCase(t);
  const text = written({ body: 'Nothing much.' });
  const imported = await room.writer.post('/staff/imported-releases/import', { text, fileName: '' });
  const { body } = await room.writer.get(String(imported.headers.location));
  assert.doesNotMatch(body, /What would not pass today<\/a> \(0\)/);
  assert.match(body, /Names and streets are not compared yet/);
  assert.doesNotMatch(body, /Nothing that is read in it would stay in/);
});
