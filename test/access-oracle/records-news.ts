/** Pictures of releases, and media lists with e-mails about them. */
import { sql } from 'kysely';
import type { Agency, Member } from '../../src/identity/agencies/index.ts';
import type { Db } from '../../src/platform/database/database.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { sometime } from './people.ts';

/** A newsroom on the list of an agency, and an e-mail to it about the release that it published last. */
export async function addMediaList(db: Db, { id: agencyId }: Agency, { id: by }: Member): Promise<void> {
  const [contact, round] = [newId(), newId()];
  const address = `news-${contact.slice(-6)}@paper.example`;
  await sql`insert into press_contacts (id, agency_id, newsroom, address, added_by, added_at)
    values (${contact}, ${agencyId}, 'Invented', ${address}, ${by}, ${sometime})`.execute(db);
  await sql`insert into press_rounds (id, release_id, agency_id, occasion, version, due_at)
    select ${round}, id, ${agencyId}, 'published', 1, ${sometime} from releases where edited_by = ${by} limit 1`.execute(
    db,
  );
  await sql`insert into press_notices (id, round_id, contact_id, agency_id, due_at)
    values (${newId()}, ${round}, ${contact}, ${agencyId}, ${sometime})`.execute(db);
}

export const somePicture = {
  ...{ width: 3, height: 2, bytes: 1, alternative: 'A van', caption: '', credit: 'A force' },
  clearance: { people: 'nobody', record: '', by: 'A member', on: '2026-09-01' },
};

/** The picture of a publication, and another that was never part of one. */
export async function addPictures(db: Db, title: string, id: string, by: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from publications where title like ${`${title}%`}`.execute(db);
  for (const one of [id, newId()])
    await sql`insert into release_pictures (id, release_id, content, added_by, added_at)
      values (${one}, ${rows[0]?.id}, 'Invented', ${by}, ${sometime})`.execute(db);
}

/** Copies of what this writer published that still wait, with a picture, as safeguarding leads read them; and a stop of each. */
export async function addWaiting(db: Db, { id: by }: Pick<Member, 'id'>): Promise<void> {
  await addCopy(db, by);
  // Published already: the end of its embargo is ahead, or over.
  for (const embargoUntil of ['2026-09-25T09:00:00Z', '2026-09-18T09:30:00Z']) {
    const id = await addCopy(db, by);
    await sql`update submitted_releases set scheduled = true, embargo_until = ${embargoUntil} where id = ${id}`.execute(
      db,
    );
  }
}

async function addCopy(db: Db, by: string): Promise<string> {
  const id = newId();
  const picture = { ...somePicture, id: newId() };
  await sql`insert into releases
    select (jsonb_populate_record(r, jsonb_build_object('id', ${id}::text, 'state', 'submitted',
      'published_revision', null, 'picture', ${JSON.stringify(picture)}::jsonb))).*
    from releases r where r.edited_by = ${by} and r.operation_id is not null limit 1`.execute(db);
  await addPicture(db, picture.id, id, by);
  await addPicture(db, newId(), id, by);
  await addSubmitted(db, id);
  await sql`insert into release_stops (id, release_id, revision, reason, member_id, agency_id, at)
    select ${newId()}, r.id, r.revision, 'danger', m.id, m.agency_id, ${sometime} from releases r, members m
     where r.id = ${id} and 'safeguarding lead' = any (m.roles) order by m.id limit 1`.execute(db);
  return id;
}

/** A release that waits, about an operation in which its agency takes no part any more. */
export async function addLeft(
  db: Db,
  { id: by }: Pick<Member, 'id'>,
  { operationId }: { readonly operationId: string },
): Promise<void> {
  const id = newId();
  await sql`insert into releases
    select (jsonb_populate_record(r, jsonb_build_object('id', ${id}::text, 'state', 'submitted',
      'published_revision', null, 'operation_id', ${operationId}::text))).*
    from releases r where r.edited_by = ${by} and r.operation_id is not null limit 1`.execute(db);
  await addSubmitted(db, id);
}

/** The text of a release as safeguarding leads read it. */
export const addSubmitted = (db: Db, releaseId: string): Promise<unknown> =>
  sql`insert into submitted_releases (id, agency_id, operation_id, revision, text, figures, submitted_at)
    select id, agency_id, operation_id, revision, jsonb_build_object('title', title, 'area', area,
      'description', description, 'keyPoints', '[]'::jsonb, 'body', body, 'quotes', '[]'::jsonb, 'picture', picture,
      'correction', null, 'cautions', '[]'::jsonb), '[]', ${sometime} from releases where id = ${releaseId}`.execute(
    db,
  );

const addPicture = (db: Db, id: string, releaseId: string, by: string): Promise<unknown> =>
  sql`insert into release_pictures (id, release_id, content, added_by, added_at)
    values (${id}, ${releaseId}, 'Invented', ${by}, ${sometime})`.execute(db);
