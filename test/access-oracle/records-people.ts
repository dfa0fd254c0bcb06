/** Rows of how people come in: invitations, passes, an agency's own sign-in, and what each signs in by. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../src/platform/database/database.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { query, withoutTriggers } from '../harness/sql.ts';
import { type Cast, type Person, sometime } from './people.ts';

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export async function addWaysIn(application: TestApplication, cast: Cast): Promise<void> {
  const { db } = application;
  await addSecrets(db, cast.people);
  for (const agency of [cast.agencies.force, cast.agencies.council, cast.agencies.farHelp]) {
    const [by, other] = cast.people.filter((one) => one.agency.id === agency.id).map(({ member }) => member);
    if (!by || !other) throw new Error(`nobody works at ${agency.name}`);
    const code = hashOf(agency.id);
    await sql`insert into invitations (id, agency_id, member_id, name, title, email, roles, token_hash, made_by, made_at, expires_at)
      values (${newId()}, ${agency.id}, ${newId()}, 'Ida Invited', 'Officer', ${`ida-${agency.id}@example.org`}, '{field}', ${code},
        ${by.id}, ${sometime}, '2026-09-20T09:00:00Z')`.execute(db);
    await sql`insert into safeguarding_exceptions (id, member_id, agency_id, reason, recorded_by, recorded_at)
      values (${newId()}, ${other.id}, ${agency.id}, 'Her unit is asked for its nurse', ${by.id}, ${sometime})`.execute(
      db,
    );
    await sql`insert into single_sign_on values (${agency.id}, 'https://login.example.org', 'safelight', null, '{}', ${by.id}, ${sometime})`.execute(
      db,
    );
    await sql`insert into linked_accounts values (${agency.id}, 'https://login.example.org', 'subject-1', ${other.id}, ${by.id}, ${sometime})`.execute(
      db,
    );
    await sql`insert into sign_on_attempts values (${code}, ${code}, ${agency.id}, 'https://login.example.org', 'n', 'v', ${sometime})`.execute(
      db,
    );
    await withoutTriggers(db, (_, tx) => addConfirmations(tx, cast, agency.id));
    const holder = await application.member(agency, ['volunteer'], 'Vera Volunteer');
    await sql`update members set shift_only = true, ended_at = '2026-09-18T18:00:00Z' where id = ${holder.id}`.execute(
      db,
    );
    await addPass(db, cast, agency.id, holder.id, by.id);
    // A planner may change neither: one stays longer than a shift, the other leaves and never came for one.
    const staying = await application.member(agency, ['volunteer'], 'Vilma Volunteer');
    await sql`update members set shift_only = true where id = ${staying.id}`.execute(db);
    const leaving = await application.member(agency, ['volunteer'], 'Lena Leaver');
    await sql`update members set ended_at = '2026-09-30T17:00:00Z' where id = ${leaving.id}`.execute(db);
  }
  // An agency without another confirmer: confirmers of other agencies are notified of all its requests.
  await withoutTriggers(db, (_, tx) => addConfirmations(tx, cast, cast.agencies.crimeUnit.id));
  await addPublicSettings(db, cast);
  await addAgreements(db, cast);
  // Temporary access of a longer-standing member: only that member of the agency can see it.
  for (const one of cast.people.filter(
    ({ member, standing }) => member.roles.includes('volunteer') && standing === 'let in',
  ))
    await addPass(db, cast, one.agency.id, one.member.id, cast.here.planner.id);
  await sql`insert into sign_in_challenges values (${hashOf('a')}, 'code', 'a browser', null, '2026-09-18T12:00:00Z')`.execute(
    db,
  );
  await sql`insert into sign_in_attempts values (${hashOf('a')}, 1, ${sometime}, ${sometime})`.execute(db);
  await sql`insert into sign_in_salts values ('2026-09-18', ${hashOf('a')})`.execute(db);
}

/** Confirmations requested by an administrator, by several, and without a requester; decided and undecided. */
async function addConfirmations(db: Db, { people }: Cast, agency: string): Promise<void> {
  const run = query(db);
  const here = people.filter((one) => one.agency.id === agency).map(({ member }) => member);
  const runs = here.filter(({ roles }) => roles.includes('administrator')).map(({ id }) => id);
  const answers = here.filter(({ roles }) => roles.some((role) => confirming.has(role))).map(({ id }) => id);
  for (const [index, member] of here.entries()) {
    if (index % 5 !== 0) continue;
    // By one administrator, at the command line, or by everybody who could confirm: then another agency confirms.
    const askers = [runs.slice(0, 1), [], answers][(index / 5) % 3] ?? [];
    const id = newId();
    await run`insert into confirmations (id, member_id, agency_id, kind, roles, asked_by, asked_at)
      values (${id}, ${member.id}, ${agency}, 'joined', '{field}', ${sql.val(askers)}::uuid[], ${sometime})`;
    if (index % 2 === 0)
      await run`insert into confirmation_decisions (id, confirmed, grounds, decided_by, decided_at)
        values (${id}, true, 'An invented ground of a sentence', ${answers[0] ?? member.id}, ${sometime})`;
  }
}
/** Agreements of the force with two others, and of two others without it. */
async function addAgreements(db: Db, { agencies }: Cast): Promise<void> {
  const { force, council, nurses, otherForce } = agencies;
  for (const [index, pair] of [
    [force, council],
    [force, nurses],
    [council, otherForce],
  ].entries()) {
    const id = newId();
    const signatories = sql.val(pair.map((agency) => agency.id));
    await query(db)`insert into agreements (id, agencies, reference, signed_on, review_on, dpia_reference, dpia_on,
      confirmed)
      values (${id}, ${signatories}::uuid[], ${`ISA/${index}`}, '2026-01-05', '2027-01-05', 'DPIA/1', '2026-01-02',
      ${signatories}::uuid[])`;
  }
  // A version without its agreement: a foreign key refuses it, and nobody reads it.
  await withoutTriggers(
    db,
    (run) =>
      run`insert into agreements_versions (id, version, record, replaced_at) values (${newId()}, 1, '{}', ${sometime})`,
  );
}

