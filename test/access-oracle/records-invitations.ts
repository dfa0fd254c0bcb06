/** Rows of partners that were invited to an operation: accepted, declined and not answered. */
import { addPartner } from '../../src/operations/weeks/examples.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { withoutTriggers } from '../harness/sql.ts';
import { type Cast, sometime } from './people.ts';

export async function addInvitations({ db }: TestApplication, cast: Cast): Promise<void> {
  const { crimeUnit, nurses, formerHelp, farHelp } = cast.agencies;
  await withoutTriggers(db, async (run, tx) => {
    const declined = await addPartner(tx, cast.here.operation, formerHelp);
    for (const [staged, agency, answer] of [
      [cast.here, crimeUnit, 'accepted'],
      [cast.here, nurses, null],
      [cast.here, formerHelp, 'declined'],
      [cast.elsewhere, farHelp, null],
    ] as const) {
      const by = answer === null ? null : staged.planner.id;
      await run`insert into partner_invitations (id, operation_id, agency_id, access_waits, invited_by, invited_at, answer,
          reason, answered_by, answered_at)
        select id, operation_id, agency_id, false, ${staged.planner.id}, ${sometime}, ${answer},
          ${answer === 'declined' ? 'An invented reason' : null}, ${by}, ${by === null ? null : sometime}
        from partners where operation_id = ${staged.operation.id} and agency_id = ${agency.id}`;
    }
    // Its access ended with its answer.
    await run`update grants set until = ${sometime} where operation_id = ${declined.operationId}
      and agency_id = ${formerHelp.id} and until is null`;
  });
}
