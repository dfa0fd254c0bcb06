import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { actorOf, asMember } from '../../../test/fixtures/as-member.ts';
import {
  change,
  decoded,
  draft,
  formOf,
  idOf,
  openNewsroom,
  publish,
  revisionOf,
} from '../../../test/fixtures/releases.ts';
import { addPlannedVisit, addPremises, addTeam } from '../../operations/plan/examples.ts';
import { type Db, setContext } from '../../platform/database/database.ts';
import { addArrest, addObservation, addPersonMet, addSeizure, addVisit } from '../../visits/examples.ts';
import { addReferralDraft } from '../../visits/nrm-referrals/examples.ts';
import { emptyContent } from '../../visits/nrm-referrals/nrm-referral.ts';
import { saveContent } from '../../visits/nrm-referrals/store.ts';
import { saveName } from '../../visits/store.ts';
import { signedReturn } from '../drafting/examples.ts';
import { addSignedReturn } from '../releases/examples.ts';
import { getRelease } from '../releases/store.ts';
import { mostFinds, mostPlaces } from './name-check.ts';

/** A newsroom whose operation has records: premises, and people encountered whose names lie under seal. */
async function openCase(t: TestContext) {
  const room = await openNewsroom(t);
  const { db, keys, signed, analyst, force } = room;
  const operation = { id: signed.operationId };
  const premises = await addPremises(db, operation as never, {
    name: 'Golden Lotus Nails',
    address: '12a Old Mill Street',
    postcode: 'WD17 1AB',
    referrerId: force.id,
    referrerOnCall: 'Perpetua Quimby',
  });
  const team = await addTeam(db, operation as never, { name: 'Blue team' });
  const visit = await addVisit(db, await addPlannedVisit(db, premises, team), analyst);
  const meet = async (name: string) => {
    const met = await addPersonMet(db, visit, analyst);
    await saveName(db, keys, met.id, {
      name,
      reason: 'A witness',
      recordedBy: analyst.id,
      recordedAt: visit.arrivedAt,
    });
    return met;
  };
  const met = await meet('Nguyễn Thị Lan');
  /** What the database keeps the earlier version of. */
  const alter = (make: (tx: Db) => Promise<unknown>) =>
    db.transaction().execute(async (tx) => {
      await setContext(tx, { now: room.clock.now() });
      await make(tx);
    });
  return { ...room, premises, visit, met, meet, alter };
}
type Case = Awaited<ReturnType<typeof openCase>>;

const say = async (room: Case, address: string, words: string): Promise<void> => {
  const { body } = await formOf(room.writer, address);
  await change(room.writer, address, { body: `${body?.split('\n\nWords.')[0]}\n\nWords. ${words}` });
};

const send = async (room: Case, who: Visitor, address: string, act: 'submit' | 'approve' | 'publish') =>
  who.post(`${address}/${act}`, { revision: await revisionOf(room, address) });

const stateOf = async ({ db }: Case, address: string) => (await getRelease(db, idOf(address))).state;
const message = /may be in the records of the case/;

async function justify(room: Case, address: string, reason: string): Promise<void> {
  const page = (await room.writer.get(address)).body;
  const link = decoded(/href="([^"]*\/justify\?[^"]*)"/.exec(page)?.[1] ?? '');
  const { body } = await room.writer.get(link);
  const hidden = Object.fromEntries(
    [...body.matchAll(/type="hidden" name="(typed|sentence)" value="([^"]*)"/g)].map(([, name, value = '']) => [
      name,
      decoded(value),
    ]),
  );
  const answer = await room.writer.post(`${address}/justify`, { ...hidden, reason });
  assert.equal(answer.statusCode, 303, answer.body);
}

