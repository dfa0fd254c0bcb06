/** What the self-check shows: who asks, what was noticed, what to do now. */

import type { RoutedContacts, Situation } from '../contacts/contact-router.ts';
import type { TextKey } from '../languages/english.ts';
import type { Translator } from '../languages/language.ts';
import type { SelfCheckAnswers } from './forms.ts';
import { type Guidance, type GuidancePart, guidanceFor } from './guidance.ts';
import { helpSeekerLabels, routesModel } from './pages.ts';
import { type Place, type PlaceKind, placeKinds } from './places.ts';
import { adviceBasisOf, type Kind, kinds, readers, selectTicked, signsAsked } from './self-check.ts';
import { type Framing, isControlSign, type Sign } from './signs.ts';

export const kindKeys: Readonly<Record<Kind, TextKey>> = {
  'labour exploitation': 'kind.labour',
  'sexual exploitation': 'kind.sexual',
  'criminal exploitation': 'kind.criminal',
  'domestic servitude': 'kind.domestic',
  'child exploitation': 'kind.child',
  'not known': 'kind.unknown',
};

export const placeKeys: Readonly<Record<PlaceKind, TextKey>> = {
  wash: 'place.wash',
  nails: 'place.nails',
  farm: 'place.farm',
  site: 'place.site',
  takeaway: 'place.takeaway',
  flat: 'place.flat',
};

/** What can be noticed at a kind of place, and what else it may be. */
export const placeModel = (
  words: Translator,
  { id, noticed, signs: named, innocent }: Place,
  signs: readonly Sign[],
) => ({
  id,
  title: words.t(placeKeys[id]),
  noticed: [...noticed, ...named.flatMap((one) => signs.find((sign) => sign.id === one)?.text ?? [])].map((text) =>
    words.said(text),
  ),
  innocent: words.said(innocent),
});

/** One title and one address for every step: neither reveals who asked, or what. */
const commonModel = ({ t }: Translator) => ({ title: t('shell.signs'), here: '/signs/check' });

export const readerStepPage = (
  words: Translator,
  { asker, place, ticked }: SelfCheckAnswers,
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
  places: [...placeKinds, undefined].map((one) => ({
    value: one ?? '',
    text: words.t(one ? placeKeys[one] : 'place.other'),
    checked: one === place,
  })),
  ticked,
});

export function signsStepPage(
  words: Translator,
  { asker, place, ticked }: SelfCheckAnswers,
  signs: readonly Sign[],
  places: readonly Place[],
) {
  const { said } = words;
  const asked = signsAsked(asker, signs);
  const asksAboutSelf = asker.reader === 'it is happening to me';
  const boxes = (group: Sign['group']) =>
    asked
      .filter((sign) => sign.group === group)
      .map(({ id, text, own, why }) => ({
        id: id.replaceAll(' ', '-'),
        value: id,
        text: said(asksAboutSelf ? (own ?? text) : text),
        hint: group === 'means nothing alone' ? said(why) : undefined,
        checked: ticked.includes(id),
      }));
  return {
    ...commonModel(words),
    asksAboutSelf,
    asker,
    place,
    /** To read, and not to tick: what can be noticed there. People who ask about themselves know the place. */
    placeSigns: asksAboutSelf
      ? []
      : places.filter(({ id }) => id === place).map((one) => placeModel(words, one, signs)),
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
  /** By which the named page leads into the private journey. */
  readonly step: string | undefined;
};

/** Danger first, then what to do, then who is open; last what was ticked, each with what else it may be. */
export function answerPage(
  words: Translator,
  { said, signs, guidance, situation, answer, day, step }: AnswerPageInput,
) {
  const { asker, place, ticked } = said;
  const noticed = selectTicked(asker, signs, ticked);
  const footing = adviceBasisOf(noticed);
  const told = guidanceFor(guidance, asker, footing);
  const asksAboutSelf = asker.reader === 'it is happening to me';
  const saying = (of: GuidancePart) => told.filter(({ part }) => part === of).map(({ text }) => words.said(text));
  const shown = (group: Sign['group']) =>
    asksAboutSelf ? [] : noticed.filter((sign) => sign.group === group).map((sign) => signModel(words, sign));
  return {
    ...commonModel(words),
    ...routesModel(words, situation, answer, day),
    asker,
    place,
    ticked,
    step,
    /** What goes along into a report: nothing that means nothing alone, and nothing of people who ask about themselves, whose page shows no tick. */
    carriedSigns: (asksAboutSelf ? [] : noticed).filter(isControlSign).map(({ id }) => id),
    todo: saying('do'),
    notToDo: saying('do not'),
    law: saying('law'),
    asksAboutSelf,
    toTalkItOver: footing === 'no sign of control' && !asksAboutSelf,
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
