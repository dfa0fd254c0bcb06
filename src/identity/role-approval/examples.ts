/** Two agencies and their confirmers, for tests: by pages, and by the staff process's own database role. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { staying } from '../../../test/fixtures/as-member.ts';
import type { Transaction } from '../../platform/database/database.ts';
import { accountPaths } from '../../vocabulary/paths/identity.ts';
import { exampleInvitee, findInvitationLink, password, submitForm } from '../members/examples.ts';

export const grounds = 'Rang the ward’s own number and spoke with her';

export async function openTwoAgencies(t: TestContext) {
  const application = await openApplication(t);
  const council = await application.agency('council', { name: 'Ours' });
  const force = await application.agency('police force', { name: 'Theirs' });
  const people = {
    admin: await application.member(council, ['administrator'], 'Ada Admin'),
    second: await application.member(council, ['administrator'], 'Sol Second'),
    lead: await application.member(council, ['data-protection lead'], 'Dee Lead'),
    nurse: await application.member(council, ['field'], 'Nia Nurse'),
    elsewhere: await application.member(force, ['data-protection lead'], 'Ed Elsewhere'),
    otherAdmin: await application.member(force, ['administrator'], 'Oz Admin'),
  };
  const as = <Value>(who: { readonly id: string }, act: (tx: Transaction) => Promise<Value>): Promise<Value> =>
    staying(application, who, act);
  const run = (who: { readonly id: string }, statement: ReturnType<typeof sql>) =>
    as(who, async (tx) => (await statement.execute(tx)).rows as Record<string, unknown>[]);
  const decide = (who: { readonly id: string }, id: string, more: Record<string, unknown> = {}) =>
    as(who, (tx) =>
      tx
        .insertInto('confirmationDecisions')
        .values({
          id,
          confirmed: true,
          grounds,
          decidedBy: who.id,
          decidedAt: application.clock.now(),
          ...more,
        })
        .execute(),
    );
  const rolesOf = async (id: string): Promise<readonly string[]> => {
    const { rows } = await sql<{ roles: string[] }>`select roles from members where id = ${id}`.execute(application.db);
    return rows[0]?.roles ?? [];
  };
  const waitingFor = async (id: string): Promise<string> => {
    const { rows } = await sql<{ id: string }>`select c.id from confirmations c where c.member_id = ${id}
      and not exists (select from confirmation_decisions d where d.id = c.id)`.execute(application.db);
    assert.equal(rows.length, 1, 'one thing waits');
    return rows[0]?.id ?? '';
  };
  /** By the pages: an invitation, accepted by its link. */
  const join = async (roles: readonly string[] = exampleInvitee.roles, email = 'sam@example.org') => {
    const admin = await application.signIn(people.admin);
    const link = findInvitationLink(
      await admin.post(accountPaths.newInvitation(), { ...exampleInvitee, roles: [...roles], email }),
    );
    assert.equal((await submitForm(application.app, link, { password })).statusCode, 303);
    const { rows } = await sql<{ id: string }>`select member_id as id from accounts where email = ${email}`.execute(
      application.db,
    );
    return rows[0]?.id ?? '';
  };
  return { application, council, force, people, as, run, decide, rolesOf, waitingFor, join };
}
