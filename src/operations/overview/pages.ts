/** The overview of an operation: its tasks and the next step, the checks, and the facts in short. */
import type { Link, PageAction, Section, SectionsPage, SummaryRow } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { countDone, type TaskList, toTaskItem } from '../../platform/rendering/task-list.ts';
import { dayRange, longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf, plural } from '../../vocabulary/languages/english.ts';
import { emergencyAccessPaths } from '../../vocabulary/paths/access.ts';
import { operationPaths, partnerInvitationPaths, powerPaths, weekPaths } from '../../vocabulary/paths/operations.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { getPartnerState, type Invitation } from '../invitations/invitation.ts';
import { type PlanAccess, row, rowWithLink, visitsSection } from '../plan/plan-pages.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';
import { type AdviceItem, adviceModel, adviceTitle } from '../plan-check/advice-model.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { findGoDecision, isGoEnded } from '../policy-log/decision.ts';
import { findCodeB } from '../powers-of-entry/load.ts';
import { calculateAccessEnd } from '../premises-restriction/briefing-time.ts';
import { formatBriefingTime } from '../premises-restriction/pages.ts';
import { getOperationState } from '../weeks/operation.ts';
import {
  countBriefingReaders,
  findNextStep,
  listTasks,
  type Task,
  type TaskFacts,
  type TaskName,
} from './task-list.ts';

export type OverviewPage = SectionsPage & {
  readonly next: Link | undefined;
  readonly tasks: TaskList | undefined;
  readonly advice: readonly AdviceItem[] | undefined;
  readonly adviceTitle: string;
  /** A reader who changes nothing in the plan reads its legal problems before they decide. */
  readonly adviceFirst: boolean;
  /** What the reader cannot see yet, and why. */
  readonly restricted: readonly string[];
  readonly emergency: Link | undefined;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/overview/overview': OverviewPage;
  }
}

export type OverviewData = {
  readonly facts: TaskFacts;
  readonly access: PlanAccess;
  readonly made: VisitRecords;
  readonly today: string;
  /** The invitation of the reader's own agency that it has not accepted, and whether the reader answers for it. */
  readonly invited?: { readonly invitation: Invitation; readonly answers: boolean } | undefined;
  /** Plans operations: may start a new one with the partners and people of this one. */
  readonly copy: boolean;
};

export function overviewPage({ facts, access, made, today, invited, copy }: OverviewData): OverviewPage {
  const { plan, advice } = facts;
  const { operation } = plan;
  const guided = access.plan && access.named;
  const tasks = listTasks(facts);
  return {
    title: operation.codeName,
    caption: `Operation ${referenceOf('operation', operation.id)}, ${operation.weekName}`,
    back: { href: operationPaths.list(), text: 'Operations' },
    next: answerLink(invited) ?? (guided ? findNextStep(facts, access) : undefined),
    tasks: guided ? taskList(tasks, facts, access) : undefined,
    advice: access.plan && plan.visits.length > 0 ? adviceModel(advice, access, operation.id) : undefined,
    adviceTitle: adviceTitle(advice),
    adviceFirst: !access.change && advice.some(({ kind }) => kind === 'unlawful'),
    restricted: listRestrictions(plan, access, invited?.invitation),
    emergency:
      !access.plan && access.mayBreak
        ? {
            href: withQuery(emergencyAccessPaths.start(), { operation: operation.id }),
            text: 'Use emergency access: only if it cannot wait',
          }
        : undefined,
    actions: guided ? [] : listOtherActions(operation.id, access),
    sections: [
      ...(!access.plan && access.named ? [visitsSection(plan, access, made, today)] : []),
      {
        kind: 'summary',
        id: 'facts',
        title: 'Details',
        rows: [...factRows(plan, made, today), ...copyRow(plan, copy)],
      },
      accessSection(plan, access),
    ],
  };
}

const answerLink = (invited: OverviewData['invited']): Link | undefined =>
  invited?.answers
    ? { href: partnerInvitationPaths.invitation(invited.invitation.id), text: 'Answer the invitation of your agency' }
    : undefined;

/** For planners of the leading agency who were not added: they say who takes part. */
const listOtherActions = (id: string, { leads }: PlanAccess): PageAction[] =>
  leads ? [{ href: operationPaths.change(id), text: 'Change the operation', secondary: true }] : [];

const taskTitles: Record<TaskName, string> = {
  details: 'Details',
  partners: 'Partners',
  people: 'People',
  teams: 'Teams',
  premises: 'Premises and powers',
  visits: 'Visits',
  briefings: 'Briefings',
  decision: 'Decision to proceed',
  results: 'Results',
};

/** Where each task is done, for this reader. */
const taskPaths: Record<TaskName, (id: string, access: PlanAccess, decided: boolean) => string | undefined> = {
  details: (id, { leads }) => (leads ? operationPaths.change(id) : undefined),
  partners: (id) => `${operationPaths.people(id)}#partners`,
  people: (id) => `${operationPaths.people(id)}#people`,
  teams: (id) => `${operationPaths.people(id)}#teams`,
  premises: (id) => operationPaths.premises(id),
  visits: (id) => operationPaths.schedule(id),
  briefings: (id) => operationPaths.briefings(id),
  decision: (id, { go, decide }, decided) =>
    go || (decide && !decided) ? operationPaths.goDecision(id) : operationPaths.decisions(id),
  results: (id) => returnPaths.operation(id),
};

const describeReaders = ({ read, of, cannot }: ReturnType<typeof countBriefingReaders>): string =>
  `${read} of ${of} ${plural(of, 'has', 'have')} read it${cannot > 0 ? `. ${cannot} cannot open it` : ''}`;

