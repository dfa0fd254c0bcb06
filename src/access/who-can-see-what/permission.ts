/** What the one policy table lets whom do, as sentences in parts: the page, the document and the difference between two versions are all made of them. */
import {
  type AreaPolicy,
  purposesOf,
  type RecordClass,
  type Rule,
  type TableShape,
  verbs,
} from '../../platform/access-policy/access.ts';
import { type Marking, markings } from '../../vocabulary/marking.ts';
import { type Purpose, purposes, type Role, roles } from '../../vocabulary/people.ts';
import {
  describeWho,
  formatField,
  formatRelation,
  formatTable,
  purposeLabels,
  sideLabels,
  verbLabels,
} from './words.ts';

export type Permission = {
  readonly recordClass: string;
  readonly who: string;
  readonly roles: Rule['roles'];
  readonly verbs: readonly string[];
  readonly purposes: readonly Purpose[];
  /** Ends “only where …”. */
  readonly where: string | undefined;
  /** Ends “only these fields: …”. */
  readonly fields: string | undefined;
  /** The tables that it reaches, each with its store: two kinds of record may lie in one. */
  readonly tables: readonly string[];
};

export type RecordClassDescription = {
  readonly name: string;
  readonly means: string;
  readonly marking: Marking;
  /** What a member must give a reason for: ends “before they …”. */
  readonly asksWhy: 'read it' | 'export it' | undefined;
  readonly apart: boolean;
  readonly tables: readonly string[];
  /** Whether it is the first to name one of its tables: later kinds are other ways to the same rows. */
  readonly first: boolean;
  readonly permissions: readonly Permission[];
};

