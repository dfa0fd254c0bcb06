/** The form that adds people of all partners, each with a duty. */
import type { MemberWithAgency } from '../../identity/agencies/index.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { dutyFieldOf } from './forms.ts';
import { helpDutyHint } from './note-readers.ts';
import { type Duty, duties, getUsualDuty, type OperationInWeek, type Participant, type Partner } from './operation.ts';

export type ColleaguesOfPartner = { readonly partner: Partner; readonly colleagues: readonly MemberWithAgency[] };

export type AddPeopleData = {
  readonly operation: OperationInWeek;
  readonly groups: readonly ColleaguesOfPartner[];
  /** Who takes part already. */
  readonly inside: readonly Participant[];
  readonly lacksLead: boolean;
};

/** Nobody reads the notes of visits without a safeguarding lead. */
const describeMissingLead = (groups: readonly ColleaguesOfPartner[]): string =>
  groups.some(({ colleagues }) => colleagues.some(({ roles }) => roles.includes('safeguarding lead')))
    ? 'No safeguarding lead takes part yet. Add one from this list, for example with the duty “Arranges help”.'
    : 'No safeguarding lead takes part yet, and no partner has one. Add a support agency as a partner.';

/** All who may be added, with a duty to choose for each. */
export const addParticipantsOfAllPage = ({ operation, groups, inside, lacksLead }: AddPeopleData): FormPage => ({
  title: 'Add people',
  caption: operation.codeName,
  ...backTo(operationPaths.people(operation.id), 'Teams and partners'),
  lead:
    groups.length > 0
      ? [
          'Choose a duty for each person who takes part. Leave everybody else at “Not added”.',
          helpDutyHint,
          ...(lacksLead ? [describeMissingLead(groups)] : []),
        ]
      : ['You have added everybody who has an account at a partner. The administrator of an agency can add accounts.'],
  button: 'Add to operation',
  closed: groups.length === 0,
  fields: (ask) => [...groups.map((group) => groupOfPartner(ask, group)), teamOf(ask, groups, inside)],
});

/** A first team of those who are added here, and of those who take part already. */
function teamOf(ask: FieldBuilder, groups: readonly ColleaguesOfPartner[], inside: readonly Participant[]): Field {
  const people = [
    ...groups.flatMap(({ colleagues }) => colleagues),
    ...inside.map(({ memberId, ...person }) => ({ ...person, id: memberId })),
  ];
  const named = people.map(({ id, title, name, agencyName }) => ({
    ...{ value: id, text: `${title} ${name}`.trim() },
    hint: { text: agencyName },
  }));
  return ask.group(
    'team',
    '',
    [
      ask.text('teamName', 'Name of the team', { classes: 'govuk-input--width-20' }),
      ask.many('members', 'Members', named, { hint: 'Choose a duty above for each of them.' }),
      ask.choose('leadId', 'Team leader', named, { hint: 'Choose one of the members you ticked above' }),
    ],
    { fold: 'Put some of them on a new team' },
  );
}

/** From this number on, the people of a partner are folded. */
const manyPeople = 10;

/** People with work at a visit come first. */
function groupOfPartner(ask: FieldBuilder, { partner, colleagues }: ColleaguesOfPartner): Field {
  const usualOf = ({ roles }: MemberWithAgency) => getUsualDuty(roles, partner.kind);
  const listed = [...colleagues.filter(usualOf), ...colleagues.filter((person) => !usualOf(person))];
  const fold = listed.length < manyPeople ? undefined : `Show ${listed.length} people`;
  return ask.group(
    `of-${partner.id}`,
    listed[0]?.agencyName ?? partner.printedName,
    listed.map((person) => dutyField(ask, person, usualOf(person))),
    { fold, classes: 'sl-rows' },
  );
}

/** The usual duty is the first to choose. */
const dutyField = (
  ask: FieldBuilder,
  { id, title, name, roles }: MemberWithAgency,
  usual: Duty | undefined,
): Field => ({
  ...ask.choose(dutyFieldOf(id), `${title} ${name}`.trim(), duties, { hint: roles.join(', ') }),
  options: [
    { value: '', text: 'Not added' },
    ...duties
      .toSorted((one, other) => Number(other === usual) - Number(one === usual))
      .map((duty) => ({ value: duty, text: capital(duty) })),
  ],
});
