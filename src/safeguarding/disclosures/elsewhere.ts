/** Disclosures that have no grant here, so that the overview misses no recipient. Later modules report them, each by its own rules and with its own log entry. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { MemberNames } from '../../platform/forms/correction.ts';
import type { Request } from '../../platform/http/server.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import type { PersonIds } from '../consent/store.ts';

export type NamedAgencies = ReadonlyMap<string, { readonly name: string }>;

/** One row of the table of disclosures, in words that the person can be shown. */
export type DisclosureTableRow = {
  readonly who: string;
  readonly what: string;
  /** How, by whom, and on which ground. */
  readonly how: string;
  readonly when: string;
  readonly now: string;
  readonly tag?: string | undefined;
  readonly href?: string | undefined;
  /** Who has it and can read it, for the list of who can see what. Nothing where nobody learned who the person is. */
  readonly known?: string | undefined;
};

export type OtherDisclosure = {
  /** For sorting, latest first. */
  readonly at: Date;
  /** Members whose names the words need. */
  readonly people: readonly MemberId[];
  readonly say: (agencies: NamedAgencies, names: MemberNames) => DisclosureTableRow;
};

/** Called if the member may use `action`, with all ids of the person. */
export type OtherDisclosureSource = {
  readonly action: string;
  /** Shown instead if the member may not, whether there are disclosures or not. */
  readonly otherwise: string;
  readonly tell: (request: Request, keys: UnitKeys, ids: PersonIds) => Promise<readonly OtherDisclosure[]>;
};

export async function listOtherDisclosures(
  tells: readonly OtherDisclosureSource[],
  request: Request,
  keys: UnitKeys,
  ids: PersonIds,
): Promise<OtherDisclosure[]> {
  const all: OtherDisclosure[] = [];
  for (const { action, tell } of tells) if (request.can(action)) all.push(...(await tell(request, keys, ids)));
  return all;
}
