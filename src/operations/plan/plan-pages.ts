/** The lists of a plan as pages show them: premises with their powers, visits by day; and the decision to proceed. */

import type { VisitState } from '../../platform/area.ts';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import {
  backTo,
  type FormPage,
  type SectionsPage,
  type SummaryRow,
  type TableSection,
} from '../../platform/rendering/pages.ts';
import { pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { shortDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { capital, counted, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import { operationPaths, powerPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { type AdviceItem, adviceModel, type PlanPermissions } from '../plan-check/advice-model.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { planFilesSection } from '../plan-files/pages.ts';
import type { PlanFile } from '../plan-files/plan-file.ts';
import { decidedByField } from '../policy-log/pages.ts';
import { powerName } from '../powers-of-entry/load.ts';
import type { TeamDay } from '../premises-restriction/store.ts';
import type { Power } from './planned-power.ts';
import { formatHours, type VisitInPlan } from './planned-visit.ts';
import type { Premises } from './premises.ts';
import type { UnlawfulPlace } from './unlawful-go.ts';
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
  /** May make papers of this operation, such as the text of an application. */
  readonly papers?: boolean;
  /** Added to the operation by name. Other members of a partner agency see only that it takes part, and when. */
  readonly named: boolean;
  /** Visits planned after a go, by id: their teams wait until a commander has decided again. */
  readonly waiting: ReadonlySet<string>;
  /** May say when teams are briefed, and see who will see what. */
  readonly times: boolean;
  /** Has open emergency access to the operation. */
  readonly glass: boolean;
  /** May use emergency access if they are not part of the operation. */
  readonly mayBreak: boolean;
};

/** A form of the plan with the advice that bears on it. */
export type AdvisedForm = FormPage & {
  readonly advice: readonly AdviceItem[];
  readonly adviceTitle: string;
  /** The plan in short. */
  readonly summary: TableSection;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/plan/form': AdvisedForm;
  }
}

const findPlannedPower = (plan: Plan, visit: VisitInPlan): Power | undefined =>
  plan.powers.find(({ id }) => id === visit.powerId);

/** What the visit says that it was made under, where that is another power than the planned one. */
const formatPower = (plan: Plan, visit: VisitInPlan, made: VisitState | undefined): string => {
  const planned = findPlannedPower(plan, visit);
  const words = planned ? powerName(planned.basis) : 'none chosen';
  return made?.basis && made.powerId !== visit.powerId ? `${words}; made under: ${powerName(made.basis)}` : words;
};

/** Visits by day, as far as the reader may see them. Each has its reference, which names no place. */
export function visitsSection(plan: Plan, sight: PlanAccess, made: VisitRecords, today: string): TableSection {
  return {
    kind: 'table',
    id: 'visits',
    caption: 'Visits by day',
    stack: true,
    columns: columns('Visit', 'Premises', 'When', 'Team', 'Power', 'State'),
    rows: plan.visits.map((visit) => {
      const reference = referenceOf('visit', visit.id);
      const { name, town } = visit.premises;
      return [
        sight.visits ? { text: reference, href: visitPaths.visit(visit.id), hidden: `to ${name}` } : text(reference),
        sight.plan
          ? { text: `${name}, ${town}`, href: premisesPaths.premises(visit.premisesId) }
          : text(`${name}, ${town}`),
        text(
          `${weekdayOf(visit.day)} ${shortDay(visit.day, today)}, ${formatHours(visit)}${visit.turn === null ? '' : `, sequence ${visit.turn}`}`,
        ),
        text(visit.teamName),
        text(formatPower(plan, visit, made.get(visit.id))),
        getVisitStatus(visit, made, today, sight.waiting),
      ];
    }),
    empty: sight.change
      ? 'No visits yet. Open one of the premises and plan the first visit.'
      : sight.teams.length > 0 || sight.days.length > 0
        ? 'No visits are shown to you yet. A team can see its own visits from its briefing time.'
        : 'You are in no team that has a visit planned. Only planners, commanders and the teams see visits.',
  };
}

export type PremisesListData = {
  readonly made: VisitRecords;
  readonly page: number;
  readonly today: string;
  /** Files of the whole operation, for those who may read them. */
  readonly files: readonly PlanFile[] | undefined;
  readonly imported?: number | undefined;
};

/** The tab of premises and powers: one row for each of the premises. */
export const premisesListPage = (plan: Plan, access: PlanAccess, around: PremisesListData): SectionsPage => ({
  title: 'Premises and powers',
  caption: plan.operation.codeName,
  done: around.imported
    ? `${counted(around.imported, 'line')} of the file ${plural(around.imported, 'was', 'were')} imported. Next, add a power of entry to each of the premises.`
    : undefined,
  actions: access.change
    ? [
        { href: operationPaths.addPremises(plan.operation.id), text: 'Add premises' },
        { href: operationPaths.premisesFile(plan.operation.id), text: 'Add premises from a file', secondary: true },
      ]
    : [],
  sections: [
    {
      ...premisesSection(plan, access, around),
      links: [
        { href: powerPaths.catalogue(), text: 'Guide to powers of entry' },
        ...(access.change && plan.operation.copiedFrom
          ? [{ href: operationPaths.copyPremises(plan.operation.id), text: 'Copy earlier premises' }]
          : []),
      ],
    },
    ...(around.files
      ? [
          planFilesSection(around.files, {
            title: 'Files of the operation',
            add: access.change ? operationPaths.addFile(plan.operation.id) : undefined,
          }),
        ]
      : []),
  ],
});

function premisesSection(plan: Plan, sight: PlanAccess, { made, today, page }: PremisesListData): TableSection {
  const shown = plan.premises.slice((page - 1) * pageSize, page * pageSize);
  const address = operationPaths.premises(plan.operation.id);
  return {
    kind: 'table',
    id: 'premises',
    caption: 'Premises',
    stack: true,
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
          visits
            .map((visit) => `${shortDay(visit.day, today)} (${getVisitStatus(visit, made, today, sight.waiting).text})`)
            .join(', ') || 'none yet',
        ),
      ];
    }),
    empty: sight.change
      ? 'No premises yet. Add the first: its address, and the reason for a visit.'
      : 'No premises yet. A planner adds them.',
    pages: paginate(page, pageSize, plan.premises.length, (to) => `${withQuery(address, { page: to })}#premises`),
  };
}

