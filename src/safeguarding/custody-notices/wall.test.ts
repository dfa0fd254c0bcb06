import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { carryAcross, custody, home, idIn, withWords } from '../../../test/fixtures/custody-notices.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { crawl } from '../../../test/harness/crawl.ts';
import type { Db } from '../../platform/database/database.ts';
import { addArrest, addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { addPerson } from '../people/examples.ts';

const reference = 'C/2026/81';
const same = (body: string) =>
  body.replaceAll(/name="_csrf" value="[^"]*"/g, '').replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'ID');

/** One person: met and arrested on the enforcement side, known in the safeguarding database. */
async function twoSides(t: TestContext) {
  const world = await aTeam(t);
  const { db, safeguardingDb, keys, clock, officer, advisers, force, planned, member, signIn } = world;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id, custodyRef: reference });
  const helper = await member(advisers, ['safeguarding lead'], 'Ines Lead');
  const known = await addPerson(safeguardingDb, keys, helper, clock.now());
  const custodian = await member(force, ['custodian'], 'Cass Custodian');
  const send = async (more: Record<string, string> = {}): Promise<string> => {
    const visitor = await signIn(helper);
    const form = {
      id: newTimelessId(),
      to: force.id,
      sentence: 'threat to life',
      reference,
      step: 'send',
      interpreted: 'shared language',
      answer: 'yes, to these words',
      ...more,
    };
    const at = `${home}/of/${known.id}`;
    const sent = await visitor.post(at, await withWords(visitor, at, form));
    assert.equal(sent.statusCode, 303, sent.body);
    return String(sent.headers.location);
  };
  const hear = async (passedOn: string): Promise<string> => {
    await carryAcross(world);
    const { rows } = await sql<{
      id: string;
    }>`select id from custody_urgent_pages where acknowledged_by is null`.execute(db);
    const id = rows[0]?.id ?? '';
    const at = await signIn(custodian);
    await at.get(`${custody}/${id}`);
    await at.post(`${custody}/${id}/take-on`);
    assert.equal((await at.post(`${custody}/${id}/pass-on`, { passedOn })).statusCode, 303);
    return id;
  };
  return { ...world, visit, met, arrest, helper, known, custodian, send, hear };
}

/** All pages that a member can find, by address, except for random parts. */
async function pagesOf(visitor: Visitor): Promise<Map<string, string>> {
  const read = async (url: string) => {
    const answer = await visitor.get(url);
    return [answer, `${answer.statusCode} ${same(answer.body)}`] as const;
  };
  const found = new Map<string, string>();
  await crawl(async (url) => {
    const [answer, page] = await read(url);
    if (url.startsWith('/staff')) found.set(url, page);
    return answer;
  }, '/staff');
  for (const [url, page] of found) if ((await read(url))[1] !== page) found.delete(url);
  assert.ok(found.size > 10, `${found.size} pages`);
  return found;
}

test('pages of arresting, planning, directing and analysing members stay the same, byte for byte, whatever was sent, received and passed on', async (t) => {
  const { on, send, hear, planner, signIn, member, agency, arrest } = await twoSides(t);
  const visitors = new Map<string, Visitor>([
    ['officer', await on(['field', 'enforcement'])],
    ['commander', await on(['commander', 'planner'])],
    ['planner', await signIn(planner)],
    ['a custodian who arrests', await on(['custodian', 'enforcement', 'field'])],
    // Without the two roles that review the log: those see that a custodian accepted something, but no person.
    [
      'immigration, with every role but these',
      await signIn(
        await member(
          await agency('immigration'),
          roles.filter((role) => role !== 'auditor' && role !== 'data-protection lead'),
        ),
      ),
    ],
  ]);
  const before = new Map<string, Map<string, string>>();
  for (const [name, visitor] of visitors) before.set(name, await pagesOf(visitor));
  assert.ok(before.get('officer')?.has(`/staff/arrests/${arrest.id}`), 'the arrest itself is looked at');
  const url = await send();
  const id = await hear('custody officer');
  for (const [name, visitor] of visitors) {
    for (const [page, was] of before.get(name) ?? []) {
      const { statusCode, body } = await visitor.get(page);
      assert.equal(`${statusCode} ${same(body)}`, was, `${name} at ${page}`);
    }
    const there = await visitor.get(`${custody}/${id}`);
    const nowhere = await visitor.get(`${custody}/${newTimelessId()}`);
    assert.ok([403, 404].includes(there.statusCode), name);
    assert.deepEqual([there.statusCode, same(there.body)], [nowhere.statusCode, same(nowhere.body)], name);
    assert.ok([403, 404].includes((await visitor.get(url)).statusCode), name);
  }
});

