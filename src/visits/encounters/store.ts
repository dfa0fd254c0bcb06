/** How long the record of a person met is kept: the day from which 28 days count, and what keeps it for longer. */
import { sql } from 'kysely';
import type { AnyTables, AuditedReader, Reader } from '../../platform/database/database.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import type { Encounter } from '../visit.ts';

export type KeepingRecords = { readonly arrest: boolean; readonly control: boolean; readonly referral: boolean };

/** By the same rule as the erasure: nobody may have said whose arrest or indicator it was. */
export async function findKeepingRecords(
  db: AuditedReader<AnyTables>,
  { id, visitId }: Pick<Encounter, 'id' | 'visitId'>,
): Promise<KeepingRecords> {
  const { rows } = await sql<KeepingRecords>`select
    exists (select from arrests a where a.visit_id = ${visitId}
      and (a.encounter_id is null or a.encounter_id = ${id})) as arrest,
    exists (select from observations o where o.visit_id = ${visitId} and o.of_control
      and (o.encounter_id is null or o.encounter_id = ${id})) as control,
    exists (select from nrm_referrals r where r.encounter_id = ${id}) as referral`.execute(db);
  return rows[0] ?? { arrest: false, control: false, referral: false };
}

/** The later of the day of the visit and the day of recording. As in the erasure, earlier versions of the visit count: a corrected day shortens nothing. */
export async function findRetentionStart(
  db: AuditedReader<AnyTables>,
  { visitId, recordedAt }: Pick<Encounter, 'visitId' | 'recordedAt'>,
): Promise<string> {
  const { rows } = await sql<{ at: Date }>`select greatest(${recordedAt}::timestamptz, v.arrived_at,
    (select max((w.record ->> 'arrived_at')::timestamptz) from visits_versions w where w.id = v.id)) as at
    from visits v where v.id = ${visitId}`.execute(db);
  return dayOf(rows[0]?.at ?? recordedAt);
}

export type NoteLeft = {
  readonly id: string;
  readonly number: number;
  readonly age: Encounter['age'];
  readonly premises: string;
};

/** People whose safeguarding note was left to a colleague, at visits that the member may see. Oldest first. */
export async function listNotesLeftToColleagues(db: Reader<AnyTables>): Promise<NoteLeft[]> {
  const { rows } = await sql<NoteLeft>`select e.id, e.number, e.age, p.name as premises from encounters e
    join visits v on v.id = e.visit_id join premises p on p.id = v.premises_id
    where e.note_left_to_colleague and e.disposed_on is null order by e.recorded_at, e.id limit 20`.execute(db);
  return rows;
}
