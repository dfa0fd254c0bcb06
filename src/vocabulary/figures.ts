/** The words in which a return speaks of counts, and a release repeats them. Definitions of how each is counted are in returns. */

export const dimensions = [
  'town',
  'sex',
  'age',
  'residence',
  'kind',
  'matter',
  'status',
  'power',
  'business',
  'outcome',
  'advice',
  'need',
  'partner',
  'organisation',
] as const;
export type Dimension = (typeof dimensions)[number];

/** A count as it may honestly be said: a number and how sure, words alone ("several"), or not known. */
export type Quantity =
  | { readonly kind: 'number'; readonly value: number; readonly qualifier: 'exact' | 'at least' | 'about' }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'not known' };

export const exactly = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'exact' });

export type Cell = {
  readonly of: Readonly<Partial<Record<Dimension, string>>>;
  readonly quantity: Quantity;
};

/** One figure: its total and its breakdowns, named by their dimensions (`byTown`, `bySexAgeResidence`). */
export type Figure = {
  readonly indicator: Indicator;
  readonly total: Quantity;
  readonly breakdowns: Readonly<Partial<Record<Breakdown, readonly Cell[]>>>;
};

export type Figures = Readonly<Partial<Record<Indicator, Figure>>>;

/** What is counted (domain 4.2, the part that applies to a force and its partners; design 3.11 for the honest denominators and the harms). */
export const indicators = {
  'premises.planned': 'premises that the plan named as targets',
  'premises.visited': 'premises at which a team arrived at least once',
  'visits.made': 'visits at which a team arrived',
  'visits.nobodyFound': 'visits made at which nobody answered',
  'visits.refused': 'visits made at which entry was refused',
  'visits.calledOff': 'planned visits that were called off',
  'visits.withSigns': 'visits with a recorded sign of control',
  'visits.withoutSigns': 'visits with no recorded sign or no reply',
  'warrants.executed': 'warrants executed',
  'people.deployed': 'people of the partnership who attended at least one visit',
  'people.spokenTo': 'people spoken to at a visit',
  'people.interpreted': 'people spoken to through an interpreter',
  'people.advised': 'people given safeguarding advice',
  'people.declinedPolice': 'people who did not wish to speak to police',
  'needs.recorded': 'needs recorded with people met',
  'referrals.made': 'referrals made for help',
  'referrals.accepted': 'referrals that were accepted',
  'referrals.declined': 'referrals that were declined',
  'arrests.made': 'people arrested',
  'arrests.premises': 'premises at which somebody was arrested',
  'arrests.screened': 'people arrested who were screened for exploitation',
  'arrests.notScreened': 'people arrested who were not screened for exploitation',
  'arrests.concern': 'people arrested whose screening raised a concern',
  'nrm.sent': 'NRM referrals and Duty to Notify sent by police or immigration officers',
  'nrm.referred': 'NRM referrals sent by police or immigration officers',
  'nrm.notified': 'Duty to Notify, without a name, sent by police or immigration officers',
  'seizures.made': 'seizures',
  'damage.done': 'visits made at which something was damaged',
} as const;
export type Indicator = keyof typeof indicators;

/** Figures counted from the safeguarding database. They leave it under disclosure control: `returns/disclosure-control.ts`. */
export const safeguardingIndicators = [
  'people.advised',
  'people.declinedPolice',
  'needs.recorded',
  'referrals.made',
  'referrals.accepted',
  'referrals.declined',
] as const satisfies readonly Indicator[];

export const isSafeguarding = (indicator: Indicator): boolean =>
  (safeguardingIndicators as readonly Indicator[]).includes(indicator);

/** The smallest count that leaves the safeguarding database, and the fewest addresses at which a release speaks of people met. */
export const disclosureThreshold = 5;

/** Replaces a count from 1 to 4 in a safeguarding figure. */
export const fewerThanFive = { kind: 'words', words: 'fewer than 5' } as const satisfies Quantity;
export const isFewerThanFive = (quantity: Quantity): quantity is typeof fewerThanFive =>
  quantity.kind === 'words' && quantity.words === fewerThanFive.words;

/** Which breakdowns each indicator may carry, and the dimensions of each. */
export const breakdowns = {
  byTown: ['town'],
  byBusiness: ['business'],
  byPower: ['power'],
  byKind: ['kind'],
  byMatter: ['matter'],
  bySex: ['sex'],
  byStatus: ['status'],
  byTownKind: ['town', 'kind'],
  bySexAgeResidence: ['sex', 'age', 'residence'],
  byAdvice: ['advice'],
  byNeed: ['need'],
  byOrganisation: ['organisation'],
  byPartner: ['partner'],
  byOutcome: ['outcome'],
} as const satisfies Record<string, readonly Dimension[]>;
export type Breakdown = keyof typeof breakdowns;

export const breakdownsOf: Readonly<Partial<Record<Indicator, readonly Breakdown[]>>> = {
  'premises.planned': ['byTown'],
  'premises.visited': ['byTown', 'byBusiness'],
  'visits.made': ['byTown', 'byPower', 'byOutcome'],
  'visits.calledOff': ['byTown'],
  'warrants.executed': ['byPower', 'byTown'],
  'people.deployed': ['byPartner'],
  'people.spokenTo': ['byTown'],
  'people.advised': ['byAdvice', 'byTown'],
  'needs.recorded': ['byNeed'],
  'referrals.made': ['byOrganisation'],
  'arrests.made': ['byKind', 'byMatter', 'bySex', 'byTown', 'byStatus', 'byTownKind', 'bySexAgeResidence'],
  'arrests.premises': ['byTown'],
  'seizures.made': ['byKind'],
};

/** Breakdowns whose cells are parts of the whole: they sum to the total. The others overlap (one person may have two kinds of advice). */
export const partitions: readonly Breakdown[] = [
  'byTown',
  'byBusiness',
  'byPower',
  'byKind',
  'byMatter',
  'bySex',
  'byStatus',
  'byTownKind',
  'bySexAgeResidence',
  'byOutcome',
  'byOrganisation',
];

export const arrestKinds = ['criminal', 'administrative immigration'] as const;
export const sexes = ['female', 'male', 'not known'] as const;
export const arrestStatuses = [
  'in custody',
  'bailed',
  'released under investigation',
  'no further action',
  'immigration detention',
] as const;

/** What surrounds the figures and may be said with them: the operation as it was planned and carried out. */
export type OperationFacts = {
  readonly weekName: string;
  readonly weekFocus: readonly string[];
  /** Official dates of the week and the local window, `YYYY-MM-DD`. */
  readonly officialDates: readonly [from: string, to: string];
  readonly localDates: readonly [from: string, to: string];
  readonly area: string;
  readonly leadAgency: string;
  readonly codeName: string;
  readonly unit: string;
  /** As printed, the force's own units apart from partners. */
  readonly ownUnits: readonly string[];
  readonly partners: readonly string[];
  readonly participatingCountries: number | null;
  readonly parentWeekName: string | null;
};

/** A return as it was signed: what the newsroom may see, and all that it sees. */
export type SignedReturn = {
  readonly id: string;
  readonly version: number;
  readonly stage: 'provisional' | 'revised' | 'final';
  readonly signedAt: Date;
  readonly facts: OperationFacts;
  readonly figures: Figures;
};
