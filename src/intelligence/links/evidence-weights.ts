/** How much each agreement or difference weighs, in bits: log2(m / u), as Fellegi and Sunter (1969) define it. Pure. */

/**
 * `m`: how often two records of one and the same person or thing agree like this. `u`: how often two of different ones do,
 * among those that share a linking term. All are estimates, to be measured on real records.
 */
type Shares = { readonly m: number; readonly u: number };

/** For each part of a name, and each word of an organisation’s. No name gains more than `mostOfName`. */
const parts = {
  /** Three of four parts are written the same. Those compared share a part by the way they were found. */
  same: { m: 0.75, u: 0.033 },
  /** Other scripts and hearsay: one of eight. Sounds are coarse, but those of two parts rarely agree by chance. */
  alike: { m: 0.12, u: 0.015 },
  /** Typing slips: one part of 16. Names one letter apart are one in 100. */
  similar: { m: 0.06, u: 0.0095 },
  /** A short name one letter off is more often another name. */
  'short slip': { m: 0.03, u: 0.02 },
  /** An initial agrees by chance with one part of 15, and few are written so. */
  initial: { m: 0.03, u: 0.023 },
  /** A part is replaced on marriage, or by an alias: one in 50. */
  differs: { m: 0.02, u: 0.97 },
  /** Organisations whose telling words are all the same, one of them more often than parts of a person’s name. */
  'whole name': { m: 0.8, u: 0.45 },
  /** “Nails” and “Foods”: businesses of one owner, or of two. */
  'common words differ': { m: 0.03, u: 0.9 },
  /** They are the trade, and one trade of three is the same by chance. */
  'common words same': { m: 0.95, u: 0.3 },
} as const satisfies Record<string, Shares>;

const fields = {
  /** People with an alias are called by another name in every third record. */
  'name differs': { m: 0.35, u: 0.95 },
  /** Once more by another name. */
  'alias same': { m: 0.5, u: 0.06 },
  'alias alike': { m: 0.2, u: 0.04 },
  /** Seven of ten dates are right. A date is a linking term, so it agrees far above the chance of one in 12,000. */
  'born same': { m: 0.7, u: 0.011 },
  /** One date of 30 is written the American way. */
  'born swapped': { m: 0.03, u: 0.0015 },
  /** A slip, or the year worked out from an age: one date of 15; by chance one of 200. */
  'born one part differs': { m: 0.065, u: 0.006 },
  /** The day is the least often known. */
  'born month same': { m: 0.08, u: 0.01 },
  /** Where one knows the year alone. Most of those we record were born within 40 years. */
  'born year same': { m: 0.8, u: 0.1 },
  /** Where both know the day, and it differs. */
  'born year only': { m: 0.0015, u: 0.035 },
  /** Where one knows the year alone, worked out from an age. */
  'born year apart': { m: 0.1, u: 0.07 },
  /** One date of 100 is wholly wrong or made up. */
  'born differs': { m: 0.01, u: 0.85 },
  /** A postcode has 15 addresses, so neighbours agree too. */
  'postcode same': { m: 0.85, u: 0.053 },
  'postcode area same': { m: 0.95, u: 0.34 },
  'postcode slip': { m: 0.06, u: 0.04 },
  'postcode end differs': { m: 0.04, u: 0.3 },
  'postcode differs': { m: 0.02, u: 0.6 },
  /** The number is a linking term, with street or postcode. */
  'number same': { m: 0.97, u: 0.24 },
  'number differs': { m: 0.006, u: 0.76 },
  /** Flats of one house share all the rest. */
  'flat same': { m: 0.95, u: 0.24 },
  'flat differs': { m: 0.002, u: 0.9 },
  'street same': { m: 0.85, u: 0.092 },
  'street alike': { m: 0.12, u: 0.015 },
  'street differs': { m: 0.03, u: 0.6 },
  /** A house or site with a name and no number. */
  'place same': { m: 0.85, u: 0.02 },
  'town same': { m: 0.9, u: 0.22 },
  'town differs': { m: 0.05, u: 0.75 },
  /** Registrations are unique; cloned plates and copied slips are not. */
  'registration same': { m: 0.95, u: 0.002 },
  'registration confusable': { m: 0.05, u: 0.0004 },
  /** Plates of a fleet follow each other. */
  'registration slip': { m: 0.04, u: 0.0009 },
  'registration differs': { m: 0.004, u: 0.99 },
  'description shared': { m: 0.85, u: 0.3 },
  'description differs': { m: 0.15, u: 0.6 },
  /** Numbers are unique, but are given out again after a year or so. */
  'phone same': { m: 0.98, u: 0.001 },
  /** The same end in another country is rare, and dialling codes are left out often. */
  'phone end same': { m: 0.98, u: 0.005 },
  'phone differs': { m: 0.004, u: 0.99 },
  'account same': { m: 0.95, u: 0.0037 },
  /** Short names on sites are taken by several people. */
  'account short same': { m: 0.95, u: 0.015 },
  'account differs': { m: 0.004, u: 0.99 },
  'provider same': { m: 0.9, u: 0.3 },
  /** People use one name on several sites. */
  'provider differs': { m: 0.15, u: 0.7 },
  /** Registers give a number once, and it outlasts a change of name. */
  'register number same': { m: 0.95, u: 0.0004 },
  'register number differs': { m: 0.003, u: 0.8 },
} as const satisfies Record<string, Shares>;

export type NameEvidence = 'name same' | 'name alike' | 'name similar' | 'name partly same' | 'name part differs';
export type FieldEvidence = keyof typeof fields;
export type EvidenceKind = NameEvidence | FieldEvidence;
export type PartWeight = keyof typeof parts;

/** To tenths, so that those shown add up. */
export const roundBits = (bits: number): number => Math.round(bits * 10) / 10;
const weigh = <Key extends string>(shares: Record<Key, Shares>): Readonly<Record<Key, number>> =>
  Object.fromEntries(
    Object.entries<Shares>(shares).map(([key, { m, u }]) => [key, roundBits(Math.log2(m / u))]),
  ) as Record<Key, number>;

export const partWeights: Readonly<Record<PartWeight, number>> = weigh(parts);
export const fieldWeights: Readonly<Record<FieldEvidence, number>> = weigh(fields);

/** Parts of one name go together in families, so that three and four do not prove that much more than two. */
export const mostOfName = 10.5;
