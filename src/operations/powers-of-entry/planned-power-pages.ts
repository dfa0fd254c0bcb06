/** Pages of a power of entry in a plan: add it, correct it, and record each step until it is returned to court. */
import { dayOf, timeOf } from '../../platform/clock.ts';
import { correctionFields, editConflict } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder, Option } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { powerPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { isGranted, nextStates, type Power, type PowerState, type StepRefusal } from '../plan/planned-power.ts';
import type { Premises } from '../plan/premises.ts';
import { premisesForm } from '../plan/premises-form-pages.ts';
import type { Partner } from '../weeks/operation.ts';
import { listPowersInForce, powerName } from './load.ts';
import { entryPurposes, type PowerEntry } from './power-in-law.ts';

const powerOptions = (day: string): Option[] =>
  listPowersInForce(day).map(({ id, name }) => ({ value: id, text: name }));

function powerFields(ask: FieldBuilder, partners: readonly Partner[], power?: Power): Field[] {
  const named = partners.map(({ id, printedName, kind }) => ({ value: id, text: `${printedName} (${kind})` }));
  return [
    ask.many('purposes', 'Purpose here', entryPurposes, { value: power?.purposes }),
    ask.choose('holderId', 'Partner that applies for this power or relies on it', named, { value: power?.holderId }),
    ask.text('heldBy', 'Its officer', { value: power?.heldBy, hint: 'Name and rank or job' }),
    ask.text('reference', 'Reference', {
      value: power?.reference,
      hint: 'Leave it empty until there is one',
      classes: 'govuk-input--width-20',
    }),
    ask.many('accompanying', 'Partners that the power names, or will name, to accompany the officer', named, {
      value: power?.accompanying,
    }),
    ask.words('note', 'Note', {
      value: power?.note,
      hint: 'For a power that is not in the list, enter its statute and section',
    }),
  ];
}

export const newPowerPage = (premises: Premises, partners: readonly Partner[], today: string): FormPage =>
  premisesForm(premises, 'Add a power of entry', premisesPaths.addPower(premises.id), {
    lead: ['Choose the power of the team to enter. You record its application and grant in later steps.'],
    fields: (ask) => [ask.choose('basis', 'Power', powerOptions(today)), ...powerFields(ask, partners)],
    more: { href: powerPaths.catalogue(), text: 'Guide to powers of entry' },
  });

export function correctPowerPage(
  premises: Premises,
  power: Power,
  partners: readonly Partner[],
  base: number,
): FormPage {
  const executed = power.executedAt;
  return premisesForm(premises, powerName(power.basis), premisesPaths.power(premises.id, power.id), {
    lead: [`State: ${power.state}. To record the application, grant or use, choose “Next step” instead.`],
    fields: (ask) => [
      ...powerFields(ask, partners, power),
      ...(power.appliedOn ? [ask.day('appliedOn', 'Applied for on', { value: power.appliedOn })] : []),
      ...(power.decidedOn ? [ask.day('decidedOn', 'Decided on', { value: power.decidedOn })] : []),
      ...(power.expiresOn ? [ask.day('expiresOn', 'Last day it can be used', { value: power.expiresOn })] : []),
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
export const nextStepPage = (premises: Premises, power: Power, rule: PowerEntry): CasePage => ({
  title: `Next step: ${powerName(power.basis)}`,
  caption: premises.name,
  back: { href: `${premisesPaths.premises(premises.id)}#powers`, text: premises.name },
  lead: [`State: ${power.state}. What happened?`],
  sections: [
    {
      kind: 'buttons',
      items: nextStates(power, rule).flatMap((state) =>
        state === 'planned'
          ? []
          : [{ href: premisesPaths.powerStep(premises.id, power.id, stepSlug(state)), text: stepLabels[state](rule) }],
      ),
    },
    { kind: 'list', title: 'Details you must record with this power', items: rule.record },
  ],
});

export function stepPage(
  premises: Premises,
  power: Power,
  rule: PowerEntry,
  state: Exclude<PowerState, 'planned'>,
  around: { readonly partners: readonly Partner[]; readonly today: string },
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
      ask.day('lastDay', 'Last day it can be used, as written on it', {
        hint: `Leave it empty if it does not say. Then the catalogue counts: ${rule.lasts.says}`,
      }),
      ask.many('accompanying', 'Partners that the power names to accompany the officer', named, {
        value: power.accompanying,
      }),
    ],
    refused: [ask.words('note', 'The reason that was given', { value: power.note })],
    executed: [
      ask.time('time', 'Time of entry'),
      ask.words('note', isGranted(rule) ? 'Terms written on it' : 'Person who agreed, and how', {
        value: power.note,
        hint: `Record: ${rule.record.map((item) => item.charAt(0).toLowerCase() + item.slice(1)).join('; ')}`,
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
      fields: (ask) => [ask.day('on', 'Date', { value: around.today }), ...more(ask)[state]],
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
export const correctErrors: Record<StepRefusal | 'changed meanwhile', FormErrors> = {
  ...stepErrors,
  'changed meanwhile': editConflict,
  'in the future': { '': 'One of the days is still to come' },
  'before the step before': { '': 'The days are out of order: applied for, decided, used, returned' },
  'lasts longer than the law': { expiresOn: 'This is later than the law allows. Read the day on it again.' },
  'lapsed before it began': { expiresOn: 'The last day must be the day of the grant or after it' },
};
