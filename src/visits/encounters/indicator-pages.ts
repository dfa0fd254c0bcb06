/** Pages about indicators observed: what an onlooker could see, never what a person disclosed. */
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  editConflict,
  getMemberName,
  type MemberNames,
  textField,
  versionsSection,
} from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage, Link, Section } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { type GroupedSigns, groupSigns, type Sign } from '../../public/signs/index.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { encounterPaths, indicatorPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { recordedRow, toRows, visitPageFrame } from '../arrival-and-departure/pages.ts';
import type { Encounter, Observation } from '../visit.ts';
import { encounterPageFrame } from './pages.ts';

/** Which indicator: links in groups, each group with its meaning. */
export type ChooseIndicatorPage = {
  readonly title: string;
  readonly caption: string;
  readonly back: FormPage['back'];
  /** What was just recorded. */
  readonly done: string | undefined;
  readonly lead: readonly string[];
  readonly groups: readonly {
    readonly title: string;
    readonly signs: readonly (Link & { readonly why?: string | undefined })[];
  }[];
  readonly ending: Link;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'visits/signs': ChooseIndicatorPage;
  }
}

const groupTitles: Readonly<Partial<Record<GroupedSigns['of'], string>>> = {
  'every kind': 'Somebody may be under another’s control',
  'means nothing alone': 'These mean nothing alone',
};

/** The indicator, in the two groups of design 3.2: the first by kind, the second with why it means nothing alone. */
export function chooseIndicatorPage(of: IndicatorSubject, signs: readonly Sign[], done?: string): ChooseIndicatorPage {
  const groups = groupSigns(signs).map(({ of: group, signs: these }) => ({
    title: groupTitles[group] ?? capital(group),
    signs: these.map(({ id, text, why }) => ({
      href: withQuery(of.address, { sign: id }),
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

const indicatorFields = (ask: FieldBuilder, sign: Sign, known?: Observation): Field[] => [
  ask.words('context', 'Your observation, with place and time', {
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

export const indicatorFormPage = (of: IndicatorSubject, sign: Sign, id: string, writesNotes: boolean): FormPage => ({
  ...of.frame,
  title: sign.text,
  cancel: of.address,
  lead: [sign.group === 'control' ? sign.why : `This means nothing alone. ${sign.why}`],
  warning: observedOnlyText,
  ...(writesNotes && { more: of.disclosed }),
  fields: (ask) => [...indicatorFields(ask, sign), ask.hidden('id', id)],
  button: 'Save the indicator',
});

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
  fields: (ask) => [...indicatorFields(ask, sign, seen), ...correctionFields(ask, base)],
});

export const indicatorErrors: Record<'finished' | 'changed meanwhile' | 'disclosed', FormErrors> = {
  disclosed: {
    '': 'An onlooker cannot observe this indicator, so it is not recorded at a visit. Record it in the person’s safeguarding note',
  },
  finished: { '': 'This visit is finished. Open it again first, with a reason' },
  'changed meanwhile': editConflict,
};
