/** Reads children met where nobody recorded that children's services were told. Row policies limit them to visits that the reader may see. */

import { sql } from 'kysely';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import type { VisitId } from '../../vocabulary/ids.ts';

export type UntoldMeetings = {
  readonly visitId: VisitId;
  readonly count: number;
  /** The first of them, by its number at the visit. */
  readonly first: string;
  readonly number: number;
  readonly age: 'under 18' | 'not known';
};

const mostVisits = 50;

/** One row a visit, the oldest first. A person who was arrested is a task of the arrest. */
export async function listUntoldMeetings(db: Reader<AnyTables>): Promise<UntoldMeetings[]> {
  const { rows } = await sql<UntoldMeetings>`
    select distinct on (e.visit_id) e.visit_id, count(*) over (partition by e.visit_id)::integer as count,
           e.id as first, e.number, e.age
      from encounters e
     where e.age <> 'adult' and e.services_told is null and e.disposed_on is null
       and not exists (select from arrests a where a.encounter_id = e.id)
     order by e.visit_id, e.number limit ${mostVisits}`.execute(db);
  return rows;
}
