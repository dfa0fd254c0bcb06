import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { reads, shows, showsNo } from '../../../test/harness/browsing.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { setContext } from '../../platform/database/database.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';

const grave = { agreed: 'vital interests', reasons: 'He has a knife and knows where she is' };
const home = '/staff/safeguarding/disclosures';

async function world(t: TestContext) {
  const application = await aHelpedPerson(t);
  const { signIn, member, adviser, lead, caseworker, advisers, council, note, safeguardingDb } = application;
  const protector = await member(advisers, ['data-protection lead'], 'Dot Protector');
  const elsewhere = await member(council, ['data-protection lead'], 'Ella Elsewhere');
  const at = {
    helper: await signIn(adviser),
    leads: await signIn(lead),
    protects: await signIn(protector),
    worker: await signIn(caseworker),
    outsider: await signIn(elsewhere),
  };
  const ask = async (who: Visitor, more: object = {}) => {
    const id = newTimelessId();
    const form = { id, to: council.id, needs: ['safety'], words: 'Ask for Ana', step: 'send', ...grave, ...more };
    const answer = await who.post(`/staff/safeguarding/notes/${note.id}/refer`, form);
    return { id, answer, page: `${home}/${id}` };
  };
  const count = async (table: 'referrals' | 'personGrants') =>
    (await safeguardingDb.selectFrom(table).selectAll().execute()).length;
  return { ...application, ...at, protector, elsewhere, ask, count };
}

test('the author cannot approve; a second person does, and exactly the approved content is sent, once', async (t) => {
  const { helper, leads, protects, worker, outsider, ask, count, signIn, other, note } = await world(t);
  const account = async () => plain((await helper.get(`/staff/safeguarding/people/${note.encounterId}/consents`)).body);
  const { page, answer } = await ask(helper);
  assert.equal(answer.statusCode, 303);
  assert.equal(answer.headers.location, page);
  await shows(worker, '/staff/safeguarding/referrals', /No open referrals to your agency/);
  const waits = plain((await helper.get(page)).body);
  assert.match(waits, /Waits until a second person has approved it: nobody is told/);
  assert.match(
    waits,
    /Lee Lead \(safeguarding lead\), or Dot Protector \(data-protection lead\)|Dot Protector \(data-protection lead\), or Lee Lead/,
  );
  const approval = (await dueRows(leads)).find(({ what }) => /^Approve or refuse a disclosure/.test(what));
  assert.match(String(approval?.due), /^(Today|18 September 2026|End of 18)/, 'today, not when the access would end');
  assert.equal((await helper.post(`${page}/send`, {})).statusCode, 404, 'not before it is approved');
  for (const nobody of [helper, worker, outsider, await signIn(other)]) {
    const refused = await nobody.post(`${page}/answer`, { answer: 'approve' });
    assert.ok([403, 404].includes(refused.statusCode), String(refused.statusCode));
  }
  await shows(leads, `${page}/answer`, /He has a knife/);
  assert.match((await leads.post(`${page}/answer`, {})).body, /Select whether you approve it/);
  assert.match((await leads.post(`${page}/answer`, { answer: 'refuse' })).body, /Write at least one sentence/);
  // Second persons read the content on the answer page. Those who keep no records see it on no other page.
  const seen = plain((await protects.get(page)).body);
  assert.match(seen, /He has a knife/);
  assert.doesNotMatch(seen, /Ask for Ana/);
  for (const who of [leads, protects])
    await reads(who, `${page}/answer`, /What would be told, word for word .*In words Ask for Ana/);
  await reads(leads, page, /Ask for Ana/);
  const approving = await leads.post(`${page}/answer`, { answer: 'approve' });
  assert.equal(approving.headers.location, `${page}?done=answered`);
  await reads(leads, `${page}?done=answered`, /Kept\. .* reads your answer here\..*Sharing without consent: approved/);
  assert.equal((await protects.get(`${page}/answer`)).statusCode, 404, 'read while it waits for her, and not after');
  assert.equal((await protects.post(`${page}/answer`, { answer: 'approve' })).statusCode, 404, 'once');
  assert.equal(await count('referrals'), 0, 'approved is not sent');
  assert.match(await account(), /Disclosure without consent requested: Lea/, 'and the person is not told that it was');
  await reads(helper, '/staff', /Send an approved disclosure/);
  assert.equal((await leads.post(`${page}/send`, {})).statusCode, 404, 'whoever approves sends nothing');
  const approved = await helper.get(page);
  assert.equal(approved.statusCode, 200);
  assert.match(approved.body, /Preview and send/);
  await shows(helper, `${page}/send`, /Ask for Ana/);
  assert.equal((await helper.post(`${page}/send`, { words: 'Something else', needs: 'money' })).statusCode, 303);
  assert.equal((await helper.post(`${page}/send`, {})).statusCode, 404);
  assert.deepEqual([await count('referrals'), await count('personGrants')], [1, 1]);
  assert.match(await account(), /Disclosed without consent: Lea/);
  const list = (await worker.get('/staff/safeguarding/referrals')).body;
  assert.match(list, />sent, answer due by/);
  const referral = /href="(\/staff\/safeguarding\/referrals\/[0-9a-f-]{36})"/.exec(list)?.[1] as string;
  const told = plain((await worker.get(referral)).body);
  assert.match(told, /Ask for Ana/);
  assert.doesNotMatch(told, /Something else|knife/);
});

