/** The table of indicators: everything that a return counts, one row each. How each is found in records is in returns/counting/definitions.ts. */

/** How the figures of several operations become one: added; added although each counted its people or places once; or added, as the least that it can be. */
export type Summing = 'sum' | 'once per person' | 'once per premises' | 'floor';

type Row = {
  /** What is counted, after a number. */
  readonly name: string;
  /** What counts, in one plain sentence or a few. */
  readonly definition: string;
  /** In what it is measured: a noun for many, or a currency of ISO 4217. */
  readonly unit: string;
  /** The indicator that it is a part of, record by record. */
  readonly parent: string | null;
  readonly sums: Summing;
  /** The first day for which it is counted. */
  readonly validFrom: string;
  /** Which breakdowns it may carry. */
  readonly by?: readonly string[];
  /** It counts people helped or potential victims: it leaves under disclosure control alone, from whichever database. */
  readonly isProtected?: true;
  /** It counts what the operation found or did to people: a nil return has none of it. */
  readonly isResult?: true;
};

const first = '2026-01-01';
/** Of the second edition. */
const second = '2026-11-30';

export const indicatorTable = {
  'premises.planned': {
    name: 'premises that the plan named as targets',
    definition: 'Each premises that the operation’s plan names as a target.',
    unit: 'premises',
    parent: null,
    sums: 'once per premises',
    validFrom: first,
    by: ['byTown'],
  },
  'premises.visited': {
    name: 'premises at which a team arrived at least once',
    definition:
      'Each premises at which a team recorded an arrival. Premises that were visited several times are counted once.',
    unit: 'premises',
    parent: 'premises.planned',
    sums: 'once per premises',
    validFrom: first,
    by: ['byTown', 'byBusiness'],
  },
  'visits.made': {
    name: 'visits at which a team arrived',
    definition: 'Each visit at which a team recorded its arrival, whatever the outcome.',
    unit: 'visits',
    parent: null,
    sums: 'sum',
    validFrom: first,
    by: ['byTown', 'byPower', 'byOutcome'],
  },
  'visits.nobodyFound': {
    name: 'visits made at which nobody answered',
    definition: 'Each visit where the team arrived and recorded that nobody answered.',
    unit: 'visits',
    parent: 'visits.made',
    sums: 'sum',
    validFrom: first,
  },
  'visits.refused': {
    name: 'visits made at which entry was refused',
    definition: 'Each visit where the team arrived and recorded that entry was refused.',
    unit: 'visits',
    parent: 'visits.made',
    sums: 'sum',
    validFrom: first,
  },
  'visits.calledOff': {
    name: 'planned visits that were called off',
    definition: 'Each planned visit that was called off and not made. A postponed visit does not count.',
    unit: 'planned visits',
    parent: null,
    sums: 'sum',
    validFrom: first,
    by: ['byTown'],
  },
  'visits.withSigns': {
    name: 'visits with a recorded sign of control',
    definition:
      'Each visit where the team arrived and somebody recorded at least one sign of control. Other signs do not count.',
    unit: 'visits',
    parent: 'visits.made',
    sums: 'sum',
    validFrom: first,
  },
  'visits.withoutSigns': {
    name: 'visits with no recorded sign or no reply',
    definition:
      'Each visit where the team arrived and nobody recorded a sign of control. Visits with no reply are included: nobody saw the place.',
    unit: 'visits',
    parent: 'visits.made',
    sums: 'sum',
    validFrom: first,
  },
  'warrants.executed': {
    name: 'warrants executed',
    definition: 'Each warrant that a team recorded as its power of entry at one or more visits.',
    unit: 'warrants',
    parent: null,
    sums: 'sum',
    validFrom: first,
    by: ['byPower', 'byTown'],
  },
  'people.deployed': {
    name: 'people of the partnership who attended at least one visit',
    definition:
      'Each member of the partnership recorded as attending at least one visit, counted once. For people without an account, each unit is counted once, with its largest number at any one visit.',
    unit: 'people',
    parent: null,
    sums: 'once per person',
    validFrom: first,
    by: ['byPartner'],
  },
  'people.spokenTo': {
    name: 'people spoken to at a visit',
    definition: 'Each person recorded as spoken to at a visit. A person met at two visits counts twice.',
    unit: 'people',
    parent: null,
    sums: 'sum',
    validFrom: first,
    by: ['byTown'],
  },
  'people.interpreted': {
    name: 'people spoken to through an interpreter',
    definition: 'Each person spoken to through an interpreter, in person or by phone.',
    unit: 'people',
    parent: 'people.spokenTo',
    sums: 'sum',
    validFrom: first,
  },
  'people.advised': {
    name: 'people given safeguarding advice',
    definition:
      'Each person who was given safeguarding advice. A person counts once, even if several people gave the advice. One person can count under several kinds of advice.',
    unit: 'people',
    parent: null,
    sums: 'once per person',
    validFrom: first,
    by: ['byAdvice', 'byTown'],
    isProtected: true,
    isResult: true,
  },
  'people.declinedPolice': {
    name: 'people who did not wish to speak to police',
    definition: 'Each person who said that they did not wish to speak to police.',
    unit: 'people',
    parent: null,
    sums: 'once per person',
    validFrom: first,
    isProtected: true,
  },
  'needs.recorded': {
    name: 'needs recorded with people met',
    definition:
      'Each need that somebody recorded for a person whom a team met. If several members recorded the same need, it counts once. One person can have several needs. The answer “nothing now” is left out of the count.',
    unit: 'needs',
    parent: null,
    sums: 'once per person',
    validFrom: first,
    by: ['byNeed'],
    isProtected: true,
    isResult: true,
  },
  'referrals.made': {
    name: 'referrals made for help',
    definition: 'Each request for help sent to an organisation with the person’s agreement, whatever the outcome.',
    unit: 'referrals',
    parent: null,
    sums: 'sum',
    validFrom: first,
    by: ['byOrganisation'],
    isProtected: true,
    isResult: true,
  },
  'referrals.accepted': {
    name: 'referrals that were accepted',
    definition: 'Each referral that the organisation accepted.',
    unit: 'referrals',
    parent: 'referrals.made',
    sums: 'sum',
    validFrom: first,
    isProtected: true,
  },
  'referrals.declined': {
    name: 'referrals that were declined',
    definition: 'Each referral that the organisation declined.',
    unit: 'referrals',
    parent: 'referrals.made',
    sums: 'sum',
    validFrom: first,
    isProtected: true,
  },
  'arrests.made': {
    name: 'people arrested',
    definition: 'Each person arrested at a visit, for a crime or under immigration powers.',
    unit: 'people',
    parent: null,
    sums: 'sum',
    validFrom: first,
    by: ['byKind', 'byMatter', 'bySex', 'byTown', 'byStatus', 'byTownKind', 'bySexAgeResidence'],
    isResult: true,
  },
  'arrests.premises': {
    name: 'premises at which somebody was arrested',
    definition: 'Each premises at which at least one person was arrested, counted once.',
    unit: 'premises',
    parent: 'premises.visited',
    sums: 'once per premises',
    validFrom: first,
    by: ['byTown'],
  },
  'arrests.screened': {
    name: 'people arrested who were screened for exploitation',
    definition: 'Each person arrested who was screened for exploitation, whatever the screening found.',
    unit: 'people',
    parent: 'arrests.made',
    sums: 'sum',
    validFrom: first,
  },
  'arrests.notScreened': {
    name: 'people arrested who were not screened for exploitation',
    definition: 'Each person arrested who was not screened for exploitation, or whose screening is not recorded yet.',
    unit: 'people',
    parent: 'arrests.made',
    sums: 'sum',
    validFrom: first,
  },
  'arrests.concern': {
    name: 'people arrested whose screening raised a concern',
    definition: 'Each person arrested whose screening raised a concern that they may be a victim.',
    unit: 'people',
    parent: 'arrests.screened',
    sums: 'sum',
    validFrom: first,
    isProtected: true,
    isResult: true,
  },
  'nrm.sent': {
    name: 'NRM referrals and notifications by officers',
    definition:
      'Each NRM referral or Duty to Notify that a police or immigration officer recorded as sent, about a person met or arrested at a visit.',
    unit: 'referrals',
    parent: null,
    sums: 'sum',
    validFrom: first,
    by: ['byOrganisation'],
    isProtected: true,
    isResult: true,
  },
  'nrm.referred': {
    name: 'NRM referrals by officers',
    definition:
      'Each NRM referral that a police or immigration officer recorded as sent. Referrals by support agencies are not included.',
    unit: 'referrals',
    parent: 'nrm.sent',
    sums: 'sum',
    validFrom: first,
    by: ['byOrganisation'],
    isProtected: true,
  },
  'nrm.notified': {
    name: 'Duty to Notify by officers',
    definition:
      'Each Duty to Notify that a police or immigration officer recorded as sent, about an adult who did not agree to a referral.',
    unit: 'notifications',
    parent: 'nrm.sent',
    sums: 'sum',
    validFrom: first,
    by: ['byOrganisation'],
    isProtected: true,
  },
  'victims.byOfficers': {
    name: 'potential victims in referrals and notifications by officers',
    definition:
      'Each person about whom police or immigration officers sent an NRM referral or Duty to Notify. A person counts once, even if two officers sent one. A child is under 18; if the age was not known when it was sent, it counts as not known.',
    unit: 'people',
    parent: null,
    sums: 'once per person',
    validFrom: second,
    by: ['byAge'],
    isProtected: true,
    isResult: true,
  },
  'victims.inNotes': {
    name: 'potential victims in safeguarding notes',
    definition:
      'Each person about whom a safeguarding note says that somebody saw indicators of exploitation, or that the person disclosed them. A person counts once. Officers may have referred the same person, so this figure and that of officers are never added.',
    unit: 'people',
    parent: null,
    sums: 'once per person',
    validFrom: second,
    by: ['byAge'],
    isProtected: true,
    isResult: true,
  },
  'checks.people': {
    name: 'people whose identity or papers were checked',
    definition:
      'Each person whose identity or papers officers checked, as numbered in the search records. Talking to a person is no check. The figure is the least it can be if a team entered and gave no number.',
    unit: 'people',
    parent: null,
    sums: 'floor',
    validFrom: second,
  },
  'checks.vehicles': {
    name: 'vehicles checked',
    definition:
      'Each vehicle that officers checked, as numbered in the search records. The figure is the least it can be if a team entered and gave no number.',
    unit: 'vehicles',
    parent: null,
    sums: 'floor',
    validFrom: second,
  },
  'checks.documents': {
    name: 'documents checked',
    definition:
      'Each identity paper, permit or licence that officers checked, as numbered in the search records. The figure is the least it can be if a team entered and gave no number.',
    unit: 'documents',
    parent: null,
    sums: 'floor',
    validFrom: second,
  },
  'suspects.identified': {
    name: 'suspects identified and not arrested',
    definition:
      'Each person whom officers suspected of an offence and did not arrest, as numbered in the search records. The figure is the least it can be if a team entered and gave no number.',
    unit: 'people',
    parent: null,
    sums: 'floor',
    validFrom: second,
    isResult: true,
  },
  'seizures.made': {
    name: 'seizures',
    definition: 'Each item or sum of money recorded as seized at a visit, including cash.',
    unit: 'seizures',
    parent: null,
    sums: 'sum',
    validFrom: first,
    by: ['byKind'],
    isResult: true,
  },
  'cash.seized': {
    name: 'pounds of cash seized',
    definition:
      'Each sum of cash seized, added up in whole pounds. Other currencies stand apart, each under its ISO 4217 code and never converted. The figure is the least it can be if cash is not counted yet.',
    unit: 'GBP',
    parent: null,
    sums: 'floor',
    validFrom: second,
    by: ['byCurrency'],
  },
  'damage.done': {
    name: 'visits made at which something was damaged',
    definition: 'Each visit where the team arrived and recorded that something was damaged.',
    unit: 'visits',
    parent: 'visits.made',
    sums: 'sum',
    validFrom: first,
  },
} as const satisfies Record<string, Row>;

export type Indicator = keyof typeof indicatorTable;
export type IndicatorRow = Omit<Row, 'parent'> & { readonly parent: Indicator | null };

export const indicatorNames = Object.keys(indicatorTable) as Indicator[];
export const getIndicator = (indicator: Indicator): IndicatorRow => indicatorTable[indicator] as IndicatorRow;
