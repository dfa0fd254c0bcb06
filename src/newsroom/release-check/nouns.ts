/** Which words count which things, so that a number of addresses is never printed as a number of people. */
import { type Indicator, indicators } from '../../vocabulary/figures.ts';

/** Singular and plural, for every word by which a release may call a thing that is counted. */
const things = {
  premises:
    'address/addresses premises/premises business/businesses shop/shops site/sites venue/venues property/properties place/places',
  visit: 'visit/visits',
  warrant: 'warrant/warrants',
  person:
    'person/people individual/individuals man/men woman/women child/children girl/girls boy/boys adult/adults officer/officers staff/staff member/members',
  arrest: 'arrest/arrests',
  referral: 'referral/referrals',
  need: 'need/needs',
  seizure: 'seizure/seizures',
  vehicle: 'vehicle/vehicles car/cars van/vans',
  document: 'document/documents passport/passports',
  money: 'pound/pounds',
  country: 'country/countries',
  /** Counted by nothing here: a return cannot know them. */
  victim: 'victim/victims survivor/survivors slave/slaves captive/captives',
  offender: 'offender/offenders suspect/suspects trafficker/traffickers criminal/criminals',
} as const;
export type Thing = keyof typeof things;

type Word = { readonly thing: Thing; readonly number: 'one' | 'many' | 'either' };

const words = new Map<string, Word>();
for (const [thing, pairs] of Object.entries(things) as [Thing, string][]) {
  for (const pair of pairs.split(' ')) {
    const [one = '', many = ''] = pair.split('/');
    words.set(one, { thing, number: one === many ? 'either' : 'one' });
    if (one !== many) words.set(many, { thing, number: 'many' });
  }
}

export type Noun = Word & { readonly word: string };

/** The first words of a text that name something counted, looking no further than so many words. */
export function nounsIn(text: string, within = Number.POSITIVE_INFINITY): Noun[] {
  const found: Noun[] = [];
  for (const [index, [word]] of [...text.matchAll(/[A-Za-z]+/g)].entries()) {
    if (index >= within) break;
    const known = words.get(word.toLowerCase());
    if (known) found.push({ ...known, word });
  }
  return found;
}

export type Meaning = {
  readonly things: readonly Thing[];
  /** Words that must stand in the sentence before a number typed there can mean this figure. */
  readonly hint: RegExp;
};

const any = /./;
export const meanings: Record<Indicator, Meaning> = {
  'premises.planned': { things: ['premises'], hint: /\bplan/i },
  'premises.visited': { things: ['premises'], hint: any },
  'visits.made': { things: ['visit'], hint: any },
  'visits.nobodyFound': { things: ['visit'], hint: /\b(?:nobody|no one|empty)\b/i },
  'visits.refused': { things: ['visit'], hint: /\b(?:refus|turned away)/i },
  'visits.calledOff': { things: ['visit'], hint: /\b(?:called off|cancel)/i },
  'visits.withSigns': { things: ['visit'], hint: /\bsigns?\b/i },
  'visits.withoutSigns': { things: ['visit'], hint: /\bsigns?\b/i },
  'warrants.executed': { things: ['warrant'], hint: any },
  'people.deployed': { things: ['person'], hint: /\b(?:officers?|took part|deployed|staff)\b/i },
  'people.spokenTo': { things: ['person'], hint: /\b(?:spoke|spoken|met|talked)\b/i },
  'people.interpreted': { things: ['person'], hint: /\binterpret/i },
  'people.advised': { things: ['person'], hint: /\badvi[cs]e/i },
  'people.declinedPolice': { things: ['person'], hint: /\b(?:declin|did not wish|would not|refus)/i },
  'needs.recorded': { things: ['need'], hint: any },
  'referrals.made': { things: ['referral'], hint: any },
  'referrals.accepted': { things: ['referral'], hint: /\baccept/i },
  'referrals.declined': { things: ['referral'], hint: /\bdeclin/i },
  'arrests.made': { things: ['person', 'arrest'], hint: /\b(?:arrest|detain|custody)/i },
  'arrests.premises': { things: ['premises'], hint: /\b(?:arrest|detain)/i },
  'arrests.screened': { things: ['person', 'arrest'], hint: /\bscreen/i },
  'arrests.notScreened': { things: ['person', 'arrest'], hint: /\b(?:not screened|without a record|unscreened)/i },
  'arrests.concern': { things: ['person', 'arrest'], hint: /\bconcern/i },
  'nrm.sent': { things: ['referral'], hint: /\b(?:NRM|National Referral Mechanism|duty to notify)\b/i },
  'nrm.referred': { things: ['referral'], hint: /\b(?:NRM|National Referral Mechanism)\b/i },
  'nrm.notified': { things: ['referral'], hint: /\b(?:duty to notify|notif)/i },
  'nrm.sentBySupport': { things: ['referral'], hint: /\b(?:NRM|National Referral Mechanism|duty to notify)\b/i },
  'nrm.referredBySupport': { things: ['referral'], hint: /\b(?:NRM|National Referral Mechanism)\b/i },
  'nrm.notifiedBySupport': { things: ['referral'], hint: /\b(?:duty to notify|notif)/i },
  // Of words for victims and suspects nothing is printed: see "victim" and "offender" above.
  'victims.byOfficers': { things: [], hint: any },
  'victims.inNotes': { things: [], hint: any },
  'checks.people': { things: ['person'], hint: /\b(?:check|control)/i },
  'checks.vehicles': { things: ['vehicle'], hint: any },
  'checks.documents': { things: ['document'], hint: any },
  'suspects.identified': { things: [], hint: any },
  'seizures.made': { things: ['seizure'], hint: /\bsei[zs]/i },
  'cash.seized': { things: ['money'], hint: any },
  'damage.done': { things: ['visit'], hint: /\bdamag/i },
};

/** What a figure counts, in the words of a message. */
export const countedBy = (key: string): string => indicators[key as Indicator] ?? 'countries';

/** Words that may stand between a number and what it counts, and change nothing. */
export const plainAdjectives: ReadonlySet<string> = new Set(['business', 'residential', 'planned', 'arrested']);
