/** Towns of Great Britain by their names, for maps without an outside server. Pure. */
import { places } from './great-britain.ts';

export type Town = { readonly name: string; readonly lat: number; readonly lng: number };

/** Alike however it is spelled: “Bishop’s Stortford”, “Bishops Stortford”. */
export const townKey = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

let loaded: ReadonlyMap<string, Town> | undefined;
/** The largest first; of two places with one name the larger. */
export function loadTowns(): ReadonlyMap<string, Town> {
  if (loaded) return loaded;
  const towns = new Map<string, Town>();
  for (const place of places.split(';')) {
    const [name = '', lat, lng] = place.split('|');
    if (!towns.has(townKey(name)))
      towns.set(townKey(name), { name, lat: Number(lat) / 1_000, lng: Number(lng) / 1_000 });
  }
  loaded = towns;
  return towns;
}
