import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { asLeader } from '../../../test/fixtures/as-leader.ts';
import { agrees, aWalkIn, consentTo } from '../../../test/fixtures/walk-in.ts';
import type { Db } from '../../platform/database/database.ts';
import { addConsent, addDisclosure } from '../consent/examples.ts';
import { addPerson, exampleSubject } from '../people/examples.ts';
import type { Person } from '../people/person.ts';
import { addReferralForSubject } from '../referrals/examples.ts';
import { erase as eraseHers } from './store.ts';

const bare = ['consents', 'disclosures', 'person_grants', 'referrals', 'withdrawn_grants'];

test('a row written while its record is being erased stops the erasure or is refused: no row of the person is left over', async (t) => {
  const world = await aWalkIn(t);
  const { safeguardingDb: db, keys, clock, caseworker, nurses, databases } = world;
  const by = { of: 'x', why: 'x' };
  const erase = async ({ id, agencyId }: Person, seen: number, meanwhile = async () => {}): Promise<boolean> => {
    let gone = false;
    await asLeader({ databases, clock }, async (tx, now) => {
      gone = await eraseHers(tx, { kind: 'record', id, agencyId, seen }, now, by);
      await meanwhile();
    });
    return gone;
  };
  const known = (person: Person) => ({ personId: person.id, operationId: null, at: clock.now() });
  const writings: Readonly<Record<string, (tx: Db, person: Person) => Promise<unknown>>> = {
    consent: (tx, person) => addConsent(tx, keys, known(person), nurses.id, caseworker),
    disclosure: (tx, person) => addDisclosure(tx, keys, known(person), nurses.id, caseworker),
    referral: (tx, person) =>
      addReferralForSubject(tx, keys, { subject: exampleSubject(person), by: caseworker, at: clock.now() }, nurses),
  };
  const left = async (person: Person): Promise<string[]> => {
    const found: string[] = [];
    for (const table of bare)
      if (
        (await sql`select from ${sql.table(table)} x where x::text like ${`%${person.id}%`}`.execute(db)).rows.length >
        0
      )
        found.push(table);
    return found;
  };
  for (const [what, write] of Object.entries(writings)) {
    const person = await addPerson(db, keys, caseworker, clock.now());
    let erasing: Promise<boolean> | undefined;
    await db.transaction().execute(async (tx) => {
      await write(tx, person);
      erasing = erase(person, 0);
      await sleep(300);
    });
    assert.equal(await erasing, false, `${what} stops it`);
    assert.notDeepEqual(await left(person), [], what);

    const late = await addPerson(db, keys, caseworker, clock.now());
    let writing: Promise<unknown> | undefined;
    const gone = await erase(late, 0, async () => {
      writing = assert.rejects(write(db, late), /the record is gone/, `${what} after it`);
      await sleep(300);
    });
    assert.equal(gone, true);
    await writing;
    assert.deepEqual(await left(late), [], what);
  }
});

test('a form opened before the erasure finds no record', async (t) => {
  const world = await aWalkIn(t);
  const { safeguardingDb: db, clock, caseworker, nurses, databases, person, signIn } = world;
  const hers = { kind: 'record', id: person.id, agencyId: person.agencyId } as const;
  const at = await signIn(caseworker);
  const url = `/staff/safeguarding/people/${person.id}/consents/ask`;
  const asked = consentTo(nurses.id);
  assert.equal((await at.post(url, { ...asked, step: 'show' })).statusCode, 200);
  await asLeader({ databases, clock }, async (tx, now) => {
    assert.equal(await eraseHers(tx, { ...hers, seen: 0 }, now, { of: 'x', why: 'x' }), true);
  });
  await assert.rejects(agrees(at, person.id, asked), /404/);
  assert.deepEqual(await db.selectFrom('consents').selectAll().execute(), []);
});
