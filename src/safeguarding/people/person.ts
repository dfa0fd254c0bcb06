/** What is known of a person who may need help, and whether to treat them as a child. Pure: no clock, no database, no wording. */
import type { AgencyId, EncounterId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';

export type PersonId = Id<'person'>;
/** As in the reports module. */
type ReportId = Id<'report'>;
/** As in the referrals module. */
type ReferralId = Id<'referral'>;

/** How the agency came to know of the person. */
export const origins = ['met at a visit', 'told in a report', 'a partner’s concern', 'walked in'] as const;
export type Origin = (typeof origins)[number];

export const ages = ['adult', 'under 18', 'not known'] as const;
export type Age = (typeof ages)[number];

/** Evidence for the age. The last one alone makes nobody an adult. */
export const ageBases = [
  'the person says so',
  'a document was seen',
  'the council assessed it',
  'somebody who knows the person says so',
  'how the person looks, and nothing else',
] as const;
export type AgeBasis = (typeof ageBases)[number];

export const interpreterNeeds = ['needed', 'not needed', 'not known'] as const;
/** Asked of the person, never assumed. */
export const interpreterGenders = ['a woman', 'a man', 'either', 'not asked yet'] as const;

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
export type PersonDetails = {
  /** The name that the person wishes to be called; it need not be in any document. */
  readonly called: string;
  readonly others: readonly string[];
  readonly yearOfBirth: number | null;
  readonly age: Age;
  readonly ageBasis: AgeBasis;
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

export type PersonRefusal =
  | 'looks make no adult'
  | 'adult by no year'
  | 'child by no year'
  | 'not born yet'
  | 'safe and unsafe'
  | 'contact missing'
  | 'language missing';

/** Lowest and highest possible age in a year, from the year of birth. */
const agesIn = (year: number, born: number): readonly [least: number, most: number] => [year - born - 1, year - born];

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** Returns all contradictions. Doubt is a valid answer: a person who may be under 18 is “not known”, never refused. */
export function findPersonErrors(known: PersonDetails, today: string): PersonRefusal[] {
  const { age, ageBasis, yearOfBirth, contactWay, contactAt, interpreter, language } = known;
  const year = yearOf(today);
  const [least, most] = yearOfBirth === null ? [0, 200] : agesIn(year, yearOfBirth);
  const reached = contactWay !== 'no way is safe' && contactWay !== 'in person alone';
  const wrong: [boolean, PersonRefusal][] = [
    [yearOfBirth !== null && yearOfBirth > year, 'not born yet'],
    [age === 'adult' && ageBasis === 'how the person looks, and nothing else', 'looks make no adult'],
    [age === 'adult' && most < 18, 'adult by no year'],
    [age === 'under 18' && least >= 18, 'child by no year'],
    [interpreter === 'needed' && language === null, 'language missing'],
    [reached && contactAt === null, 'contact missing'],
    [contactWay === 'no way is safe' && contactAt !== null, 'safe and unsafe'],
  ];
  return wrong.flatMap(([is, what]) => (is ? [what] : []));
}

export type AgeTreatment = 'as an adult' | 'as a child' | 'as a child until assessed';

/** Everybody who may be under 18 is treated as a child until assessed (Modern Slavery Act 2015 s.51). A recorded child becomes an adult once the year of birth leaves no doubt. */
export function determineAgeTreatment(
  { age, yearOfBirth, ageBasis }: Pick<PersonDetails, 'age' | 'yearOfBirth' | 'ageBasis'>,
  today: string,
): AgeTreatment {
  const [least, most] = yearOfBirth === null ? [] : agesIn(yearOf(today), yearOfBirth);
  if (age === 'not known') return 'as a child until assessed';
  if (age === 'under 18') return least !== undefined && least >= 18 ? 'as an adult' : 'as a child';
  if (ageBasis === 'how the person looks, and nothing else') return 'as a child until assessed';
  // In the year of the eighteenth birthday the year alone leaves it open: a document or the council must confirm.
  const open = least !== undefined && least < 18;
  if (most !== undefined && most < 18) return 'as a child until assessed';
  return open && ageBasis !== 'a document was seen' && ageBasis !== 'the council assessed it'
    ? 'as a child until assessed'
    : 'as an adult';
}
