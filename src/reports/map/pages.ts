/** What the map and the diary of sightings show. */

import type { Model } from '../../platform/rendering/views.ts';
import type { Words } from '../../public/languages/index.ts';
import { pointIn } from '../intake/pages.ts';
import { questionOf } from '../intake/question-words.ts';
import type { Answers } from '../intake/questions.ts';
import { closest, pictureOfMap, placesIn, readPoint, side, type View, writePoint, writeView } from './map.ts';
import { type Sighting, sightingInWords, sightingsIn } from './sightings.ts';

/** The picture, and the same in words: each place on it leads closer, as a press on it does. */
export const mapPage = (words: Words, draft: string, view: View, point: string | undefined): Model => ({
  title: words.t('map.title'),
  draft,
  telling: true,
  view: writeView(view),
  point: point ?? '',
  pointWords: pointIn(words, point),
  side,
  picture: pictureOfMap(view, readPoint(point)),
  places: placesIn(view, 10).map((place) => ({ name: place.name, at: writePoint(place) })),
  canWiden: view.level > 0,
  atTheEnd: view.level === closest,
});

export type Typed = Sighting & { readonly at: number | undefined };
export const nothingTyped: Typed = { what: '', when: '', where: '', at: undefined };

export const diaryPage = (
  words: Words,
  {
    draft,
    answers,
    typed,
    checked,
    full,
  }: {
    readonly draft: string;
    readonly answers: Answers;
    readonly typed: Typed;
    readonly checked: boolean;
    readonly full: boolean;
  },
): Model => ({
  title: words.t(questionOf('sightings', answers).ask),
  draft,
  telling: true,
  what: words.t(answers.who === 'me' ? 'label.what' : 'diary.what'),
  checked,
  full,
  typed,
  listed: sightingsIn(answers.sightings).map((one, at) => ({
    at,
    title: words.t('diary.time', { count: at + 1 }),
    says: sightingInWords(one),
    changing: at === typed.at,
  })),
});
