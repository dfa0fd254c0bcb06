/** Rows that somebody tries to add, and what they try to move a row to. */
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import type { Me } from './oracle.ts';
import type { Row, Table, World } from './world.ts';

/** Whom a row names as its writer, and to whom it belongs. */
const members =
  'author_id approved_by member_id by self_id asked_by decided_by set_by recorded_by reviewed_by signed_by received_by added_by proposed_by accepted_by shared_by hidden_by'.split(
    ' ',
  );
const agencies = ['agency_id', 'from_agency', 'to_agency', 'recipient'];
const operations = ['operation_id'];
/** When it was, where only this moment will do. */
const moments = ['set_at', 'made_at'];

/** One of each kind, and others spread over the table, so that both operations are among them. */
export const sample = ({ rows }: Table, most: number): Row[] => {
  const step = Math.max(1, rows.length / most);
  const spread = Array.from(
    { length: Math.min(most, rows.length) },
    (_, index) => rows[Math.floor(index * step)] as Row,
  );
  const kinds = new Map(rows.map((row) => [kindOf(row), row]));
  for (const row of spread) kinds.delete(kindOf(row));
  return [...spread, ...[...kinds.values()].slice(0, 6)];
};
const kindOf = ({ event, relation, state, shift_only, ended_at, disclosure_id, timing, ...paper }: Row): string =>
  JSON.stringify([
    ...[event, relation, state, shift_only, ended_at === null, disclosure_id === null, timing],
    ...[paper.handover_id === null, (paper.actions as undefined | readonly unknown[])?.length],
  ]);

const has = ({ columns }: Table, ...wanted: readonly string[]): boolean =>
  wanted.every((column) => columns.includes(column));

export function asHers(world: World, table: Table, base: Row, me: Me | undefined): Row[] {
  const fresh =
    table.key.length === 1 && table.key[0] === 'id' && table.written.includes('id') && !bearsAnothersId(world, table)
      ? { id: newTimelessId() }
      : {};
  const row: Row = { ...base, ...fresh };
  // The log sets its own transaction id: a row with another id would be inserted among older ones.
  const { xid: _xid, ...ofNow } = row;
  const logged = table.name === 'access_log' ? [ofNow] : [];
  if (!me) return [row, base, ...logged];
  const named = (columns: readonly string[], value: string) =>
    Object.fromEntries(columns.filter((column) => table.columns.includes(column)).map((column) => [column, value]));
  const byHer = { ...row, ...named(members, me.id) };
  const hers = { ...byHer, ...(me.agency !== '' && named(agencies, me.agency)) };
  const now = me.now.toISOString();
  const atOnce = moments.some((column) => table.columns.includes(column))
    ? [row, byHer, hers].map((one) => ({ ...one, ...named(moments, now) }))
    : [];
  const note = has(table, 'note_id') && me.rows('notes').find(({ author_id }) => author_id === me.id);
  const ofHerNote = note ? [{ ...hers, note_id: note.id, operation_id: note.operation_id, state: 'sent' }] : [];
  // Answers about the member's own access, another's, and another agency's: each in the member's own name.
  const answered = has(table, 'answered_by', 'answered_at', 'member_id')
    ? [hers, { ...hers, member_id: base.member_id }, row].map((one) => ({ ...one, answered_by: me.id }))
    : [];
  // Messages to the source of a report of the member's agency: in the member's own name, in the stored name, and of kinds that members never write.
  const report = has(table, 'report_id') && me.rows('reports').find((one) => one.agency_id === me.agency);
  const toTheTeller = report
    ? [
        { ...hers, kind: 'asked' },
        { ...row, kind: 'asked' },
        { ...hers, kind: 'told' },
      ].map((one) => ({ ...one, report_id: report.id }))
    : [];
  // In the member's own name: only a data-protection lead may order the erasure of a record at once.
  const ordered = table.name === 'retention_facts' ? [{ ...hers, what: 'asked to go' }] : [];
  const misplaced = ofHerNote.map((one) => ({ ...one, operation_id: otherOperation(world, one) }));
  const different = new Map(
    [
      row,
      base,
      byHer,
      hers,
      ...ofHerNote,
      ...misplaced,
      ...ordered,
      ...ofReadRecord(world, table, hers, me),
      ...(has(table, 'author_id', 'member_id') ? [{ ...hers, member_id: null }] : []),
      ...(table.name === 'safeguarding_papers' && base === table.rows[0] ? lettersOf(world, hers, me) : []),
      ...(table.name === 'reception_rota' && base === table.rows[0] ? shiftsOf(world, hers, me) : []),
      ...(has(table, 'person_id') ? [{ ...hers, person_id: newTimelessId() }] : []),
      ...(has(table, 'agency_id', 'operation_id') ? [{ ...hers, operation_id: null }] : []),
      ...answered,
      ...toTheTeller,
      ...(has(table, 'ended_by', 'reasons') ? [{ ...hers, ended_by: me.id }] : []),
      // A stop that withdraws what only waits, or the other way round; and one of another text.
      ...(has(table, 'withdraws') ? [{ ...hers, withdraws: !hers.withdraws }] : []),
      ...(has(table, 'withdraws') ? [{ ...hers, revision: Number(hers.revision) + 1 }] : []),
      ...atOnce,
      ...logged,
    ].map((one) => [JSON.stringify(one), one]),
  );
  return [...different.values()];
}

