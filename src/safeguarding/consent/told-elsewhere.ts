/** What was told of a person in other ways than by what may be seen here: later rooms say it, each by its own rules and with a look of its own, so that nobody to whom something went is left out. */

import type { UnitKeys } from '../../platform/crypto.ts';
import type { Names } from '../../platform/earlier.ts';
import type { Request } from '../../platform/http.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import type { PersonIds } from './store.ts';

export type CalledAgencies = ReadonlyMap<string, { readonly name: string }>;

/** One row of who was told, in words that the person can be shown. */
export type ToldWords = {
  readonly who: string;
  readonly what: string;
  /** In which way, by whom, and on what it rested. */
  readonly how: string;
  readonly when: string;
  readonly now: string;
  readonly tag?: string | undefined;
  readonly href?: string | undefined;
};

export type ToldElsewhere = {
  /** The latest stands first. */
  readonly at: Date;
  /** Whose names the words need. */
  readonly people: readonly MemberId[];
  readonly say: (agencies: CalledAgencies, names: Names) => ToldWords;
};

/** Asked where who asks may use the action, of all ids under which the person is known. */
export type TellsElsewhere = {
  readonly action: string;
  /** What is said where who asks may not, whether there is anything or not. */
  readonly otherwise: string;
  readonly tell: (request: Request, keys: UnitKeys, ids: PersonIds) => Promise<readonly ToldElsewhere[]>;
};

export async function toldElsewhere(
  tells: readonly TellsElsewhere[],
  request: Request,
  keys: UnitKeys,
  ids: PersonIds,
): Promise<ToldElsewhere[]> {
  const all: ToldElsewhere[] = [];
  for (const { action, tell } of tells) if (request.can(action)) all.push(...(await tell(request, keys, ids)));
  return all;
}
