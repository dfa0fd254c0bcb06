/** Pages about indicators observed: what an onlooker could see, never what a person disclosed. */
import type { Business } from '../../operations/plan/index.ts';
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  editConflict,
  getMemberName,
  type MemberNames,
  textField,
  versionsSection,
} from '../../platform/forms/correction.ts';
import { type CheckboxesField, type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage, Link, Section } from '../../platform/rendering/pages.ts';
import { type GroupedSigns, groupVisitSigns, isControlSign, type Sign } from '../../public/signs/index.ts';
import type { Exploitation } from '../../vocabulary/exploitation.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { encounterPaths, indicatorPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { recordedRow, toRows, visitPageFrame } from '../arrival-and-departure/pages.ts';
import { readFormId } from '../forms.ts';
import type { Encounter, Observation } from '../visit.ts';
import { encounterPageFrame } from './pages.ts';

/** Which indicators: ticks in groups, each group with its meaning. */
export type ChooseIndicatorsPage = {
  readonly title: string;
  readonly caption: string;
  readonly back: FormPage['back'];
  readonly errors?: FormErrors | undefined;
  readonly lead: readonly string[];
  readonly action: string;
  readonly groups: readonly { readonly open: boolean; readonly field: CheckboxesField }[];
  readonly ending: Link;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'visits/signs': ChooseIndicatorsPage;
  }
}

const groupTitles: Readonly<Partial<Record<GroupedSigns['of'], string>>> = {
  'every kind': 'Somebody may be under another’s control',
  'means nothing alone': 'These mean nothing alone',
};

/** Which groups come first. The kind of business orders the list; it is no ground for anything, and every group is offered everywhere. */
const fittingKinds: Readonly<Record<Business, readonly Exploitation[]>> = {
  'massage or beauty': ['sexual exploitation', 'labour exploitation'],
  'nail bar': ['labour exploitation'],
  'car wash': ['labour exploitation'],
  'restaurant or takeaway': ['labour exploitation'],
  shop: ['labour exploitation'],
  'hotel or guesthouse': ['labour exploitation', 'sexual exploitation'],
  'residential business': ['sexual exploitation', 'domestic servitude'],
  farm: ['labour exploitation'],
  'factory or warehouse': ['labour exploitation'],
  'building site': ['labour exploitation'],
  'other business': [],
};

/** By kind of exploitation: indicators of control first, then those that mean nothing alone, each with why. */
export function chooseIndicatorsPage(
  of: IndicatorSubject,
  { signs, business }: { readonly signs: readonly Sign[]; readonly business: Business },
  ticked: readonly string[],
  sent: boolean,
): ChooseIndicatorsPage {
  const errors = sent ? { sign: 'Tick at least one indicator' } : undefined;
  const ask = new FieldBuilder({}, errors);
  const fitting = fittingKinds[business];
  const groups = groupVisitSigns(signs, fitting).map(({ of: group, signs: these }, index) => {
    const options = these.map((sign) => ({
      value: sign.id,
      text: sign.text,
      ...(!isControlSign(sign) && { hint: { text: group === 'means nothing alone' ? sign.why : explainSign(sign) } }),
    }));
    const field = ask.many('sign', groupTitles[group] ?? capital(group), options, { value: ticked });
    const open = index <= fitting.length || these.some(({ id }) => ticked.includes(id));
    return { open, field: { ...field, error: index === 0 ? field.error : undefined } };
  });
  return {
    ...of.frame,
    title: 'Which indicators did you observe?',
    errors,
    lead: [
      'Tick first. On the next page you describe each one, and only then is it saved.',
      observedOnlyText,
      'An indicator does not prove or rule out exploitation, and Safelight does not turn indicators into a score. Nationality, language and sex are never a reason to suspect exploitation.',
    ],
    action: of.address,
    groups,
    ending: { href: of.frame.cancel, text: 'No indicators' },
  };
}

/** Where indicators are recorded: for a person, or for the place. */
export type IndicatorSubject = {
  readonly address: string;
  readonly frame: ReturnType<typeof visitPageFrame>;
  /** Where what a person disclosed is recorded instead. */
  readonly disclosed: { readonly href: string; readonly text: string };
};
const observedOnlyText =
  'Record only what you could observe as an onlooker. Every officer of the operation can read this, immigration officers too. Record what a person says, and their health, in their safeguarding note.';
export const getPersonSubject = (met: Encounter): IndicatorSubject => ({
  address: encounterPaths.indicators(met.id),
  frame: encounterPageFrame(met, 'Indicators'),
  disclosed: {
    href: notePaths.writing(met.id),
    text: 'Write what the person said in the person’s safeguarding note',
  },
});
export const getPremisesSubject = (visitId: string, premises: string): IndicatorSubject => ({
  address: visitPaths.indicators(visitId),
  frame: visitPageFrame(visitId, 'Indicators', premises),
  disclosed: {
    href: `${visitPaths.visit(visitId)}#people`,
    text: 'Choose the person to write what they said in their safeguarding note',
  },
});

