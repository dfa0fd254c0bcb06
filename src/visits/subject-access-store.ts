/** Data of visits about a person who asks for it. Readable by the data-protection lead of the owner while a request is open. */

import { sql } from 'kysely';
import { memberNames } from '../identity/agencies/index.ts';
import { powerName } from '../operations/powers-of-entry/index.ts';
import { dayOf } from '../platform/clock.ts';
import type { UnitKeys } from '../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../platform/database/database.ts';
import { listSignsOfVisits } from '../public/signs/index.ts';
import { formatMoment } from '../vocabulary/calendar/moments.ts';
import { formatHundredths } from '../vocabulary/currencies.ts';
import type { EncounterId } from '../vocabulary/ids.ts';
import { createLines, type Line, type Part, type ShownColumn } from '../vocabulary/records-held.ts';
import { listReferralsHeld } from './nrm-referrals/subject-access-store.ts';
import { findName, openEarlierName, openName } from './store.ts';

const visitColumns: readonly ShownColumn[] = [
  ['town', 'Town'],
  ['arrivedAt', 'Visit began'],
  ['leftAt', 'Visit ended'],
  ['basis', 'The legal power that we used to come in'],
];
const encounterColumns: readonly ShownColumn[] = [
  ['number', 'Your number at this visit'],
  ['place', 'Your place there, as it was written down'],
  ['spokenTo', 'Whether somebody spoke with you'],
  ['age', 'Your age, as far as it was known'],
  ['language', 'Your language'],
  ['interpreter', 'Interpreter'],
  ['servicesTold', 'Who at children’s services was told', 'another person'],
  ['servicesToldAt', 'When they were told'],
  ['recordedAt', 'When it was written down'],
  ['by', 'Written by', 'a member'],
];
const indicatorColumns: readonly ShownColumn[] = [
  ['indicatorId', 'What was noticed'],
  ['context', 'What was seen around it', 'another person'],
  ['explanation', 'Another explanation that was thought of', 'another person'],
  ['recordedAt', 'When it was written down'],
  ['by', 'Written by', 'a member'],
];
const arrestColumns: readonly ShownColumn[] = [
  ['kind', 'Kind of arrest'],
  ['matter', 'What it was over'],
  ['offence', 'Offence'],
  ['sex', 'Your sex, as it was written down'],
  ['age', 'Your age, as it was written down'],
  ['residence', 'Town you live in'],
  ['status', 'What came of it so far'],
  ['custodyRef', 'Custody reference'],
  ['arrestedAt', 'When you were arrested'],
  ['closedAt', 'When this record was closed'],
  ['by', 'Written by', 'a member'],
];
const screeningColumns: readonly ShownColumn[] = [
  ['outcome', 'Asked about exploitation: what came of it'],
  ['reason', 'Reason', 'an agency’s own remark'],
  ['screenedBy', 'Who asked', 'a member'],
  ['screenedAt', 'When you were asked'],
  ['interpreter', 'Interpreter'],
];
const childColumns: readonly ShownColumn[] = [
  ['services', 'Who at children’s services was told', 'another person'],
  ['adult', 'Who was told as your appropriate adult', 'another person'],
  ['how', 'How they were told'],
  ['toldAt', 'When they were told'],
];
const seizureColumns: readonly ShownColumn[] = [
  ['kind', 'What was taken', 'another person'],
  ['description', 'Description', 'another person'],
  ['pence', 'Money', 'another person'],
  ['currency', 'Currency of the money', 'another person'],
  ['exhibitRef', 'Reference under which it is kept', 'another person'],
  ['foundWhere', 'Where it was found', 'another person'],
  ['foundBy', 'Who found it', 'another person'],
];

/** Codes and times in the words of the pages: the person who asked has no catalogue to look them up in. */
function formatColumn(column: string, value: unknown, recordedAt: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (/At$/.test(column)) return formatMoment(new Date(value as string | Date));
  if (column === 'pence') return formatHundredths(Number(value));
  if (column === 'basis') return powerName(String(value));
  if (column === 'indicatorId')
    return (
      listSignsOfVisits(dayOf(new Date(recordedAt as string | Date))).find(({ id }) => id === value)?.text ?? value
    );
  return value;
}
const formatRow = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, formatColumn(column, value, row.recordedAt)]),
  ) as Row;

type Row = Readonly<Record<string, unknown>> & { readonly id: string };
type SubjectQuery = { readonly db: AuditedReader<AnyTables>; readonly about: readonly string[] };

const anyOf = (ids: readonly string[]) => sql<string>`any (${sql.val([...ids])}::uuid[])`;
const listRows = ({ db }: SubjectQuery, table: string, column: string, ids: readonly string[]): Promise<Row[]> =>
  db.selectFrom(table).selectAll().where(column, '=', anyOf(ids)).orderBy('id').execute() as Promise<Row[]>;

