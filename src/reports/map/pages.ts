/** What the map and the diary of sightings show. */
import type { Translator } from '../../public/languages/index.ts';
import { translatePoint } from '../intake/pages.ts';
import { questionOf } from '../intake/question-words.ts';
import type { Answers } from '../intake/questions.ts';
import {
  listPlacesIn,
  maxLevel,
  pictureOfMap,
  pictureSize,
  readPoint,
  type View,
  writePoint,
  writeView,
} from './map.ts';
import { formatSighting, readSightings, type Sighting } from './sightings.ts';

type MapPage = {
  readonly title: string;
  readonly draft: string;
  readonly telling: true;
  readonly view: string;
  readonly point: string;
  readonly pointWords: string;
  /** Of the picture, in pixels. */
  readonly side: number;
  readonly picture: string;
  readonly places: readonly { readonly name: string; readonly at: string }[];
  readonly canWiden: boolean;
  readonly atTheEnd: boolean;
};

type SightingsPage = {
  readonly title: string;
  readonly draft: string;
  readonly telling: true;
  readonly what: string;
  readonly checked: boolean;
  readonly full: boolean;
  readonly typed: TypedSighting;
  readonly listed: readonly {
    readonly at: number;
    readonly title: string;
    readonly says: string;
    readonly changing: boolean;
  }[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'reports/public-map': MapPage;
    'reports/public-diary': SightingsPage;
  }
}

/** The picture, and the same in words: each place on it leads closer, as a press on it does. */
export const mapPage = (words: Translator, draft: string, view: View, point: string | undefined): MapPage => ({
  title: words.t('map.title'),
  draft,
  telling: true,
  view: writeView(view),
  point: point ?? '',
  pointWords: translatePoint(words, point),
  side: pictureSize,
  picture: pictureOfMap(view, readPoint(point)),
  places: listPlacesIn(view, 10).map((place) => ({ name: place.name, at: writePoint(place) })),
  canWiden: view.level > 0,
  atTheEnd: view.level === maxLevel,
});

export type TypedSighting = Sighting & { readonly at: number | undefined };
export const emptySighting: TypedSighting = { what: '', when: '', where: '', at: undefined };

export const sightingsPage = (
  words: Translator,
  {
    draft,
    answers,
    typed,
    checked,
    full,
  }: {
    readonly draft: string;
    readonly answers: Answers;
    readonly typed: TypedSighting;
    readonly checked: boolean;
    readonly full: boolean;
  },
): SightingsPage => ({
  title: words.t(questionOf('sightings', answers).ask),
  draft,
  telling: true,
  what: words.t(answers.who === 'me' ? 'label.what' : 'diary.what'),
  checked,
  full,
  typed,
  listed: readSightings(answers.sightings).map((one, at) => ({
    at,
    title: words.t('diary.time', { count: at + 1 }),
    says: formatSighting(one),
    changing: at === typed.at,
  })),
});
