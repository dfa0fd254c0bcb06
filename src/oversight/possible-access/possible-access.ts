/** Who could have seen a record, by which rule, from when until when: spans of membership × spans of grants × what the record's own columns said × the rules of the policy table. Pure: the policy is data here too. */
import type { Rule, TableShape } from '../../platform/access-policy/access.ts';

/** Half open: from `since` on, no longer at `until`. Milliseconds; infinite where nothing bounds it. */
export type Span = { readonly since: number; readonly until: number };
export const unboundedSpan: Span = { since: -Infinity, until: Infinity };

export type Term = Span & {
  readonly memberId: string;
  readonly agencyId: string;
  readonly side: string;
  /** The kind of agency. */
  readonly kind: string;
  readonly roles: readonly string[];
};
export type Granted = Span & {
  readonly relation: 'member' | 'partner' | 'team';
  readonly subject: string;
  readonly memberId: string | null;
  readonly agencyId: string | null;
};
/** What one record's telling columns said for a while. */
export type RecordState = Span & { readonly keptIn: string; readonly said: Readonly<Record<string, unknown>> };

/** One rule by which rows of one table are read under one login role of the database. */
export type ReadRule = Pick<Rule, 'roles' | 'side' | 'relation'> & {
  readonly name: string;
  readonly table: string;
  readonly shape: TableShape;
  readonly under: string;
};

export type AccessModel = {
  readonly rules: readonly ReadRule[];
  readonly terms: readonly Term[];
  readonly grants: readonly Granted[];
  readonly records: ReadonlyMap<string, readonly RecordState[]>;
};

/** `sure` is false where a condition had to hold besides that is kept nowhere as history. */
export type PossibleAccess = Span & { readonly rule: ReadRule; readonly sure: boolean };
export type MemberPossibleAccess = PossibleAccess & { readonly memberId: string; readonly agencyId: string };

export const intersectSpans = (one: Span, other: Span): Span => ({
  since: Math.max(one.since, other.since),
  until: Math.min(one.until, other.until),
});
/** Indexes grants by member and by agency, so that a lookup does not scan the grants of others. */
export function indexGrants<One extends Pick<Granted, 'memberId' | 'agencyId'>>(
  grants: readonly One[],
): (memberId: string, agencyId: string | null | undefined) => One[] {
  const byMember = Map.groupBy(grants, ({ memberId }) => memberId);
  const byAgency = Map.groupBy(grants, ({ agencyId }) => agencyId);
  return (memberId, agencyId) => [
    ...(byMember.get(memberId) ?? []),
    ...(agencyId ? (byAgency.get(agencyId) ?? []).filter((given) => given.memberId !== memberId) : []),
  ];
}

const isNonEmpty = ({ since, until }: Span): boolean => since < until;

/** As few spans as say the same. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { since, until } of [...spans].filter(isNonEmpty).sort((a, b) => a.since - b.since)) {
    const last = merged.at(-1);
    if (last && since <= last.until)
      merged[merged.length - 1] = { since: last.since, until: Math.max(last.until, until) };
    else merged.push({ since, until });
  }
  return merged;
}

/** What of a span none of the others covers. */
export function subtractSpans(span: Span, others: readonly Span[]): Span[] {
  let left: Span[] = [span];
  for (const { since, until } of mergeSpans(others))
    left = left.flatMap((part) =>
      [
        { since: part.since, until: Math.min(part.until, since) },
        { since: Math.max(part.since, until), until: part.until },
      ].filter(isNonEmpty),
    );
  return left;
}

const relationColumns = {
  'own agency': 'agency',
  partner: 'operation',
  member: 'operation',
  team: 'team',
  author: 'author',
  self: 'self',
  recipient: 'recipient',
  custodian: 'custodian',
} as const;

const isRuleForTerm = ({ roles, side }: ReadRule, term: Term): boolean =>
  roles !== 'anyone' &&
  roles !== 'unfinished' &&
  (!side || side === term.side) &&
  (roles === 'member' || roles.some((role) => term.roles.includes(role)));

/** Whether the record and the grants alone decide the relation. */
const isCertain = (relation: Rule['relation']): relation is Exclude<Rule['relation'], object | 'glass' | 'opened'> =>
  typeof relation === 'string' && relation !== 'glass' && relation !== 'opened';

/** One that narrows the team is weighed as the team. `findOpenSpans` takes out the immigration officers whom it leaves out. */
const widened = (rule: ReadRule): ReadRule =>
  typeof rule.relation === 'object' && rule.relation.of === 'team' ? { ...rule, relation: 'team' } : rule;

