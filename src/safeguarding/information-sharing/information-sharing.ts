/** Tells an agency what the person agreed to share, without asking it to do anything. Uses existing records. */

import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { SharedItem } from '../../vocabulary/information-shared.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { Consent } from '../consent/consent.ts';
import { createGrant, type Grant, type GrantId, type GrantRefusal } from '../consent/grant.ts';
import { buildSharedItems } from '../referrals/referral.ts';
import type { HeldDocument, Subject } from '../referrals/subject.ts';

export type SharingAnswers = {
  readonly id: GrantId;
  /** Words for agreed items that no record contains. */
  readonly words: string | null;
  readonly reach: string | null;
};

/** Every agreed item about which anything is known. */
export function buildAgreedItems(
  consent: Consent,
  subject: Subject,
  { words, reach }: Omit<SharingAnswers, 'id'>,
  papers: readonly HeldDocument[] = [],
): SharedItem[] {
  const { day, needs } = subject;
  const agreed = consent.items as Parameters<typeof buildSharedItems>[0];
  return buildSharedItems(agreed, subject, { day, needs, words: words ?? '' }, reach ?? subject.safeContact, papers);
}

/** Agreed items without any content. The form lists them, so that the author can ask the person and add them. */
export const listMissingItems = (consent: Consent, shown: readonly SharedItem[]): string[] =>
  consent.items.filter((item) => shown.every((one) => one.item !== item));

export function shareInformation(
  consent: Consent,
  { id, shown }: { readonly id: GrantId; readonly shown: readonly SharedItem[] },
  by: { readonly agencyId: AgencyId; readonly memberId: MemberId },
  now: Date,
): Result<Grant, GrantRefusal> {
  const { personId, operationId, recipient, purpose, until } = consent;
  const scope = { personId, act: 'share' as const, recipient, purpose, until, items: shown.map(({ item }) => item) };
  return createGrant(
    { consent },
    {
      ...scope,
      id,
      operationId,
      fromAgency: by.agencyId,
      authorId: by.memberId,
      referralId: null,
      shown,
      madeAt: now,
    },
    now,
  );
}
