/** What an agency holds about a person in the safeguarding database, for their subject access request. Only that agency’s data-protection lead reads it, while the request is open. */

import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { signTexts } from '../../public/signs/index.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { type Indicator, indicators } from '../../vocabulary/figures.ts';
import { createLines, type Line, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import type { ConsentTables } from '../consent/store.ts';
import { readHeldConsents } from '../consent/subject-access-store.ts';
import { getReferral, listMessages, type ReferralTables } from '../referrals/store.ts';
import type { NoteId } from './note.ts';
import { getNote, type NoteTables, openEarlierWants } from './store.ts';

const noteLabels: readonly ShownColumn[] = [
  ['day', 'Day'],
  ['town', 'Town'],
  ['metNumber', 'Which of those met at the visit you were'],
  ['age', 'Your age, as far as it is known'],
  ['language', 'The language you speak'],
  ['interpreter', 'How it was interpreted'],
  ['advice', 'What you were told about'],
  ['understood', 'Whether you understood it'],
  ['needs', 'What you need'],
  ['outcomes', 'Outcome'],
  ['disclosed', 'What you disclosed, or what was seen of your health'],
  ['wants', 'What you said you want'],
  ['writtenAt', 'Written in the hour after'],
];
const referralLabels: readonly ShownColumn[] = [
  ['day', 'Asked for help on'],
  ['needs', 'Help with'],
  ['ground', 'Why it was allowed to be asked'],
  ['purpose', 'What for'],
  ['handOver', 'Whether the other agency was to take over'],
  ['answerBy', 'An answer was asked for by'],
  ['words', 'What the other agency was told'],
  ['state', 'Outcome'],
  ['reason', 'What the other agency answered', 'an agency’s own remark'],
  ['decidedAt', 'Answered in the hour after'],
  ['outcome', 'What help there was'],
  ['ended', 'How it ended'],
  ['endedAt', 'It ended in the hour after'],
];

const messageLabels: readonly ShownColumn[] = [
  ['item', 'About'],
  ['words', 'What the agencies asked and answered about it', 'an agency’s own remark'],
  ['writtenAt', 'Written in the hour after'],
];

/** An indicator as a return names it. */
const labelIndicator = ({ indicator }: { readonly indicator: string }): string =>
  indicators[indicator as Indicator] ?? indicator;

const openEarlierNote = (keys: UnitKeys, record: Readonly<Record<string, unknown>>) => ({
  ...record,
  disclosed: signTexts((record.disclosed ?? []) as string[]),
  wants: openEarlierWants(keys, record),
});

/** Finds notes by the encounter or by the note’s own id. */
export async function readHeldNotes(
  db: AuditedReader<NoteTables & ReferralTables & ConsentTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const ids = sql`any (${sql.val([...about])}::uuid[])`;
  const notes = await db
    .selectFrom('notes')
    .select('id')
    .where(sql<boolean>`(id = ${ids} or encounter_id = ${ids})`)
    .orderBy('day')
    .orderBy('id')
    .execute();
  const parts: Part[] = [];
  for (const { id } of notes) parts.push(...(await readHeldNote(db, keys, id)));
  parts.push(...(await readHeldReferrals(db, keys, about)), ...(await readHeldConsents(db, keys, about)));
  return parts.filter(({ lines }) => lines.length > 0);
}

/** One note with its earlier versions, and what was kept with it. */
async function readHeldNote(db: AuditedReader<NoteTables>, keys: UnitKeys, id: NoteId): Promise<Part[]> {
  const note = await getNote(db, keys, id);
  const shown = { ...note, disclosed: signTexts(note.disclosed), writtenAt: formatMoment(note.writtenAt) };
  const earlier: Line[] = (await listEarlierVersions(db, 'notes', id)).flatMap(({ version, record }) =>
    createLines(`notes/${id}/version ${version}`, openEarlierNote(keys, record), [
      ['wants', `Before correction ${version}: what you said you want`],
      ['needs', `Before correction ${version}: what you need`],
      ['outcomes', `Before correction ${version}: outcome`],
      ['disclosed', `Before correction ${version}: what you disclosed`],
    ]),
  );
  const taken = await db.selectFrom('noteAcknowledgements').select('takenAt').where('noteId', '=', id).execute();
  return [
    {
      title: 'What you said, and what you were told',
      lines: [...createLines(`notes/${id}`, shown, noteLabels), ...earlier],
    },
    {
      title: 'That somebody looks after what you asked for',
      lines: taken.flatMap((one) =>
        createLines(`note_acknowledgements/${id}`, formatMoments(one), [['takenAt', 'In the hour after']]),
      ),
    },
    { title: 'What is counted of it, without your name', lines: await readHeldFacts(db, id) },
  ];
}

async function readHeldFacts(db: AuditedReader<NoteTables>, id: NoteId): Promise<Line[]> {
  const facts = await db
    .selectFrom('noteFacts')
    .select(['id', 'indicator', 'part', 'day'])
    .where('noteId', '=', id)
    .orderBy('id')
    .execute();
  return facts.flatMap((fact) =>
    createLines(`note_facts/${fact.id}`, { ...fact, indicator: labelIndicator(fact) }, [
      ['indicator', 'Counted among'],
      ['part', 'Of this kind'],
    ]),
  );
}

/** Referrals made from a note or from a record. */
async function readHeldReferrals(
  db: AuditedReader<ReferralTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const ids = sql`any (${sql.val([...about])}::uuid[])`;
  const referrals = await db
    .selectFrom('referrals')
    .select('id')
    .where(
      sql<boolean>`(note_id in (select n.id from notes n where n.id = ${ids} or n.encounter_id = ${ids})
        or person_id in (select p.id from persons p where p.id = ${ids} or p.origin_id = ${ids}))`,
    )
    .orderBy('id')
    .execute();
  const parts: Part[] = [];
  for (const { id } of referrals) {
    const asked = await getReferral(db, keys, id);
    const said = await listMessages(db, keys, asked.id);
    parts.push({
      title: 'Help that was asked for',
      lines: [
        ...createLines(`referrals/${id}`, formatMoments(asked), referralLabels),
        ...said.flatMap((one) => createLines(`referral_messages/${one.id}`, formatMoments(one), messageLabels)),
      ],
    });
  }
  return parts;
}
