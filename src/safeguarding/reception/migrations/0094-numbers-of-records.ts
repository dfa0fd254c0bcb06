import { type Kysely, sql } from 'kysely';

/** Each agency can link a number to its own record, so that no refusal reveals another agency's record. */
export const up = async (db: Kysely<unknown>): Promise<void> =>
  void (await sql`alter table wristband_people
    drop constraint wristband_people_pkey, add primary key (wristband_id, person_id)`.execute(db));
