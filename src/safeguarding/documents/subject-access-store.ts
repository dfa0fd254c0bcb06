/** A person's documents and photos for their subject access request: the data-protection lead of the keeping agency reads them while the request is open. */

import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { createLines, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import type { PersonTables } from '../people/store.ts';
import { describeDocument } from './pages.ts';
import { type DocumentTables, listDocuments } from './store.ts';

const documentLabels: readonly ShownColumn[] = [
  ['called', 'What it is called'],
  ['what', 'What it is; a copy is to be put with this letter'],
  ['item', 'To which group it belongs'],
  ['addedAt', 'Added in the hour after'],
];

export async function readHeldDocuments(
  db: AuditedReader<DocumentTables & PersonTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const { rows } = await sql<{ id: PersonId }>`
    select distinct a.person_id as id from person_documents a join persons p on p.id = a.person_id
     where p.id = any (${[...about]}::uuid[]) or p.origin_id = any (${[...about]}::uuid[]) order by 1`.execute(db);
  const parts: Part[] = [];
  for (const { id } of rows)
    for (const paper of await listDocuments(db, keys, id)) {
      const row = { ...paper, what: describeDocument(paper), addedAt: formatMoment(paper.addedAt) };
      parts.push({
        title: 'A paper or photo',
        lines: createLines(`person_documents/${paper.id}`, row, documentLabels),
      });
    }
  return parts;
}
