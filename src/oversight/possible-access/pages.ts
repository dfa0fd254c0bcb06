/** Who could have seen a record, by which rule, from when until when, and who of them did. */

import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import {
  databaseRoleFor,
  purposesOf,
  type Relation,
  type StoreName,
  type TableShape,
} from '../../platform/access-policy/access.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import type { SectionsPage } from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { oversightPaths } from '../../vocabulary/paths/audit.ts';
import { roles as allRoles, type Role } from '../../vocabulary/people.ts';
import { type LogNames, oversightPageFrame } from '../access-log/pages.ts';
import type { createAccessChart } from './chart.ts';
import type { MemberPossibleAccess, ReadRule, RecordState } from './possible-access.ts';

/** Rules of the policy table that give whole rows of a database. Oversight's own rules are left out: the list of requests shows those. */
export const listReadRules = (policy: AreaPolicy, store: StoreName): ReadRule[] =>
  Object.entries(policy).flatMap(([name, { rules, tables, store: its = 'main' }]) =>
    its !== store
      ? []
      : rules
          .filter(({ verbs, roles, fields }) => verbs.includes('read') && roles !== 'anyone' && fields === undefined)
          .flatMap((rule) =>
            Object.entries(tables).flatMap(([table, shape]) =>
              [...new Set(purposesOf(rule).map((purpose) => databaseRoleFor[purpose]))].map((under) => ({
                ...rule,
                name,
                table,
                shape,
                under,
              })),
            ),
          ),
  );

/** The parent of a record, by the policy table. */
export function createParentLookup(policy: AreaPolicy): (standing: RecordState) => string | undefined {
  const shapes = new Map<string, TableShape>();
  for (const { tables } of Object.values(policy))
    for (const [table, shape] of Object.entries(tables))
      if (shape.parent && !shapes.has(table)) shapes.set(table, shape);
  return ({ keptIn, said }) => {
    const column = shapes.get(keptIn)?.parent?.[1];
    return column ? (said[column] as string | undefined) : undefined;
  };
}

/** What decides access to a record besides itself: its parent, and the premises of a visit. */
export function createDependencyLookup(policy: AreaPolicy): (standing: RecordState) => string[] {
  const parentOf = createParentLookup(policy);
  return (standing) =>
    [parentOf(standing), standing.said.premises_id].filter((id): id is string => typeof id === 'string');
}

const relationLabels: Record<Extract<Relation, string>, string> = {
  any: 'with no other condition',
  'own agency': 'at the agency that owns the record',
  partner: 'at an agency that takes part in the operation',
  member: 'added to the operation by name',
  team: 'on the team',
  author: 'as its author',
  self: 'because it is about themselves',
  recipient: 'at the agency that received it',
  custodian: 'at the agency whose custodians decide it',
  opened: 'after a custodian opened it, which is in the log as a disclosure',
  glass: 'under emergency access, which is announced to the owner',
};

/** Names the roles that are left out where most are meant. */
function formatRoles(some: readonly Role[]): string {
  const others = allRoles.filter((role) => !some.includes(role));
  return others.length > 0 && others.length < 4
    ? `any role except ${listOf(others)}`
    : [some.slice(0, -1).join(', '), some.at(-1)].filter(Boolean).join(' or ');
}

const formatRule = ({ name, roles, relation, shape }: ReadRule): string => {
  const who = roles === 'member' ? 'any member' : formatRoles(roles as readonly Role[]);
  const how = typeof relation === 'string' ? relationLabels[relation] : `where ${relation.words}`;
  const through = shape.parent ? ', with access to the main record' : '';
  return `As ${who}, ${how}${through} (${name})`;
};

const formatSince = (at: number): string => (Number.isFinite(at) ? formatMoment(new Date(at)) : 'the beginning');
const formatUntil = (at: number, now: Date): string => (at > now.getTime() ? 'now' : formatMoment(new Date(at)));

export const possibleAccessColumns = ['Member', 'Agency', 'From', 'Until', 'Rule', 'Certain', 'Looked'] as const;

/** As people and spreadsheets read them: by agency and name, then by time. */
export const toPossibleAccessRows = (
  sightings: readonly MemberPossibleAccess[],
  looked: ReadonlyMap<string, number>,
  { names, agencies }: LogNames,
  now: Date,
): string[][] =>
  sightings
    .filter((one) => one.since <= now.getTime())
    .map((one) => ({ one, name: getMemberName(names, one.memberId), agency: agencies.get(one.agencyId) ?? '' }))
    .sort((a, b) => a.agency.localeCompare(b.agency) || a.name.localeCompare(b.name) || a.one.since - b.one.since)
    .map(({ one, name, agency }) => {
      const times = looked.get(one.memberId) ?? 0;
      return [
        name,
        agency,
        formatSince(one.since),
        formatUntil(one.until, now),
        formatRule(one.rule),
        one.sure ? 'yes' : 'perhaps',
        times === 0 ? 'no' : times === 1 ? 'once' : `${times} times`,
      ];
    });

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'oversight/possible-access': SectionsPage & { readonly picture: ReturnType<typeof createAccessChart> };
  }
}

export const possibleAccessPage = (
  id: string,
  rows: readonly string[][],
  pages: Pages,
  of: readonly string[],
  mayTake: boolean,
): SectionsPage => ({
  ...oversightPageFrame,
  back: { href: oversightPaths.record(id), text: 'Access to this record' },
  title: 'Possible access to this record',
  caption: of.length > 0 ? `Kept among ${of.join(', ').replaceAll('_', ' ')}` : `Record ${id}`,
  lead: [
    'This page applies today’s rules to the roles and grants that each member had at the time. The last column shows how often each member looked at the record.',
  ],
  actions: mayTake
    ? [{ href: oversightPaths.exportPossibleAccess(id), text: 'Export this list', secondary: true }]
    : [],
  sections: [
    {
      kind: 'table',
      stack: true,
      caption: 'Members, rules and times',
      columns: possibleAccessColumns.map((text) => ({ text })),
      rows: rows.map((row) => row.map((text) => ({ text }))),
      empty:
        'This page has no members to show you. If the record belongs to another agency, ask that agency’s data-protection lead.',
      pages,
    },
  ],
});