export const dwellingLabels: Record<Premises['dwelling'], string> = {
  yes: 'Somebody lives or sleeps there',
  no: 'Nobody lives or sleeps there',
  'not known': 'Not known whether somebody lives or sleeps there',
};

export type GoDecisionData = {
  readonly may: PlanPermissions;
  readonly name: string;
  readonly made: VisitRecords;
  /** Who has read the latest briefing of each team that has one. */
  readonly briefingReaders: ReadonlyMap<string, readonly string[]>;
  readonly today: string;
  readonly unlawful: readonly UnlawfulPlace[];
};

/** "Team 1: four people, led by Sgt Ravi Menon. 1 of 4 have read the briefing" */
function describeTeam(
  { members }: Plan,
  { teamId, teamName }: VisitInPlan,
  readers: GoDecisionData['briefingReaders'],
) {
  const team = members.filter((member) => member.teamId === teamId);
  const leader = team.find(({ leads }) => leads);
  const readBy = readers.get(teamId);
  const read = team.filter(({ memberId }) => readBy?.includes(memberId)).length;
  return [
    `${teamName}: ${countWord(team.length)} ${plural(team.length, 'person', 'people')}, ${leader ? `led by ${leader.title} ${leader.name}` : 'no leader'}`,
    readBy ? `${read} of ${team.length} ${plural(team.length, 'has', 'have')} read the briefing` : 'No briefing yet',
  ].join('. ');
}

/** "Waits until called: People talk more freely", from the premises and the policy log. */
function describeImmigration({ decisions }: Plan, { id, immigrationEntry }: Premises): string {
  if (immigrationEntry === null) return 'Not decided';
  const words = capital(wordsOf(immigrationEntry));
  const latest = decisions
    .filter(({ kind, about }) => kind === 'immigration entry' && about === id)
    .toSorted((one, other) => other.recordedAt.getTime() - one.recordedAt.getTime())[0];
  return latest ? `${words}: ${latest.reason}` : words;
}

