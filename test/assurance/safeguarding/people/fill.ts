/** Fills the safeguarding database with invented people, sealed and marked like the application does, in batches of many rows. */
import { olga } from '../../../../src/safeguarding/people/examples.ts';
import type { Person } from '../../../../src/safeguarding/people/person.ts';
import { personRow } from '../../../../src/safeguarding/people/store.ts';
import { createWriteHasher, type TermHasher } from '../../../../src/safeguarding/person-search/hashed-terms.ts';
import { type AgencyId, type MemberId, newTimelessId, type OperationId } from '../../../../src/vocabulary/ids.ts';
import type { TestApplication } from '../../../fixtures/application.ts';
import { query } from '../../../harness/sql.ts';
import { type Chance, type Invented, invent } from './invented.ts';

/** Where a record lies: which agency keeps it, who opened it, and in which operation. */
export type Placed = { readonly agencyId: string; readonly authorId: string; readonly operationId: string | null };
export type Planted = { readonly id: string; readonly person: Invented };

const batch = 2_000;

/** The marks of a name are made once, however many bear it. */
function remembering(marker: TermHasher): TermHasher['ofName'] {
  const known = new Map<string, ReturnType<TermHasher['ofName']>>();
  return (name) => {
    const marks = known.get(name) ?? marker.ofName(name);
    known.set(name, marks);
    return marks;
  };
}

/** Adds so many people; tells those whom the reader may see and who are called by more than one name. */
export async function fill(
  {
    safeguardingDb: db,
    keys,
    clock,
  }: Pick<TestApplication, 'safeguardingDb' | 'keys'> & { readonly clock: { now(): Date } },
  chance: Chance,
  count: number,
  place: () => Placed & { readonly seen: boolean },
): Promise<Planted[]> {
  const marker = createWriteHasher(keys);
  const ofName = remembering(marker);
  const planted: Planted[] = [];
  const openedAt = new Date(Math.floor(clock.now().getTime() / 3_600_000) * 3_600_000);
  // Made in one piece afterwards, which is several times quicker.
  await query(db)`drop index name_digests_by_mark`;
  for (let done = 0; done < count; done += batch) {
    const rows = Array.from({ length: Math.min(batch, count - done) }, () => {
      const invented = invent(chance);
      const { seen, ...placed } = place();
      const person: Person = {
        ...olga,
        called: invented.called,
        others: invented.others,
        yearOfBirth: invented.yearOfBirth,
        id: newTimelessId(),
        agencyId: placed.agencyId as AgencyId,
        authorId: placed.authorId as MemberId,
        operationId: placed.operationId as OperationId | null,
        origin: placed.operationId ? 'met at visit' : 'walked in',
        originId: placed.operationId ? newTimelessId() : null,
        openedAt,
      };
      if (seen && invented.family !== '') planted.push({ id: person.id, person: invented });
      const { marks, likes, born } = marker.keyed(person, ofName);
      return { ...personRow(keys, person), marks: `{${marks.join(',')}}`, likes, born };
    });
    await query(db)`with added as (
        insert into persons (id, agency_id, author_id, operation_id, origin, origin_id, sealed_details, wrapped_key, opened_at)
        select r.*, ${openedAt}::timestamptz from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ agencyId }) => agencyId)}::uuid[],
          ${rows.map(({ authorId }) => authorId)}::uuid[], ${rows.map(({ operationId }) => operationId)}::uuid[],
          ${rows.map(({ origin }) => origin)}::text[], ${rows.map(({ originId }) => originId)}::uuid[],
          ${rows.map(({ sealedDetails }) => sealedDetails)}::bytea[], ${rows.map(({ wrappedKey }) => wrappedKey)}::bytea[]) r)
      insert into name_digests select id, marks::integer[], likes::bit(256), born
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ marks }) => marks)}::text[],
        ${rows.map(({ likes }) => likes)}::text[], ${rows.map(({ born }) => born)}::integer[]) r (id, marks, likes, born)`;
  }
  await db.transaction().execute(async (tx) => {
    await query(tx)`set local maintenance_work_mem = '1GB'; set local statement_timeout = 0`;
    await query(tx)`create index name_digests_by_mark on name_digests using gin (marks) with (fastupdate = off)`;
  });
  return planted;
}
