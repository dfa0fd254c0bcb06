/** The form that adds premises: the place first, then the parts that may wait. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths, powerPaths } from '../../vocabulary/paths/operations.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { listTeamsThatSeeAtOnce } from '../plan-check/seen-at-once.ts';
import { decidedByField } from '../policy-log/pages.ts';
import { listPowersInForce } from '../powers-of-entry/load.ts';
import { accompanyingField, newReferenceField, progressFields } from '../powers-of-entry/planned-power-pages.ts';
import { entryPurposes } from '../powers-of-entry/power-in-law.ts';
import { immigrationEntries, mayRefer } from './premises.ts';
import { copiedReasonHint, findImmigrationBefore, findReferrerBefore } from './premises-before.ts';
import { placeFields } from './premises-form-pages.ts';

export const newPremisesPage = (plan: Plan, name: string, today: string, now: Date): FormPage => ({
  title: 'Add premises',
  caption: plan.operation.codeName,
  ...backTo(operationPaths.premises(plan.operation.id), 'Premises and powers'),
  lead: [
    'Only planners and commanders of this operation can see these premises. A team that will visit the premises can see them from its briefing time. If nobody sets one, that is 16:00 on the day before the first day. It does not wait for a decision to proceed.',
    'Enter the details of the place. You can leave the other parts empty and add them later.',
  ],
  ...seenAtOnceWarning(plan, now),
  action: operationPaths.addPremises(plan.operation.id),
  button: 'Add the premises',
  further: [{ name: 'another', text: 'Save and add another' }],
  fields: (ask) => [
    ...placeFields(ask),
    ...supportFields(ask, plan),
    ...powerFields(ask, plan, today),
    ...visitFields(ask, plan),
    ...immigrationFields(ask, plan, name),
  ],
  more: { href: powerPaths.catalogue(), text: 'Guide to powers of entry' },
});

/** Teams that need no waiting: their briefing time is over. */
function seenAtOnceWarning(plan: Plan, now: Date): Pick<FormPage, 'warning'> {
  const teams = listTeamsThatSeeAtOnce(plan, now);
  if (teams.length === 0) return {};
  const names = listOf(teams.map(({ name }) => name));
  return {
    warning: `The team sees each address as soon as you add it with a visit. The briefing time of ${names} is over. To prevent this, first set a later briefing time.`,
  };
}

function supportFields(ask: FieldBuilder, { agencies, ...plan }: Plan): Field[] {
  const before = findReferrerBefore({ agencies, ...plan });
  return [
    ask.heading('people', 'Risks, languages and help'),
    ask.words('risks', 'Risks', {
      hint: 'Risks to the team and to the people there, such as dogs, doors, stairs, fire, weapons, children or illness. If you know of none, enter “None known” and how you checked.',
      rows: 3,
      most: 4_000,
    }),
    ask.words('languages', 'Languages that may be needed', { hint: 'Enter one on each line', rows: 2 }),
    ask.text('interpreter', 'Interpreter', {
      hint: 'Enter the interpreter’s name, or the telephone interpreting service and its number',
    }),
    ask.choose(
      'referrerId',
      'Organisation that can refer a potential victim',
      agencies.filter(mayRefer).map(({ id, name, kind }) => ({ value: id, text: `${name} (${kind})` })),
      {
        value: before?.referrerId,
        hint: before
          ? `Safelight copied these details from ${before.name}. Check that they are right for this place.`
          : 'A council or a voluntary first responder. A person can then be referred without speaking to police. Police can refer too.',
      },
    ),
    ask.text('referrerOnCall', 'Person on call', { value: before?.referrerOnCall }),
    ask.text('referrerContact', 'How to reach them', { value: before?.referrerContact }),
  ];
}

const powerFields = (ask: FieldBuilder, { partners }: Plan, today: string): Field[] => [
  ask.heading('power', 'Power of entry'),
  ask.choose(
    'basis',
    'Power',
    listPowersInForce(today).map(({ id, name }) => ({ value: id, text: name })),
  ),
  ask.many('purposes', 'Purpose here', entryPurposes),
  ask.choose(
    'holderId',
    'Partner that applies for this power or relies on it',
    partners.map(({ id, printedName, kind }) => ({ value: id, text: `${printedName} (${kind})` })),
    { value: partners.find(({ leads }) => leads)?.id },
  ),
  newReferenceField(ask),
  ...progressFields(ask),
  accompanyingField(ask, partners),
];

const visitFields = (ask: FieldBuilder, { teams, operation }: Plan): Field[] =>
  teams.length === 0
    ? [ask.heading('visit', 'First visit', 'There is no team yet. Add one, then plan the visit.')]
    : [
        ask.heading('visit', 'First visit'),
        ask.choose(
          'teamId',
          'Team',
          teams.map(({ id, name }) => ({ value: id, text: name })),
        ),
        ask.day('day', 'Day', { value: operation.startsOn }),
        ask.time('starts', 'Starts at'),
        ask.count('minutes', 'How many minutes', { value: 60 }),
      ];

function immigrationFields(ask: FieldBuilder, plan: Plan, name: string): Field[] {
  const before = findImmigrationBefore(plan);
  return [
    ask.heading('immigration', 'Immigration officers'),
    ask.one('immigrationEntry', 'Will immigration officers come in?', immigrationEntries, {
      hint: 'Decide this for each place. People may say less when immigration officers are present.',
    }),
    decidedByField(ask, name),
    ask.words('immigrationReason', 'Why', {
      value: before?.reason,
      rows: 3,
      ...(before && { hint: copiedReasonHint(before) }),
    }),
    ask.words('immigrationAlternative', 'Options considered', { value: before?.alternative, rows: 3 }),
  ];
}
