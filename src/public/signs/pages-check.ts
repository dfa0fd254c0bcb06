/** What the self-check shows: who asks, what was noticed, what to do now. */

import type { RoutedContacts, Situation } from '../contacts/contact-router.ts';
import type { TextKey } from '../languages/english.ts';
import type { Translator } from '../languages/language.ts';
import type { SelfCheckAnswers } from './forms.ts';
import { type Guidance, type GuidancePart, guidanceFor } from './guidance.ts';
import { helpSeekerLabels, routesModel } from './pages.ts';
import { adviceBasisOf, type Kind, kinds, readers, selectTicked, signsAsked } from './self-check.ts';
import type { Framing, Sign } from './signs.ts';

export const kindKeys: Readonly<Record<Kind, TextKey>> = {
  'labour exploitation': 'kind.labour',
  'sexual exploitation': 'kind.sexual',
  'criminal exploitation': 'kind.criminal',
  'domestic servitude': 'kind.domestic',
  'child exploitation': 'kind.child',
  'not known': 'kind.unknown',
};

/** One title and one address for every step: neither reveals who asked, or what. */
const commonModel = ({ t }: Translator) => ({ title: t('shell.signs'), here: '/signs' });

export const readerStepPage = (
  words: Translator,
  { asker, ticked }: SelfCheckAnswers,
  framing: readonly Framing[],
) => ({
  ...commonModel(words),
  framing: framing.map(({ text }) => words.said(text)),
  readers: readers.map((reader) => ({
    value: reader,
    text: words.t(helpSeekerLabels[reader].text),
    checked: reader === asker.reader,
  })),
  kinds: kinds.map((kind) => ({ value: kind, text: words.t(kindKeys[kind]), checked: kind === asker.kind })),
  ticked,
});

export function signsStepPage(words: Translator, { asker, ticked }: SelfCheckAnswers, signs: readonly Sign[]) {
  const { said } = words;
  const asked = signsAsked(asker, signs);
  const herself = asker.reader === 'it is happening to me';
  const boxes = (group: Sign['group']) =>
    asked
      .filter((sign) => sign.group === group)
      .map(({ id, text, own, why }) => ({
        id: id.replaceAll(' ', '-'),
        value: id,
        text: said(herself ? (own ?? text) : text),
        hint: group === 'means nothing alone' ? said(why) : undefined,
        checked: ticked.includes(id),
      }));
  return {
    ...commonModel(words),
    herself,
    asker,
    control: boxes('control'),
    alone: boxes('means nothing alone'),
    /** What was ticked when another kind was chosen goes along, so that nobody has to tick it again. */
    carried: ticked.filter((id) => !asked.some((sign) => sign.id === id)),
  };
}

export type AnswerPageInput = {
  readonly said: SelfCheckAnswers;
  readonly signs: readonly Sign[];
  readonly guidance: readonly Guidance[];
  readonly situation: Situation;
  readonly answer: RoutedContacts;
  readonly day: string;
};

/** Danger first, then what to do, then who is open; last what was ticked, each with what else it may be. */
export function answerPage(words: Translator, { said, signs, guidance, situation, answer, day }: AnswerPageInput) {
  const { asker, ticked } = said;
  const noticed = selectTicked(asker, signs, ticked);
  const footing = adviceBasisOf(noticed);
  const told = guidanceFor(guidance, asker, footing);
  const herself = asker.reader === 'it is happening to me';
  const saying = (of: GuidancePart) => told.filter(({ part }) => part === of).map(({ text }) => words.said(text));
  const shown = (group: Sign['group']) =>
    herself ? [] : noticed.filter((sign) => sign.group === group).map((sign) => signModel(words, sign));
  return {
    ...commonModel(words),
    ...routesModel(words, situation, answer, day),
    asker,
    ticked,
    todo: saying('do'),
    notToDo: saying('do not'),
    law: saying('law'),
    herself,
    toTalkItOver: footing === 'no sign of control' && !herself,
    // Not shown to people who ask about themselves, so that someone who takes the screen from them cannot read it.
    control: shown('control'),
    alone: shown('means nothing alone'),
    sources: sourcesOf([...noticed.flatMap((sign) => sign.sources), ...told.map(({ source }) => source)]),
    compared: comparedSentence(words, [...noticed, ...told], day),
  };
}

export const sourcesOf = (sources: readonly { readonly title: string }[]): readonly string[] => [
  ...new Set(sources.map(({ title }) => title)),
];

/** The same in the reader's language, with the sentence round it. */
export const comparedSentence = (
  { t, day }: Translator,
  entries: readonly { readonly dateChecked: string }[],
  today: string,
): string =>
  t('answer.compared', {
    day: day(new Date(`${entries.map(({ dateChecked }) => dateChecked).toSorted()[0] ?? today}T12:00:00Z`)),
  });

export const signModel = ({ said }: Translator, { text, why, innocent, caution }: Sign) => ({
  text: said(text),
  why: said(why),
  innocent: said(innocent),
  caution: said(caution),
});

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/signs/public-signs': ReturnType<typeof readerStepPage>;
    'public/signs/public-notice': ReturnType<typeof signsStepPage>;
    'public/signs/public-answer': ReturnType<typeof answerPage>;
  }
}