/** Settings of the public site by administrators of two agencies: decided, undecided and replaced. */
async function addPublicSettings(db: Db, { people }: Cast): Promise<void> {
  const run = query(db);
  const administrators = people.filter(({ member }) => member.roles.includes('administrator'));
  for (const [index, { member }] of administrators.entries()) {
    const id = newId();
    await run`insert into public_settings (id, kind, part, content, proposed_by, proposed_at)
      values (${id}, 'partnership', ${index % 2 === 0 ? 'name' : 'about'}, '{"name": "Invented"}', ${member.id}, ${sometime})`;
    const other = administrators.find((one) => one.member.id !== member.id);
    if (index % 3 === 0 && other)
      await run`insert into public_setting_decisions (id, approved, reason, decided_by, decided_at)
        values (${id}, false, 'An invented reason', ${other.member.id}, ${sometime})`;
  }
}

const confirming = new Set<string>(['administrator', 'data-protection lead']);

const addPass = (db: Db, { here }: Cast, agency: string, holder: string, by: string) =>
  sql`insert into temporary_access (id, agency_id, operation_id, member_id, code_hash, starts_at, ends_at, made_by, made_at)
    values (${newId()}, ${agency}, ${here.operation.id}, ${holder}, ${hashOf(holder)}, ${sometime}, '2026-09-18T18:00:00Z', ${by}, ${sometime})`.execute(
    db,
  );

/** Secrets of some members of every role and standing, fully and half signed in. Switches off the trigger that ends half sessions, so that half sessions can be tried besides full ones. */
const addSecrets = (db: Db, people: readonly Person[]): Promise<void> =>
  withoutTriggers(db, (_, tx) => addSecretsOf(tx, people));

async function addSecretsOf(db: Db, people: readonly Person[]): Promise<void> {
  const run = query(db);
  for (const [index, { member }] of people.entries()) {
    if (index % 7 !== 0) continue;
    const secret = hashOf(member.id);
    await run`insert into passkeys (id, member_id, credential_id, public_key, counter, synced, name, added_at)
      values (${newId()}, ${member.id}, ${secret}, ${secret}, 0, false, 'Her key', ${sometime})`;
    await run`insert into code_generators values (${member.id}, ${secret}, ${secret}, 0, ${sometime})`;
    await run`insert into recovery_codes values (${newId()}, ${member.id}, ${secret}, ${secret})`;
    await run`insert into sign_in_notices (member_id, what, at) values (${member.id}, 'A passkey was added', ${sometime})`;
  }
}
