/** Pages about people encountered and indicators seen. They show what an onlooker could see, never what a person disclosed. */

import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  editConflict,
  getMemberName,
  type MemberNames,
  type ShownFields,
  textField,
  versionsSection,
  yesNoField,
} from '../../platform/forms/correction.ts';
import { type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import { type Model, withLineBreaks } from '../../platform/rendering/views.ts';
import { type GroupedSigns, groupSigns, type Sign } from '../../public/signs/index.ts';
import { daysWithoutConcern } from '../../retention/index.ts';
import { addDays, longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { visitInterpreters } from '../../vocabulary/interpreting.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { Marking } from '../../vocabulary/marking.ts';
import { visitPageFrame } from '../arrival-and-departure/pages.ts';
import { ageLabels } from '../pages.ts';
import { type Encounter, type EncounterRefusal, type Observation, rolesInPremises } from '../visit.ts';

const encounterFields = (field: FieldBuilder, known?: Encounter): Field[] => [
  field.one('place', 'Their place in the premises', rolesInPremises, { value: known?.place ?? '' }),
  field.one('spokenTo', 'Met', ['spoken to', 'only seen'], {
    classes: 'govuk-radios--inline',
    value: known ? (known.spokenTo ? 'spoken to' : 'only seen') : '',
  }),
  field.one(
    'age',
    'Age',
    [
      { value: 'adult', text: 'Adult' },
      { value: 'under 18', text: 'Under 18' },
      { value: 'not known', text: 'Not known', hint: { text: 'Treated as a child until assessed.' } },
    ],
    { value: known?.age ?? '' },
  ),
  field.text('language', 'Language', { hint: 'In which you spoke, or tried to.', value: known?.language ?? '' }),
  field.one('interpreter', 'Interpreter', visitInterpreters, {
    hint: 'Never somebody who is with them, and never somebody from the premises.',
    value: known?.interpreter ?? '',
  }),
];

/** A person encountered. The page has no name and nothing that the person disclosed. */
export function encounterFormPage(
  visitId: string,
  premises: string,
  id: string,
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    ...visitPageFrame(visitId, 'A person met', premises, errors),
    lead: ['What anybody there could see. No name; what the person says comes next, on a page of its own.'],
    button: 'Save and go on',
    fields: [...encounterFields(ask), ask.hidden('id', id)],
  };
}

export function correctEncounterPage(met: Encounter, base: number, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    ...encounterPageFrame(met, 'Correct what was recorded', errors),
    button: 'Save the correction',
    fields: [...encounterFields(ask, met), ...correctionFields(ask, base)],
  };
}

/** The frame of each page about one person encountered. */
export const encounterPageFrame = ({ id, number }: Encounter, title: string, errors: FormErrors = {}): Model => ({
  title,
  caption: `Person ${number}`,
  errors,
  cancel: `/staff/encounters/${id}`,
  back: { href: `/staff/encounters/${id}`, text: `Person ${number}` },
});

const encounterFieldLabels: ShownFields = {
  place: textField('place in the premises'),
  spoken_to: yesNoField('spoken to'),
  age: textField('age'),
  language: textField('language'),
  interpreter: textField('interpreter'),
};

/** What an onlooker could see. */
const listShownFacts = (met: Encounter): readonly (readonly [what: string, is: string])[] =>
  met.letGoOn ? listCountedFacts(met) : listAllFacts(met);
/** What remains of a record after its retention period. */
const listCountedFacts = (met: Encounter): readonly (readonly [what: string, is: string])[] => [
  ['Met', met.spokenTo ? 'spoken to' : 'only seen'],
  ['Interpreter', met.interpreter],
];
const listAllFacts = (met: Encounter): readonly (readonly [what: string, is: string])[] => [
  ['Place in the premises', met.place],
  ['Met', met.spokenTo ? 'spoken to' : 'only seen'],
  ['Age', ageLabels[met.age]],
  ['Language', met.language ?? 'not asked'],
  ['Interpreter', met.interpreter],
];

/** The meeting alone in half a kilobyte, for a van with a bar of signal. */
export function renderBriefEncounter(met: Encounter, marking: Marking): string {
  const rows = listShownFacts(met).map(([what, is]) => `<dt>${what}</dt><dd>${withLineBreaks(is).html}</dd>`);
  const title = `Person ${met.number}, in brief`;
  return `<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width"><title>${title}</title><main><p>${marking}</p><h1>${title}</h1><dl>${rows.join('')}</dl><p><a href="/staff/encounters/${met.id}">All of it</a></p><p>${marking}</p></main></html>`;
}

/** The same for a program, as JSON: what an onlooker could see, by the names of the record's fields. */
export const serialiseEncounter = (
  { id, number, place, spokenTo, age, language, interpreter }: Encounter,
  marking: Marking,
): string => JSON.stringify({ marking, id, number, place, spokenTo, age, language, interpreter });