/** When the rule's relation held between the holder of a term and a row that said this. */
function findRelationSpans(
  { relation, shape }: ReadRule,
  { said }: RecordState,
  term: Term,
  /** Grants of the member and of their agency. */
  grants: readonly Granted[],
): Span[] {
  if (typeof relation === 'object' && relation.of === 'recipient' && shape.recipient)
    return said[shape.recipient] === term.agencyId ? [unboundedSpan] : [];
  if (relation === 'any' || !isCertain(relation)) return [unboundedSpan];
  const column = shape[relationColumns[relation]];
  if (column === undefined) return [unboundedSpan]; // Its parent judges.
  const told = said[column];
  if (relation === 'own agency' || relation === 'recipient' || relation === 'custodian')
    return told === term.agencyId ? [unboundedSpan] : [];
  if (relation === 'author' || relation === 'self') return told === term.memberId ? [unboundedSpan] : [];
  return grants.filter((given) => given.relation === relation && given.subject === told);
}

/** When the plan did not keep the holder of a term from a visit: unknown premises keep immigration officers out too. Everybody else is never kept out. */
function findOpenSpans(
  { records }: AccessModel,
  id: string,
  { relation }: ReadRule,
  { said, keptIn }: RecordState,
  term: Term,
): readonly Span[] {
  if (typeof relation !== 'object' || relation.leavesOut !== term.kind) return [unboundedSpan];
  const premises = records.get(keptIn === 'premises' ? id : String(said.premises_id)) ?? [];
  const visits = records.get(id) ?? [];
  return mergeSpans([
    ...premises.filter((one) => one.keptIn === 'premises' && one.said.immigration_entry !== 'not present'),
    ...visits.filter((one) => Array.isArray(one.said.attendees) && one.said.attendees.includes(term.memberId)),
  ]);
}

/** When the holder of a term could read one record under one role of the database: a child only when its parent too. */
function findPossibleAccess(
  world: AccessModel,
  id: string,
  term: Term,
  grants: readonly Granted[],
  under: string,
  keptIn?: string,
): PossibleAccess[] {
  const standings = world.records.get(id) ?? [];
  return standings
    .filter((one) => !keptIn || one.keptIn === keptIn)
    .flatMap((standing) =>
      world.rules
        .filter((rule) => rule.table === standing.keptIn && rule.under === under && isRuleForTerm(rule, term))
        .flatMap((narrow) => {
          const rule = widened(narrow);
          const sure = isCertain(rule.relation);
          const open = findOpenSpans(world, id, narrow, standing, term);
          const own = findRelationSpans(rule, standing, term, grants).flatMap((span) =>
            open.map((part) => intersectSpans(intersectSpans(intersectSpans(span, part), standing), term)),
          );
          const { parent } = rule.shape;
          if (!parent) return own.filter(isNonEmpty).map((span) => ({ ...span, rule, sure }));
          return findPossibleAccess(world, String(standing.said[parent[1]]), term, grants, under, parent[0]).flatMap(
            (above) =>
              own
                .map((span) => ({ ...intersectSpans(span, above), rule, sure: sure && above.sure }))
                .filter(isNonEmpty),
          );
        }),
    );
}

/** Who could have seen the record: the fewest spans for each member and rule. Uncertain spans appear only where no certain one covers them. */
export function findMemberPossibleAccess(world: AccessModel, id: string): MemberPossibleAccess[] {
  const roles = [...new Set(world.rules.map(({ under }) => under))];
  const granted = indexGrants(world.grants);
  const found = world.terms.flatMap((term) => {
    const { memberId, agencyId } = term;
    const grants = granted(memberId, agencyId);
    return roles.flatMap((under) =>
      findPossibleAccess(world, id, term, grants, under).map((chance) => ({ ...chance, memberId, agencyId })),
    );
  });
  const groups = Map.groupBy(found, ({ memberId, agencyId, rule, sure }) =>
    JSON.stringify([memberId, agencyId, world.rules.indexOf(rule), sure]),
  );
  const sure = Map.groupBy(
    found.filter((one) => one.sure),
    ({ memberId }) => memberId,
  );
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const spans = mergeSpans(same).flatMap((span) =>
      first.sure ? [span] : subtractSpans(span, sure.get(first.memberId) ?? []),
    );
    return spans.map((span) => ({ ...first, ...span }));
  });
}
