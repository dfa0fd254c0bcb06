/** Telling an agency what the person agreed that it is told, and asking nothing of it: made of what is written down already. */

import type { Shown } from '../../vocabulary/agreed.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { Result } from '../../vocabulary/result.ts';
import { type Consent, type Grant, type GrantId, type GrantRefusal, grantOn } from '../consent/index.ts';
import { shownOf } from './referral.ts';
import type { HeldPaper, Subject } from './subject.ts';

export type Telling = {
  readonly id: GrantId;
  /** Of what was agreed, what stands in no record. */
  readonly words: string | null;
  readonly reach: string | null;
};

/** Every item that was agreed, as far as anything is known of it. */
export function toldOf(
  consent: Consent,
  subject: Subject,
  { words, reach }: Omit<Telling, 'id'>,
  papers: readonly HeldPaper[] = [],
): Shown[] {
  const { day, needs } = subject;
  const agreed = consent.items as Parameters<typeof shownOf>[0];
  return shownOf(agreed, subject, { day, needs, words: words ?? '' }, reach ?? subject.reach, papers);
}

/** Agreed to and known of nobody: shown to whoever tells, so that she can ask or write it down. */
export const untold = (consent: Consent, shown: readonly Shown[]): string[] =>
  consent.items.filter((item) => shown.every((one) => one.item !== item));

export function tell(
  consent: Consent,
  { id, shown }: { readonly id: GrantId; readonly shown: readonly Shown[] },
  by: { readonly agencyId: AgencyId; readonly memberId: MemberId },
  now: Date,
): Result<Grant, GrantRefusal> {
  const { personId, operationId, recipient, purpose, until } = consent;
  const scope = { personId, act: 'share' as const, recipient, purpose, until, items: shown.map(({ item }) => item) };
  return grantOn(
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
