/** What the kinds of counted records are called on pages. */
import type { RecordKind } from './counting.ts';

export const recordKindLabels: Record<RecordKind, string> = {
  premises: 'premises of the plan',
  'planned visit': 'planned visits',
  power: 'powers of entry',
  visit: 'visits',
  encounter: 'people met at a visit',
  arrest: 'arrests',
  seizure: 'seizures',
  'NRM referral': 'NRM referrals of officers',
  member: 'members of the partnership',
  fact: 'facts in the safeguarding database, without personal details',
  referral: 'referrals',
};