test('stops a release that says a name, a business or a street of the case, in any printed field', async (t) => {
  const room = await openCase(t);
  const { writer, signed, clock } = room;
  const address = await draft(writer, signed.id);
  const before = await formOf(writer, address);
  const quote = { rank1: 'Sergeant', name1: 'Robin Hale', unit1: 'Lantern', words1: 'Please tell us.' };
  const tries: readonly Record<string, string>[] = [
    { title: `${before.title} by Nguyen` },
    { area: 'Old Mill Street' },
    { description: 'Nugyen was met.' },
    { keyPoints: 'At the Golden Lotus' },
    { body: `${before.body}\n\nWe met Ng**uyen**.` },
    { body: `${before.body}\n\nWe were at WD171AB.` },
    { ...quote, words1: 'We met Lan Nguyen.' },
    { ...quote, rank1: 'Nguyen’s friend' },
    { ...quote, name1: 'Perpetua Quimby' },
    { ...quote, unit1: 'Lotus Nails' },
  ];
  for (const [index, words] of tries.entries()) {
    clock.move(new Date(clock.now().getTime() + 25 * 60 * 60 * 1_000));
    await room.moveTo(clock.now().toISOString());
    await change(room.writer, address, {
      ...before,
      rank1: '',
      name1: '',
      unit1: '',
      words1: '',
      ...words,
      base: String(await revisionOf(room, address)),
    });
    const refused = await send(room, room.writer, address, 'submit');
    assert.equal(refused.statusCode, 422, `${index}`);
    assert.match(refused.body, message, JSON.stringify(words));
    assert.equal(await stateOf(room, address), 'draft');
  }
});

test('stops a release that says a name of an officer’s NRM referral, and of a version before it', async (t) => {
  const room = await openCase(t);
  const { db, keys, visit, meet, analyst } = room;
  const { id: encounterId } = await meet('Nguyễn Thị Lan');
  const answers = { 'first name': 'Iuliana', 'last name': 'Vrabie' };
  const { id } = await addReferralDraft(db, keys, visit, analyst, { encounterId, content: { answers } });
  await room.alter((tx) => saveContent(tx, keys, id, { ...emptyContent, answers: { 'name used': 'Crystal Swan' } }));
  const address = await draft(room.writer, room.signed.id);
  for (const words of ['We met Iuliana Vrabie.', 'They called her Crystal Swan.']) {
    await say(room, address, words);
    const refused = await send(room, room.writer, address, 'submit');
    assert.equal(refused.statusCode, 422, words);
    assert.match(refused.body, message);
  }
});

test('stops a release that says a number, a plate, a reference, an alias or a rare phrase of the case', async (t) => {
  const room = await openCase(t);
  const { db, visit, analyst, premises, clock } = room;
  await room.alter((tx) =>
    sql`update premises set referrer_contact = '07700 900 123', risks = 'The driver is known as Sparrow.'
     where id = ${premises.id}`.execute(tx),
  );
  await addObservation(db, visit, analyst, {
    context: 'Workers were driven away in a white van, KX21 ABD, each evening.',
  });
  await addSeizure(db, visit, analyst, {
    kind: 'documents',
    description: 'A ledger wedged underneath the crimson wardrobe upstairs',
    exhibitRef: 'RH/7',
  });
  await addArrest(db, visit, analyst, { custodyRef: '41HW/2214/26' });
  const address = await draft(room.writer, room.signed.id);
  const tries = [
    'Ring +44 7700 900123.',
    'A van (kx21abd) stood outside.',
    'They met Sparrow.',
    'See 41HW-2214-26.',
    'It was wedged underneath the crimson wardrobe upstairs.',
  ];
  for (const words of tries) {
    clock.move(new Date(clock.now().getTime() + 25 * 60 * 60 * 1_000));
    await room.moveTo(clock.now().toISOString());
    await say(room, address, words);
    const refused = await send(room, room.writer, address, 'submit');
    assert.equal(refused.statusCode, 422, words);
    assert.match(refused.body, message, words);
  }
});

test('shows the name in the writer’s own words, and nothing from the records', async (t) => {
  const room = await openCase(t);
  const address = await draft(room.writer, room.signed.id);
  await say(room, address, 'We met Nugyen at the shop.');
  const { body } = await send(room, room.writer, address, 'submit');
  assert.match(body, /<span class="sl-underlined">Nugyen<\/span>/);
  assert.match((await room.writer.get(address)).body, message, 'it stays until the text is changed');
  for (const page of [body, (await room.writer.get(address)).body])
    assert.doesNotMatch(page, /Nguyễn|Nguyen|Lotus|Old Mill|WD17|Quimby|Thị/);
  await say(room, address, 'We met somebody at the shop.');
  assert.doesNotMatch((await room.writer.get(address)).body, message);
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 303);
});

