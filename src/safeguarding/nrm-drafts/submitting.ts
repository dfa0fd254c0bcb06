/** Who may submit: members of an organisation that is on the list of its day. Whoever is not raises a concern all the same. Pure. */

import type { Agency } from '../../identity/agencies/index.ts';
import { type FirstResponder, firstResponders, maySubmit, responderOn } from '../../nrm/index.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';

/** Entries that stand for each organisation of a kind. Which of them it is, its own nation says. */
const eachOf: Partial<Record<AgencyKind, readonly string[]>> = {
  'police force': ['territorial-police-england-wales'],
  'regional crime unit': ['regional-crime-units'],
  council: ['councils-england-wales', 'councils-scotland-northern-ireland'],
  health: ['hsc-trusts'],
};

export const nationNames = {
  england: 'England',
  wales: 'Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
} as const;
export type NationCode = keyof typeof nationNames;

/** The nation of the form; England where nobody has said. */
export const nationOf = (code: unknown): NationCode =>
  typeof code === 'string' && code in nationNames ? (code as NationCode) : 'england';

export type Marked = Pick<Agency, 'kind' | 'name' | 'officialName' | 'firstResponder'>;

const spelled = (name: string): string => name.trim().toLowerCase();

/** The entry of the list under which an agency submits on a day. It must be marked in the partnership as one, and be on the list: either alone is not enough. */
export function entryOf(
  { kind, name, officialName, firstResponder }: Marked,
  nation: NationCode,
  day: string,
  all: readonly FirstResponder[] = firstResponders,
): FirstResponder | undefined {
  if (!firstResponder) return undefined;
  const named = all.find(
    (one) => one.covers === 'one' && [name, officialName].some((called) => spelled(called) === spelled(one.name)),
  );
  const each = eachOf[kind]?.find((id) =>
    all.some((one) => one.id === id && one.nations.includes(nationNames[nation])),
  );
  const id = named?.id ?? each ?? null;
  return maySubmit(all, id, day) ? responderOn(all, id, day) : undefined;
}

/** Agencies of the house to which a concern can be taken: on help’s side, since police have no way in here. */
export const takenTo = <One extends Marked & Pick<Agency, 'side' | 'id'>>(
  agencies: readonly One[],
  nation: NationCode,
  day: string,
): readonly One[] => agencies.filter((one) => one.side === 'help' && entryOf(one, nation, day) !== undefined);

/** Whose bank holidays count there. */
export const holidaysOf = {
  england: 'England and Wales',
  wales: 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
} as const;
