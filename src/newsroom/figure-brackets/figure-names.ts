/** Short names of the figures, and the nouns that their numbers stand with. Pure. */
import { type Breakdown, breakdowns, type Indicator, indicators } from '../../vocabulary/figures.ts';

type FigureWords = {
  /** Short, in the words of the glossary. */
  readonly name: string;
  readonly one: string;
  readonly many: string;
  /** What a number of nought is called, where "no" and the noun would be stiff. */
  readonly none?: string;
};

const premises = { one: 'address', many: 'addresses' } as const;
const visits = { one: 'visit', many: 'visits' } as const;
const people = { one: 'person', many: 'people', none: 'nobody' } as const;
const documents = { one: 'document', many: 'documents' } as const;
const vehicles = { one: 'vehicle', many: 'vehicles' } as const;
const referrals = { one: 'referral', many: 'referrals' } as const;

/** Each figure by its short name, with its noun for one and for many. */
export const figureWords: Readonly<Record<Indicator, FigureWords>> = {
  'premises.planned': { name: 'premises planned', ...premises },
  'premises.visited': { name: 'premises visited', ...premises },
  'visits.made': { name: 'visits', ...visits },
  'visits.nobodyFound': { name: 'visits with no reply', ...visits },
  'visits.refused': { name: 'visits refused', ...visits },
  'visits.calledOff': { name: 'visits called off', one: 'planned visit', many: 'planned visits' },
  'visits.withSigns': { name: 'visits with an indicator', ...visits },
  'visits.withoutSigns': { name: 'visits without an indicator', ...visits },
  'warrants.executed': { name: 'warrants executed', one: 'warrant', many: 'warrants' },
  'people.deployed': { name: 'people deployed', ...people },
  'people.spokenTo': { name: 'people spoken to', ...people },
  'people.interpreted': { name: 'people with an interpreter', ...people },
  'people.advised': { name: 'people advised', ...people },
  'people.declinedPolice': { name: 'people who declined police', ...people },
  'needs.recorded': { name: 'needs', one: 'need', many: 'needs' },
  'referrals.made': { name: 'referrals', ...referrals },
  'referrals.accepted': { name: 'referrals accepted', ...referrals },
  'referrals.declined': { name: 'referrals declined', ...referrals },
  'arrests.made': { name: 'people arrested', ...people },
  'arrests.premises': { name: 'premises with an arrest', ...premises },
  'arrests.screened': { name: 'arrested people screened', ...people },
  'arrests.notScreened': { name: 'arrested people not screened', ...people },
  'arrests.concern': { name: 'arrested people with a concern', ...people },
  'nrm.sent': { name: 'NRM and DtN by officers', ...referrals },
  'nrm.referred': { name: 'NRM referrals by officers', ...referrals },
  'nrm.notified': { name: 'Duty to Notify by officers', one: 'notification', many: 'notifications' },
  'nrm.sentBySupport': { name: 'NRM and DtN by support', ...referrals },
  'nrm.referredBySupport': { name: 'NRM referrals by support', ...referrals },
  'nrm.notifiedBySupport': { name: 'Duty to Notify by support', one: 'notification', many: 'notifications' },
  'victims.byOfficers': { name: 'potential victims, officers', ...people },
  'victims.inNotes': { name: 'potential victims, notes', ...people },
  'checks.people': { name: 'people checked', ...people },
  'checks.vehicles': { name: 'vehicles checked', ...vehicles },
  'checks.documents': { name: 'documents checked', ...documents },
  'suspects.identified': { name: 'suspects not arrested', ...people },
  'seizures.made': { name: 'seizures', one: 'seizure', many: 'seizures' },
  'cash.seized': { name: 'cash seized', one: 'pound', many: 'pounds' },
  'damage.done': { name: 'visits with damage', ...visits },
};

const weekFigures: Readonly<Record<string, string>> = {
  'week.dates': 'dates of the week',
  'week.localDates': 'dates of the operation',
  'week.countries': 'countries that took part',
};

/** The dimensions whose word here is not their own name. */
const dimensionWords: Readonly<Record<string, string>> = { residence: 'home', business: 'kind of premises' };

/** The short name of a figure or its parts: "premises visited, by town". Undefined for a name that no figure has. */
export function figureName(key: string): string | undefined {
  if (Object.hasOwn(weekFigures, key)) return weekFigures[key];
  const [group, thing, breakdown, more] = key.split('.');
  const indicator = `${group}.${thing}`;
  if (!Object.hasOwn(indicators, indicator) || more !== undefined) return undefined;
  const { name } = figureWords[indicator as Indicator];
  if (breakdown === undefined) return name;
  if (!Object.hasOwn(breakdowns, breakdown)) return undefined;
  const dimensions = breakdowns[breakdown as Breakdown].map((one) => dimensionWords[one] ?? one);
  return `${name}, by ${dimensions.join(', ')}`;
}
