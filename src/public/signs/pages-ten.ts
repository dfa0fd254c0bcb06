/** The ten signs of the model release on one page, and the signs by kind of place. */

import type { Translator } from '../languages/language.ts';
import { comparedSentence, placeModel, signModel, sourcesOf } from './pages-check.ts';
import type { DayContent } from './pages-lists.ts';
import type { Place } from './places.ts';
import { isControlSign, type Sign, tenSigns } from './signs.ts';

/** The ten in their two groups. */
export const tenModel = (words: Translator, signs: readonly Sign[]) => {
  const ten = tenSigns(signs);
  return {
    control: ten.filter(isControlSign).map((sign) => signModel(words, sign)),
    alone: ten.filter((sign) => !isControlSign(sign)).map((sign) => signModel(words, sign)),
  };
};

export const tenPage = (words: Translator, { signs, framing, day }: DayContent) => ({
  title: words.t('shell.signs'),
  here: '/signs',
  ...tenModel(words, signs),
  framing: framing.map(({ text }) => words.said(text)),
  sources: sourcesOf([...framing.map(({ source }) => source), ...tenSigns(signs).flatMap(({ sources }) => sources)]),
  compared: comparedSentence(words, tenSigns(signs), day),
});

export const placesPage = (words: Translator, { signs, framing, day }: DayContent, places: readonly Place[]) => ({
  title: words.t('place.title'),
  here: '/signs/places',
  framing: framing.map(({ text }) => words.said(text)),
  places: places.map((place) => placeModel(words, place, signs)),
  sources: sourcesOf([...framing.map(({ source }) => source), ...places.flatMap(({ sources }) => sources)]),
  compared: comparedSentence(words, places, day),
});

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/signs/public-ten': ReturnType<typeof tenPage>;
    'public/signs/public-places': ReturnType<typeof placesPage>;
  }
}
