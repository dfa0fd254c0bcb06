/** Actions for people, by every support agency and also by members who could never have written them: open, taken, handed on, ended; handovers read and unread; and compared times. */
import { addHandover, addTask } from '../../src/safeguarding/actions/examples.ts';
import { addCaseToMeeting, addMeeting } from '../../src/safeguarding/meetings/examples.ts';
import { saveMeetingCase } from '../../src/safeguarding/meetings/store.ts';
import { addSafeguardingPaper } from '../../src/safeguarding/papers/examples.ts';
import { ofHandover } from '../../src/safeguarding/papers/store.ts';
import { type AgencyId, type MemberId, newId, newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { query, withoutTriggers } from '../harness/sql.ts';
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
    await addToMeeting({ safeguardingDb: db, keys }, personId, by, [other, index]);
  }
}

/** A case on the list of a meeting: one that the keeper called, and one to which another agency invites; open, closed, decided on or not; each with an action. */
async function addToMeeting(
  { safeguardingDb: db, keys }: Pick<TestApplication, 'safeguardingDb' | 'keys'>,
  personId: string,
  by: Author,
  [other, index]: readonly [other: Author, index: number],
): Promise<void> {
  const caller = index % 2 === 0 ? by : other;
  const invited = index % 3 === 0 ? [] : [(caller === by ? other : by).agencyId as never];
  const id = newTimelessId<'case meeting'>();
  const as = (author: Author) => ({ id: author.authorId, agencyId: author.agencyId }) as never;
  const meeting = await addMeeting(db, keys, as(caller), sometime, {
    ...{ id, invited, place: markOf('case_meetings', id) },
    day: index % 4 === 0 ? '2026-09-30' : '2026-09-18',
  });
  const listed = newTimelessId<'case on a meeting'>();
  const one = await addCaseToMeeting(db, keys, [meeting, personId], as(by), sometime, {
    ...{ id: listed, knows: 'no', reason: markOf('meeting_cases', listed) },
  });
  if (index % 3 === 1) await db.transaction().execute((tx) => saveMeetingCase(tx, keys, one));
  for (const author of [by, other]) {
    const task = newTimelessId<'task'>();
    await addTask(db, keys, personId, as(author), sometime, {
      ...{ id: task, what: markOf('person_actions', task), meetingId: id },
    });
  }
  if (index % 5 === 4)
    await withoutTriggers(
      db,
      (run) => run`update case_meetings set closed_at = ${sometime}, closed_by = chair_id where id = ${id}`,
    );
}
