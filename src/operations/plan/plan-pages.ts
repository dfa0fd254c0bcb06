/** The plan of an operation as people see it: advice first, then a picture of days and teams with its table, then the lists. */

import type { VisitState } from '../../platform/area.ts';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import {
  backTo,
  type FormPage,
  type Link,
  type PageAction,
  type Section,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { dayRange, longDay, shortDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { emergencyAccessPaths } from '../../vocabulary/paths/access.ts';
import { operationPaths, powerPaths, premisesPaths, teamPaths, weekPaths } from '../../vocabulary/paths/operations.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { type AdviceItem, adviceModel, adviceTitle, type PlanPermissions } from '../plan-check/advice-model.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { type Decision, findGoDecision } from '../policy-log/decision.ts';

import { findCodeB, powerName } from '../powers-of-entry/load.ts';
import { calculateAccessEnd } from '../premises-restriction/briefing-time.ts';
import { formatBriefingTime, formatShortBriefingTime } from '../premises-restriction/pages.ts';
import type { TeamDay } from '../premises-restriction/store.ts';
import { getOperationState } from '../weeks/operation.ts';
import { formatResources, partnerKind } from '../weeks/people-pages.ts';
import { createPlanChart, type PlanChart } from './plan-chart.ts';
import type { Power } from './planned-power.ts';
import { formatHours, type VisitInPlan } from './planned-visit.ts';
import { getPowerStatus, getVisitStatus, type VisitRecords } from './visit-outcome.ts';

const priorityTag = { high: 'red', medium: 'yellow', low: 'grey' } as const;

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);
export const row = (key: string, value: string) => ({ key: text(key), value: text(value) });
export const rowWithLink = (key: string, value: string, href: string | false, change = 'Change'): SummaryRow => ({
  ...row(key, value),
  ...(href && { actions: { items: [{ href, text: change, visuallyHiddenText: key.toLowerCase() }] } }),
});

export type PlanAccess = PlanPermissions & {
  /** Plans or commands this operation by name: sees targets and is advised. */
  readonly plan: boolean;
  /** May open the visits that their access allows. */
  readonly visits: boolean;
  /** Teams that the member is on and whose briefing has begun. The member may read these briefings. */
  readonly teams: readonly string[];
  /** On which days the member's teams go out: the only thing shown to them before the briefing. */
  readonly days: readonly TeamDay[];
  /** May open the briefings that their access allows. */
  readonly briefings: boolean;
  /** Added to the operation by name. Other members of a partner agency see only that it takes part, and when. */
  readonly named: boolean;
  /** May say when teams are briefed, and see who will see what. */
  readonly times: boolean;
  /** Has open emergency access to the operation. */
  readonly glass: boolean;
  /** May use emergency access if they are not part of the operation. */
  readonly mayBreak: boolean;
};

type PlanSection = Extract<Section, { readonly kind: 'table' | 'summary' }>;

export type PlanPage = {
  readonly title: string;
  readonly caption: string;
  readonly back: Link;
  readonly actions: readonly PageAction[];
  /** Whether the reader is advised. */
  readonly sees: boolean;
  readonly advice: readonly AdviceItem[];
  readonly adviceTitle: string;
  /** What is closed to the reader, and the way to emergency access. */
  readonly sealed: readonly string[];
  readonly breaks: Link | undefined;
  readonly picture: PlanChart | undefined;
  readonly sections: readonly PlanSection[];
};
/** A form of the plan with the advice that bears on it. */
export type AdvisedForm = FormPage & { readonly advice: readonly AdviceItem[]; readonly adviceTitle: string };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/plan/plan': PlanPage;
    'operations/plan/form': AdvisedForm;
  }
}

type Shown = { readonly made: VisitRecords; readonly page: number; readonly today: string };

