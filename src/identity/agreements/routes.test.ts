import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { day } from '../../../test/fixtures/begun-visit.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import type { TestClient } from '../../../test/harness/browsing.ts';
import { submitEdit } from '../../../test/harness/edit.ts';
import { beginWriting, setContext } from '../../platform/database/database.ts';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';

/** A force and a council, each with somebody who keeps its agreements. */
async function kept(t: TestContext) {
  const world = await openApplication(t, { today: '2026-09-07', time: '09:00' });
  const force = await world.agency('police force', { name: 'Lea Vale Police' });
  const council = await world.agency('council', { name: 'Lea Vale Council' });
  const nurses = await world.agency('health', { name: 'Lea Nurses' });
  const keeper = await world.member(force, ['administrator'], 'Kit Keeper');
  const lead = await world.member(council, ['data-protection lead'], 'Hana Lead');
  const answers = {
    agencies: [force.id, council.id],
    reference: 'ISA/12',
    ...day('signed', '2026-03-02'),
    ...day('review', '2027-03-02'),
    dpiaReference: 'DPIA/4',
    ...day('dpia', '2026-02-20'),
  };
  return { ...world, force, council, nurses, keeper, lead, answers };
}

/** Presses the button of the page, which sends what the page showed. */
async function confirm(at: TestClient, page: string) {
  const base = /name="base" value="([^"]*)"/.exec((await at.get(page)).body)?.[1] ?? '';
  return at.post(`${page}/confirm`, { base: base.replaceAll('&quot;', '"') });
}
const addressOf = ({ headers }: { readonly headers: Record<string, unknown> }) =>
  String(headers.location).replace(/\?.*/, '');

test('an agreement counts once each agency has confirmed it, and the others are asked on Home', async (t) => {
  const { signIn, keeper, lead, answers, db, force, council, member, nurses, auditTrail } = await kept(t);
  const counts = async () => {
    const { rows } = await sql<{ counts: boolean }>`
      select ctx.agreement_counts(${force.id}, ${council.id}, '2026-09-07') as counts`.execute(db);
    return rows[0]?.counts;
  };
  const at = await signIn(keeper);
  assert.match((await at.get('/staff/agreements')).body, /No agreements yet\. Add the first/);
  const page = addressOf(await at.post('/staff/agreements/new', answers));
  assert.match((await at.get('/staff/agreements')).body, /waits for Lea Vale Council/);
  assert.equal(await counts(), false);
  const stranger = await signIn(await member(nurses, ['administrator']));
  assert.equal((await stranger.post(`${page}/confirm`, { base: '{}' })).statusCode, 403);
  const other = await signIn(lead);
  const asked = async (who: typeof lead) =>
    (await dueRows(await signIn(who))).filter(({ what }) => /^Confirm an agreement/.test(what)).length;
  assert.deepEqual([await asked(keeper), await asked(lead)], [0, 1]);
  const unread = await other.post(`${page}/confirm`, { base: '{}' });
  assert.equal(unread.statusCode, 422);
  assert.match(unread.body, /Read it again, then confirm it/);
  assert.equal((await confirm(other, page)).statusCode, 303);
  assert.match((await at.get(page)).body, /Valid today/);
  assert.deepEqual([await counts(), await asked(lead)], [true, 0]);
  assert.deepEqual(await auditTrail({ looks: false }), ['agreement.added', 'agreement.confirmed']);
});

test('one agency alone changes nothing that others confirmed: the earlier agreement counts until all have confirmed', async (t) => {
  const { signIn, keeper, lead, answers, db, force, council, nurses, member } = await kept(t);
  const at = await signIn(keeper);
  const other = await signIn(lead);
  const third = await signIn(await member(nurses, ['administrator']));
  const all = { ...answers, agencies: [force.id, council.id, nurses.id] };
  const page = addressOf(await at.post('/staff/agreements/new', all));
  for (const one of [other, third]) assert.equal((await confirm(one, page)).statusCode, 303);
  // The council takes the nurses off, and shortens the review.
  const changed = await submitEdit(other, `${page}/edit`, { ...answers, ...day('review', '2026-10-02') });
  const change = addressOf(changed);
  assert.notEqual(change, page);
  assert.match((await at.get(page)).body, /Valid today[\s\S]*Change proposed[\s\S]*waits for/);
  assert.match((await at.get(page)).body, /2 March 2027/);
  assert.equal((await other.get(`${page}/edit`)).headers.location, change, 'one change waits at a time');
  assert.equal((await confirm(at, change)).statusCode, 303);
  assert.match((await at.get(change)).body, /waits for Lea Nurses/);
  assert.match((await third.get(page)).body, /Valid today/);
  assert.equal((await confirm(third, change)).statusCode, 303);
  assert.match((await at.get(page)).body, /Replaced by a later agreement/);
  assert.match((await at.get(change)).body, /Valid today/);
  assert.equal((await at.get(`${page}/edit`)).statusCode, 403);
  assert.equal((await db.selectFrom('agreements').select('id').execute()).length, 2);
});

