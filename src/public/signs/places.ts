/** What can be noticed at a kind of place, and how an ordinary place of that kind may look the same. Pure. */
import { inForce, type Source } from '../contacts/contacts.ts';

export const placeKinds = ['wash', 'nails', 'farm', 'site', 'takeaway', 'flat'] as const;
export type PlaceKind = (typeof placeKinds)[number];

export type Place = {
  readonly id: PlaceKind;
  /** What somebody can notice there. */
  readonly noticed: readonly string[];
  /** Ids of signs that are listed there too. */
  readonly signs: readonly string[];
  readonly innocent: string;
  readonly sources: readonly Source[];
  readonly dateChecked: string;
  readonly validFrom: string;
  readonly validTo: string | null;
};

export const placesOn = (places: readonly Place[], day: string): readonly Place[] =>
  places.filter((place) => inForce(place, day));