export function planPage(plan: Plan, advice: readonly Advice[], sight: PlanAccess, shown: Shown): PlanPage {
  const { operation } = plan;
  const { made, page, today } = shown;
  return {
    title: operation.codeName,
    caption: `Operation in ${operation.weekName}`,
    back: { href: operationPaths.list(), text: 'Operations' },
    actions: listActions(operation.id, sight),
    sees: sight.plan,
    advice: adviceModel(advice, sight, operation.id),
    adviceTitle: adviceTitle(advice),
    sealed: listRestrictionNotices(plan, sight),
    breaks:
      !sight.plan && sight.mayBreak
        ? {
            href: withQuery(emergencyAccessPaths.start(), { operation: operation.id }),
            text: 'Use emergency access: only if it cannot wait',
          }
        : undefined,
    picture: plan.visits.length > 0 ? createPlanChart(plan, made, today) : undefined,
    sections: [
      ...(sight.named || sight.glass ? [visitsSection(plan, sight, made, today)] : []),
      { kind: 'summary', id: 'facts', title: 'The operation', rows: factRows(plan, made, today) },
      ...(sight.plan ? [premisesSection(plan, sight, made, today, page)] : []),
      ...(sight.named || sight.leads || sight.glass ? [teamsSection(plan, sight)] : []),
      partnersSection(plan),
      ...(sight.decide ? [decisionsSection(plan)] : []),
    ],
  };
}

function listActions(id: string, sight: PlanAccess): PageAction[] {
  const { addPremises, addTeam, goDecision, change, accessWindow, people } = operationPaths;
  const secondary = true;
  return [
    ...(sight.change ? [{ href: addPremises(id), text: 'Add premises' }] : []),
    ...(sight.leads ? [{ href: addTeam(id), text: 'Add a team', secondary }] : []),
    ...(sight.decide ? [{ href: goDecision(id), text: 'Go or no-go', secondary }] : []),
    ...(sight.leads ? [{ href: change(id), text: 'Change the operation', secondary }] : []),
    ...(sight.times ? [{ href: accessWindow(id), text: 'Access windows', secondary }] : []),
    ...(sight.named || sight.leads || sight.glass
      ? [{ href: people(id), text: 'Partners and people', secondary }]
      : []),
  ];
}

/** Says what is closed to the member and how to get access, without revealing the content. */
function listRestrictionNotices({ operation, teams, briefed }: Plan, sight: PlanAccess): string[] {
  if (sight.plan) return [];
  if (sight.leads && !sight.named)
    return [
      'You cannot see the premises of this operation, because you have not been added to it. Add yourself under “Partners and people”.',
    ];
  if (!sight.named)
    return [
      `Your agency takes part, ${dayRange(operation.startsOn, operation.endsOn)}. You cannot see more, because you have not been added to it. Ask a planner of ${operation.agencyName} to add you.`,
    ];
  const waiting = teams.filter(({ id }) => !sight.teams.includes(id) && sight.days.some(({ teamId }) => teamId === id));
  return waiting.flatMap(({ id, name }) => {
    const time = briefed.get(id);
    const days = sight.days.filter(({ teamId }) => teamId === id).map(({ day }) => `${weekdayOf(day)} ${longDay(day)}`);
    return time
      ? [
          `${name} goes out on ${listOf(days)}. It is briefed at ${formatBriefingTime(time)}. What it is to visit is sealed until then.`,
        ]
      : [];
  });
}

function factRows(plan: Plan, made: VisitRecords, today: string) {
  const { operation } = plan;
  const go = findGoDecision(plan.decisions);
  const standing = getOperationState(operation, today);
  const begun = standing === 'to come' && plan.visits.some(({ id }) => made.has(id));
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
    row('Teams see their visits', `From their briefing until ${formatMoment(calculateAccessEnd(operation))}`),
    ...(plan.decisions.length > 0 || go
      ? [
          row(
            'Go or no-go',
            go ? `${capital(go.kind)}: ${go.decidedBy}, ${formatMoment(go.recordedAt)}` : 'Not decided',
          ),
        ]
      : []),
    ...(codeB ? [rowWithLink('Code for searches', codeB.name, powerPaths.catalogue(), 'Open')] : []),
  ];
}

