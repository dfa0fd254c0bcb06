/** Every trial by its name: the threads find them here. */
import { tryKnownFaults, tryListing, tryPlantedLeak } from './leaks.ts';
import { tryOneTable } from './random-tables.ts';
import { tryDivisions, tryOverlap, tryRevision } from './revisions.ts';
import { tryOneSeries, tryWithNumbersElsewhere } from './series.ts';
import { tryLimit, tryRepeated } from './solver-limits.ts';

export type Random = () => number;
/** What one input gave: counts, which are added up. */
export type Found = Readonly<Record<string, number | string>>;
/** `size` is the most cells of a table, where a trial has several sizes. */
export type Trial = (random: Random, index: number, size: number) => Promise<Found>;

export const trials = {
  'random tables': tryOneTable,
  'series of releases': tryOneSeries,
  'tables with numbers known from elsewhere': tryWithNumbersElsewhere,
  'tables taken apart': tryListing,
  'known faults': tryKnownFaults,
  'planted leaks': tryPlantedLeak,
  'overlapping tables': tryOverlap,
  'divisions that do not nest': tryDivisions,
  revisions: tryRevision,
  'the same input': tryRepeated,
  'solver limits': tryLimit,
} satisfies Record<string, Trial>;
export type TrialName = keyof typeof trials;