test('allows a word with an explanation, and shows the explanation to the approver', async (t) => {
  const room = await openCase(t);
  const address = await draft(room.writer, room.signed.id);
  await say(room, address, 'The Lotus is a flower.');
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 422);
  await justify(room, address, 'The flower on the badge of the unit');
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 303);
  const page = (await room.partner.get(address)).body;
  assert.match(page, /Lotus/);
  assert.match(page, /Wren Writer: The flower on the badge of the unit/);
  assert.equal((await send(room, room.partner, address, 'approve')).statusCode, 303);
  assert.equal((await send(room, room.writer, address, 'publish')).statusCode, 303);
});

test('an explanation holds for its sentence alone', async (t) => {
  const room = await openCase(t);
  const address = await draft(room.writer, room.signed.id);
  await say(room, address, 'The Lotus is a flower.');
  await send(room, room.writer, address, 'submit');
  await justify(room, address, 'The flower on the badge of the unit');
  await say(room, address, 'The Lotus was visited.');
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 422);
});

test('refuses approval and publication when the name was recorded after the step before', async (t) => {
  const room = await openCase(t);
  const address = await draft(room.writer, room.signed.id);
  await say(room, address, 'Abernathy and Zelenko helped.');
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 303);
  await room.meet('Bo Abernathy');
  const refused = await send(room, room.partner, address, 'approve');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Abernathy/);
  assert.equal(await stateOf(room, address), 'submitted');

  await say(room, address, 'Zelenko helped.');
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 303);
  assert.equal((await send(room, room.partner, address, 'approve')).statusCode, 303);
  await room.meet('Zelenko');
  assert.equal((await send(room, room.writer, address, 'publish')).statusCode, 422);
  assert.equal(await stateOf(room, address), 'approved');
  assert.equal((await room.app.inject('/news')).body.includes('Zelenko'), false);
});

test('compares a correction too, and an earlier spelling that was corrected', async (t) => {
  const room = await openCase(t);
  const { keys, met, analyst, premises } = room;
  const address = await draft(room.writer, room.signed.id);
  await publish(room, address);
  await room.alter(async (tx) => {
    await saveName(tx, keys, met.id, {
      name: 'Tran Van Minh',
      reason: 'A witness',
      recordedBy: analyst.id,
      recordedAt: room.clock.now(),
    });
    await sql`update premises set name = 'Silver Heron' where id = ${premises.id}`.execute(tx);
  });
  assert.equal((await room.writer.post(`${address}/correct`, { note: 'Nguyen was not at the Lotus' })).statusCode, 303);
  const refused = await send(room, room.writer, address, 'submit');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /What was corrected: <span class="sl-underlined">Nguyen</);
  assert.match(refused.body, /What was corrected: <span class="sl-underlined">Lotus</);
});

test('logs every comparison, with the records that matched', async (t) => {
  const room = await openCase(t);
  const address = await draft(room.writer, room.signed.id);
  await say(room, address, 'We met Nguyen.');
  await send(room, room.writer, address, 'submit');
  const rows = await room.db
    .selectFrom('accessLog')
    .select(['kind', 'memberId', 'subject', 'returned', 'fields'])
    .where('event', '=', 'case names compared')
    .execute();
  assert.deepEqual(rows, [
    {
      kind: 'consultation',
      memberId: room.writer.member.id,
      subject: room.signed.operationId,
      returned: [room.met.id],
      fields: ['name', 'address', 'notes'],
    },
  ]);
  for (const [who, act] of [
    [room.partner, 'approve'],
    [room.writer, 'publish'],
  ] as const)
    assert.equal((await send(room, who, address, act)).statusCode, 422);
  assert.equal(
    (await room.auditTrail()).filter((event) => event === 'case names compared').length,
    1,
    'nothing is compared where the act is refused anyway',
  );
});

