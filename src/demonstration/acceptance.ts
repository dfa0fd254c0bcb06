/** Partners of the demonstration accept their invitations. Most of its agencies lack a role that answers, so this is done beside the pages. */
import { listMembers } from '../identity/agencies/index.ts';
import { listInvitations, saveAnswer } from '../operations/invitations/index.ts';
import type { Actor } from '../platform/access-policy/access.ts';
import { beginWriting, type Databases, setContext } from '../platform/database/database.ts';

/** `actor` is a planner of the agency that leads. */
export async function acceptInvitations(
  databases: Databases,
  now: Date,
  operation: string,
  actor: Actor,
): Promise<void> {
  const tx = await beginWriting(databases.for('main', 'staff'));
  await setContext(tx, { now, actor });
  const members = await listMembers(tx);
  for (const { id, agencyId, answer } of await listInvitations(tx, [operation])) {
    const member = members.find((one) => one.agencyId === agencyId);
    if (answer !== null || !member) continue;
    await setContext(tx, { now, actor: { ...actor, memberId: member.id, agencyId, roles: ['commander'] } });
    await saveAnswer(tx, id, {
      answer: 'accepted',
      reason: null,
      answeredBy: member.id,
      answeredAt: now,
      saidBy: null,
      saidAt: null,
    });
  }
  await tx.commit().execute();
}