const findPlannedPower = (plan: Plan, visit: VisitInPlan): Power | undefined =>
  plan.powers.find(({ id }) => id === visit.powerId);

/** What the visit says that it was made under, where that is another power than the planned one. */
const formatPower = (plan: Plan, visit: VisitInPlan, made: VisitState | undefined): string => {
  const planned = findPlannedPower(plan, visit);
  const words = planned ? powerName(planned.basis) : 'none chosen';
  return made?.basis && made.powerId !== visit.powerId ? `${words}; made under: ${powerName(made.basis)}` : words;
};

function visitsSection(plan: Plan, sight: PlanAccess, made: VisitRecords, today: string): PlanSection {
  return {
    kind: 'table',
    id: 'visits',
    caption: 'Visits by day',
    columns: columns('Place', 'Town', 'Day', 'Time', 'Team', 'Power', 'State', ...(sight.visits ? ['Visit'] : [])),
    rows: plan.visits.map((visit) => [
      sight.plan
        ? { text: visit.premises.name, href: premisesPaths.premises(visit.premisesId) }
        : sight.visits
          ? { text: visit.premises.name, href: visitPaths.visit(visit.id) }
          : text(visit.premises.name),
      text(visit.premises.town),
      text(`${weekdayOf(visit.day)} ${shortDay(visit.day)}`),
      text(`${formatHours(visit)}${visit.turn === null ? '' : `, turn ${visit.turn}`}`),
      text(visit.teamName),
      text(formatPower(plan, visit, made.get(visit.id))),
      getVisitStatus(visit, made, today),
      ...(sight.visits
        ? [
            {
              text: 'Open',
              hidden: `the visit to ${visit.premises.name} on ${shortDay(visit.day)}`,
              href: visitPaths.visit(visit.id),
            },
          ]
        : []),
    ]),
    empty: sight.change
      ? 'No visits yet. Open one of the premises and plan the first.'
      : 'You see no visit of this operation. A team sees its own from its briefing on.',
  };
}

function premisesSection(plan: Plan, sight: PlanAccess, made: VisitRecords, today: string, page: number): PlanSection {
  const shown = plan.premises.slice((page - 1) * pageSize, page * pageSize);
  const address = operationPaths.operation(plan.operation.id);
  return {
    kind: 'table',
    id: 'premises',
    caption: 'Premises',
    columns: columns('Premises', 'Town', 'Business', 'Priority', 'Powers', 'Visits'),
    rows: shown.map((premises) => {
      const powers = plan.powers.filter(({ premisesId }) => premisesId === premises.id);
      const visits = plan.visits.filter(({ premisesId }) => premisesId === premises.id);
      return [
        { text: premises.name, href: premisesPaths.premises(premises.id) },
        text(premises.town),
        text(capital(premises.business)),
        { text: premises.priority, tag: priorityTag[premises.priority] },
        text(
          powers.map((power) => `${powerName(power.basis)}: ${getPowerStatus(power, made, today).text}`).join('; ') ||
            'none yet',
        ),
        text(
          visits.map((visit) => `${shortDay(visit.day)} (${getVisitStatus(visit, made, today).text})`).join(', ') ||
            'none yet',
        ),
      ];
    }),
    empty: sight.change
      ? 'No premises yet. Add the first: where it is, and in words why it should be visited.'
      : 'No premises yet. A planner adds them.',
    pages: paginate(page, pageSize, plan.premises.length, (to) => `${withQuery(address, { page: to })}#premises`),
  };
}

