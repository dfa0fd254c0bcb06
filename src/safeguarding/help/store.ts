/** Stores needs and offers in the safeguarding database. Rows are only added, sealed under the person’s key, and become unreadable when it is erased. */

import { padText, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import type { PersonTables } from '../people/store.ts';
import type { ContactNote, ContactNoteContent } from './help.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type ActRow = Mutable<Omit<ContactNote, 'done'>> & { sealedNote: Buffer };
export type HelpTables = PersonTables & { contactNotes: ActRow };

const contextOf = (id: string): string => `contact_notes/sealed_note/${id}`;
const step = 256;

async function keyOf(db: Reader<HelpTables>, keys: UnitKeys, id: PersonId): Promise<Buffer> {
  const row = found(
    await db.selectFrom('persons').select('wrappedKey').where('id', '=', id).executeTakeFirst(),
    'person',
  );
  return keys.unwrap(row.wrappedKey, id);
}

/** All acts about one person, in the order in which they were written; a change reads them too, under its own row in the log. */
export async function listContactNotes(
  db: AuditedReader<HelpTables> | Writer<HelpTables>,
  keys: UnitKeys,
  personId: PersonId,
): Promise<ContactNote[]> {
  const reader: Reader<HelpTables> = db;
  const key = await keyOf(reader, keys, personId);
  const rows = await reader
    .selectFrom('contactNotes')
    .selectAll()
    .where('personId', '=', personId)
    .orderBy('number')
    .execute();
  return rows.map(({ sealedNote, ...row }) => ({
    ...row,
    done: JSON.parse(unseal(key, contextOf(row.id), sealedNote).toString()) as ContactNoteContent,
  }));
}

/** Writes a repeated form once; the database sets the number. Throws “not found” if the id belongs to another person’s act. */
export async function addContactNote(
  tx: Writer<HelpTables>,
  keys: UnitKeys,
  { done, ...row }: Omit<ContactNote, 'number'>,
): Promise<void> {
  const key = await keyOf(tx, keys, row.personId);
  const sealedNote = seal(key, contextOf(row.id), padText(JSON.stringify(done), step));
  await addOnce(tx, ['contactNotes', 'person'], { ...row, number: 1, sealedNote }, ['personId']);
}