/** The name of a field about one of several indicators: the first has none to tell it apart. */
const numbered = (name: string, index: number): string => (index === 0 ? name : `${name}-${index + 1}`);
const observationFieldNames = ['id', 'context'];

/** What was typed about one of several indicators, by the plain names of its fields. All share one alternative explanation. */
export const answersAbout = (typed: Answers, index: number): Answers => ({
  ...Object.fromEntries(observationFieldNames.map((name) => [name, typed[numbered(name, index)]])),
  explanation: typed.explanation,
});
/** Errors about one of several indicators, by the names of its fields. */
export const errorsAbout = (errors: FormErrors, index: number, all: number): FormErrors =>
  Object.fromEntries(
    Object.entries(errors).map(([name, error]) =>
      name === '' || name === 'explanation'
        ? [name, error]
        : [numbered(name, index), all > 1 ? `Indicator ${index + 1}: ${error}` : error],
    ),
  );

const observationField = (ask: FieldBuilder, sign: Sign, index: number, value = '', label = ''): Field =>
  ask.words(numbered('context', index), `${label}Your observation, with place and time`, {
    hint: `Do not record what a person said, or their health. ${sign.caution}`,
    most: 1_000,
    value,
  });

/** Another explanation is thought of before anything is saved: one for all that was ticked together. */
const explanationField = (ask: FieldBuilder, signs: readonly Sign[], value = ''): Field =>
  ask.words('explanation', signs.length > 1 ? 'Alternative explanation for all of these' : 'Alternative explanation', {
    hint: `Base this on what you observed, not on what a person said. For example: ${signs.map(({ innocent }) => innocent).join(' ')}`,
    most: 1_000,
    value,
  });

const explainSign = ({ group, why }: Sign): string => (group === 'control' ? why : `This means nothing alone. ${why}`);

/** One observation for each indicator ticked, all saved together. */
export function indicatorsFormPage(
  of: IndicatorSubject,
  signs: readonly Sign[],
  typed: Answers,
  writesNotes: boolean,
): FormPage {
  const [only] = signs.length === 1 ? signs : [];
  return {
    ...of.frame,
    title: only?.text ?? `${signs.length} indicators`,
    cancel: of.address,
    lead: only ? [explainSign(only)] : [],
    warning: observedOnlyText,
    ...(writesNotes && { more: of.disclosed }),
    fields: (ask) =>
      signs
        .flatMap((sign, index) => [
          ...(only ? [] : [ask.heading(`indicator-${index + 1}`, `${index + 1}. ${sign.text}`, explainSign(sign))]),
          observationField(ask, sign, index, '', only ? '' : `${index + 1}. `),
          ask.hidden(numbered('id', index), readFormId(answersAbout(typed, index))),
        ])
        .concat(explanationField(ask, signs)),
    button: only ? 'Save the indicator' : 'Save the indicators',
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
): Section => ({
  kind: 'table',
  id: 'signs',
  caption: 'Indicators observed',
  stack: true,
  columns: ['Indicator', 'Observation', 'Alternative explanation'].map((text) => ({ text })),
  rows: seen.map(({ id, indicatorId, encounterId, context, explanation, recordedBy }) => [
    { text: getIndicatorText(signs, indicatorId), href: indicatorPaths.indicator(id) },
    {
      text: `${encounterId ? `Person ${people.get(encounterId) ?? ''}` : 'The place'}: ${context} (${getMemberName(names, recordedBy)})`,
    },
    { text: explanation },
  ]),
  empty: 'No indicators recorded. This does not mean that all is well.',
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
}): CasePage => ({
  title: sign.text,
  caption: premises,
  back: { href: visitPaths.visit(seen.visitId), text: premises },
  actions: writes ? [{ href: indicatorPaths.correction(seen.id), text: 'Correct', secondary: true }] : [],
  sections: [
    {
      kind: 'summary',
      rows: toRows([
        ['Observed', seen.context],
        ['Alternative explanation', seen.explanation],
        recordedRow(seen, names),
      ]),
    },
    ...versionsSection(versions ?? [], names, {
      context: textField('seen'),
      explanation: textField('alternative explanation'),
    }),
    ...(corrected && !versions
      ? [
          {
            kind: 'words' as const,
            title: 'Earlier versions',
            lead: ['Only the person who recorded this can read its earlier versions.'],
          },
        ]
      : []),
  ],
});

export const correctIndicatorPage = (seen: Observation, sign: Sign, base: number): FormPage => ({
  title: sign.text,
  caption: 'Correct an indicator',
  cancel: indicatorPaths.indicator(seen.id),
  button: 'Save the correction',
  fields: (ask) => [
    observationField(ask, sign, 0, seen.context),
    explanationField(ask, [sign], seen.explanation),
    ...correctionFields(ask, base),
  ],
});

export const indicatorErrors: Record<'finished' | 'changed meanwhile' | 'disclosed', FormErrors> = {
  disclosed: {
    '': 'An onlooker cannot observe this indicator, so it is not recorded at a visit. Record it in the person’s safeguarding note',
  },
  finished: { '': 'This visit is finished. Open it again first, with a reason' },
  'changed meanwhile': editConflict,
};