test('for a lead as author, the data-protection lead approves; a refusal gives a reason and tells nobody', async (t) => {
  const { leads, protects, ask, count, worker } = await world(t);
  const first = await ask(leads, { agreed: 'court order', reasons: 'Order of the family court of 3 September' });
  assert.equal((await leads.post(`${first.page}/answer`, { answer: 'approve' })).statusCode, 404);
  await reads(
    leads,
    first.page,
    /At your agency, the colleague who can approve this is Dot Protector \(data-protection lead\)\./,
  );
  assert.equal((await protects.post(`${first.page}/answer`, { answer: 'approve' })).statusCode, 303);
  assert.equal((await leads.post(`${first.page}/send`, {})).statusCode, 303);
  assert.equal(await count('referrals'), 1);
  const second = await ask(leads, { needs: ['health'] });
  const said = 'She can be asked: an interpreter is in the house.';
  assert.equal((await protects.post(`${second.page}/answer`, { answer: 'refuse', said })).statusCode, 303);
  await reads(leads, second.page, /Refused by .*an interpreter is in the house/);
  assert.equal((await leads.post(`${second.page}/send`, {})).statusCode, 404);
  await reads(leads, home, /Refused by a second person/);
  assert.equal(await count('personGrants'), 1);
  for (const page of [first.page, second.page, home])
    assert.equal((await worker.get(page)).statusCode === 200 && page !== home, false, page);
});

test('at once in danger: by a lead with a reason, and reviewed by somebody else by the next working day', async (t) => {
  const { helper, leads, protects, ask, count, clock, safeguardingDb, signIn, protector, lead } = await world(t);
  const once = { atOnce: 'yes', cannotWait: 'He is on the stairs, and nobody else answers' };
  assert.match(
    (await ask(helper, once)).answer.body,
    /Ask your safeguarding lead or data-protection lead to share it now/,
  );
  assert.match((await ask(leads, { atOnce: 'yes' })).answer.body, /Say why it cannot wait for approval/);
  assert.match((await ask(leads, { ...once, cannotWait: 'now' })).answer.body, /Write at least one sentence/);
  assert.match(
    (await ask(leads, { ...once, agreed: 'statutory duty' })).answer.body,
    /only in immediate danger to life, or to a child/,
  );
  assert.equal(await count('referrals'), 0);
  const told = await ask(leads, once);
  assert.equal(told.answer.statusCode, 303, plain(told.answer.body));
  assert.deepEqual([await count('referrals'), await count('personGrants')], [1, 1]);
  const row = await safeguardingDb.selectFrom('disclosures').selectAll().executeTakeFirstOrThrow();
  // Friday 18 September 2026: the next working day is Monday, and the review is due by its end.
  assert.equal(row.reviewBy.toISOString(), '2026-09-21T23:00:00.000Z');
  await showsNo(leads, '/staff', /made in an emergency/, 'nobody looks at her own');
  assert.equal((await leads.post(`${told.page}/answer`, { answer: 'agrees' })).statusCode, 404);
  await reads(protects, '/staff', /Review a disclosure made in an emergency/);
  clock.move(new Date('2026-09-22T08:00:00Z'));
  const at = await signIn(protector);
  await reads(at, `${told.page}/answer`, /What was told, word for word .*Ask for Ana/);
  await reads(at, '/staff', /Review a disclosure made in an emergency.*Overdue/);
  assert.match(
    (await at.post(`${told.page}/answer`, { answer: 'something was wrong' })).body,
    /Write at least one sentence/,
  );
  const said = 'The address was told too, and the council did not need it.';
  assert.equal((await at.post(`${told.page}/answer`, { answer: 'something was wrong', said })).statusCode, 303);
  assert.equal((await at.post(`${told.page}/answer`, { answer: 'agrees' })).statusCode, 404, 'once');
  const page = plain((await (await signIn(lead)).get(told.page)).body);
  assert.match(page, /something wrong.*He is on the stairs.*The address was told too/);
  await showsNo(at, '/staff', /made in an emergency/);
});