export function describeClasses(policy: AreaPolicy): RecordClassDescription[] {
  const named = new Set<string>();
  const isFirst = (tables: readonly string[]): boolean => {
    const fresh = tables.filter((table) => !named.has(table));
    for (const table of fresh) named.add(table);
    return fresh.length > 0;
  };
  return Object.entries(policy)
    .map(([name, recordClass]) => ({
      name,
      means: recordClass.means,
      marking: recordClass.marking,
      asksWhy: describeReasonRule(recordClass),
      apart: recordClass.store === 'safeguarding',
      tables: listTables(recordClass),
      first: isFirst(listTables(recordClass)),
      permissions: recordClass.rules.flatMap((rule) => permissionsOf(policy, name, recordClass, rule)),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

const describeReasonRule = ({ asksWhy }: RecordClass): RecordClassDescription['asksWhy'] =>
  asksWhy === true ? 'read it' : asksWhy && 'export it';

function permissionsOf(policy: AreaPolicy, name: string, recordClass: RecordClass, rule: Rule): Permission[] {
  const fields = describeFields(recordClass, rule);
  if (fields === 'none of its fields') return [];
  const where = describeCondition(policy, recordClass, rule);
  const held = verbs.filter((verb) => rule.verbs.includes(verb)).map((verb) => verbLabels[verb]);
  const rulePurposes = purposes.filter((purpose) => purposesOf(rule).includes(purpose));
  return describeWho(rule).map((who) => ({
    recordClass: name,
    who,
    roles: rule.roles,
    verbs: held,
    purposes: rulePurposes,
    where,
    fields,
    tables: listTables(recordClass, rule.fields),
  }));
}

/** A rule that names a group of fields reaches no table without it. */
const listTables = ({ tables, store = 'main' }: RecordClass, group?: string): string[] =>
  Object.entries(tables)
    .filter(([, { groups }]) => group === undefined || groups?.[group]?.length)
    .map(([table]) => `${store} ${table}`);

function describeFields({ tables }: RecordClass, { fields }: Rule): string | undefined {
  if (fields === undefined) return undefined;
  const listed = Object.entries(tables).flatMap(([table, { groups }]) => {
    const columns = groups?.[fields];
    return columns?.length ? [[formatTable(table), columns.map(formatField).join(', ')] as const] : [];
  });
  const [only, ...more] = listed;
  if (!only)
    return Object.keys(tables).length > 0 && fields === 'none'
      ? 'through functions of the database alone'
      : 'none of its fields';
  return more.length === 0 ? only[1] : listed.map(([table, columns]) => `of ${table} ${columns}`).join('; ');
}

/** What must be true of a record. One that hangs on another is seen with it, and only with it. */
function describeCondition(policy: AreaPolicy, { tables }: RecordClass, rule: Rule): string | undefined {
  const own = Object.entries(tables).filter(([, { parent }]) => !parent || !(parent[0] in tables));
  const told = own.map(([, shape]) => {
    const relation = hasRelationColumn(shape, rule) ? formatRelation(rule.relation) : undefined;
    const hangs = shape.parent && `they may see the ${classOfTable(policy, shape.parent[0])} that it belongs to`;
    return [relation, hangs].filter(Boolean).join(', and ');
  });
  return [...new Set(told)].filter(Boolean).join(', or ') || undefined;
}

/** A child without the telling column leaves the relation to its parent. */
const hasRelationColumn = (shape: TableShape, { relation }: Rule): boolean =>
  !shape.parent ||
  typeof relation === 'object' ||
  relationColumns[relation].some((column) => shape[column] !== undefined);

const relationColumns: Record<Extract<Rule['relation'], string>, readonly (keyof TableShape)[]> = {
  any: [],
  'own agency': ['agency'],
  partner: ['operation'],
  member: ['operation'],
  team: ['team'],
  author: ['author'],
  self: ['self'],
  recipient: ['recipient'],
  custodian: ['custodian'],
  opened: ['opened'],
  glass: ['operation'],
};

const classOfTable = (policy: AreaPolicy, table: string): string =>
  Object.keys(policy).find((name) => table in (policy[name]?.tables ?? {})) ?? formatTable(table);

/** One permission as a sentence about its kind of record. The comparison of two versions relies on the bold and italic parts. */
export function formatPermission({ who, verbs: held, purposes: why, where, fields }: Permission): string {
  const of =
    fields === undefined ? 'it' : /^through/.test(fields) ? `it ${fields}` : `only these fields of it (${fields})`;
  const reasons = why.map((purpose) => purposeLabels[purpose]).join(' or ');
  return `**${who}** may **${held.join(', ')}** ${of}, _${reasons}_${where ? `, only where ${where}` : ''}.`;
}

export type RoleDescription = {
  readonly role: Role;
  readonly may: readonly Permission[];
  /** Kinds of record that no rule opens to the role, to all who are signed in, or to anybody: neither by this name nor as part of another. */
  readonly never: readonly string[];
};

export function describeRoles(classes: readonly RecordClassDescription[]): RoleDescription[] {
  const permissions = classes.flatMap((one) => one.permissions);
  const open = permissions.filter(isReadByAll);
  return roles.map((role) => {
    const may = permissions.filter(
      ({ roles: held, who }) => Array.isArray(held) && held.includes(role) && appliesToRole(role, who),
    );
    const read = [...open, ...may.filter(({ verbs: held }) => held.includes('read'))];
    const names = new Set(read.map(({ recordClass }) => recordClass));
    const places = new Set(read.flatMap(({ tables }) => tables));
    const never = classes.filter(({ name, tables }) => !names.has(name) && !tables.some((table) => places.has(table)));
    return { role, may, never: never.map(({ name }) => name) };
  });
}

/** What a reader asks about first: kinds that are marked, each once. The rest is machinery, no secret, or the same rows by another way. */
export function splitSensitive(
  classes: readonly RecordClassDescription[],
  never: readonly string[],
): { readonly telling: readonly string[]; readonly rest: readonly string[] } {
  const told = new Set(
    classes.filter(({ first, marking }) => first && markings[marking].sensitive).map(({ name }) => name),
  );
  return { telling: never.filter((name) => told.has(name)), rest: never.filter((name) => !told.has(name)) };
}

const appliesToRole = (role: Role, who: string): boolean =>
  describeWho({ roles: [role], purpose: 'audit' }).some((words) =>
    [words, ...Object.values(sideLabels).map((side) => `${words} ${side}`)].includes(who),
  );

/** What all who sign in, or anybody, may read. A rule for anyone that is Safelight's own opens nothing to a reader. */
const isReadByAll = ({ roles: held, verbs: may, purposes: why }: Permission): boolean =>
  may.includes('read') && (held === 'member' || (held === 'anyone' && why.includes('information')));

/** What everybody who is signed in may do, whatever the role. */
export const listPermissionsForEverybody = (classes: readonly RecordClassDescription[]): Permission[] =>
  classes.flatMap(({ permissions }) => permissions.filter(({ roles: held }) => held === 'member'));

/** The kinds of record that are read for one purpose, and those that are only written to: that a row is added to the log by all opens the log to nobody. */
export function listKindsForPurpose(
  purpose: Purpose,
  classes: readonly RecordClassDescription[],
): { readonly read: readonly string[]; readonly written: readonly string[] } {
  const concerned = classes.flatMap(({ name, permissions }) => {
    const held = permissions.filter(({ purposes: why }) => why.includes(purpose));
    return held.length === 0 ? [] : [{ name, reads: held.some(({ verbs: may }) => may.includes(verbLabels.read)) }];
  });
  return {
    read: concerned.filter(({ reads }) => reads).map(({ name }) => name),
    written: concerned.filter(({ reads }) => !reads).map(({ name }) => name),
  };
}
