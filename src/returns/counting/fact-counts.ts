/** Which facts of the view each indicator counts, as data. Nothing of the safeguarding database is in the view: what it counts is in its own facts. Pure. */
import type { Breakdown } from '../../vocabulary/figures.ts';
import { type Indicator, indicatorNames } from '../../vocabulary/indicators.ts';

/** Which facts an indicator counts: those of a kind, that bear a mark, have an outcome, or concern one kind of thing. */
export type Counts = {
  readonly fact: string;
  readonly mark?: string;
  readonly without?: string;
  readonly outcome?: readonly string[];
  readonly kind?: string;
  readonly currency?: string;
  /** Only powers that are warrants on the day of the count. */
  readonly isWarrant?: true;
};

export const counts: Partial<Record<Indicator, Counts>> = {
  'premises.planned': { fact: 'premises' },
  'premises.visited': { fact: 'premises', mark: 'visited' },
  'visits.made': { fact: 'visit' },
  'visits.nobodyFound': { fact: 'visit', outcome: ['no reply'] },
  'visits.refused': { fact: 'visit', outcome: ['refused entry', 'forced, refused'] },
  'visits.calledOff': { fact: 'planned visit' },
  'visits.withSigns': { fact: 'visit', mark: 'sign' },
  'visits.withoutSigns': { fact: 'visit', without: 'sign' },
  'warrants.executed': { fact: 'power', isWarrant: true },
  'people.deployed': { fact: 'member' },
  'people.spokenTo': { fact: 'encounter', mark: 'spoken to' },
  'people.interpreted': { fact: 'encounter', mark: 'interpreted' },
  'arrests.made': { fact: 'arrest' },
  'arrests.premises': { fact: 'premises', mark: 'arrest' },
  'arrests.screened': { fact: 'arrest', mark: 'screened' },
  'arrests.notScreened': { fact: 'arrest', mark: 'not screened' },
  'arrests.concern': { fact: 'arrest', mark: 'concern' },
  'nrm.sent': { fact: 'NRM referral' },
  'nrm.referred': { fact: 'NRM referral', mark: 'referral' },
  'nrm.notified': { fact: 'NRM referral', mark: 'notification' },
  'victims.byOfficers': { fact: 'person referred' },
  'checks.people': { fact: 'check', kind: 'people' },
  'checks.vehicles': { fact: 'check', kind: 'vehicles' },
  'checks.documents': { fact: 'check', kind: 'documents' },
  'suspects.identified': { fact: 'check', kind: 'suspects' },
  'seizures.made': { fact: 'seizure' },
  'cash.seized': { fact: 'cash', currency: 'GBP' },
  'damage.done': { fact: 'visit', mark: 'damage' },
};

/** What the view tells of a fact, but for its id and its operation. */
export const factColumns = [
  ...['fact', 'marks', 'kind', 'town', 'business', 'power', 'outcome', 'matter', 'sex', 'age', 'residence', 'status'],
  ...['partner', 'organisation', 'currency'],
] as const;

export const countedByQuery = indicatorNames.filter((indicator) => counts[indicator]);

/** One number by one query: an indicator's total, where `breakdown` is null, or one of its parts. */
export type QueriedNumber = {
  readonly indicator: Indicator;
  readonly breakdown: Breakdown | null;
  readonly part: readonly string[];
  readonly amount: number;
  readonly isFloor: boolean;
};