test('shows few places at once and refuses many attempts, so that nobody can extract a list of names', async (t) => {
  const room = await openCase(t);
  for (const name of ['Ada Quill', 'Bea Rusk', 'Cem Stroud', 'Dag Tolliver', 'Eva Umber']) await room.meet(name);
  const address = await draft(room.writer, room.signed.id);
  const list = 'Quill. Rusk. Stroud. Tolliver. Umber.';
  for (let tries = 1; tries <= mostFinds; tries += 1) {
    await say(room, address, `${list} ${'Again. '.repeat(tries)}`);
    const { body, statusCode } = await send(room, room.writer, address, 'submit');
    assert.equal(statusCode, 422);
    assert.equal(body.match(new RegExp(message, 'g'))?.length, mostPlaces);
  }
  await say(room, address, 'Nobody is named.');
  const refused = await send(room, room.writer, address, 'submit');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /found names of the case ten times/);
  assert.equal(await stateOf(room, address), 'draft', 'it fails closed');
  await room.moveTo('2026-09-25T10:00:01Z');
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 303, 'a day later');
});

test('a reason that was given for a link shows no more names than a reason given for none', async (t) => {
  const room = await openCase(t);
  const { writer, signed } = room;
  for (const name of ['Ola Quill', 'Bea Thorn', 'Cy Marrow', 'Dee Larch', 'Eve Sorrel']) await room.meet(name);
  const address = await draft(writer, signed.id);
  const links = ['ola-quill', 'bea-thorn', 'cy-marrow', 'dee-larch', 'eve-sorrel'];
  await say(room, address, links.map((one) => `[Here](https://example.org/${one}).`).join(' '));
  for (const _ of links) await justify(room, address, 'Our partner’s own page.');
  await send(room, writer, address, 'submit');
  const { places, found } = (await room.db.selectFrom('nameChecks').selectAll().execute())[0] as never as {
    places: unknown[];
    found: number;
  };
  assert.ok(found > mostPlaces, String(found));
  assert.equal(places.length, mostPlaces);
});

test('compares with the operation of the release alone', async (t) => {
  const room = await openCase(t);
  const { db, force, analyst, partner } = room;
  const other = await addSignedReturn(db, signedReturn, { agency: force, member: analyst });
  await addPremises(db, { id: other.operationId } as never, { name: 'Silver Heron Spa' });
  const address = await draft(room.writer, room.signed.id);
  await say(room, address, 'A silver heron flew by.');
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 303);
  assert.equal((await send(room, partner, address, 'approve')).statusCode, 303);
});

test('gives the names to no role of the database but for press of a partner', async (t) => {
  const room = await openCase(t);
  const names = sql`select * from ctx.case_names(${room.signed.operationId})`;
  const ask = (who: Visitor, role: 'staff' | 'publisher') =>
    asMember(room, who.member, ['main', role], (tx) => names.execute(tx));
  assert.ok((await ask(room.writer, 'staff')).rows.length > 5);
  assert.ok((await ask(room.partner, 'staff')).rows.length > 5);
  await assert.rejects(ask(room.stranger, 'staff'), /press of a partner/);
  await assert.rejects(ask({ ...room.writer, member: room.analyst }, 'staff'), /press of a partner/);
  await assert.rejects(ask(room.writer, 'publisher'), /permission denied/);
  await assert.rejects(
    asMember(room, room.writer.member, ['main', 'publisher'], (tx) => tx.selectFrom('premises').selectAll().execute()),
    /permission denied/,
  );
  assert.equal((await actorOf(room, room.writer.member)).roles.includes('press'), true);
});

test('stops, and says nothing, while a name cannot be opened', async (t) => {
  const room = await openCase(t);
  await room.alter((tx) => sql`update encounter_names set sealed_name = '\\x00'::bytea`.execute(tx));
  const address = await draft(room.writer, room.signed.id);
  assert.equal((await send(room, room.writer, address, 'submit')).statusCode, 503);
  assert.equal(await stateOf(room, address), 'draft');
});