test('the second person also reads that the recipient would take over the person’s case', async (t) => {
  const { helper, leads, protects, ask } = await world(t);
  for (const [more, said] of [
    [{ handOver: 'yes' }, /Lead for the person they do once they accept the referral/],
    [{ needs: ['health'] }, /Lead for the person the agency that sent it, as before/],
  ] as const) {
    const { page } = await ask(helper, more);
    for (const who of [leads, protects]) await reads(who, `${page}/answer`, said);
    await reads(leads, page, said);
  }
});

test('an id that waits for approval cannot be used at once; a new id can', async (t) => {
  const { leads, protects, ask, count, safeguardingDb } = await world(t);
  const { id, page } = await ask(leads);
  assert.match((await ask(leads, { id, words: 'Ask for Bea' })).answer.body, /already sent this form with other words/);
  assert.equal((await ask(leads, { id })).answer.headers.location, page, 'the same, pressed twice');
  assert.equal((await protects.post(`${page}/answer`, { answer: 'approve' })).statusCode, 303);
  const once = { atOnce: 'yes', cannotWait: 'He is on the stairs, and nobody else answers', words: 'Ask for Bea' };
  const again = await ask(leads, { ...once, id });
  assert.equal(await count('referrals'), 0);
  assert.match(again.answer.body, /This form already waits for approval/);
  const next = /name="id" value="([^"]*)"/.exec(again.answer.body)?.[1];
  assert.equal((await ask(leads, { ...once, id: next })).answer.statusCode, 303);
  assert.deepEqual([await count('referrals'), await count('personGrants')], [1, 1]);
  const rows = await safeguardingDb
    .selectFrom('disclosures')
    .select('reviewBy')
    .where('timing', '=', 'at once')
    .execute();
  assert.deepEqual([rows.length, rows[0]?.reviewBy !== null], [1, true], 'looked at afterwards');
});