/** About a person whose record the member reads: in the operation of that record, and in another. */
function ofReadRecord(world: World, table: Table, hers: Row, me: Me): Row[] {
  if (!has(table, 'person_id', 'operation_id')) return [];
  const person = me.rows('persons').find(({ id }) => me.sees('persons', id));
  if (!person) return [];
  const known = { ...hers, person_id: person.id, operation_id: person.operation_id };
  return [known, { ...known, operation_id: otherOperation(world, person) }];
}

/** Versions of a letter about what the member's agency shared: in its name, and in another's. */
function lettersOf({ cast }: World, hers: Row, me: Me): Row[] {
  const grant = me
    .rows('person_grants')
    .find(({ id, from_agency }) => from_agency === me.agency && me.sees('person_grants', id));
  if (!grant) return [];
  const letter = { ...hers, grant_id: grant.id, handover_id: null, actions: [] };
  return [letter, { ...letter, agency_id: cast.agencies.otherForce.id }];
}

/** A shift of the member at each reception centre; at the open one also a later one, one in another's name, and one by another author. */
function shiftsOf({ cast }: World, hers: Row, me: Me): Row[] {
  const now = { starts_at: '2026-09-18T10:00:00Z', ends_at: '2026-09-18T15:00:00Z', ended_at: null };
  const later = { starts_at: '2026-09-18T12:00:00Z', ends_at: '2026-09-18T15:00:00Z' };
  const somebodyElse = cast.elsewhere.planner.id;
  return me.rows('reception_centres').flatMap(({ id, operation_id, stood_down_at }) => {
    const shift = { ...hers, reception_id: id, operation_id, work: 'looks after people', ...now };
    if (stood_down_at !== null) return [shift];
    return [
      shift,
      { ...shift, ...later },
      { ...shift, member_id: somebodyElse },
      { ...shift, author_id: somebodyElse },
    ];
  });
}

const otherOperation = ({ cast }: World, { operation_id }: Row): string =>
  operation_id === cast.here.operation.id ? cast.elsewhere.operation.id : cast.here.operation.id;

const bearing = new WeakMap<Table, boolean>();
/** Where an id is the parent's own, another would belong to nothing. */
function bearsAnothersId({ tables }: World, table: Table): boolean {
  const known = bearing.get(table);
  if (known !== undefined) return known;
  const ids = new Set(table.rows.map(({ id }) => id));
  const found = tables.some(
    (other) =>
      other !== table &&
      other.store === table.store &&
      !other.name.startsWith(table.name) &&
      other.rows.some(({ id }) => ids.has(id)),
  );
  bearing.set(table, found);
  return found;
}

export function placesFor(world: World, table: Table, row: Row): Row[] {
  const { cast, table: find } = world;
  const ofElsewhere = (name: string): string =>
    String(find('main', name).rows.find(({ operation_id }) => operation_id === cast.elsewhere.operation.id)?.id);
  const others: [readonly string[], string][] = [
    [operations, otherOperation(world, row)],
    [agencies, cast.agencies.otherForce.id],
    [members, cast.elsewhere.planner.id],
    [['team_id'], cast.here.teams[1].id === row.team_id ? cast.elsewhere.teams[0].id : cast.here.teams[1].id],
    [['visit_id'], ofElsewhere('visits')],
    [['premises_id'], ofElsewhere('premises')],
  ];
  return others.flatMap(([columns, value]) =>
    columns
      .filter((column) => table.columns.includes(column) && !table.key.includes(column))
      .map((column) => ({ [column]: value })),
  );
}
