/** The tasks of an operation with their states, and the one step that comes next. Pure: no clock, no database. */
import type { ResultState } from '../../platform/area.ts';
import type { TaskState } from '../../platform/rendering/task-list.ts';
import { operationPaths, premisesPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { findFix, type PlanPermissions } from '../plan-check/advice-model.ts';
import type { Advice, AdviceRule, Plan } from '../plan-check/entry-check.ts';
import { mayReadBriefing } from '../plan-check/plan-check.ts';
import { findGoDecision } from '../policy-log/decision.ts';

export const taskNames = [
  'details',
  'partners',
  'people',
  'teams',
  'premises',
  'visits',
  'briefings',
  'decision',
  'results',
] as const;
export type TaskName = (typeof taskNames)[number];

export type Task = { readonly name: TaskName; readonly state: TaskState };

/** Whether a team has a briefing, and whether it still says what the plan says. */
export type BriefingState = 'none' | 'current' | 'out of date';

export type TaskFacts = {
  readonly plan: Plan;
  readonly advice: readonly Advice[];
  readonly briefings: ReadonlyMap<string, BriefingState>;
  /** Who has read the latest briefing of each team. */
  readonly briefingReaders: ReadonlyMap<string, readonly string[]>;
  /** What has changed since the latest briefings, in words. */
  readonly briefingChanges: readonly string[];
  /** Whether its last day has passed: then results are a task, and nothing else is planned. */
  readonly over: boolean;
  /** Undefined for readers who see no return. */
  readonly results: ResultState | undefined;
};

const visitRules = [
  ...[
    'no power',
    'consent refused before',
    'by night',
    'immigration on the team',
    'no visit',
    'no order',
    'one team in two places',
  ],
  ...['outside the operation', 'outside what the team sees', 'before the briefing'],
] as readonly AdviceRule[];
const teamRules = [
  ...['one person in two teams', 'no lead', 'nobody on the team', 'cannot read the briefing', 'no longer takes part'],
  'member does not come',
] as readonly AdviceRule[];
const otherRules: Readonly<Partial<Record<AdviceRule, TaskName>>> = {
  'outside the week': 'details',
  'partner not accepted': 'partners',
  'partner declined': 'partners',
  'no agreement on file': 'partners',
  'no reception': 'people',
  'nobody reads notes': 'people',
  'helper reads no notes': 'people',
  'no go': 'decision',
  'no-go stands': 'decision',
  'visit added': 'decision',
};

/** The task in which a finding is fixed. What the law of entry finds belongs to premises and powers. */
const taskOf = ({ rule }: Pick<Advice, 'rule'>): TaskName =>
  otherRules[rule] ?? (visitRules.includes(rule) ? 'visits' : teamRules.includes(rule) ? 'teams' : 'premises');

/** Findings that say that something is still missing, not that something is wrong. */
const gaps: readonly AdviceRule[] = [
  ...(['no interpreter', 'no referrer', 'immigration undecided', 'immigration unrecorded', 'no power'] as const),
  ...(['home not known', 'risks not recorded', 'partner not accepted'] as const),
  ...(['no lead', 'nobody on the team', 'no reception', 'nobody reads notes'] as const),
];

const isOpen = ({ kind, acknowledged }: Advice): boolean => kind !== 'note' && !acknowledged;
const isGap = ({ kind, rule }: Advice): boolean => kind !== 'unlawful' && gaps.includes(rule);

const openIn = (facts: Pick<TaskFacts, 'advice'>, task: TaskName): Advice[] =>
  facts.advice.filter((one) => isOpen(one) && taskOf(one) === task);

const withoutPower = ({ premises, powers }: Plan) =>
  premises.filter(({ id }) => !powers.some(({ premisesId }) => premisesId === id));
const withoutVisit = ({ premises, visits }: Plan) =>
  premises.filter(({ id }) => !visits.some(({ premisesId }) => premisesId === id));
const postponed = ({ visits }: Plan) => visits.filter(({ state }) => state === 'postponed');

/** Teams that go out, with the state of their briefing. */
const briefedTeams = ({ plan, briefings }: TaskFacts) =>
  plan.teams
    .filter(({ id }) => plan.visits.some(({ teamId, state }) => teamId === id && state === 'planned'))
    .map((team) => ({ team, state: briefings.get(team.id) ?? ('none' as const) }));

const started = (begun: boolean, complete: boolean): TaskState =>
  begun ? (complete ? 'done' : 'in progress') : 'not started';

function briefingTask(facts: TaskFacts): TaskState {
  const teams = briefedTeams(facts);
  const made = teams.filter(({ state }) => state !== 'none');
  if (made.some(({ state }) => state === 'out of date')) return 'needs attention';
  const { read, of } = countBriefingReaders(facts);
  return started(made.length > 0, made.length === teams.length && read === of);
}

/** Of the members of teams with a briefing: how many have read it, of how many who can open it, and how many cannot. */
export function countBriefingReaders(facts: TaskFacts): {
  readonly read: number;
  readonly of: number;
  readonly cannot: number;
} {
  const places = briefedTeams(facts)
    .filter(({ state }) => state !== 'none')
    .flatMap(({ team }) => facts.plan.members.filter(({ teamId }) => teamId === team.id));
  const able = places.filter(mayReadBriefing);
  const read = able.filter(({ teamId, memberId }) => facts.briefingReaders.get(teamId)?.includes(memberId));
  return { read: read.length, of: able.length, cannot: places.length - able.length };
}

/** What was entered, before the checks are asked. */
const entered: Record<TaskName, (facts: TaskFacts) => TaskState> = {
  details: () => 'done',
  partners: ({ plan }) => started(plan.partners.length > 1, true),
  people: ({ plan }) => started(plan.participants.length > 1, true),
  teams: ({ plan }) => started(plan.teams.length > 0, true),
  premises: ({ plan }) => started(plan.premises.length > 0, withoutPower(plan).length === 0),
  visits: ({ plan }) =>
    started(plan.visits.length > 0, withoutVisit(plan).length === 0 && postponed(plan).length === 0),
  briefings: briefingTask,
  decision: ({ plan }) => started(findGoDecision(plan.decisions) !== undefined, true),
  results: ({ results }) => started(results !== 'not counted', results === 'signed'),
};

function stateOf(facts: TaskFacts, name: TaskName): TaskState {
  const state = entered[name](facts);
  if (state === 'not started') return state;
  const open = openIn(facts, name);
  if (open.some((one) => !isGap(one))) return 'needs attention';
  return open.length > 0 && state === 'done' ? 'in progress' : state;
}

/** Results are a task once the operation is over, for those who see returns. */
export const listTasks = (facts: TaskFacts): readonly Task[] =>
  taskNames
    .filter((name) => name !== 'results' || (facts.over && facts.results !== undefined))
    .map((name) => ({ name, state: stateOf(facts, name) }));

export type NextStep = { readonly text: string; readonly href: string };
type StepOf = (facts: TaskFacts, may: PlanPermissions) => NextStep | undefined;

/** What the step is called, by the finding that it fixes; a plain sentence for all others. */
const fixTexts: Readonly<Partial<Record<AdviceRule, (name: string) => string>>> = {
  'outside the week': () => 'Check the dates',
  'nobody reads notes': () => 'Add a safeguarding lead',
  'helper reads no notes': () => 'Check who arranges help',
  'risks not recorded': (place) => `Record the risks at ${place}`,
  'member does not come': (team) => `Plan ${team} without those who do not come`,
  'no lead': (team) => `Choose a leader for ${team}`,
  'nobody on the team': (team) => `Add members to ${team}`,
  'no interpreter': (place) => `Name an interpreter for ${place}`,
  'no referrer': (place) => `Name a first responder for ${place}`,
  'home not known': (place) => `Find out whether somebody lives at ${place}`,
  'immigration undecided': (place) => `Decide about immigration officers at ${place}`,
  'immigration unrecorded': (place) => `Record the decision about immigration officers at ${place}`,
  'not granted yet': (place) => `Record the next step of the power for ${place}`,
  'no power': (place) => `Choose a power for the visit to ${place}`,
  'no-go stands': () => 'Decide again whether it goes ahead',
  'visit added': () => 'Decide again whether it goes ahead',
};

/** The first of these findings that this reader may fix, fixed where its page is. */
const firstFix = (findings: readonly Advice[], may: PlanPermissions): NextStep | undefined =>
  findings.flatMap((one) => {
    const fix = findFix(one, may);
    const { name } = one.about;
    const plain = one.kind === 'unlawful' ? `Fix a legal problem at ${name}` : `Check a risk at ${name}`;
    return fix ? [{ text: fixTexts[one.rule]?.(name) ?? plain, href: fix.href }] : [];
  })[0];

/** The first open finding of the task. */
const fixStep = (facts: TaskFacts, task: TaskName, may: PlanPermissions): NextStep | undefined =>
  firstFix(
    openIn(facts, task).toSorted((one, other) => Number(isGap(one)) - Number(isGap(other))),
    may,
  );

const fixUnlawful = ({ advice }: TaskFacts, may: PlanPermissions): NextStep | undefined =>
  firstFix(
    advice.filter(({ kind }) => kind === 'unlawful'),
    may,
  );

/** For a reader who may not decide, where visits were planned after a go. */
const askAgainStep = (facts: TaskFacts): NextStep | undefined =>
  openIn(facts, 'decision').some(({ rule }) => rule === 'visit added')
    ? { text: 'Ask a commander to decide again', href: operationPaths.goDecision(facts.plan.operation.id) }
    : undefined;

const steps: Record<TaskName, StepOf> = {
  details: (facts, may) => fixStep(facts, 'details', may),
  partners: ({ plan }, { leads }) =>
    leads && plan.teams.length === 0
      ? { text: 'Add a partner', href: operationPaths.addPartner(plan.operation.id) }
      : undefined,
  people: (facts, may) => {
    const { plan } = facts;
    if (plan.participants.length > 1) return plan.visits.length > 0 ? fixStep(facts, 'people', may) : undefined;
    return may.leads && plan.teams.length === 0
      ? { text: 'Add people', href: operationPaths.addPeopleOfAll(plan.operation.id) }
      : undefined;
  },
  teams: (facts, may) => {
    const { plan } = facts;
    if (plan.teams.length > 0) return fixStep(facts, 'teams', may);
    return may.leads ? { text: 'Add a team', href: operationPaths.addTeam(plan.operation.id) } : undefined;
  },
  premises: (facts, may) => {
    const { plan } = facts;
    if (plan.premises.length === 0)
      return may.change
        ? { text: 'Add the first premises', href: operationPaths.addPremises(plan.operation.id) }
        : undefined;
    const [bare] = withoutPower(plan);
    if (bare && may.change)
      return { text: `Add a power of entry for ${bare.name}`, href: premisesPaths.addPower(bare.id) };
    return fixStep(facts, 'premises', may);
  },
  visits: (facts, may) => {
    const { plan } = facts;
    if (plan.teams.length === 0 || !may.change) return undefined;
    const [next] = withoutVisit(plan);
    if (next) return { text: `Plan a visit to ${next.name}`, href: premisesPaths.addVisit(next.id) };
    const [later] = postponed(plan);
    if (later)
      return {
        text: `Plan the visit to ${later.premises.name} again`,
        href: premisesPaths.moveVisit(later.premisesId, later.id),
      };
    return fixStep(facts, 'visits', may);
  },
  briefings: (facts, { change }) => {
    const next = briefedTeams(facts).find(({ state }) => state !== 'current');
    if (!next || !change) return undefined;
    const { team, state } = next;
    return {
      text: state === 'none' ? `Make the briefing of ${team.name}` : `Make a new briefing for ${team.name}`,
      href: teamPaths.briefing(team.id),
    };
  },
  decision: (facts, may) => {
    const { plan } = facts;
    if (plan.visits.length === 0 || !(may.go || may.decide)) return undefined;
    if (findGoDecision(plan.decisions)) return fixStep(facts, 'decision', may) ?? askAgainStep(facts);
    const unlawful = facts.advice.some(({ kind }) => kind === 'unlawful');
    if (unlawful)
      return {
        text: 'Read the legal problems of the plan',
        href: `${operationPaths.operation(plan.operation.id)}#advice`,
      };
    const text = may.go ? 'Decide whether it goes ahead' : 'Ask a commander to decide';
    return { text, href: operationPaths.goDecision(plan.operation.id) };
  },
  results: ({ plan, results }) => ({
    text: results === 'counted' ? 'Sign the results' : 'Count the results',
    href: returnPaths.operation(plan.operation.id),
  }),
};

/** A legal problem comes first. Then the first step, in the order of the tasks, that is open and that this reader may take. */
export function findNextStep(facts: TaskFacts, may: PlanPermissions): NextStep | undefined {
  const unlawful = facts.over ? undefined : fixUnlawful(facts, may);
  if (unlawful) return unlawful;
  for (const { name, state } of listTasks(facts)) {
    const step = state === 'done' || (facts.over && name !== 'results') ? undefined : steps[name](facts, may);
    if (step) return step;
  }
  return undefined;
}