function teamsSection(plan: Plan, sight: PlanAccess): PlanSection {
  const change = sight.leads ? ['Change'] : [];
  return {
    kind: 'table',
    id: 'teams',
    caption: 'Teams',
    columns: columns('Team', 'Lead', 'Members', 'Briefed', 'Briefing', ...change),
    rows: plan.teams.map((team) => {
      const members = plan.members.filter(({ teamId }) => teamId === team.id);
      const lead = members.find(({ leads }) => leads);
      return [
        text(team.name),
        text(lead ? `${lead.title} ${lead.name}` : 'nobody yet'),
        text(
          members
            .map(({ title, name, printedName }) => `${title} ${name} (${printedName ?? 'no longer takes part'})`)
            .join(', ') || 'nobody yet',
        ),
        {
          text: formatTeamBriefingTime(plan, team.id),
          hidden: `, ${team.name}`,
          href: teamPaths.briefingTime(team.id),
        },
        (sight.plan && sight.briefings) || sight.teams.includes(team.id)
          ? { text: 'Briefing', hidden: `of ${team.name}`, href: teamPaths.briefing(team.id) }
          : text('for its team'),
        ...(sight.leads ? [{ text: 'Change', hidden: team.name, href: teamPaths.change(team.id) }] : []),
      ];
    }),
    empty: sight.leads
      ? 'No teams yet. Add people under “Partners and people”, then add the first team.'
      : 'No teams yet. The planner of the agency that leads makes them.',
  };
}

const formatTeamBriefingTime = ({ briefed }: Plan, teamId: string): string => {
  const time = briefed.get(teamId);
  return time ? formatShortBriefingTime(time) : 'not known';
};

const partnersSection = (plan: Plan): PlanSection => ({
  kind: 'table',
  id: 'partners',
  caption: 'Partners',
  columns: columns('Name as printed', 'Official name', 'Kind', 'Brings'),
  rows: plan.partners.map((partner) => [
    text(partner.printedName),
    text(partner.officialName),
    { text: partnerKind(partner), tag: partner.leads ? 'green' : 'grey' },
    text(formatResources(partner.resources)),
  ]),
  empty: 'No partners yet.',
});

const decisionsSection = ({ operation, decisions }: Plan): PlanSection => ({
  kind: 'table',
  id: 'decisions',
  caption: 'Policy log, the latest five',
  columns: columns('Decision', 'Kind', 'Decided by', 'Written down'),
  rows: decisions
    .slice(0, 5)
    .map((decision: Decision) => [
      text(decision.words),
      { text: decision.kind, tag: decision.kind === 'go' ? 'green' : decision.kind === 'no-go' ? 'red' : 'grey' },
      text(decision.decidedBy),
      text(formatMoment(decision.recordedAt)),
    ]),
  empty: 'Nothing is written down yet.',
  links: [{ href: operationPaths.decisions(operation.id), text: 'The whole policy log' }],
});

/** Go or no-go, next to the checks of the plan. */
export function goDecisionPage(
  plan: Plan,
  advice: readonly Advice[],
  may: PlanPermissions,
  typed: Answers = {},
  errors: FormErrors = {},
): AdvisedForm {
  const ask = new FieldBuilder(typed, errors);
  const unlawful = advice.some(({ kind }) => kind === 'unlawful');
  return {
    title: 'Go or no-go',
    caption: plan.operation.codeName,
    ...backTo(operationPaths.operation(plan.operation.id), plan.operation.codeName),
    advice: adviceModel(
      advice.filter(({ kind }) => kind !== 'note'),
      may,
      plan.operation.id,
    ),
    adviceTitle: 'Problems with the plan now',
    lead: ['The decision keeps a copy of these problems.'],
    action: operationPaths.goDecision(plan.operation.id),
    button: 'Write it down',
    errors,
    fields: [
      ask.one('kind', 'The decision', [
        { value: 'go', text: 'Go' },
        { value: 'no-go', text: 'No-go' },
      ]),
      ask.text('decidedBy', 'Who decided', { hint: 'Name and rank or job. They need no account.' }),
      ask.words('reason', 'Why'),
      ...(unlawful
        ? [
            ask.words('despite', 'Why it goes ahead although something unlawful stands', {
              hint: 'For “Go” alone. Fix what is unlawful first, if you can.',
            }),
          ]
        : []),
      ask.words('alternative', 'Options considered', { hint: 'Leave it empty if there were none' }),
    ],
  };
}
