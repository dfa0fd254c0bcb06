/** Who may set out to do what, before any row is looked at, said by hand: the action, the door that it goes by, and whose it is. A new action is nobody's until it stands here. */
import type { Role, Side } from '../../vocabulary/people.ts';
import type { Door } from './oracle.ts';

export type Whose = 'everybody' | 'members' | { readonly roles: readonly Role[]; readonly side?: Side }[];

const of = (...roles: readonly Role[]): Whose => [{ roles }];
const ofForce = (...roles: readonly Role[]): Whose => [{ roles, side: 'enforcement' }];
const ofHelp = (...roles: readonly Role[]): Whose => [{ roles, side: 'help' }];

const does = ['field', 'enforcement'] as const;
const helps = ['field', 'safeguarding lead', 'partner caseworker'] as const;
const seesVisits: Whose = [{ roles: does }, { roles: ['planner', 'commander'], side: 'enforcement' }];
const enforces = ofForce(...does);
const seesEnforced = ofForce(...does, 'planner', 'commander');

const byDoor: Partial<Record<Door, Record<string, Whose>>> = {
  'main/public': { anyone: 'everybody' },
  'main/staff': {
    'session.open': 'everybody',
    'session.own': 'members',
    'home.read': 'members',
    'agency.read': 'members',
    'agency.add': of('administrator'),
    'member.read': 'members',
    'account.read': of('administrator'),
    'account.add': of('administrator'),
    'account.end': of('administrator'),
    'week.read': 'members',
    'week.plan': of('planner', 'coordinator'),
    'week.change': of('planner', 'coordinator'),
    'operation.read': 'members',
    'operation.plan': of('planner'),
    'operation.change': of('planner'),
    'taking part.change': of('planner'),
    'decision.read': of('planner', 'commander'),
    'decision.add': of('planner', 'commander'),
    'target.read': of('planner', 'commander'),
    'target.plan': of('planner'),
    'target.change': of('planner'),
    'planned visit.read': of('planner', 'commander', ...does),
    'planned visit.change': of('planner'),
    'briefing.read': of('planner', 'commander', ...does),
    'briefing.make': of('planner'),
    'briefing.acknowledge': 'members',
    'powers.read': 'members',
    'visit.read': seesVisits,
    'visit.record': of(...does),
    'encounter.read': seesVisits,
    'encounter.record': of(...does),
    'name.read': seesEnforced,
    'name.record': enforces,
    'sign.read': seesEnforced,
    'sign.record': enforces,
    'search.read': seesEnforced,
    'search.record': enforces,
    'arrest.read': seesEnforced,
    'arrest.record': enforces,
    'screening.record': enforces,
    'seizure.read': seesEnforced,
    'seizure.record': enforces,
  },
  'main/statistics': {
    'return.read': of('analyst', 'commander', 'coordinator'),
    'return.take': of('analyst', 'commander', 'coordinator'),
    'return.count': of('analyst'),
    'return.workings': of('analyst', 'commander'),
    'return.sign': of('analyst'),
  },
  'main/publisher': Object.fromEntries(
    ['figures.read', 'cutting.read', 'cutting.import', 'cutting.remove']
      .concat(['read', 'take', 'draft', 'write', 'judge', 'publish', 'withdraw'].map((what) => `release.${what}`))
      .map((action) => [action, of('press')]),
  ),
  'main/auditor': {
    'log.read': of('auditor', 'data-protection lead'),
    'log.take': of('auditor', 'data-protection lead'),
    'grant.read': of('auditor', 'data-protection lead'),
  },
  'safeguarding/safeguarding': {
    'note.read': of(...helps),
    'note.write': of(...helps),
    'note.take up': ofHelp('safeguarding lead'),
    'referral.read': ofHelp(...helps),
    'referral.make': ofHelp('field', 'safeguarding lead'),
    'referral.decide': ofHelp('partner caseworker'),
  },
  'safeguarding/statistics': { 'fact.count': of('analyst', 'commander') },
};

export const actions: ReadonlyMap<string, { readonly door: Door; readonly whose: Whose }> = new Map(
  Object.entries(byDoor).flatMap(([door, named]) =>
    Object.entries(named).map(([action, whose]) => [action, { door: door as Door, whose }] as const),
  ),
);

/** Whether a member of these roles on this side may set out to do it; undefined is nobody signed in. */
export function maySetOut(
  action: string,
  who: { readonly roles: readonly Role[]; readonly side: Side } | undefined,
): boolean {
  const whose = actions.get(action)?.whose;
  if (whose === undefined) return false;
  if (whose === 'everybody') return true;
  if (!who) return false;
  if (whose === 'members') return true;
  return whose.some(
    ({ roles, side }) => (side ?? who.side) === who.side && roles.some((role) => who.roles.includes(role)),
  );
}