export type EncounterPageData = {
  readonly met: Encounter;
  readonly premises: string;
  /** The day of the meeting. */
  readonly day: string;
  readonly names: MemberNames;
  readonly versions: readonly EarlierVersion[];
  readonly writes: boolean;
  readonly writesNotes: boolean;
  /** What enforcement alone is shown; undefined to a helper. */
  readonly enforcement:
    | {
        readonly nameReason: string | undefined;
        /** A name is held, and the member may request it from a custodian. */
        readonly nameAskable: boolean;
        readonly signs: readonly Model[];
      }
    | undefined;
};

/** What officers write is named to officers alone. */
function formatRetention(letGoOn: string | null | undefined, day: string, toEnforcement: boolean): string {
  if (letGoOn) return `Let go on ${longDay(letGoOn)}: nobody had written down a concern. What is counted stays.`;
  const unless = toEnforcement ? 'an arrest, a sign of control or a name under seal' : 'a concern';
  return `Until ${longDay(addDays(day, daysWithoutConcern))}, unless ${unless} is recorded until then`;
}

export function encounterPage({
  met,
  premises,
  day,
  names,
  versions,
  writes,
  writesNotes,
  enforcement,
}: EncounterPageData): Model {
  const to = (href: string, text: string, secondary = true): Model => ({ href, text, secondary });
  return {
    title: `Person ${met.number}`,
    caption: premises,
    back: { href: `/staff/visits/${met.visitId}`, text: premises },
    actions: [
      ...(writesNotes
        ? [
            met.spokenTo
              ? to(`/staff/safeguarding/encounters/${met.id}/note`, 'Write what the person said and was told', false)
              : to(`/staff/safeguarding/encounters/${met.id}/note`, 'Write a safeguarding note'),
          ]
        : []),
      ...(writes && enforcement ? [to(`/staff/encounters/${met.id}/signs`, 'Record an indicator')] : []),
      ...(writes ? [to(`/staff/visits/${met.visitId}/encounters/new`, 'Add another person met')] : []),
      ...(writes ? [to(`/staff/encounters/${met.id}/correct`, 'Correct')] : []),
    ],
    sections: [
      {
        kind: 'summary',
        title: 'The meeting',
        rows: [
          ...listShownFacts(met),
          ['Recorded', `by ${getMemberName(names, met.recordedBy)} at ${formatMoment(met.recordedAt)}`],
          ['Kept', formatRetention(met.letGoOn, day, enforcement !== undefined)],
          ...(enforcement ? [['Name', formatNameStatus(enforcement)]] : []),
        ].map(([key, text]) => ({ key: { text: key }, value: { text } })),
        links: [
          ...(enforcement?.nameReason ? [{ href: `/staff/encounters/${met.id}/name`, text: 'Open the name' }] : []),
          ...(enforcement?.nameAskable
            ? [{ href: `/staff/identity-requests/of/${met.id}`, text: 'Ask a custodian to open the name' }]
            : []),
          ...(enforcement && !enforcement.nameReason && writes
            ? [{ href: `/staff/encounters/${met.id}/name/record`, text: 'A name is needed' }]
            : []),
          { href: `/staff/encounters/${met.id}/brief`, text: 'In brief, for a weak signal' },
        ],
      },
      ...(enforcement?.signs ?? []),
      ...versionsSection(versions, names, encounterFieldLabels),
    ],
  };
}

const formatNameStatus = ({ nameReason, nameAskable }: NonNullable<EncounterPageData['enforcement']>): string =>
  nameReason ? `held under seal: ${nameReason}` : nameAskable ? 'held under seal' : 'not held';

const groupTitles: Readonly<Partial<Record<GroupedSigns['of'], string>>> = {
  'every kind': 'Somebody may be under another’s control',
  'means nothing alone': 'These mean nothing alone',
};

/** The indicator, in the two groups of design 3.2: the first by kind, the second with why it means nothing alone. */
export function chooseIndicatorPage(of: IndicatorSubject, signs: readonly Sign[], done?: string): Model {
  const groups = groupSigns(signs).map(({ of: group, signs: these }) => ({
    title: groupTitles[group] ?? capital(group),
    signs: these.map(({ id, text, why }) => ({
      href: `${of.address}?${new URLSearchParams({ sign: id })}`,
      text,
      ...(group === 'means nothing alone' && { why }),
    })),
  }));
  return {
    ...of.frame,
    title: 'Which indicator did you observe?',
    done,
    lead: [
      observedOnlyText,
      'An indicator is neither proof nor disproof, and indicators are not added up. Nationality, language and sex are never grounds.',
    ],
    groups,
    ending: { href: of.frame.cancel, text: 'No more indicators' },
  };
}

/** Where indicators are recorded: for a person, or for the place. */
export type IndicatorSubject = {
  readonly address: string;
  readonly frame: Model;
  /** Where what a person disclosed is recorded instead. */
  readonly disclosed: { readonly href: string; readonly text: string };
};
const observedOnlyText =
  'Record only what you could observe as an onlooker. Every officer of the operation can read this, immigration officers too. What a person says, and their health, go in the person’s safeguarding note.';
