/** What one recipient may see of one person, item by item. A grant rests on a consent or a disclosure. It ends with that, on its date, or with its referral. Pure: no clock, no database, no wording. */

import type { AgencyId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { listSharedDocuments, type SharedItem } from '../../vocabulary/information-shared.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import {
  checkDisclosurePermits,
  type Disclosure,
  type DisclosureId,
  type PermitRefusal,
} from '../disclosures/disclosure.ts';
import { allows, type Consent, type ConsentId, type Scope } from './consent.ts';

export type GrantId = Id<'grant'>;

export const endings = ['taken back', 'declined', 'finished'] as const;
export type Ending = (typeof endings)[number];

export type Grant = Scope & {
  readonly id: GrantId;
  readonly operationId: OperationId | null;
  readonly fromAgency: AgencyId;
  readonly authorId: MemberId;
  readonly consentId: ConsentId | null;
  readonly disclosureId: DisclosureId | null;
  /** The referral that the grant belongs to; null if the recipient is only told. */
  readonly referralId: string | null;
  /** Everything that is shown; sealed. */
  readonly shown: readonly SharedItem[];
  /** Ids of the person’s documents that the recipient may open. */
  readonly papers: readonly string[];
  /** To the hour. */
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly ended: Ending | null;
};

/** A requested grant, before its ground and the documents that it opens are known. */
export type GrantRequest = Omit<Grant, 'consentId' | 'disclosureId' | 'papers' | 'endedAt' | 'ended'>;
export type GrantBasis = { readonly consent: Consent } | { readonly disclosure: Disclosure };
export type GrantRefusal = PermitRefusal | 'nothing to show';

export const grantStatuses = ['open', 'run out', ...endings] as const;
export type GrantStatus = (typeof grantStatuses)[number];

export const deriveGrantStatus = ({ ended, until }: Pick<Grant, 'ended' | 'until'>, now: Date): GrantStatus =>
  ended ?? (now < until ? 'open' : 'run out');

/** Shows exactly the named items: refuses a grant without words, and words without an item. */
export function createGrant(ground: GrantBasis, wanted: GrantRequest, now: Date): Result<Grant, GrantRefusal> {
  const { shown } = wanted;
  const named = new Set<string>(shown.map(({ item }) => item));
  if (shown.length !== wanted.items.length || !wanted.items.every((item) => named.has(item)))
    return refuse('nothing to show');
  const may =
    'consent' in ground ? allows(ground.consent, wanted, now) : checkDisclosurePermits(ground.disclosure, wanted, now);
  if (!may.ok) return may;
  return accept({
    ...wanted,
    consentId: 'consent' in ground ? ground.consent.id : null,
    disclosureId: 'disclosure' in ground ? ground.disclosure.id : null,
    papers: listSharedDocuments(shown).map(({ id }) => id),
    endedAt: null,
    ended: null,
  });
}

/** Notice to a recipient that its access ended, and whether somebody there has confirmed it. */
export type GrantEnd = {
  readonly id: GrantId;
  readonly operationId: OperationId | null;
  readonly fromAgency: AgencyId;
  readonly authorId: MemberId;
  readonly recipient: AgencyId;
  /** The referral; null if the recipient was only told. */
  readonly referralId: string | null;
  readonly day: string;
  readonly ended: Ending;
  readonly endedAt: Date;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: MemberId | null;
};
