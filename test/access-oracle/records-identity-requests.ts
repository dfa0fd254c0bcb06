/** Identity requests in every state that a rule distinguishes, by every member near them, also by members who could never have asked: a rule that opens to them is then noticed. */
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { withoutTriggers } from '../harness/sql.ts';
import type { Cast, Staged, Standing } from './people.ts';

const askedAt = '2026-09-18T09:30:00Z';
/** Until when, what was decided, null where nobody did; and when a custodian ended it. */
const states = [
  ['2026-09-19T09:30:00Z', true, null],
  ['2026-09-18T10:30:00Z', true, null],
  ['2026-09-19T09:30:00Z', true, '2026-09-18T10:10:00Z'],
  ['2026-09-19T09:30:00Z', false, null],
  ['2026-09-19T09:30:00Z', null, null],
] as const;
/** Open to these; the others ask in turn for what each state is. */
const openTo: readonly Standing[] = ['on the team', 'let in from its leader', 'let out', 'on a team elsewhere'];

export async function addOpenings({ db }: TestApplication, cast: Cast, staged: Staged, person: string): Promise<void> {
  const near = cast.people
    .filter(({ standing }) =>
      staged === cast.elsewhere
        ? standing === 'on a team elsewhere'
        : standing === 'let in' || (openTo.includes(standing) && standing !== 'on a team elsewhere'),
    )
    // Who was there needs nobody to open it: some never asked.
    .filter(({ standing }, index) => standing !== 'on the team' || index % 2 === 0);
  const { id: operation, agencyId: owner } = staged.operation;
  await withoutTriggers(db, async (run) => {
    // The module's own tests cover the triggers: here are rows that no request could have made.
    for (const [index, { member, standing }] of near.entries()) {
      const [until, granted, ended] = states[openTo.includes(standing) ? 0 : index % states.length] ?? states[0];
      const id = newTimelessId();
      await run`insert into identity_requests (id, encounter_id, operation_id, owner_id, asked_by, agency_id, purpose, reason, asked_at, until)
        values (${id}, ${person}, ${operation}, ${owner}, ${member.id}, ${member.agencyId}, 'crime prevention',
          'An invented reason of a sentence', ${askedAt}, ${until})`;
      if (granted !== null)
        await run`insert into identity_request_decisions (id, granted, reasons, decided_by, decided_at)
          values (${id}, ${granted}, 'Invented reasons of a sentence', ${staged.planner.id}, '2026-09-18T10:00:00Z')`;
      if (ended !== null)
        await run`insert into identity_request_ends (id, reasons, ended_by, ended_at)
          values (${id}, 'Invented reasons of a sentence', ${staged.planner.id}, ${ended})`;
    }
  });
}
