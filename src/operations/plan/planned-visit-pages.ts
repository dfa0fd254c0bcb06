/** Pages of a planned visit: plan it, move it, stop it, and what a plan held before. */
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  editConflict,
  type MemberNames,
  momentField,
  type ShownFields,
  textField,
  versionsSection,
} from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage, Section } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { powerName } from '../powers-of-entry/load.ts';
import type { OperationInWeek, Team } from '../weeks/operation.ts';
import { formatPartnerNames, formatVisitTitle } from './pages.ts';
import type { Power } from './planned-power.ts';
import { isFarFromOperation, type PlannedVisit, type VisitInPlan, type VisitRefusal } from './planned-visit.ts';
import type { Premises } from './premises.ts';
import { baseField, decisionFields, premisesForm } from './premises-form-pages.ts';

export type VisitFormData = {
  readonly teams: readonly Team[];
  readonly powers: readonly Power[];
  readonly operation: OperationInWeek;
  /** Whether the reader may add a team to the operation. */
  readonly addsTeams: boolean;
};

/** Nobody chooses where there is one. */
const onlyOne = (all: readonly { readonly id: string }[]): string | undefined =>
  all.length === 1 ? all[0]?.id : undefined;

const visitFields = (ask: FieldBuilder, { teams, powers, operation }: VisitFormData, visit?: PlannedVisit): Field[] => [
  ask.choose(
    'teamId',
    'Team',
    teams.map(({ id, name }) => ({ value: id, text: name })),
    { value: visit ? visit.teamId : onlyOne(teams) },
  ),
  ask.day('day', 'Day', { value: visit?.day ?? operation.startsOn }),
  ask.time('starts', 'Starts at', { value: visit?.starts }),
  ask.count('minutes', 'How many minutes', { value: visit?.minutes ?? 60 }),
  ask.choose(
    'powerId',
    'Power of entry',
    powers.map(({ id, basis, state, reference }) => ({
      value: id,
      text: `${powerName(basis)}${reference ? `, ${reference}` : ''} (${state})`,
    })),
    { value: visit ? visit.powerId : onlyOne(powers), hint: 'Leave it empty if none is chosen yet' },
  ),
  ask.count('turn', 'Sequence', {
    value: visit?.turn,
    hint: 'If two teams visit one place, the team with number 1 goes in first. If only one team visits, leave this empty.',
  }),
];

/** Without a team there is nobody to plan a visit for: the page leads to the form that adds one, which leads back here. */
const noTeamYet = (premises: Premises, { addsTeams, operation }: VisitFormData): Partial<FormPage> =>
  addsTeams
    ? {
        lead: ['There is no team yet. Add one first, then plan the visit.'],
        first: {
          href: withQuery(operationPaths.addTeam(operation.id), { premises: premises.id }),
          text: 'Add a team',
        },
      }
    : { lead: [`There is no team yet. Ask a planner of ${operation.agencyName} to add one.`] };

export const newVisitPage = (premises: Premises, parts: VisitFormData): FormPage =>
  premisesForm(premises, 'Plan a visit', premisesPaths.addVisit(premises.id), {
    ...(parts.teams.length === 0 && noTeamYet(premises, parts)),
    closed: parts.teams.length === 0,
    button: 'Plan the visit',
    fields: (ask) => visitFields(ask, parts),
  });

export const moveVisitPage = (premises: Premises, visit: VisitInPlan, parts: VisitFormData, base: number): FormPage =>
  premisesForm(
    premises,
    visit.state === 'postponed' ? 'Plan the visit again' : 'Move the visit',
    premisesPaths.moveVisit(premises.id, visit.id),
    {
      caption: `${premises.name}: ${formatVisitTitle(visit)}`,
      fields: (ask) => [
        ...visitFields(ask, parts, visit),
        ask.text('why', 'Why', {
          hint: 'Safelight keeps this reason with the earlier version. Leave out names. You can leave it empty.',
        }),
        baseField(ask, base),
      ],
    },
  );

export function stopVisitPage(
  premises: Premises,
  visit: VisitInPlan,
  how: 'postpone' | 'call-off',
  { base, name }: { readonly base: number; readonly name: string },
): FormPage {
  const off = how === 'call-off';
  return premisesForm(
    premises,
    off ? 'Call the visit off' : 'Postpone the visit',
    (off ? premisesPaths.callOffVisit : premisesPaths.postponeVisit)(premises.id, visit.id),
    {
      caption: `${premises.name}: ${formatVisitTitle(visit)}`,
      lead: [
        off
          ? 'The visit will not take place. The visit stays in the plan, and the figures count it as called off.'
          : 'The visit will not take place on that day. When you know the new day, plan it again.',
      ],
      button: off ? 'Call it off' : 'Postpone it',
      dangerous: off,
      fields: (ask) => [
        ...decisionFields(ask, 'Options considered', { decidedBy: name }, 'Leave it empty if there were none'),
        baseField(ask, base),
      ],
    },
  );
}

