/** The guard itself with one thing wrong in its text: it is read, changed, and asked the same cells. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import {
  type Access,
  type AreaPolicy,
  databaseRoleFor,
  type joinPolicies,
} from '../../src/platform/access-policy/access.ts';
import { tryGuard } from './guard.ts';

export type GuardMutant = { readonly name: string; readonly from: string; readonly to: string };

const changes: readonly (readonly [from: string, to: string])[] = [
  ["if (rule.roles === 'anyone') return true;", ''],
  ["if (rule.roles === 'anyone') return true;", "if (rule.roles !== 'anyone') return true;"],
  ['if (!actor) return false;', 'if (!actor) return true;'],
  ['if (rule.side && rule.side !== actor.side) return false;', ''],
  [
    'if (rule.side && rule.side !== actor.side) return false;',
    'if (rule.side && rule.side === actor.side) return false;',
  ],
  ["rule.roles === 'member' || rule.roles.some", 'rule.roles.some'],
  ["rule.roles === 'member' || rule.roles.some", "rule.roles !== 'member' || rule.roles.some"],
  ['rule.roles.some((role) => actor.roles.includes(role))', 'rule.roles.every((role) => actor.roles.includes(role))'],
  ['rule.roles.some((role) => actor.roles.includes(role))', 'rule.roles.some((role) => !actor.roles.includes(role))'],
  ['rules.some((rule) => isRuleFor(rule, actor))', 'rules.every((rule) => isRuleFor(rule, actor))'],
  ['purposesOf(rule).includes(purpose) && rule.verbs.includes(verb)', 'purposesOf(rule).includes(purpose)'],
  ['purposesOf(rule).includes(purpose) && rule.verbs.includes(verb)', 'rule.verbs.includes(verb)'],
  ['purposesOf(rule).includes(purpose) && rule.verbs.includes(verb)', 'true'],
  ["recordClass.store ?? 'main'", "'main'"],
  // No action goes by the other three: the cells of the policy test their processes.
  ...Object.entries(databaseRoleFor)
    .filter(([purpose]) => !['investigation', 'upkeep', 'information'].includes(purpose))
    .map(
      ([purpose, role]) =>
        [`${purpose}: '${role}',`, `${purpose}: '${role === 'leader' ? 'staff' : 'leader'}',`] as const,
    ),
  ['if (policy[name]) throw', 'if (false) throw'],
  ['if (actions.has(actionName)) throw', 'if (false) throw'],
  ['if (rules.length === 0) throw', 'if (false) throw'],
  ['if (!found) throw', 'if (false) throw'],
];

export const guardMutants = (): GuardMutant[] =>
  changes.map(([from, to]) => ({ name: `${from} → ${to || 'nothing'}`, from, to }));

type Join = typeof joinPolicies;

/** Who noticed; undefined where nobody did. */
export async function judgeGuardMutant(
  { from, to, name }: GuardMutant,
  policy: AreaPolicy,
): Promise<string | undefined> {
  const text = readFileSync(new URL('../../src/platform/access-policy/access.ts', import.meta.url), 'utf8');
  if (text.split(from).length !== 2) throw new Error(`the guard no longer says “${from}”: ${name}`);
  const code = stripTypeScriptTypes(text.replace(from, to));
  const changed = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { joinPolicies: Join };
  try {
    const access: Access = changed.joinPolicies([policy]);
    return tryGuard(access, { first: true }).wrong[0] ?? refusesNothing(changed.joinPolicies);
  } catch (error) {
    return `it fails: ${(error as Error).message}`;
  }
}

const thing = {
  means: 'a thing',
  marking: 'OFFICIAL',
  looks: { none: 'an example' },
  tables: {},
  rules: [{ roles: 'member', relation: 'any', purpose: 'operation', verbs: ['read'] }],
  actions: { 'thing.read': ['read', 'operation'] },
} as const satisfies AreaPolicy[string];

/** What must stop the start: two meanings of one name, an action that nobody may ever do, one that nobody has named. */
function refusesNothing(join: Join): string | undefined {
  const attempts: readonly (readonly [string, () => unknown])[] = [
    [
      'two classes of one name',
      () => join([{ thing: { ...thing, actions: {} } }, { thing: { ...thing, actions: {} } }]),
    ],
    ['two actions of one name', () => join([{ one: thing, other: thing }])],
    ['an action that no rule allows', () => join([{ thing: { ...thing, rules: [] } }])],
    ['an action that nobody named', () => join([{ thing }]).action('thing.fly')],
  ];
  for (const [what, attempt] of attempts) {
    try {
      attempt();
      return `${what} is let through`;
    } catch (error) {
      if (!/^(two|no) /.test((error as Error).message)) return `${what} stops it in other words`;
    }
  }
  return undefined;
}