test('a helper learns nothing of an arrest: a real reference and an unknown one get the same answers, whatever the outcome', async (t) => {
  const { send, hear, helper, known, signIn } = await twoSides(t);
  const at = await signIn(helper);
  const told: string[][] = [];
  for (const [asked, passedOn] of [
    [reference, 'custody officer'],
    ['X/1999/11', 'not held there'],
  ] as const) {
    const choice = { id: newTimelessId(), to: '', sentence: 'threat to life', reference: asked };
    const form = (await at.post(`${home}/of/${known.id}`, choice)).body;
    const url = await send({ reference: asked });
    const pages = [form, (await at.get(url)).body];
    await hear(passedOn);
    pages.push((await at.get(url)).body);
    told.push(pages.map((page) => same(page).replaceAll(asked, 'REFERENCE')));
  }
  assert.deepEqual(told[1], told[0]);
});

/** Every id in a table. The home page counts open items in both databases; those rows are left out. */
async function idsIn(db: Db, table: string, without: readonly string[] = []): Promise<Set<string>> {
  const acts = table === 'access_log' ? sql`where event not like '%.waiting counted'` : sql``;
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) as row from ${sql.id(table)} t ${acts}`.execute(db);
  const left = rows.map(({ row }) =>
    JSON.stringify({ ...row, ...Object.fromEntries(without.map((one) => [one, null])) }),
  );
  return new Set(left.join(' ').match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g));
}

test('the two logs and the two tables share no linking id, and the enforcement database stores no time of the other', async (t) => {
  const { send, hear, db, safeguardingDb, known, met, arrest, clock } = await twoSides(t);
  const sent = idIn(await send());
  clock.move(new Date(clock.now().getTime() + 7 * 60_000));
  await hear('custody officer');
  const { rows: named } = await sql<{ id: string }>`select id from agencies union select id from members`.execute(db);
  const people = new Set(named.map(({ id }) => id));
  const before = new Set<string>();
  for (const table of ['received_custody_notices', 'custody_urgent_pages', 'access_log', 'outbox'])
    for (const id of await idsIn(db, table)) before.add(id);
  const behind = new Set<string>();
  for (const [table, without] of [
    // Only in the safeguarding database: the id for asking how far it is.
    ['custody_notices', ['transfer_id']],
    ['access_log', []],
  ] as const)
    for (const id of await idsIn(safeguardingDb, table, without)) behind.add(id);
  assert.ok(behind.has(sent) && behind.has(known.id));
  assert.deepEqual(
    [...before].filter((id) => behind.has(id) && !people.has(id)),
    [],
  );
  for (const id of [sent, known.id]) assert.ok(!before.has(id));
  for (const id of [met.id, arrest.id]) assert.ok(!behind.has(id));
  const crossed = await sql<{ text: string }>`select concat_ws(' ', n::text, r::text) as text
    from received_custody_notices n join custody_urgent_pages r on r.id = n.id`.execute(db);
  for (const { text } of crossed.rows)
    for (const [, minutes = ''] of text.matchAll(/\d\d:(\d\d:\d\d)\+00/g)) assert.equal(minutes, '00:00', text);
});

test('a suspect’s subject access request gets the same bytes, whether or not a notice was sent about them', async (t) => {
  const { send, hear, met, force, signIn, member } = await twoSides(t);
  const lead = await signIn(await member(force, ['data-protection lead'], 'Nora Lead'));
  const asking = {
    asker: 'the person',
    proof: 'identity document',
    delivery: 'in person',
    reference: 'SAR 7',
    alone: 'yes',
    wants: 'access',
  };
  const answer = async (): Promise<string[]> => {
    const opened = await lead.post('/staff/oversight/requests/new', { ...asking, safety: '', about: met.id });
    assert.equal(opened.statusCode, 303, opened.body);
    const url = String(opened.headers.location);
    return [(await lead.get(url)).body, (await lead.post(`${url}/answer`)).body].map(same);
  };
  const before = await answer();
  await send();
  await hear('custody officer');
  assert.deepEqual(await answer(), before);
});
