/** Puts the rows of an invented operation into the two databases by plain SQL, as the rooms that own them would. */

import type { Agency, Member } from '../../src/identity/agencies/index.ts';
import { addOperation, addPartner, addWeek } from '../../src/operations/plan/examples.ts';
import type { Operation } from '../../src/operations/plan/index.ts';
import { checkCount } from '../../src/returns/checks.ts';
import type { Records } from '../../src/returns/counting.ts';
import { count, editions } from '../../src/returns/definitions.ts';
import type { Others } from '../../src/visits/visit.ts';
import { newId, newTimelessId, type OperationId } from '../../src/vocabulary/ids.ts';
import { chance, inventRecords } from '../assurance/returns/assurance.ts';
import type { TestHouse } from './house.ts';

export type Stage = {
  readonly force: Agency;
  readonly council: Agency;
  readonly planner: Member;
  /** An operation that the force leads and the council takes part in. */
  readonly operation: (more?: Partial<Operation>) => Promise<Operation>;
  /** May be asked again for the same operation: it gets another team. */
  readonly record: (operation: Operation, records: Records, time?: number) => Promise<void>;
};

/** Invented records with an arrest and somebody advised, in which nothing contradicts anything: fit to be signed, and as final where asked. */
export function soundRecords(seed: number, stops: readonly string[] = ['signing']): Records {
  const random = chance(seed);
  for (;;) {
    const records = inventRecords(random);
    const failed = checkCount(records, count(editions[0], records)).filter(({ holds }) => !holds);
    const full = records.arrests.length > 0 && records.facts.length > 0 && records.seizures.length > 0;
    if (full && !failed.some((check) => stops.includes(check.stops))) return records;
  }
}

const at = new Date('2026-09-16T10:00:00Z');
const later = new Date('2026-09-16T11:00:00Z');
const basisIds: Readonly<Record<string, string>> = {
  'Search warrant (PACE section 8)': 'pace-s8',
  'Immigration arrest warrant (schedule 2, paragraph 17(2))': 'immigration-para17',
  'Search by consent': 'consent',
};

/** Rows in one statement; none at all where there are none. */
type Insert = (table: string, rows: readonly Record<string, unknown>[]) => Promise<void>;
const inserterFor =
  (db: TestHouse['db']): Insert =>
  async (table, rows) => {
    for (let from = 0; from < rows.length; from += 500)
      await db
        .insertInto(table)
        .values(rows.slice(from, from + 500))
        .execute();
  };

export async function openStage(house: TestHouse): Promise<Stage> {
  const force = await house.agency('police force', { name: 'Leashire Constabulary' });
  const council = await house.agency('council', { name: 'Leashire County Council' });
  const relief = await house.agency('voluntary', { name: 'Open Door Relief' });
  const nurses = await house.agency('health', { name: 'Leashire Nurses' });
  const agencies = new Map([force, council, relief, nurses].map((agency) => [agency.name, agency]));
  const planner = await house.member(force, ['planner']);
  const week = await addWeek(house.db, force);
  return {
    force,
    council,
    planner,
    operation: async (more = {}) => {
      const operation = await addOperation(house.db, force, planner, { week, ...more });
      for (const partner of [council, relief, nurses]) await addPartner(house.db, operation, partner);
      return operation;
    },
    record: async (operation, records, time = 0) => {
      const teamId = newId();
      const insert = inserterFor(house.db);
      await recordPlan(house, insert, operation, records, { agencies, planner, teamId, time });
      await recordVisits(insert, operation.id, records, { planner, teamId });
      await recordHelp(inserterFor(house.safeguardingDb), operation.id, records, agencies, planner);
    },
  };
}

async function recordPlan(
  { db }: TestHouse,
  insert: Insert,
  { id: operationId }: Operation,
  records: Records,
  {
    agencies,
    planner,
    teamId,
    time,
  }: Around & { readonly agencies: ReadonlyMap<string, Agency>; readonly time: number },
): Promise<void> {
  const partners = await db
    .selectFrom('partners')
    .select(['id', 'printedName'])
    .where('operationId', '=', operationId)
    .execute();
  const partnerOf = (name: string) => partners.find(({ printedName }) => printedName === name)?.id;
  const people = new Set([...records.attendees, ...records.takingPart].map(({ memberId }) => memberId));
  const agencyId = agencies.get('Leashire Constabulary')?.id;
  await insert(
    'members',
    [...people].map((id) => ({ id, agencyId, name: 'Robin Test', title: 'Officer', roles: ['field'] })),
  );
  await insert(
    'operationMembers',
    records.takingPart.map(({ memberId, partner }) => ({
      operationId,
      memberId,
      partnerId: partnerOf(partner),
      duty: 'enters',
    })),
  );
  await insert(
    'premises',
    records.premises.map((place) => ({
      ...place,
      operationId,
      name: 'Blue Door',
      address: '14 Mill Lane',
      reason: 'A report',
      priority: 'low',
    })),
  );
  await insert(
    'powers',
    records.powers.map(({ isWarrant: _derived, basis, ...power }) => ({
      ...power,
      operationId,
      basis: basisIds[basis],
    })),
  );
  await insert('teams', [{ id: teamId, operationId, name: `Team ${time + 1}`, leadId: planner.id }]);
  await insert(
    'plannedVisits',
    records.plannedVisits.map((visit) => ({
      ...visit,
      operationId,
      teamId,
      day: '2026-09-16',
      starts: '10:00',
      minutes: 60,
      reason: visit.state === 'planned' ? null : 'The team was needed elsewhere',
    })),
  );
}