test('a change of what still waits asks everybody again, and keeps the earlier version', async (t) => {
  const { signIn, keeper, lead, answers, db, nurses, force, council } = await kept(t);
  const at = await signIn(keeper);
  const other = await signIn(lead);
  const all = [force.id, council.id, nurses.id];
  const page = addressOf(await at.post('/staff/agreements/new', { ...answers, agencies: all }));
  await confirm(other, page);
  const edited = await submitEdit(other, `${page}/edit`, { ...answers, agencies: all, reference: 'ISA/13' });
  assert.equal(addressOf(edited), page);
  assert.match(
    (await at.get(page)).body,
    /waits for Lea Nurses; Lea Vale Police|waits for Lea Vale Police; Lea Nurses/,
  );
  assert.match((await at.get(page)).body, /ISA\/13[\s\S]*Earlier versions[\s\S]*ISA\/12/);
  const stale = await at.post(`${page}/edit`, { ...answers, base: '{}' });
  assert.equal(stale.statusCode, 422);
  assert.deepEqual(await db.selectFrom('agreements').select(['reference', 'confirmed']).execute(), [
    { reference: 'ISA/13', confirmed: [council.id] },
  ]);
});

test('a mistaken agreement is withdrawn with a reason: before all confirmed it for all, later for the agency alone', async (t) => {
  const { signIn, keeper, lead, answers, force, council, nurses, member } = await kept(t);
  const at = await signIn(keeper);
  const other = await signIn(lead);
  const third = await signIn(await member(nurses, ['administrator']));
  const mistaken = addressOf(await at.post('/staff/agreements/new', answers));
  assert.equal((await third.get(`${mistaken}/withdraw`)).statusCode, 403);
  const empty = await at.post(`${mistaken}/withdraw`, { reason: ' ' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Enter why your agency withdraws/);
  assert.equal((await at.post(`${mistaken}/withdraw`, { reason: 'Recorded by mistake' })).statusCode, 303);
  assert.match((await at.get(mistaken)).body, /It does not count[\s\S]*Recorded by mistake/);
  assert.doesNotMatch((await third.get(mistaken)).body, /Recorded by mistake/, 'the reason is for its agencies');
  assert.doesNotMatch((await other.get(mistaken)).body, /Confirm for your agency/);
  const all = { ...answers, agencies: [force.id, council.id, nurses.id] };
  const page = addressOf(await at.post('/staff/agreements/new', all));
  for (const one of [other, third]) await confirm(one, page);
  assert.equal((await third.post(`${page}/withdraw`, { reason: 'We share nothing any more' })).statusCode, 303);
  assert.match(
    (await at.get(page)).body,
    /Valid today[\s\S]*Withdrawn by[\s\S]*Lea Nurses\. We share nothing any more/,
  );
  assert.equal((await third.get(`${page}/edit`)).statusCode, 403);
});

test('the database lets an agency confirm and withdraw for itself alone, and change nothing that counts', async (t) => {
  const { signIn, keeper, lead, answers, databases, force, council, clock } = await kept(t);
  const at = await signIn(keeper);
  const page = addressOf(await at.post('/staff/agreements/new', answers));
  const id = page.split('/').at(-1) ?? '';
  const as = async (statement: RawBuilder<unknown>) => {
    const tx = await beginWriting(databases.for('main', 'staff'));
    try {
      const actor = {
        ...keeper,
        memberId: keeper.id,
        memberName: '',
        agencyId: force.id,
        agencyName: '',
        side: 'enforcement' as const,
        roles: ['administrator' as const],
        operations: [],
        partnerOperations: [],
        teams: [],
      };
      await setContext(tx, { now: clock.now(), actor });
      await statement.execute(tx);
      await tx.commit().execute();
    } catch (error) {
      await tx.rollback().execute();
      throw error;
    }
  };
  const both = sql`array[${force.id}, ${council.id}]::uuid[]`;
  await assert.rejects(
    as(sql`update agreements set confirmed = ${both} where id = ${id}`),
    /confirms for itself alone/,
  );
  await assert.rejects(
    as(sql`update agreements set withdrawn = ${both} where id = ${id}`),
    /withdraws for itself alone/,
  );
  await assert.rejects(
    as(sql`update agreements set agencies = agencies || '00000000-0000-0000-0000-000000000000'::uuid where id = ${id}`),
    /names agencies that exist/,
  );
  await confirm(await signIn(lead), page);
  await assert.rejects(
    as(sql`update agreements set review_on = '2026-09-14' where id = ${id}`),
    /is replaced, not changed/,
  );
  await assert.rejects(as(sql`update agreements set confirmed = '{}' where id = ${id}`), /confirms for itself alone/);
  await assert.rejects(
    as(sql`insert into agreements (id, agencies, reference, signed_on, review_on, replaces, confirmed)
      select gen_random_uuid(), array[${force.id}]::uuid[] || gen_random_uuid(), 'X', signed_on, review_on, id, '{}'
        from agreements where id = ${id}`),
    /names agencies that exist/,
  );
});

test('a wrong answer is asked again, and an agency records only what it signed', async (t) => {
  const { signIn, keeper, council, nurses, force, answers, db, member } = await kept(t);
  const at = await signIn(keeper);
  for (const [wrong, says] of [
    [{ agencies: [force.id] }, /Select at least two agencies/],
    [{ agencies: [council.id, nurses.id] }, /Select your own agency too/],
    [{ agencies: [force.id, '00000000-0000-0000-0000-000000000000'] }, /Select agencies from the list/],
    [day('signed', '1900-01-01'), /Enter a date from 2015 on/],
    [day('review', '2099-12-31'), /The review must be within 5 years from today/],
    [{ reference: '' }, /Enter the reference of the agreement/],
    [day('signed', '2026-09-08'), /must be today or in the past/],
    [day('review', '2026-03-02'), /The review must be after/],
    [{ dpiaReference: '' }, /Enter the reference of the DPIA/],
    [day('dpia', '2026-09-08'), /The day of the DPIA must be today/],
  ] as const) {
    const answer = await at.post('/staff/agreements/new', { ...answers, ...wrong });
    assert.equal(answer.statusCode, 422, String(says));
    assert.match(answer.body, says);
  }
  assert.deepEqual(await db.selectFrom('agreements').select('id').execute(), []);
  const made = await at.post('/staff/agreements/new', answers);
  const page = String(made.headers.location).replace(/\?.*/, '');
  const stranger = await signIn(await member(nurses, ['administrator']));
  const seen = await stranger.get(page);
  assert.equal(seen.statusCode, 200);
  assert.doesNotMatch(seen.body, /Change this agreement/);
  assert.equal((await stranger.get(`${page}/edit`)).statusCode, 403);
  const planner = await signIn(await member(force, ['planner']));
  assert.equal((await planner.get('/staff/agreements')).statusCode, 403);
});

test('Home reminds those who keep an agreement, from 60 days before its review', async (t) => {
  const { signIn, keeper, lead, answers, clock, member, nurses } = await kept(t);
  const page = addressOf(await (await signIn(keeper)).post('/staff/agreements/new', answers));
  await confirm(await signIn(lead), page);
  const reminders = async (who: typeof keeper) =>
    (await dueRows(await signIn(who))).filter(({ what }) => /^Review an agreement/.test(what));
  assert.deepEqual(await reminders(keeper), []);
  clock.move(instantAt('2027-01-04', '09:00'));
  for (const who of [keeper, lead]) {
    const [row] = await reminders(who);
    assert.deepEqual([row?.what, row?.due], ['Review an agreement ISA/12.', '2 March 2027']);
  }
  assert.deepEqual(await reminders(await member(nurses, ['administrator'])), []);
});

test('an agreement that is sent twice is kept once', async (t) => {
  const { signIn, keeper, answers, db } = await kept(t);
  const at = await signIn(keeper);
  const _csrf = await at.formToken();
  const press = () => at.post('/staff/agreements/new', { ...answers, _csrf });
  const pressed = await Promise.all([press(), press()]);
  assert.deepEqual(
    pressed.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  assert.equal((await db.selectFrom('agreements').select('id').execute()).length, 1);
});
