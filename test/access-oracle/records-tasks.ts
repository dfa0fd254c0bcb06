/** Actions for people, by every support agency and also by members who could never have written them: open, taken, handed on, ended; handovers read and unread; and compared times. */
import { addHandover, addTask } from '../../src/safeguarding/actions/examples.ts';
import { addSafeguardingPaper } from '../../src/safeguarding/papers/examples.ts';
import { ofHandover } from '../../src/safeguarding/papers/store.ts';
import { type AgencyId, type MemberId, newId, newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { query } from '../harness/sql.ts';
import { markOf } from './marks.ts';
import { sometime } from './people.ts';

type Author = { readonly authorId: string; readonly agencyId: string };

/** One of each for everybody who opened a record; and of another agency about the same person, so that a rule that opens to that is noticed. */
export async function addTasks(
  { safeguardingDb: db, keys }: TestApplication,
  opened: readonly { readonly personId: string; readonly by: Author }[],
): Promise<void> {
  const run = query(db);
  for (const [index, { personId, by }] of opened.entries()) {
    const own = { id: by.authorId, agencyId: by.agencyId } as { readonly id: MemberId; readonly agencyId: AgencyId };
    const other = (opened[(index + 1) % opened.length] ?? { by }).by;
    const handoverId = newTimelessId<'handover'>();
    await addHandover(db, keys, own, sometime, { id: handoverId, words: markOf('handovers', handoverId) });
    for (const member of index % 2 === 0 ? [by.authorId, other.authorId] : [other.authorId])
      await run`insert into handover_readings values (${handoverId}, ${member}, ${sometime}) on conflict do nothing`;
    await run`insert into guideline_readings (id, clock, agency_id, member_id, read_on, says, hours, source, valid_from)
      values (${newId()}, 'hiv-prophylaxis', ${by.agencyId}, ${by.authorId}, '2026-09-01', 'other hours', 71, 'Invented', '2026-09-01')`;
    const states = [
      {},
      { takenBy: by.authorId, takenAt: sometime },
      { handoverId: handoverId },
      { takenBy: by.authorId, takenAt: sometime, doneAt: sometime, doneBy: by.authorId, ending: 'done' },
    ];
    const named = [];
    for (const [author, state] of [
      [by, states[index % states.length]],
      [other, {}],
    ] as const) {
      const id = newTimelessId<'task'>();
      const who = { id: author.authorId, agencyId: author.agencyId } as never;
      await addTask(db, keys, personId, who, sometime, { id, what: markOf('person_actions', id), ...state } as never);
      named.push(id);
    }
    // One version that names nobody, one that names the person, and one that also names an action of another agency.
    const made = { agencyId: own.agencyId, madeBy: own.id, madeAt: sometime };
    for (const actions of [[], named.slice(0, 1), named])
      await addSafeguardingPaper(db, ofHandover(handoverId), made, actions);
  }
}