type Around = { readonly planner: Member; readonly teamId: string };

/** As a visit keeps them: a number from each unit. */
const othersOf = ({ others }: Records, visitId: string): Others[] =>
  [...Map.groupBy(others, (one) => (one.visitId === visitId ? one.partner : undefined))].flatMap(([from, there]) =>
    from === undefined ? [] : [{ partnerId: null, from, count: there.length }],
  );

async function recordVisits(
  insert: Insert,
  operationId: OperationId,
  records: Records,
  { planner, teamId }: Around,
): Promise<void> {
  const recorded = { recordedBy: planner.id, recordedAt: at };
  await insert(
    'visits',
    records.visits.map(({ damaged: _apart, finished, basis, ...visit }) => ({
      ...visit,
      ...recorded,
      operationId,
      teamId,
      basis: basisIds[basis] ?? null,
      arrivedAt: at,
      leftAt: later,
      finishedAt: finished ? later : null,
      others: JSON.stringify(othersOf(records, visit.id)),
      attendees: [
        ...new Set(records.attendees.filter(({ visitId }) => visitId === visit.id).map(({ memberId }) => memberId)),
      ],
    })),
  );
  await insert(
    'searches',
    records.visits
      .filter(({ damaged }) => damaged)
      .map(({ id }) => ({ id, searched: true, damage: 'A lock', noticeLeft: true, ...recorded })),
  );
  const numbers = new Map<string, number>();
  await insert(
    'encounters',
    records.encounters.map((encounter) => {
      const number = (numbers.get(encounter.visitId) ?? 0) + 1;
      numbers.set(encounter.visitId, number);
      return { ...encounter, ...recorded, number, place: 'works there', age: 'adult', language: 'Polish' };
    }),
  );
  await insert(
    'observations',
    records.signs.map((sign) => ({
      ...sign,
      ...recorded,
      signId: 'closely-guarded',
      evidence: 'observable',
      context: 'At the door',
      explanation: 'A friend',
    })),
  );
  await insert(
    'arrests',
    records.arrests.map(({ screening: _apart, ...arrest }) => ({
      ...arrest,
      ...recorded,
      offence: arrest.kind === 'criminal' ? 'Possession' : null,
      arrestedAt: at,
    })),
  );
  await insert(
    'screenings',
    records.arrests
      .filter(({ screening }) => screening !== null)
      .map(({ id, screening: outcome }) => ({
        id,
        outcome,
        ...recorded,
        ...(outcome === 'not done'
          ? { reason: 'No interpreter', screenedBy: null, screenedAt: null, interpreter: null }
          : { reason: null, screenedBy: 'DC Test', screenedAt: later, interpreter: 'by phone' }),
      })),
  );
  await insert(
    'seizures',
    records.seizures.map((seizure) => ({ ...seizure, ...recorded, description: 'A thing' })),
  );
}

async function recordHelp(
  insert: Insert,
  operationId: string,
  records: Records,
  agencies: ReadonlyMap<string, Agency>,
  author: Member,
): Promise<void> {
  const sealed = Buffer.from('sealed');
  const by = { operationId, day: '2026-09-16', authorId: author.id, wrappedKey: sealed };
  // One note a fact: what two helpers wrote of one person comes from two notes.
  const notes = [...records.facts, ...records.referrals].map(({ id }) => ({ id, noteId: newTimelessId() }));
  const noteOf = (id: string) => notes.find((note) => note.id === id)?.noteId;
  await insert(
    'notes',
    notes.map(({ noteId }) => ({
      ...by,
      id: noteId,
      encounterId: newTimelessId(),
      visitId: newTimelessId(),
      town: 'Watford',
      agencyId: author.agencyId,
      advice: [],
      needs: [],
      outcomes: ['advice given'],
      writtenAt: at,
    })),
  );
  await insert(
    'facts',
    records.facts.map((fact) => ({ ...fact, operationId, day: '2026-09-16', noteId: noteOf(fact.id) })),
  );
  await insert(
    'referrals',
    records.referrals.map(({ id, organisation, state }) => ({
      ...by,
      id,
      noteId: noteOf(id),
      fromAgency: author.agencyId,
      toAgency: agencies.get(organisation)?.id,
      needs: ['shelter'],
      ground: 'agreed',
      sealedWords: sealed,
      sealedReason: state === 'declined' ? sealed : null,
      state,
      decidedBy: state === 'sent' ? null : author.id,
      decidedAt: state === 'sent' ? null : at,
    })),
  );
}
