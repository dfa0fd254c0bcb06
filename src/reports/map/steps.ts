/** Steps opened by the buttons of the map and of the diary: the answers so far, and what their page shows. */
import { type Area, homeArea } from '../../public/signs/index.ts';
import type { MapPress, SightingPress } from '../forms.ts';
import type { Answers } from '../intake/questions.ts';
import { pointOfPress, readPoint, type View, wholeCountry, writePoint, zoomIn, zoomOut } from './map.ts';
import type { TypedSighting } from './pages.ts';
import { emptySighting } from './pages.ts';
import { readSightings, withoutSighting, withSighting } from './sightings.ts';

const areaViews: Readonly<Partial<Record<Area, View>>> = { Hertfordshire: { lat: 51.81, lng: -0.24, level: 2 } };

/** For the question about the place: centres on the chosen point, else on the partnership's area, else on the whole country. */
export const initialView = ({ point }: Answers, area: Area = homeArea): View => {
  const chosen = readPoint(point);
  return chosen ? { ...chosen, level: 3 } : (areaViews[area] ?? wholeCountry);
};

export type MapState = { readonly answers: Answers; readonly view: View; readonly stays: boolean };

/** A press on the picture, or on a place, sets the point and comes closer. */
export function applyMapPress(answers: Answers, press: string, { view, place, x, y }: MapPress): MapState {
  if (press === 'drop') return { answers: { ...answers, point: '' }, view, stays: false };
  if (press === 'wider') return { answers, view: zoomOut(view), stays: true };
  const point = place ?? (x === undefined || y === undefined ? undefined : pointOfPress(view, x, y));
  if (!point) return { answers, view, stays: press === '' };
  return { answers: { ...answers, point: writePoint(point) }, view: zoomIn(point, view), stays: true };
}

export type SightingsState = { readonly answers: Answers; readonly typed: TypedSighting; readonly full: boolean };

/** What was typed is kept whichever button is pressed. */
export function applySightingPress(answers: Answers, press: string, typed: SightingPress): SightingsState {
  const { at, ...sighting } = typed;
  const sightings = withSighting(answers.sightings, sighting, at);
  if (sightings === undefined) return { answers, typed, full: true };
  const [, what, place] = /^(change|remove)-(\d{1,3})$/.exec(press) ?? [];
  const chosen = Number(place);
  if (what === 'remove')
    return {
      answers: { ...answers, sightings: withoutSighting(sightings, chosen) },
      typed: emptySighting,
      full: false,
    };
  const one = what === 'change' ? readSightings(sightings)[chosen] : undefined;
  return { answers: { ...answers, sightings }, typed: one ? { ...one, at: chosen } : emptySighting, full: false };
}