export const getPersonSubject = (met: Encounter): IndicatorSubject => ({
  address: `/staff/encounters/${met.id}/signs`,
  frame: encounterPageFrame(met, 'Indicators'),
  disclosed: {
    href: `/staff/safeguarding/encounters/${met.id}/note`,
    text: 'Write what the person said in the person’s safeguarding note',
  },
});
export const getPremisesSubject = (visitId: string, premises: string): IndicatorSubject => ({
  address: `/staff/visits/${visitId}/signs`,
  frame: visitPageFrame(visitId, 'Indicators', premises, {}),
  disclosed: {
    href: `/staff/visits/${visitId}#people`,
    text: 'Choose the person to write what they said in their safeguarding note',
  },
});

const indicatorFields = (ask: FieldBuilder, sign: Sign, known?: Observation): Field[] => [
  ask.words('context', 'What you observed, where and when', {
    hint: `Do not record what a person said, or their health. ${sign.caution}`,
    most: 1_000,
    value: known?.context ?? '',
  }),
  ask.words('explanation', 'Alternative explanation', {
    hint: `From what you observed, not from what a person said. For example: ${sign.innocent}`,
    most: 1_000,
    value: known?.explanation ?? '',
  }),
];

export function indicatorFormPage(
  of: IndicatorSubject,
  sign: Sign,
  id: string,
  writesNotes: boolean,
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    ...of.frame,
    title: sign.text,
    errors,
    cancel: of.address,
    lead: [sign.group === 'control' ? sign.why : `This means nothing alone. ${sign.why}`],
    warning: observedOnlyText,
    ...(writesNotes && { more: of.disclosed }),
    fields: [...indicatorFields(ask, sign), ask.hidden('id', id)],
    button: 'Save the indicator',
  };
}

const getIndicatorText = (signs: readonly Sign[], id: string): string =>
  signs.find((sign) => sign.id === id)?.text ?? id;

/** Each as it was seen. No sum and no verdict, here or anywhere. */
export const indicatorsSection = (
  seen: readonly Observation[],
  signs: readonly Sign[],
  people: ReadonlyMap<string, number>,
  names: MemberNames,
): Model => ({
  kind: 'table',
  id: 'signs',
  caption: 'Indicators observed',
  stack: true,
  columns: ['Indicator', 'What was observed', 'Alternative explanation'].map((text) => ({ text })),
  rows: seen.map(({ id, signId, encounterId, context, explanation, recordedBy }) => [
    { text: getIndicatorText(signs, signId), href: `/staff/indicators/${id}` },
    {
      text: `${encounterId ? `Person ${people.get(encounterId) ?? ''}` : 'The place'}: ${context} (${getMemberName(names, recordedBy)})`,
    },
    { text: explanation },
  ]),
  empty: 'Nobody has recorded an indicator. That is neither proof nor disproof.',
});

/** `versions` is undefined for everybody but the person who recorded the indicator. */
export const observationPage = ({
  seen,
  sign,
  premises,
  names,
  versions,
  corrected,
  writes,
}: {
  readonly seen: Observation;
  readonly sign: Sign;
  readonly premises: string;
  readonly names: MemberNames;
  readonly versions: readonly EarlierVersion[] | undefined;
  readonly corrected: boolean;
  readonly writes: boolean;
}): Model => ({
  title: sign.text,
  caption: premises,
  back: { href: `/staff/visits/${seen.visitId}`, text: premises },
  actions: writes ? [{ href: `/staff/indicators/${seen.id}/correct`, text: 'Correct', secondary: true }] : [],
  sections: [
    {
      kind: 'summary',
      rows: [
        ['Observed', seen.context],
        ['Alternative explanation', seen.explanation],
        ['Recorded', `by ${getMemberName(names, seen.recordedBy)} at ${formatMoment(seen.recordedAt)}`],
      ].map(([key, text]) => ({ key: { text: key }, value: { text } })),
    },
    ...versionsSection(versions ?? [], names, {
      context: textField('seen'),
      explanation: textField('alternative explanation'),
    }),
    ...(corrected && !versions
      ? [{ title: 'Earlier versions', lead: ['Only the person who recorded this can read its earlier versions.'] }]
      : []),
  ],
});

export function correctIndicatorPage(
  seen: Observation,
  sign: Sign,
  base: number,
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    title: sign.text,
    caption: 'Correct an indicator',
    errors,
    cancel: `/staff/indicators/${seen.id}`,
    button: 'Save the correction',
    fields: [...indicatorFields(ask, sign, seen), ...correctionFields(ask, base)],
  };
}

export const encounterErrors: Record<
  EncounterRefusal | 'changed meanwhile' | 'the last one' | 'disclosed',
  FormErrors
> = {
  disclosed: {
    '': 'An onlooker cannot observe this indicator, so it is not recorded at a visit. Record it in the person’s safeguarding note',
  },
  'the last one': {
    spokenTo: 'The visit is finished and says that people were spoken with: nobody would be left. Open it again first',
  },
  finished: { '': 'This visit is finished. Open it again first, with a reason' },
  'nobody was found': { '': 'The visit says that there was no reply. Correct the visit first' },
  'language missing': { language: 'Enter the language' },
  'no words were spoken': { interpreter: 'Somebody who was only seen needed no interpreter' },
  'changed meanwhile': editConflict,
};