function taskList(tasks: readonly Task[], facts: TaskFacts, access: PlanAccess): TaskList {
  const { plan, advice, briefingChanges } = facts;
  const read = countBriefingReaders(facts);
  const go = findGoDecision(plan.decisions);
  const hints: Partial<Record<TaskName, string>> = {
    ...describeAnswers(plan),
    ...(advice.some(({ rule }) => rule === 'nobody reads notes') && { people: 'No safeguarding lead takes part yet' }),
    ...(read.of + read.cannot > 0 && { briefings: describeReaders(read) }),
    ...(briefingChanges.length > 0 && {
      briefings: `Changed since the latest briefing: ${listChanges(briefingChanges)}`,
    }),
    ...(go && { decision: `${capital(go.kind)}: ${go.decidedBy}` }),
    ...(isGoEnded(plan.decisions) && {
      decision: 'The dates moved after the last decision. A commander must decide again.',
    }),
  };
  return {
    title: countDone(tasks),
    items: tasks.map(({ name, state }) =>
      toTaskItem(taskTitles[name], state, taskPaths[name](plan.operation.id, access, go !== undefined), hints[name]),
    ),
  };
}

/** How many partners have not accepted. */
function describeAnswers({ invitations }: Plan): { readonly partners?: string } {
  const states = invitations.map(getPartnerState);
  const count = (wanted: string) => states.filter((state) => state === wanted).length;
  const [invited, declined] = [count('invited'), count('declined')];
  const parts = [...(invited > 0 ? [`${invited} invited`] : []), ...(declined > 0 ? [`${declined} declined`] : [])];
  return parts.length > 0 ? { partners: capital(listOf(parts)) } : {};
}

/** The first changes, and how many more there are. Commas stand inside them. */
const listChanges = (changes: readonly string[]): string =>
  [
    ...changes.slice(0, mostChanges),
    ...(changes.length > mostChanges ? [`and ${changes.length - mostChanges} more`] : []),
  ].join('; ');
const mostChanges = 3;

/** Says what is closed to the member and how to get access, without revealing the content. */
function listRestrictions({ operation, teams, briefed }: Plan, access: PlanAccess, invitation?: Invitation): string[] {
  if (access.plan) return [];
  if (access.leads && !access.named)
    return [
      'You cannot see the premises of this operation, because you have not been added to it. Add yourself under “Teams and partners”.',
    ];
  if (!access.named && invitation)
    return [
      `Your agency ${invitation.answer === 'declined' ? 'declined to take part' : 'is invited to take part'}, ${dayRange(operation.startsOn, operation.endsOn)}. You cannot see more before it accepts, and a planner of ${operation.agencyName} adds you.`,
    ];
  if (!access.named)
    return [
      `Your agency takes part, ${dayRange(operation.startsOn, operation.endsOn)}. You cannot see more, because you have not been added to it. Ask a planner of ${operation.agencyName} to add you.`,
    ];
  const waiting = teams.filter(
    ({ id }) => !access.teams.includes(id) && access.days.some(({ teamId }) => teamId === id),
  );
  return waiting.flatMap(({ id, name }) => {
    const time = briefed.get(id);
    const days = access.days
      .filter(({ teamId }) => teamId === id)
      .map(({ day }) => `${weekdayOf(day)} ${longDay(day)}`);
    return time
      ? [
          `${name} goes out on ${listOf(days)}. It is briefed at ${formatBriefingTime(time)}. You can see its visits from then.`,
        ]
      : [];
  });
}

function factRows(plan: Plan, made: VisitRecords, today: string): SummaryRow[] {
  const { operation } = plan;
  const standing = getOperationState(operation, today);
  const begun = standing === 'to come' && plan.visits.some(({ id }) => made.has(id));
  const go = findGoDecision(plan.decisions);
  const codeB = findCodeB(operation.startsOn);
  return [
    rowWithLink('Week', operation.weekName, weekPaths.week(operation.weekId), 'Open'),
    row(
      'Local dates',
      `${dayRange(operation.startsOn, operation.endsOn)}: ${begun ? 'begun, by a visit before the first day' : standing}`,
    ),
    row('Official dates', dayRange(operation.weekStartsOn, operation.weekEndsOn)),
    row('Area', operation.area),
    row('Led by', `${operation.unit}, ${operation.agencyName}`),
    ...(go ? [row('Decision to proceed', `${capital(go.kind)}: ${go.decidedBy}, ${formatMoment(go.recordedAt)}`)] : []),
    ...(codeB ? [rowWithLink('Code for searches', codeB.name, powerPaths.catalogue(), 'Open')] : []),
  ];
}

const copyRow = ({ operation }: Plan, copy: boolean): SummaryRow[] =>
  copy
    ? [
        rowWithLink(
          'Next operation',
          'Start a new operation with these partners and people',
          withQuery(operationPaths.add(), { copy: operation.id }),
          'Copy',
        ),
      ]
    : [];

const accessSection = ({ operation }: Plan, access: PlanAccess): Section => ({
  kind: 'summary',
  id: 'access',
  title: 'Access',
  rows: [
    row('Premises', 'Planners and commanders who were added to the operation'),
    row(
      'Visits of a team',
      `The team’s members, from its briefing until ${formatMoment(calculateAccessEnd(operation))}`,
    ),
    ...(access.times
      ? [
          rowWithLink(
            'Everybody with access',
            'See who has access and when, including emergency access',
            operationPaths.accessWindow(operation.id),
            'Open',
          ),
        ]
      : []),
  ],
});
