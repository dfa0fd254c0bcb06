/** What the policies of this area have in common: records of people in the safeguarding database, and rules for members of support agencies. */
import type { RecordClass, Rule, Verb } from '../platform/access-policy/access.ts';

export const helperRoles = ['field', 'safeguarding lead', 'partner caseworker'] as const;
export const keeperRoles = ['safeguarding lead', 'partner caseworker'] as const;

/** A record of a person: marked, in the safeguarding database, and with a log row for each look. */
export const safeguardingRecord = {
  marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
  looks: 'each',
  store: 'safeguarding',
} as const satisfies Partial<RecordClass>;

/** Lets members of support agencies who have one of these roles do this, where the relation holds. */
export const helpRule = (roles: Rule['roles'], relation: Rule['relation'], ...verbs: readonly Verb[]): Rule => ({
  roles,
  side: 'help',
  relation,
  purpose: 'safeguarding',
  verbs,
});

/** Actions that help a person, each with its verb. */
export const helpActions = (verbs: Readonly<Record<string, Verb>>): RecordClass['actions'] =>
  Object.fromEntries(Object.entries(verbs).map(([name, verb]) => [name, [verb, 'safeguarding'] as const]));

export const ownName = 'author_id = (select ctx.member()) and agency_id = (select ctx.agency())';
export const inOwnName = {
  sql: ownName,
  words: 'they write this record in their own name, for their own agency',
} as const;
/** A table whose rows an agency made and owns. */
export const ofOwnAgency = { agency: 'agency_id', owner: { column: 'agency_id' } } as const;
