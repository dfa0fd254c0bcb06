/** A person’s record, for their subject access request. The data-protection lead of the agency that keeps it reads it while the request is open. */

import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { createLines, type Line, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import { type HelpTables, listContactNotes } from '../help/store.ts';
import { getPerson, openEarlierDetails, type PersonTables } from './store.ts';

const personLabels: readonly ShownColumn[] = [
  ['called', 'What you wish to be called'],
  ['others', 'Other names'],
  ['yearOfBirth', 'Your year of birth'],
  ['age', 'Your age, as far as it is known'],
  ['ageBasis', 'Evidence of age'],
  ['language', 'Your language'],
  ['interpreter', 'Whether an interpreter is needed'],
  ['interpreterGender', 'Which interpreter you asked for'],
  ['aids', 'What helps you to understand'],
  ['contactWay', 'How to reach you safely'],
  ['contactAt', 'Number, address, or through whom', 'another person'],
  ['contactWhen', 'When'],
  ['contactNever', 'Never'],
  ['cameBy', 'What else was written down', 'another person'],
];
const originLabels: readonly ShownColumn[] = [
  ['origin', 'How the agency came to know of you'],
  ['openedAt', 'Opened in the hour after'],
];

const contactNoteLabels: readonly ShownColumn[] = [
  ['needs', 'What you need'],
  ['help', 'Help that you were offered'],
  ['answer', 'What you said to it'],
  ['words', 'What was written down of it', 'another person'],
  ['at', 'Written in the hour after'],
];

const lower = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

/** Finds records by their own ids, or by the encounter or report that each was opened from. */
export async function listRecordIdsAbout(
  db: AuditedReader<PersonTables>,
  about: readonly string[],
): Promise<PersonId[]> {
  const ids = sql`any (${sql.val([...about])}::uuid[])`;
  const people = await db
    .selectFrom('persons')
    .select('id')
    .where(sql<boolean>`(id = ${ids} or origin_id = ${ids})`)
    .orderBy('id')
    .execute();
  return people.map(({ id }) => id);
}

/** One part with the lines of every record of the person, or none where there are no lines. */
export async function readPart(
  db: AuditedReader<PersonTables>,
  about: readonly string[],
  title: string,
  linesOf: (id: PersonId) => Promise<Line[]>,
): Promise<Part[]> {
  const lines: Line[] = [];
  for (const id of await listRecordIdsAbout(db, about)) lines.push(...(await linesOf(id)));
  return lines.length > 0 ? [{ title, lines }] : [];
}

export async function readHeldPersons(
  db: AuditedReader<HelpTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const id of await listRecordIdsAbout(db, about)) {
    const person = await getPerson(db, keys, id);
    const earlier = (await listEarlierVersions(db, 'persons', id)).flatMap(({ version, record }) =>
      createLines(
        `persons/${id}/version ${version}`,
        openEarlierDetails(keys, record),
        personLabels.map(([column, label, ...third]) => [
          column,
          `Before correction ${version}: ${lower(label)}`,
          ...third,
        ]),
      ),
    );
    const row = { ...person, openedAt: formatMoment(person.openedAt) };
    parts.push({
      title: 'The record of you',
      lines: [...createLines(`persons/${id}`, row, [...personLabels, ...originLabels]), ...earlier],
    });
    parts.push({
      title: 'What you need, and what help you were offered',
      lines: (await listContactNotes(db, keys, id)).flatMap(({ id: act, at, done }) =>
        createLines(`contact_notes/${act}`, formatMoments({ ...done, at }), contactNoteLabels),
      ),
    });
  }
  return parts.filter(({ lines }) => lines.length > 0);
}
