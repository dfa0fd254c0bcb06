/** Decides who may submit: members of an organisation on the list of the day. Other members can still raise a concern. Pure. */

import type { AgencyKind, Side } from '../../vocabulary/people.ts';
import { firstResponders } from '../load.ts';
import { type FirstResponder, maySubmit, responderOn } from '../responders.ts';

/** Entries that cover every organisation of a kind; the nation decides which entry applies. */
const eachOf: Partial<Record<AgencyKind, readonly string[]>> = {
  'police force': ['territorial-police-england-wales'],
  'regional crime unit': ['regional-crime-units'],
  council: ['councils-england-wales', 'councils-scotland-northern-ireland'],
  health: ['hsc-trusts'],
  // A unit of Immigration Enforcement has its own name; Border Force is found by its name.
  immigration: ['immigration-enforcement'],
};

export const nationNames = {
  england: 'England',
  wales: 'Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
} as const;
export type NationCode = keyof typeof nationNames;

/** The nation of the form; England if not recorded. */
export const nationOf = (code: unknown): NationCode =>
  typeof code === 'string' && code in nationNames ? (code as NationCode) : 'england';

export type SubmittingAgency = {
  readonly kind: AgencyKind;
  readonly name: string;
  readonly officialName: string;
  readonly firstResponder: boolean;
};

const spelled = (name: string): string => name.trim().toLowerCase();

/** The list entry under which an agency submits on a day. It must be marked as a first responder in the partnership and be on the list. */
export function findFirstResponderEntry(
  { kind, name, officialName, firstResponder }: SubmittingAgency,
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

/** Support agencies that a concern can be taken to. Police have no access to it. */
export const listFirstResponderAgencies = <One extends SubmittingAgency & { readonly side: Side }>(
  agencies: readonly One[],
  nation: NationCode,
  day: string,
): readonly One[] =>
  agencies.filter((one) => one.side === 'help' && findFirstResponderEntry(one, nation, day) !== undefined);

/** The bank holidays that count there. */
export const holidaysOf = {
  england: 'England and Wales',
  wales: 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
} as const;
