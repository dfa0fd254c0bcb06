/** A person's age: what is known of it, on what evidence, and whether to treat the person as a child. Pure. */

/** What a record says of somebody's age. In doubt, “not known”. */
export const ages = ['adult', 'under 18', 'not known'] as const;
export type Age = (typeof ages)[number];

/** The same three in a report that a partner passes on, as the forms of reports keep them. */
export const reportedAges = ['child', 'adult', 'not known'] as const;
const ageByReport: Readonly<Record<string, Age>> = { child: 'under 18', adult: 'adult' };
/** The age for a record of the person. Whatever is no answer of the form is “not known”. */
export const ageFromReport = (reported: string): Age => ageByReport[reported] ?? 'not known';

/** Evidence for the age. The last two alone make nobody an adult: an officer may have judged by looks. */
export const ageBases = [
  'the person says so',
  'a document was seen',
  'the council assessed it',
  'somebody who knows the person says so',
  'how the person looks, and nothing else',
  'recorded at visit',
] as const;
/** Kept where the age is not known and nobody has seen evidence. */
export const noAgeEvidence = 'none yet';
export type AgeBasis = (typeof ageBases)[number] | typeof noAgeEvidence;
const provesNoAdult: readonly AgeBasis[] = [
  'how the person looks, and nothing else',
  'recorded at visit',
  noAgeEvidence,
];

export type KnownAge = {
  readonly age: Age;
  readonly ageBasis: AgeBasis;
  readonly yearOfBirth: number | null;
};

/** How the person is treated; also how a referral to the NRM keeps it. “Not sure” is a child until assessed. */
export const ageTreatments = ['adult', 'child', 'not sure'] as const;
export type AgeTreatment = (typeof ageTreatments)[number];

/** Whether somebody is or may be under 18. Null, in older notes that say no age, is false. */
export const isTreatedAsChild = (age: Age | AgeTreatment | null): boolean => age !== null && age !== 'adult';

export const ageOfTreatment: Readonly<Record<AgeTreatment, Age>> = {
  adult: 'adult',
  child: 'under 18',
  'not sure': 'not known',
};

/** Lowest and highest possible age in the year of a day, from the year of birth. */
function possibleYears(yearOfBirth: number, today: string): readonly [least: number, most: number] {
  const years = Number(today.slice(0, 4)) - yearOfBirth;
  return [years - 1, years];
}

export type AgeRefusal =
  | 'evidence missing'
  | 'looks make no adult'
  | 'adult by no year'
  | 'child by no year'
  | 'not born yet';

/** All contradictions between the age, its evidence and the year of birth. Doubt is a valid answer: “not known” is never refused. */
export function findAgeErrors({ age, ageBasis, yearOfBirth }: KnownAge, today: string): AgeRefusal[] {
  const [least, most] = yearOfBirth === null ? [0, 200] : possibleYears(yearOfBirth, today);
  const wrong: [boolean, AgeRefusal][] = [
    [most < 0, 'not born yet'],
    [age !== 'not known' && ageBasis === noAgeEvidence, 'evidence missing'],
    [age === 'adult' && ageBasis === 'how the person looks, and nothing else', 'looks make no adult'],
    [age === 'adult' && most < 18, 'adult by no year'],
    [age === 'under 18' && least >= 18, 'child by no year'],
  ];
  return wrong.flatMap(([is, what]) => (is ? [what] : []));
}

/** Everybody who may be under 18 is treated as a child until assessed (Modern Slavery Act 2015 s.51). A recorded child becomes an adult once the year of birth leaves no doubt. */
export function determineAgeTreatment({ age, yearOfBirth, ageBasis }: KnownAge, today: string): AgeTreatment {
  const [least, most] = yearOfBirth === null ? [] : possibleYears(yearOfBirth, today);
  if (age === 'not known') return 'not sure';
  if (age === 'under 18') return least !== undefined && least >= 18 ? 'adult' : 'child';
  if (provesNoAdult.includes(ageBasis)) return 'not sure';
  // In the year of the eighteenth birthday the year alone leaves it open: a document or the council must confirm.
  const open = least !== undefined && least < 18;
  if (most !== undefined && most < 18) return 'not sure';
  return open && ageBasis !== 'a document was seen' && ageBasis !== 'the council assessed it' ? 'not sure' : 'adult';
}

/** The record says adult, and its evidence leaves doubt: the person is treated as a child. */
export const isUnconfirmedAdult = (known: KnownAge, today: string): boolean =>
  known.age === 'adult' && determineAgeTreatment(known, today) === 'not sure';
