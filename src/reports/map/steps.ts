/** Steps opened by the buttons of the map and of the diary: the answers so far, and what their page shows. */
import { type Area, homeArea } from '../../public/signs/index.ts';
import type { DiaryPress, MapPress } from '../forms.ts';
import type { Answers } from '../intake/questions.ts';
import { closerTo, pressed, readPoint, type View, wholeCountry, wider, writePoint } from './map.ts';
import type { Typed } from './pages.ts';
import { nothingTyped } from './pages.ts';
import { sightingsIn, withoutSighting, withSighting } from './sightings.ts';

const areaViews: Readonly<Partial<Record<Area, View>>> = { Hertfordshire: { lat: 51.81, lng: -0.24, level: 2 } };

/** For the question about the place: centres on the chosen point, else on the partnership's area, else on the whole country. */
export const firstView = ({ point }: Answers, area: Area = homeArea): View => {
  const chosen = readPoint(point);
  return chosen ? { ...chosen, level: 3 } : (areaViews[area] ?? wholeCountry);
};

export type OnMap = { readonly answers: Answers; readonly view: View; readonly stays: boolean };

/** A press on the picture, or on a place, sets the point and comes closer. */
export function mapTurn(answers: Answers, press: string, { view, place, x, y }: MapPress): OnMap {
  if (press === 'drop') return { answers: { ...answers, point: '' }, view, stays: false };
  if (press === 'wider') return { answers, view: wider(view), stays: true };
  const point = place ?? (x === undefined || y === undefined ? undefined : pressed(view, x, y));
  if (!point) return { answers, view, stays: press === '' };
  return { answers: { ...answers, point: writePoint(point) }, view: closerTo(point, view), stays: true };
}

export type InDiary = { readonly answers: Answers; readonly typed: Typed; readonly full: boolean };

/** What was typed is kept whichever button is pressed. */
export function diaryTurn(answers: Answers, press: string, typed: DiaryPress): InDiary {
  const { at, ...sighting } = typed;
  const sightings = withSighting(answers.sightings, sighting, at);
  if (sightings === undefined) return { answers, typed, full: true };
  const [, what, place] = /^(change|remove)-(\d{1,3})$/.exec(press) ?? [];
  const chosen = Number(place);
  if (what === 'remove')
    return { answers: { ...answers, sightings: withoutSighting(sightings, chosen) }, typed: nothingTyped, full: false };
  const one = what === 'change' ? sightingsIn(sightings)[chosen] : undefined;
  return { answers: { ...answers, sightings }, typed: one ? { ...one, at: chosen } : nothingTyped, full: false };
}