/** The visits that a decision lets go ahead: where, why, when, who, and by which power. */
function planSummary(plan: Plan, { made, today, briefingReaders }: GoDecisionData): TableSection {
  const planned = plan.visits.filter(({ state, id }) => state === 'planned' && !made.get(id)?.finishedAt);
  return {
    kind: 'table',
    id: 'plan',
    caption: 'The plan',
    stack: true,
    columns: columns('Premises', 'Reason', 'When', 'Team', 'Power', 'Home and risks', 'Immigration officers'),
    rows: planned.map((visit) => {
      const power = findPlannedPower(plan, visit);
      const place = plan.premises.find(({ id }) => id === visit.premisesId);
      return [
        {
          text: `${visit.premises.name}, ${visit.premises.town}`,
          href: premisesPaths.premises(visit.premisesId),
        },
        text(place?.reason ?? ''),
        text(`${weekdayOf(visit.day)} ${shortDay(visit.day, today)}, ${formatHours(visit)}`),
        text(describeTeam(plan, visit, briefingReaders)),
        text(power ? `${powerName(power.basis)}: ${getPowerStatus(power, made, today).text}` : 'none chosen'),
        text(
          [place && dwellingLabels[place.dwelling], `Risks: ${place?.risks ?? 'not recorded'}`]
            .filter(Boolean)
            .join('. '),
        ),
        text(place ? describeImmigration(plan, place) : ''),
      ];
    }),
    empty: 'No visit is planned.',
  };
}

/** Who may be asked. Safelight holds no telephone numbers of members. */
function describeCommanders({ participants }: Plan): string[] {
  const commanders = participants
    .filter(({ roles }) => roles.includes('commander'))
    .map(({ title, name, agencyName }) => `${title} ${name} (${agencyName})`.trim());
  return commanders.length > 0
    ? [
        `Only a commander of this operation decides whether it goes ahead: ${listOf(commanders)}.`,
        'The decision is already on their home page, with a link to this page. Call them as well: Safelight holds no telephone numbers.',
      ]
    : [
        'Only a commander decides whether an operation goes ahead, and no commander takes part in this one. Add a commander under “Teams and partners”.',
      ];
}

/** Go or no-go, next to the plan and its checks. */
export function goDecisionPage(
  plan: Plan,
  advice: readonly Advice[],
  data: GoDecisionData,
  typed: Answers = {},
  errors: FormErrors = {},
): AdvisedForm {
  const ask = new FieldBuilder(typed, errors);
  const { may, name, unlawful } = data;
  return {
    title: 'Decision to proceed',
    caption: plan.operation.codeName,
    ...backTo(operationPaths.operation(plan.operation.id), plan.operation.codeName),
    advice: adviceModel(
      advice.filter(({ kind }) => kind !== 'note'),
      may,
      plan.operation.id,
    ),
    adviceTitle: 'Problems with the plan now',
    summary: planSummary(plan, data),
    lead: may.go
      ? ['Read the plan and its problems, then decide. A copy of the problems is kept with your decision.']
      : describeCommanders(plan),
    closed: !may.go,
    action: operationPaths.goDecision(plan.operation.id),
    button: 'Record the decision',
    errors,
    fields: [
      ask.one('kind', 'Decision', [
        { value: 'go', text: 'Go' },
        { value: 'no-go', text: 'No-go' },
      ]),
      decidedByField(ask, name),
      ask.words('reason', 'Why'),
      ...unlawful.map(({ about, found, visits, field }) =>
        ask.words(field, `${about.name}: why it goes ahead although it is unlawful`, {
          hint:
            visits.length > 0
              ? `${found.join(' ')} If you leave this empty, “Go” leaves out this place: its team waits.`
              : `${found.join(' ')} Only for “Go”.`,
          most: 500,
        }),
      ),
      ask.words('alternative', 'Options considered', { hint: 'Leave it empty if there were none' }),
    ],
  };
}
