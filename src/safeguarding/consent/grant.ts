/** What one recipient may see of one person, item by item: made from a consent in force or a disclosure, and over with it, with its day, or with what it was made for. Pure: no clock, no database, no wording. */
import { papersIn, type Shown } from '../../vocabulary/agreed.ts';
import type { AgencyId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { allows, type Consent, type ConsentId, type Scope } from './consent.ts';
import { type Disclosure, type DisclosureId, type PermitRefusal, permits } from './disclosure.ts';

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
  /** What the recipient is asked to do; nothing where it is told alone. */
  readonly referralId: string | null;
  /** The whole of what is shown; kept under seal. */
  readonly shown: readonly Shown[];
  /** Papers of hers that the recipient may open, by their ids. */
  readonly papers: readonly string[];
  /** To the hour. */
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly ended: Ending | null;
};

/** A grant as it is asked for: on what it rests, and which papers it opens, follows. */
export type WantedGrant = Omit<Grant, 'consentId' | 'disclosureId' | 'papers' | 'endedAt' | 'ended'>;
export type Ground = { readonly consent: Consent } | { readonly disclosure: Disclosure };
export type GrantRefusal = PermitRefusal | 'nothing to show';

export const grantStandings = ['open', 'run out', ...endings] as const;
export type GrantStanding = (typeof grantStandings)[number];

export function standingOfGrant({ ended, until }: Pick<Grant, 'ended' | 'until'>, now: Date): GrantStanding {
  return ended ?? (now < until ? 'open' : 'run out');
}

/** What is shown are the items named and no other: no grant without words, no words without a grant. */
export function grantOn(ground: Ground, wanted: WantedGrant, now: Date): Result<Grant, GrantRefusal> {
  const { shown } = wanted;
  const named = new Set<string>(shown.map(({ item }) => item));
  if (shown.length !== wanted.items.length || !wanted.items.every((item) => named.has(item)))
    return refuse('nothing to show');
  const may = 'consent' in ground ? allows(ground.consent, wanted, now) : permits(ground.disclosure, wanted, now);
  if (!may.ok) return may;
  return accept({
    ...wanted,
    consentId: 'consent' in ground ? ground.consent.id : null,
    disclosureId: 'disclosure' in ground ? ground.disclosure.id : null,
    papers: papersIn(shown).map(({ id }) => id),
    endedAt: null,
    ended: null,
  });
}

/** That a recipient was told that it may see no longer, and whether somebody there has said that they know. */
export type GrantEnd = {
  readonly id: GrantId;
  readonly operationId: OperationId | null;
  readonly fromAgency: AgencyId;
  readonly authorId: MemberId;
  readonly recipient: AgencyId;
  /** Which request it was; nothing where they were told alone. */
  readonly referralId: string | null;
  readonly day: string;
  readonly ended: Ending;
  readonly endedAt: Date;
  readonly heardAt: Date | null;
  readonly heardBy: MemberId | null;
};
