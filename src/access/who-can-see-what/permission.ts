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
import { fieldWords, purposeWords, tableWords, verbWords, whoOf, wordsOf } from './words.ts';

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

export type ClassInWords = {
  readonly name: string;
  readonly means: string;
  readonly marking: Marking;
  /** When who does so is asked why first. */
  readonly asksWhy: 'reads it' | 'takes it along as a file' | undefined;
  readonly apart: boolean;
  readonly tables: readonly string[];
  /** Whether it is the first to name one of its tables: later kinds are other ways to the same rows. */
  readonly first: boolean;
  readonly permissions: readonly Permission[];
};

export function classesInWords(policy: AreaPolicy): ClassInWords[] {
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
      asksWhy: whenAsked(recordClass),
      apart: recordClass.store === 'safeguarding',
      tables: placesOf(recordClass),
      first: isFirst(placesOf(recordClass)),
      permissions: recordClass.rules.flatMap((rule) => permissionsOf(policy, name, recordClass, rule)),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

const whenAsked = ({ asksWhy }: RecordClass): ClassInWords['asksWhy'] =>
  asksWhy === true ? 'reads it' : asksWhy && 'takes it along as a file';

function permissionsOf(policy: AreaPolicy, name: string, recordClass: RecordClass, rule: Rule): Permission[] {
  const fields = fieldsOf(recordClass, rule);
  if (fields === 'none of its fields') return [];
  const where = whereOf(policy, recordClass, rule);
  const held = verbs.filter((verb) => rule.verbs.includes(verb)).map((verb) => verbWords[verb]);
  const rulePurposes = purposes.filter((purpose) => purposesOf(rule).includes(purpose));
  return whoOf(rule).map((who) => ({
    recordClass: name,
    who,
    roles: rule.roles,
    verbs: held,
    purposes: rulePurposes,
    where,
    fields,
    tables: placesOf(recordClass, rule.fields),
  }));
}

/** A rule that names a group of fields reaches no table without it. */
const placesOf = ({ tables, store = 'main' }: RecordClass, group?: string): string[] =>
  Object.entries(tables)
    .filter(([, { groups }]) => group === undefined || groups?.[group]?.length)
    .map(([table]) => `${store} ${table}`);

function fieldsOf({ tables }: RecordClass, { fields }: Rule): string | undefined {
  if (fields === undefined) return undefined;
  const listed = Object.entries(tables).flatMap(([table, { groups }]) => {
    const columns = groups?.[fields];
    return columns?.length ? [[tableWords(table), columns.map(fieldWords).join(', ')] as const] : [];
  });
  const [only, ...more] = listed;
  if (!only)
    return Object.keys(tables).length > 0 && fields === 'none'
      ? 'through functions of the database alone'
      : 'none of its fields';
  return more.length === 0 ? only[1] : listed.map(([table, columns]) => `of ${table} ${columns}`).join('; ');
}

/** What must be true of a record. One that hangs on another is seen with it, and only with it. */
function whereOf(policy: AreaPolicy, { tables }: RecordClass, rule: Rule): string | undefined {
  const own = Object.entries(tables).filter(([, { parent }]) => !parent || !(parent[0] in tables));
  const told = own.map(([, shape]) => {
    const relation = tells(shape, rule) ? wordsOf(rule.relation) : undefined;
    const hangs = shape.parent && `they may see the ${classOfTable(policy, shape.parent[0])} that it belongs to`;
    return [relation, hangs].filter(Boolean).join(', and ');
  });
  return [...new Set(told)].filter(Boolean).join(', or ') || undefined;
}

/** A child without the telling column leaves the relation to its parent. */
const tells = (shape: TableShape, { relation }: Rule): boolean =>
  !shape.parent || typeof relation === 'object' || telling[relation].some((column) => shape[column] !== undefined);

const telling: Record<Extract<Rule['relation'], string>, readonly (keyof TableShape)[]> = {
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
  Object.entries(policy).find(([, { tables }]) => table in tables)?.[0] ?? tableWords(table);

/** One permission as a sentence about its kind of record. The comparison of two versions relies on the bold and italic parts. */
export function sentenceOf({ who, verbs: held, purposes: why, where, fields }: Permission): string {
  const of =
    fields === undefined ? 'it' : /^through/.test(fields) ? `it ${fields}` : `only these fields of it (${fields})`;
  const reasons = why.map((purpose) => purposeWords[purpose]).join(' or ');
  return `**${who}** may **${held.join(', ')}** ${of}, _${reasons}_${where ? `, only where ${where}` : ''}.`;
}

export type RoleInWords = {
  readonly role: Role;
  readonly may: readonly Permission[];
  /** Kinds of record that no rule opens to the role, to all who are signed in, or to anybody: neither by this name nor as part of another. */
  readonly never: readonly string[];
};

export function rolesInWords(classes: readonly ClassInWords[]): RoleInWords[] {
  const permissions = classes.flatMap((one) => one.permissions);
  const open = permissions.filter(readByAll);
  return roles.map((role) => {
    const may = permissions.filter(
      ({ roles: held, who }) => Array.isArray(held) && held.includes(role) && isOf(role, who),
    );
    const read = [...open, ...may.filter(({ verbs: held }) => held.includes('read'))];
    const names = new Set(read.map(({ recordClass }) => recordClass));
    const places = new Set(read.flatMap(({ tables }) => tables));
    const never = classes.filter(({ name, tables }) => !names.has(name) && !tables.some((table) => places.has(table)));
    return { role, may, never: never.map(({ name }) => name) };
  });
}

/** What a reader asks about first: kinds that are marked, each once. The rest is machinery, no secret, or the same rows by another way. */
export function tellingFirst(
  classes: readonly ClassInWords[],
  never: readonly string[],
): { readonly telling: readonly string[]; readonly rest: readonly string[] } {
  const told = new Set(
    classes.filter(({ first, marking }) => first && markings[marking].sensitive).map(({ name }) => name),
  );
  return { telling: never.filter((name) => told.has(name)), rest: never.filter((name) => !told.has(name)) };
}

const isOf = (role: Role, who: string): boolean =>
  whoOf({ roles: [role], purpose: 'audit' }).some((words) => who === words || who.startsWith(`${words} of an agency`));

/** What all who sign in, or anybody, may read. A rule for anyone that is Safelight's own opens nothing to a reader. */
const readByAll = ({ roles: held, verbs: may, purposes: why }: Permission): boolean =>
  may.includes('read') && (held === 'member' || (held === 'anyone' && why.includes('information')));

/** What everybody who is signed in may do, whatever the role. */
export const forEverybody = (classes: readonly ClassInWords[]): Permission[] =>
  classes.flatMap(({ permissions }) => permissions.filter(({ roles: held }) => held === 'member'));

/** The kinds of record that are read for one purpose, and those that are only written to: that a row is added to the log by all opens the log to nobody. */
export function kindsFor(
  purpose: Purpose,
  classes: readonly ClassInWords[],
): { readonly read: readonly string[]; readonly written: readonly string[] } {
  const concerned = classes.flatMap(({ name, permissions }) => {
    const held = permissions.filter(({ purposes: why }) => why.includes(purpose));
    return held.length === 0 ? [] : [{ name, reads: held.some(({ verbs: may }) => may.includes(verbWords.read)) }];
  });
  return {
    read: concerned.filter(({ reads }) => reads).map(({ name }) => name),
    written: concerned.filter(({ reads }) => !reads).map(({ name }) => name),
  };
}
