/** Pages of a power of entry in a plan: add it, correct it, and record each step until it is returned to court. */
import { dayOf, timeOf } from '../../platform/clock.ts';
import { correctionFields, editConflict } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder, Option } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { powerPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import {
  isGranted,
  nextStates,
  type Power,
  type PowerState,
  type ProgressRefusal,
  type StepRefusal,
} from '../plan/planned-power.ts';
import type { Premises } from '../plan/premises.ts';
import { premisesForm } from '../plan/premises-form-pages.ts';
import { listUses, type VisitRecords } from '../plan/visit-outcome.ts';
import type { Partner } from '../weeks/operation.ts';
import { findPower, listPowersInForce, powerName } from './load.ts';
import { entryPurposes, type PowerEntry } from './power-in-law.ts';

const isWarrant = ({ basis, decidedOn }: Pick<Power, 'basis' | 'decidedOn'>): boolean =>
  findPower(basis, decidedOn ?? '')?.kind === 'warrant';
const isGrantedWarrant = (power: Power): boolean =>
  power.decidedOn !== null && power.state !== 'refused' && isWarrant(power);

const powerOptions = (day: string): Option[] =>
  listPowersInForce(day).map(({ id, name }) => ({ value: id, text: name }));

const grantedByField = (ask: FieldBuilder, value?: string | null): Field =>
  ask.text('grantedBy', 'Court or officer that granted it', { value });

/** Only a warrant says how often it lets in. */
const entriesField = (ask: FieldBuilder, value: Power['entries'] = 'one'): Field =>
  ask.one('entries', 'How many entries does the warrant allow?', ['one', 'several', 'unlimited'], {
    value,
    hint: 'A warrant allows one entry, unless the warrant itself says more.',
    classes: 'govuk-radios--inline',
  });

const lastDayHint = 'A granted warrant needs a last day. If the warrant names none, count the days by the law.';

/** Asked with a new power: what has happened already, and the words on a warrant that is granted. */
export const progressFields = (ask: FieldBuilder): Field[] => [
  ask.one(
    'progress',
    'Is the warrant granted?',
    [
      { value: 'planned', text: 'Not applied for yet' },
      { value: 'applied for', text: 'Applied for' },
      { value: 'granted', text: 'Granted' },
    ],
    { hint: 'Leave this and the next questions empty for consent and other powers that nobody grants.' },
  ),
  ask.day('progressOn', 'Date of the application or of the grant'),
  grantedByField(ask),
  ask.day('lastDay', 'Last day it can be used, as written on it', { hint: lastDayHint }),
  entriesField(ask),
];

export const newReferenceField = (ask: FieldBuilder): Field =>
  ask.text('reference', 'Reference', {
    hint: 'A granted warrant needs its reference. Otherwise leave this empty until there is one.',
    classes: 'govuk-input--width-20',
  });

export const accompanyingField = (
  ask: FieldBuilder,
  partners: readonly Partner[],
  value?: Power['accompanying'],
): Field =>
  ask.many(
    'accompanying',
    'Partners that the power names, or will name, to accompany the officer',
    partners.map(({ id, printedName, kind }) => ({ value: id, text: `${printedName} (${kind})` })),
    { value },
  );

function powerFields(ask: FieldBuilder, partners: readonly Partner[], power?: Power): Field[] {
  const named = partners.map(({ id, printedName, kind }) => ({ value: id, text: `${printedName} (${kind})` }));
  return [
    ask.many('purposes', 'Purpose here', entryPurposes, { value: power?.purposes }),
    ask.choose('holderId', 'Partner that applies for this power or relies on it', named, { value: power?.holderId }),
    ask.text('heldBy', 'Its officer', { value: power?.heldBy, hint: 'Name and rank or job' }),
    power
      ? ask.text('reference', 'Reference', {
          value: power.reference,
          hint: isGrantedWarrant(power) ? undefined : 'Leave it empty until there is one',
          classes: 'govuk-input--width-20',
        })
      : newReferenceField(ask),
    ...(power ? [] : progressFields(ask)),
    accompanyingField(ask, partners, power?.accompanying),
    ask.words('note', 'Note', {
      value: power?.note,
      hint: 'For a power that is not in the list, enter its statute and section',
    }),
  ];
}

export const newPowerPage = (premises: Premises, partners: readonly Partner[], today: string): FormPage =>
  premisesForm(premises, 'Add a power of entry', premisesPaths.addPower(premises.id), {
    lead: [
      'Choose the power of entry that the team will use. If a warrant is granted already, say so here. If not, record its later steps when they happen.',
    ],
    fields: (ask) => [ask.choose('basis', 'Power', powerOptions(today)), ...powerFields(ask, partners)],
    more: { href: powerPaths.catalogue(), text: 'Guide to powers of entry' },
  });

export function correctPowerPage(
  premises: Premises,
  power: Power,
  partners: readonly Partner[],
  base: number,
  used: string,
): FormPage {
  const executed = power.executedAt;
  return premisesForm(premises, powerName(power.basis), premisesPaths.power(premises.id, power.id), {
    lead: [`State: ${used}. To record that the power was applied for, granted or used, choose “Next step” instead.`],
    fields: (ask) => [
      ...powerFields(ask, partners, power),
      ...(power.appliedOn ? [ask.day('appliedOn', 'Date of application', { value: power.appliedOn })] : []),
      ...(power.decidedOn ? [ask.day('decidedOn', 'Decided on', { value: power.decidedOn })] : []),
      ...(power.decidedOn && power.state !== 'refused' ? [grantedByField(ask, power.grantedBy)] : []),
      ...(isWarrant(power) ? [entriesField(ask, power.entries)] : []),
      ...(power.expiresOn || isGrantedWarrant(power)
        ? [ask.day('expiresOn', 'Last day it can be used', { value: power.expiresOn })]
        : []),
      ...(executed
        ? [
            ask.day('executedOn', 'Used on', { value: dayOf(executed) }),
            ask.time('executedTime', 'Used at', { value: timeOf(executed) }),
          ]
        : []),
      ...(power.returnedOn ? [ask.day('returnedOn', 'Returned on', { value: power.returnedOn })] : []),
      ...correctionFields(ask, base),
    ],
  });
}

const stepLabels: Record<Exclude<PowerState, 'planned'>, (rule: PowerEntry) => string> = {
  'applied for': () => 'It was applied for',
  granted: () => 'It was granted',
  refused: () => 'It was refused',
  executed: (rule) => (isGranted(rule) ? 'It was executed' : 'It was used'),
  returned: () => 'It was returned to court',
};
export const stepSlug = (state: PowerState): string => state.replace(' ', '-');

/** Which step came next: a page of its own, so that each asks only for what must be written down. */
export function nextStepPage(premises: Premises, power: Power, rule: PowerEntry, made: VisitRecords): CasePage {
  const [use] = power.executedAt ? [] : listUses(power, made);
  const states = nextStates(power, rule).toSorted((one, other) => (use ? rankUsed(one) - rankUsed(other) : 0));
  const label = (state: Exclude<PowerState, 'planned'>) =>
    use && state === 'executed' ? 'Record what was written on it' : stepLabels[state](rule);
  return {
    title: `Next step: ${powerName(power.basis)}`,
    caption: premises.name,
    back: { href: `${premisesPaths.premises(premises.id)}#powers`, text: premises.name },
    lead: [
      use
        ? `State: used. A visit says that the team entered under this power at ${formatMoment(use.arrivedAt)}.`
        : `State: ${power.state}. What happened?`,
    ],
    sections: [
      {
        kind: 'buttons',
        items: states.flatMap((state) =>
          state === 'planned'
            ? []
            : [{ href: premisesPaths.powerStep(premises.id, power.id, stepSlug(state)), text: label(state) }],
        ),
      },
      { kind: 'list', title: 'Details you must record with this power', items: rule.record },
    ],
  };
}

/** After a use, the return to the court comes next. */
const rankUsed = (state: PowerState): number => (state === 'returned' ? 0 : 1);

export function stepPage(
  premises: Premises,
  power: Power,
  rule: PowerEntry,
  state: Exclude<PowerState, 'planned'>,
  around: { readonly partners: readonly Partner[]; readonly today: string; readonly usedAt: Date | undefined },
): FormPage {
  const named = around.partners.map(({ id, printedName, kind }) => ({ value: id, text: `${printedName} (${kind})` }));
  const more = (ask: FieldBuilder): Record<Exclude<PowerState, 'planned'>, readonly Field[]> => ({
    'applied for': [
      ask.text('reference', 'Reference', {
        value: power.reference,
        hint: 'If there is one yet',
        classes: 'govuk-input--width-20',
      }),
    ],
    granted: [
      ask.text('reference', 'Reference on it', { value: power.reference, classes: 'govuk-input--width-20' }),
      grantedByField(ask, power.grantedBy),
      ask.day('lastDay', 'Last day it can be used, as written on it', {
        hint:
          rule.kind === 'warrant'
            ? `${lastDayHint} ${rule.lasts.says}`
            : `Leave it empty if it does not say. Then Safelight counts the days by the law: ${rule.lasts.says}`,
      }),
      ...(rule.kind === 'warrant' ? [entriesField(ask, power.entries)] : []),
      ask.many('accompanying', 'Partners that the power names to accompany the officer', named, {
        value: power.accompanying,
      }),
    ],
    refused: [ask.words('note', 'The reason that was given', { value: power.note })],
    executed: [
      ask.time('time', 'Time of entry', { value: around.usedAt && timeOf(around.usedAt) }),
      ask.words('note', isGranted(rule) ? 'Terms written on it' : 'Person who agreed, and how', {
        value: power.note,
        hint: `Record these details. ${rule.record.map((item) => item.replace(/\.$/, '')).join('. ')}.`,
      }),
    ],
    returned: [ask.words('note', 'Note', { value: power.note })],
  });
  return premisesForm(
    premises,
    stepLabels[state](rule),
    premisesPaths.powerStep(premises.id, power.id, stepSlug(state)),
    {
      caption: `${powerName(power.basis)}, ${premises.name}`,
      back: { href: premisesPaths.nextPowerStep(premises.id, power.id) },
      fields: (ask) => [
        ask.day('on', 'Date', {
          value: state === 'executed' && around.usedAt ? dayOf(around.usedAt) : around.today,
        }),
        ...more(ask)[state],
      ],
    },
  );
}

/** For who comes to a step that was taken already, or that does not follow. */
export function stepTakenPage(
  premises: Premises,
  power: Power,
  rule: PowerEntry,
  state: Exclude<PowerState, 'planned'>,
): CasePage {
  const on = getStepDays(power)[state];
  return {
    title: on ? 'This step is recorded already' : 'This step does not follow',
    caption: `${powerName(power.basis)}, ${premises.name}`,
    back: { href: `${premisesPaths.premises(premises.id)}#powers`, text: premises.name },
    lead: [
      on ? `${stepLabels[state](rule)} on ${longDay(on)}.` : `The power is ${power.state}.`,
      'Nothing was changed. If a detail is wrong, correct it.',
    ],
    actions: [
      { href: premisesPaths.nextPowerStep(premises.id, power.id), text: 'Next step' },
      { href: premisesPaths.power(premises.id, power.id), text: 'Correct', secondary: true },
    ],
    sections: [],
  };
}

/** The day of each step that was taken. */
const getStepDays = (power: Power): Record<Exclude<PowerState, 'planned'>, string | null> => ({
  'applied for': power.appliedOn,
  granted: power.state === 'refused' ? null : power.decidedOn,
  refused: power.state === 'refused' ? power.decidedOn : null,
  executed: power.executedAt && dayOf(power.executedAt),
  returned: power.returnedOn,
});

export const stepErrors: Record<StepRefusal, FormErrors> = {
  'not from here': { '': 'This step does not follow from the state that the power is in now. Look at it again.' },
  'in the future': { on: 'Enter today or an earlier day' },
  'before the step before': { on: 'This day is before the step before it' },
  'lasts longer than the law': { lastDay: 'This is later than the law allows. Read the day on it again.' },
  'lapsed before it began': { lastDay: 'The last day must be the day of the grant or after it' },
};
/** What is wrong with the state of a new power. */
export const progressErrors: Record<ProgressRefusal, FormErrors> = {
  'not from here': stepErrors['not from here'],
  'in the future': { progressOn: 'Enter today or an earlier day' },
  'before the step before': { progressOn: 'Enter the day of the grant' },
  'lasts longer than the law': stepErrors['lasts longer than the law'],
  'lapsed before it began': stepErrors['lapsed before it began'],
  'nobody grants it': { progress: 'Nobody grants this power beforehand. Leave this question empty' },
  'progress missing': { progress: 'Select whether the warrant is granted or only applied for' },
  'day missing': { progressOn: 'Enter the date of the application or of the grant' },
};
export const correctErrors: Record<StepRefusal | 'changed meanwhile', FormErrors> = {
  ...stepErrors,
  'changed meanwhile': editConflict,
  'in the future': { '': 'One of the days is still to come' },
  'before the step before': { '': 'The days are out of order: applied for, decided, used, returned' },
  'lasts longer than the law': { expiresOn: 'This is later than the law allows. Read the day on it again.' },
  'lapsed before it began': { expiresOn: 'The last day must be the day of the grant or after it' },
};

/** Characters that nobody sees are no answer. */
const isBlank = (typed: unknown): boolean =>
  String(typed ?? '').replace(/[\s\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '') === '';
const isDayBlank = (typed: Answers, name: string): boolean =>
  ['day', 'month', 'year'].every((part) => isBlank(typed[`${name}-${part}`]));

const missingReference: FormErrors = { reference: 'Enter the reference on the warrant' };
const missingLastDay = (field: 'lastDay' | 'expiresOn'): FormErrors => ({
  [field]: 'Enter the last day that the warrant can be used',
});

/** Officers check a warrant at the premises by its reference and its last day: a new one that is granted needs both, and its date. */
export function findMissingOnNewWarrant(typed: Answers): readonly FormErrors[] {
  const progress = String(typed.progress ?? '').trim();
  if (!isWarrant({ basis: String(typed.basis ?? '').trim(), decidedOn: null })) return [];
  if (progress === 'applied for' && !isDayBlank(typed, 'lastDay'))
    return [{ lastDay: 'Leave the last day empty until the warrant is granted' }];
  if (progress !== 'granted') return [];
  return [
    ...(isBlank(typed.reference) ? [missingReference] : []),
    ...(isDayBlank(typed, 'progressOn') ? [progressErrors['day missing']] : []),
    ...(isDayBlank(typed, 'lastDay') ? [missingLastDay('lastDay')] : []),
  ];
}

/** The same where a warrant is recorded as granted; its form asks for the reference of every power. */
export const findMissingOnGrant = (typed: Answers, rule: PowerEntry, state: PowerState): readonly FormErrors[] =>
  state === 'granted' && rule.kind === 'warrant' && isDayBlank(typed, 'lastDay') ? [missingLastDay('lastDay')] : [];

/** The same where a granted warrant is corrected. */
export const findMissingOnCorrection = (typed: Answers, power: Power): readonly FormErrors[] =>
  isGrantedWarrant(power)
    ? [
        ...(isBlank(typed.reference) ? [missingReference] : []),
        ...(isDayBlank(typed, 'expiresOn') ? [missingLastDay('expiresOn')] : []),
      ]
    : [];