test('the database refuses approval by the author under any name or role, and accepts one of two answers', async (t) => {
  const { ask, helper, leads, protects, adviser, lead, protector, elsewhere, caseworker, safeguardingDb, note } =
    await world(t);
  const { id, page } = await ask(leads);
  const as = <Value>(who: Member, roles: readonly Role[], does: (tx: typeof safeguardingDb) => Promise<Value>) =>
    safeguardingDb.transaction().execute(async (tx) => {
      await setContext(tx, {
        now: note.writtenAt,
        actor: {
          memberId: who.id,
          agencyId: who.agencyId,
          side: 'help',
          roles,
          operations: [note.operationId],
          partnerOperations: [],
          teams: [],
        } as never,
      });
      await sql`set local role safelight_safeguarding`.execute(tx);
      return does(tx as unknown as typeof safeguardingDb);
    });
  const approves = (name: string) => (tx: typeof safeguardingDb) =>
    sql`update disclosures set approved_by = ${name}, approved_at = ${note.writtenAt} where id = ${id}`.execute(tx);
  const changed = async (does: Promise<{ numAffectedRows?: bigint | undefined }>) => (await does).numAffectedRows;
  // The database replaces a forged name with the member’s own.
  for (const name of [lead.id, protector.id])
    await assert.rejects(as(lead, ['safeguarding lead'], approves(name)), /disclosures_second/);
  assert.equal(await changed(as(adviser, ['field'], approves(adviser.id))), 0n, 'no role for it');
  assert.equal(await changed(as(elsewhere, ['data-protection lead'], approves(elsewhere.id))), 0n, 'another agency');
  assert.equal(await changed(as(caseworker, ['partner caseworker'], approves(caseworker.id))), 0n);
  const forged = {
    ...(await safeguardingDb.selectFrom('disclosures').selectAll().executeTakeFirstOrThrow()),
    id: newTimelessId(),
  };
  const adds = (more: object, who = lead, roles: readonly Role[] = ['safeguarding lead']) =>
    as(who, roles, (tx) =>
      tx
        .insertInto('disclosures')
        .values({ ...forged, ...more } as never)
        .execute(),
    );
  const when = { approvedAt: note.writtenAt };
  const once = { timing: 'at once', approvedBy: lead.id, ...when };
  const why = { sealedCannotWait: Buffer.from('x'), reviewBy: note.writtenAt };
  const seconds = /row-level|disclosures_second|second person/;
  await assert.rejects(adds({ approvedBy: protector.id, ...when }), seconds, 'approved as it is asked for');
  await assert.rejects(adds({ approvedBy: lead.id, ...when }), seconds);
  await assert.rejects(adds({ timing: 'by one alone', approvedBy: lead.id, ...when }), seconds);
  await assert.rejects(adds({ askedBy: protector.id }), seconds, 'in another’s name');
  await assert.rejects(adds(once), seconds, 'without why it cannot wait');
  await assert.rejects(adds({ ...once, ...why, basis: 'court order' }), seconds, 'a court leaves time');
  await assert.rejects(adds({ ...once, ...why, approvedBy: protector.id }), seconds);
  const looked = { reviewedBy: protector.id, reviewedAt: note.writtenAt, reviewResult: 'agrees' };
  await assert.rejects(adds({ ...once, ...why, ...looked }), seconds, 'looked at as it is told');
  const byField = { ...once, ...why, askedBy: adviser.id, approvedBy: adviser.id };
  await assert.rejects(adds(byField, adviser, ['field']), seconds, 'at once by who may not approve');
  await adds({ ...once, ...why, id: newTimelessId() });
  // Refused for the owner of the tables as well.
  await assert.rejects(
    sql`update disclosures set approved_by = asked_by, approved_at = asked_at where id = ${id}`.execute(safeguardingDb),
    /disclosures_second/,
  );
  await assert.rejects(
    sql`update disclosures set asked_by = ${protector.id} where id = ${id}`.execute(safeguardingDb),
    /stays as it was asked/,
  );

  // No grant rests on an unanswered request; of two simultaneous answers only one counts.
  const grant = (disclosureId: string, author: Member) =>
    sql`insert into person_grants (id, person_id, operation_id, from_agency, author_id, recipient, act, purpose, items,
          disclosure_id, sealed_content, wrapped_key, made_at, until)
        select ${newTimelessId()}, person_id, operation_id, agency_id, ${author.id}, recipient, 'share', purpose, items,
          id, ${Buffer.from('x')}, ${Buffer.from('x')}, asked_at, until from disclosures where id = ${disclosureId}`.execute(
      safeguardingDb,
    );
  await assert.rejects(grant(id, lead), /a second person approves/);
  const answers = await Promise.all([
    protects.post(`${page}/answer`, { answer: 'approve' }),
    protects.post(`${page}/answer`, { answer: 'refuse', said: 'She can be asked, and is not in danger.' }),
  ]);
  const { approvedAt, refusedAt } = await safeguardingDb
    .selectFrom('disclosures')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  assert.equal([approvedAt, refusedAt].filter(Boolean).length, 1, 'one is heard');
  assert.deepEqual(answers.filter(({ statusCode }) => statusCode === 303).length, 1);
  const next = await ask(helper, { needs: ['health'] });
  const both = [leads, protects].map((who) => who.post(`${next.page}/answer`, { answer: 'approve' }));
  assert.deepEqual((await Promise.all(both)).filter(({ statusCode }) => statusCode === 303).length, 1);
  await assert.rejects(grant(next.id, lead), /a second person approves/, 'whoever approved does not tell');
  await grant(next.id, adviser);
});
