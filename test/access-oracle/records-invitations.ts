/** Rows of partners that were invited to an operation: accepted, declined and not answered. People of the last two are on a team, and see nothing. */
import { addPartner } from '../../src/operations/weeks/examples.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { withoutTriggers } from '../harness/sql.ts';
import { type Cast, sometime } from './people.ts';

export async function addInvitations({ db }: TestApplication, cast: Cast): Promise<void> {
  const { crimeUnit, nurses, formerForce, formerHelp, farHelp } = cast.agencies;
  await withoutTriggers(db, async (run, tx) => {
    const declined = await addPartner(tx, cast.here.operation, formerHelp);
    const invited = await addPartner(tx, cast.here.operation, formerForce);
    for (const [staged, agency, answer] of [
      [cast.here, crimeUnit, 'accepted'],
      [cast.here, nurses, 'accepted'],
      [cast.here, formerForce, null],
      [cast.here, formerHelp, 'declined'],
      [cast.elsewhere, farHelp, 'accepted'],
    ] as const) {
      const by = answer === null ? null : staged.planner.id;
      await run`insert into partner_invitations (id, operation_id, agency_id, needs_agreement, invited_by, invited_at, answer,
          reason, answered_by, answered_at)
        select id, operation_id, agency_id, false, ${staged.planner.id}, ${sometime}, ${answer},
          ${answer === 'declined' ? 'An invented reason' : null}, ${by}, ${by === null ? null : sometime}
        from partners where operation_id = ${staged.operation.id} and agency_id = ${agency.id}`;
    }
    // Without triggers, a partner that was added has access. One that has not accepted has none.
    for (const { operationId, agencyId } of [declined, invited])
      await run`update grants set until = ${sometime} where operation_id = ${operationId}
        and agency_id = ${agencyId} and until is null`;
    for (const { member, agency } of cast.people) {
      const part = [declined, invited].find(({ agencyId }) => agencyId === agency.id);
      if (!part) continue;
      await run`insert into operation_members (operation_id, member_id, partner_id, duty)
        values (${part.operationId}, ${member.id}, ${part.id}, 'enters')`;
      await run`insert into team_members (team_id, member_id, operation_id)
        values (${cast.here.teams[0].id}, ${member.id}, ${part.operationId})`;
    }
  });
}
