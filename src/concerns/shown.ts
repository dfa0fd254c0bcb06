/** All that the page of a concern is made of. */
import type { Agency } from '../partnership/index.ts';
import type { Names } from '../platform/earlier.ts';
import type { Agencies } from '../safeguarding/index.ts';
import type { Concern } from './concern.ts';
import type { Made } from './drafting.ts';

/** An agency of the house to which a concern can be taken. */
export type Taker = Pick<Agency, 'name'>;

export type Shown = {
  readonly concern: Concern;
  readonly made: Made;
  readonly called: string;
  readonly agencies: Agencies;
  readonly names: Names;
  readonly submits: boolean;
  readonly takers: readonly Taker[];
  readonly today: string;
  readonly aim: string | null;
  readonly mustBeAsked: boolean;
};