/** Earlier versions as the database kept them, with the same labels. Sealed columns are left out. */
async function listEarlierLines(
  { db }: SubjectQuery,
  table: string,
  told: readonly ShownColumn[],
  ids: readonly string[],
): Promise<Line[]> {
  const rows = (await db
    .selectFrom(`${table}_versions`)
    .select(['id', 'version', 'record'])
    .where('id', '=', anyOf(ids))
    .orderBy('id')
    .orderBy('version')
    .execute()) as { id: string; version: number; record: Record<string, unknown> }[];
  const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return rows.flatMap(({ id, version, record }) =>
    told.flatMap(([column, label, third]) =>
      createLines(
        `${table}/${id}/version ${version}`,
        { [column]: formatColumn(column, record[snake(column)], record.recorded_at) },
        [
          [column, `Before correction ${version}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`, third],
        ] as ShownColumn[],
      ),
    ),
  );
}

/** The rows about these people met and about these arrests, with where and when. */
async function readRecords(ask: SubjectQuery) {
  const met = await listRows(ask, 'encounters', 'id', ask.about);
  const people = met.map(({ id }) => id);
  const ofPeople = await listRows(ask, 'arrests', 'encounterId', people);
  const asked = await listRows(ask, 'arrests', 'id', ask.about);
  const arrests = [...new Map([...ofPeople, ...asked].map((one) => [one.id, one])).values()];
  const visitIds = [...new Set([...met, ...arrests].map(({ visitId }) => String(visitId)))];
  const visits = (await ask.db
    .selectFrom('visits as v')
    .innerJoin('premises as p', 'p.id', 'v.premisesId')
    .select(['v.id', 'p.town', 'v.arrivedAt', 'v.leftAt', 'v.basis'])
    .where('v.id', '=', anyOf(visitIds))
    .orderBy('v.id')
    .execute()) as Row[];
  const signs = await listRows(ask, 'observations', 'encounterId', people);
  const arrestIds = arrests.map(({ id }) => id);
  const screenings = await listRows(ask, 'screenings', 'id', arrestIds);
  const told = await listRows(ask, 'child_notifications', 'id', arrestIds);
  const seizures = await listRows(ask, 'seizures', 'visitId', visitIds);
  return { visits, met, people, signs, arrests, screenings, told, seizures };
}

/** Everything about these people met, and about these arrests, in the order in which it happened. */
export async function listRecordsHeldAtVisits(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const ask: SubjectQuery = { db, about };
  const { visits, met, people, signs, arrests, screenings, told: notified, seizures } = await readRecords(ask);
  const names = await memberNames(
    db,
    [...met, ...signs, ...arrests].map(({ recordedBy }) => recordedBy as string),
  );
  const by = (row: Row): Row => ({ ...formatRow(row), by: names.get(String(row.recordedBy)) });
  const told = (table: string, rows: readonly Row[], columns: readonly ShownColumn[]): Line[] =>
    rows.flatMap((row) => createLines(`${table}/${row.id}`, by(row), columns));
  const withVersions = async (
    table: string,
    rows: readonly Row[],
    columns: readonly ShownColumn[],
  ): Promise<Line[]> => [
    ...told(table, rows, columns),
    ...(await listEarlierLines(
      ask,
      table,
      columns,
      rows.map(({ id }) => id),
    )),
  ];
  return [
    { title: 'Where and when', lines: told('visits', visits, visitColumns) },
    { title: 'The meeting', lines: await withVersions('encounters', met, encounterColumns) },
    { title: 'Your name', lines: await listNameLines(ask, keys, people) },
    { title: 'What somebody noticed', lines: await withVersions('observations', signs, indicatorColumns) },
    {
      title: 'Your arrest',
      lines: [
        ...(await withVersions('arrests', arrests, arrestColumns)),
        ...(await withVersions('screenings', screenings, screeningColumns)),
        ...(await withVersions('child_notifications', notified, childColumns)),
      ],
    },
    ...(await listReferralsHeld(db, keys, { arrests: arrests.map(({ id }) => id), people })),
    { title: 'Property taken at that visit', lines: told('seizures', seizures, seizureColumns) },
  ].filter(({ lines }) => lines.length > 0);
}

/** Sealed names, decrypted for the person who asked. */
async function listNameLines({ db }: SubjectQuery, keys: UnitKeys, people: readonly string[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const id of people) {
    const name = await findName(db, keys, id as EncounterId);
    if (!name) continue;
    lines.push(
      ...createLines(`encounter_names/${id}`, name, [
        ['name', 'Name'],
        ['reason', 'Why it was kept', 'an agency’s own remark'],
      ]),
    );
    const before = (await db
      .selectFrom('encounterNamesVersions')
      .select(['version', 'record'])
      .where('id', '=', id)
      .orderBy('version')
      .execute()) as { version: number; record: Record<string, unknown> }[];
    for (const { version, record } of before)
      lines.push(
        ...createLines(`encounter_names/${id}/version ${version}`, { name: openEarlierName(keys, id, record) }, [
          ['name', `Before correction ${version}: name`],
        ]),
      );
  }
  return lines;
}

/** Names of others encountered at the same visits, decrypted only to find them in free text. */
export async function listNamesAtSameVisits(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; sealedName: Buffer; wrappedKey: Buffer }>`
    select id, sealed_name, wrapped_key from ctx.names_beside()`.execute(db);
  return rows.map(({ id, sealedName, wrappedKey }) => ({ id, name: openName(keys, id, sealedName, wrappedKey) }));
}
