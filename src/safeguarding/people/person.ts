/** What is known of a person who may need help. Pure: no clock, no database, no wording. */

import { type AgeRefusal, findAgeErrors, type KnownAge } from '../../vocabulary/age.ts';
import type { AgencyId, EncounterId, Id, MemberId, OperationId, PersonId } from '../../vocabulary/ids.ts';
import type { interpreterGenders, interpreterNeeds } from '../../vocabulary/interpreting.ts';

/** As in the reports module. */
type ReportId = Id<'report'>;
/** As in the referrals module. */
type ReferralId = Id<'referral'>;

/** How the agency came to know of the person. */
export const origins = ['met at visit', 'named in report', 'a partner’s concern', 'walked in'] as const;
export type Origin = (typeof origins)[number];

export const aids = [
  'large print',
  'easy words and pictures',
  'somebody who reads aloud',
  'a sign language interpreter',
  'lip reading',
  'Braille',
  'a hearing loop',
] as const;

/** Which way of contact is safe. If none is, nobody writes or calls. */
export const contactWays = [
  'a call',
  'a text message',
  'an e-mail',
  'a letter',
  'through somebody the person trusts',
  'in person alone',
  'no way is safe',
] as const;

/** Everything here is sealed under the person’s own key. */
export type PersonDetails = KnownAge & {
  /** The name that the person wishes to be called; it need not be in any document. */
  readonly called: string;
  readonly others: readonly string[];
  readonly language: string | null;
  readonly interpreter: (typeof interpreterNeeds)[number];
  readonly interpreterGender: (typeof interpreterGenders)[number];
  readonly aids: readonly (typeof aids)[number][];
  readonly contactWay: (typeof contactWays)[number];
  /** Number or address, or the person who passes messages on. */
  readonly contactAt: string | null;
  readonly contactWhen: string | null;
  readonly contactNever: string | null;
  /** Who is worried and why, or how the person came, if no other record says so. */
  readonly cameBy: string | null;
};

export type Person = PersonDetails & {
  readonly id: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** The operation, if the person was met at a visit; its leads of support agencies see the record too. */
  readonly operationId: OperationId | null;
  readonly origin: Origin;
  /** The encounter, the report, or the accepted request. */
  readonly originId: EncounterId | ReportId | ReferralId | null;
  /** To the hour. */
  readonly openedAt: Date;
};

export type PersonRefusal = AgeRefusal | 'safe and unsafe' | 'contact missing' | 'language missing';

/** Returns all contradictions. Doubt is a valid answer: a person who may be under 18 is “not known”, never refused. */
export function findPersonErrors(known: PersonDetails, today: string): PersonRefusal[] {
  const { contactWay, contactAt, interpreter, language } = known;
  const reached = contactWay !== 'no way is safe' && contactWay !== 'in person alone';
  const wrong: [boolean, PersonRefusal][] = [
    [interpreter === 'needed' && language === null, 'language missing'],
    [reached && contactAt === null, 'contact missing'],
    [contactWay === 'no way is safe' && contactAt !== null, 'safe and unsafe'],
  ];
  return [...findAgeErrors(known, today), ...wrong.flatMap(([is, what]) => (is ? [what] : []))];
}
