import { type Kysely, sql } from 'kysely';

/** A number may stand at a record of each agency that keeps one: that another has one is not told by refusing. */
export const up = async (db: Kysely<unknown>): Promise<void> =>
  void (await sql`alter table wristband_people
    drop constraint wristband_people_pkey, add primary key (wristband_id, person_id)`.execute(db));