export const visitErrors: Record<VisitRefusal | 'changed meanwhile', FormErrors> = {
  'changed meanwhile': editConflict,
  'called off already': { '': 'This visit was called off. Plan another one instead.' },
  'postponed already': { '': 'This visit is postponed already. Plan it again or call it off.' },
  'team of another operation': { teamId: 'Select a team of this operation' },
  'power of another premises': { powerId: 'Select a power for these premises' },
};

/** A day weeks or years outside the operation. */
export const findFarDay = (day: string, operation: OperationInWeek): FormErrors | undefined =>
  isFarFromOperation(day, operation)
    ? {
        day: `The operation is ${dayRange(operation.startsOn, operation.endsOn)}. This day is more than four weeks away from it. Check the date`,
      }
    : undefined;

export type History = {
  readonly place: readonly EarlierVersion[];
  readonly powers: readonly (EarlierVersion & { readonly id: string })[];
  readonly visits: readonly (EarlierVersion & { readonly id: string })[];
};

const formatList = (value: unknown): string =>
  Array.isArray(value) && value.length > 0 ? listOf(value.map(String)) : 'not recorded';
const nameIn = (rows: readonly { readonly id: string; readonly name: string }[]) => (value: unknown) =>
  rows.find(({ id }) => id === value)?.name ?? (value ? 'no longer there' : 'not recorded');
const textFields = (...names: string[]): ShownFields =>
  Object.fromEntries(names.map((column) => [column, textField(column)]));

const placeFields = ({ agencies }: Plan): ShownFields => ({
  ...textFields('business', 'name', 'address', 'town', 'postcode', 'priority', 'reason', 'risks', 'interpreter'),
  dwelling: textField('home'),
  languages: ['languages', formatList],
  referrer_id: ['first responder', nameIn(agencies)],
  referrer_on_call: textField('on call'),
  immigration_entry: ['immigration officers', (value) => wordsOf(String(value ?? 'not recorded'))],
});

const powerFields = ({ partners }: Plan): ShownFields => ({
  basis: ['power', (value) => powerName(String(value))],
  ...textFields('state', 'reference', 'note'),
  purposes: ['purposes', formatList],
  held_by: textField('held by'),
  applied_on: textField('date of application'),
  decided_on: textField('decided on'),
  granted_by: textField('granted by'),
  entries: textField('entries allowed'),
  expires_on: textField('last day'),
  executed_at: momentField('used'),
  returned_on: textField('returned on'),
  accompanying: [
    'partners named to accompany the officer',
    (value) => formatPartnerNames(partners, Array.isArray(value) ? value.map(String) : []),
  ],
});

const plannedFields = ({ teams }: Plan): ShownFields => ({
  ...textFields('day', 'starts', 'minutes', 'turn', 'state', 'reason'),
  joint_reference: textField('reference of a joint visit'),
  team_id: ['team', nameIn(teams)],
});

/** Earlier versions of the premises and its powers and visits, with author and time. */
export function historyPage(plan: Plan, premises: Premises, history: History, names: MemberNames): CasePage {
  const each = (rows: History['powers'], fields: ShownFields, title: (id: string) => string): Section[] =>
    [...new Set(rows.map(({ id }) => id))].flatMap((id) =>
      versionsSection(
        rows.filter((version) => version.id === id),
        names,
        fields,
      ).map((section) => ({ ...section, id: `of-${id}`, title: title(id) })),
    );
  const visitTitle = (id: string): string => {
    const visit = plan.visits.find((one) => one.id === id);
    return visit ? `Visit: ${formatVisitTitle(visit)}` : 'Visit';
  };
  const powerTitle = (id: string) => powerName(plan.powers.find((power) => power.id === id)?.basis ?? '');
  const sections: Section[] = [
    ...versionsSection(history.place, names, placeFields(plan)).map((section) => ({ ...section, title: 'The place' })),
    ...each(history.powers, powerFields(plan), powerTitle),
    ...each(history.visits, plannedFields(plan), visitTitle),
  ];
  return {
    title: 'Earlier versions',
    caption: premises.name,
    back: { href: premisesPaths.premises(premises.id), text: premises.name },
    sections:
      sections.length > 0
        ? sections
        : [
            {
              kind: 'states',
              items: [{ kind: 'empty', text: 'Nothing was changed since it was first recorded.' }],
            },
          ],
  };
}
