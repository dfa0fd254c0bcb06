/** Counts records a second time by hand, in code that shares nothing with the definitions, and compares. */

import type { Counted, Records } from '../../../src/returns/counting/counting.ts';
import {
  type Breakdown,
  type Cell,
  type Dimension,
  breakdowns as dimensionsOf,
  type Figures,
  type Quantity,
} from '../../../src/vocabulary/figures.ts';
import { getIndicator, type Indicator, indicatorNames } from '../../../src/vocabulary/indicators.ts';

/** Ids behind each number, by name: the whole as `visits.made`, a part as `visits.made|byTown|Watford`. */
type ByHand = Map<string, Set<string>>;

/** The naive count: one loop a table, a line a figure. It must stay free of anything that the definitions use. */
export function countByHand(records: Records): ByHand {
  const found: ByHand = new Map();
  const add = (id: string, indicator: string, ...parts: (readonly [by: string, ...values: string[]])[]): void => {
    for (const key of [indicator, ...parts.map((part) => [indicator, ...part].join('|'))])
      found.set(key, (found.get(key) ?? new Set()).add(id));
  };
  const placeOf = (id: string) => records.premises.find((place) => place.id === id);
  const visitOf = (id: string) => records.visits.find((visit) => visit.id === id);
  const townAt = (visitId: string) => placeOf(visitOf(visitId)?.premisesId ?? '')?.town ?? '';

  for (const { id, town, business } of records.premises) {
    add(id, 'premises.planned', ['byTown', town]);
    let [visited, arrested] = [false, false];
    for (const visit of records.visits) {
      if (visit.premisesId !== id) continue;
      visited = true;
      for (const arrest of records.arrests) if (arrest.visitId === visit.id) arrested = true;
    }
    if (visited) add(id, 'premises.visited', ['byTown', town], ['byBusiness', business]);
    if (arrested) add(id, 'arrests.premises', ['byTown', town]);
  }
  for (const { id, premisesId, state } of records.plannedVisits) {
    if (state === 'called off' && visitOf(id) === undefined)
      add(id, 'visits.calledOff', ['byTown', placeOf(premisesId)?.town ?? '']);
  }
  for (const { id, premisesId, basis, answer, damaged } of records.visits) {
    const town = placeOf(premisesId)?.town ?? '';
    add(id, 'visits.made', ['byTown', town], ['byPower', basis], ['byOutcome', answer === null ? 'not known' : answer]);
    if (answer === 'no reply') add(id, 'visits.nobodyFound');
    if (answer === 'refused entry' || answer === 'forced, refused') add(id, 'visits.refused');
    if (damaged) add(id, 'damage.done');
    let control = 0;
    for (const sign of records.signs) if (sign.visitId === id && sign.ofControl) control += 1;
    add(id, control > 0 ? 'visits.withSigns' : 'visits.withoutSigns');
  }
  for (const { id, premisesId, basis } of records.powers) {
    if (!basis.includes('warrant')) continue;
    for (const visit of records.visits)
      if (visit.powerId === id)
        add(id, 'warrants.executed', ['byPower', basis], ['byTown', placeOf(premisesId)?.town ?? '']);
  }
  for (const { memberId } of records.attendees) {
    let partner = 'not known';
    for (const part of records.participations) if (part.memberId === memberId) partner = part.partner;
    add(memberId, 'people.deployed', ['byPartner', partner]);
  }
  const units = new Map<string, { visitId: string; ids: string[] }[]>();
  for (const { id, visitId, partner } of records.others) {
    const visits = units.get(partner) ?? [];
    const visit = visits.find((one) => one.visitId === visitId);
    if (visit) visit.ids.push(id);
    else visits.push({ visitId, ids: [id] });
    units.set(partner, visits);
  }
  for (const [partner, visits] of units) {
    visits.sort((a, b) => b.ids.length - a.ids.length || (a.visitId < b.visitId ? -1 : 1));
    for (const id of visits[0]?.ids ?? []) add(id, 'people.deployed', ['byPartner', partner]);
  }
  for (const { id, visitId, spokenTo, interpreter } of records.encounters) {
    if (!spokenTo) continue;
    add(id, 'people.spokenTo', ['byTown', townAt(visitId)]);
    if (interpreter === 'in person' || interpreter === 'by phone') add(id, 'people.interpreted');
  }
  for (const arrest of records.arrests) {
    const { id, kind, matter, sex, status, screening } = arrest;
    const town = townAt(arrest.visitId);
    const age = arrest.age === null ? 'not known' : `${arrest.age}`;
    const home = arrest.residence === null ? 'not known' : arrest.residence;
    add(
      id,
      'arrests.made',
      ['byKind', kind],
      ['byMatter', matter],
      ['bySex', sex],
      ['byTown', town],
      ['byStatus', status],
      ['byTownKind', town, kind],
      ['bySexAgeResidence', sex, age, home],
    );
    if (screening === null || screening === 'not done') add(id, 'arrests.notScreened');
    else add(id, 'arrests.screened');
    if (screening === 'concern raised') add(id, 'arrests.concern');
  }
  for (const { id, outcome, organisation } of records.officerReferrals) {
    if (outcome === 'referral') add(id, 'nrm.referred', ['byOrganisation', organisation]);
    if (outcome === 'notification') add(id, 'nrm.notified', ['byOrganisation', organisation]);
    if (outcome === 'referral' || outcome === 'notification') add(id, 'nrm.sent', ['byOrganisation', organisation]);
  }
  for (const { id, responder, outcome } of records.submittedReferrals) {
    add(id, 'nrm.sentBySupport', ['byResponder', responder]);
    if (outcome === 'referral') add(id, 'nrm.referredBySupport', ['byResponder', responder]);
    if (outcome === 'notification') add(id, 'nrm.notifiedBySupport', ['byResponder', responder]);
  }
  for (const { id, kind } of records.seizures) add(id, 'seizures.made', ['byKind', kind]);
  for (const { id, organisation, state } of records.referrals) {
    add(id, 'referrals.made', ['byOrganisation', organisation]);
    if (state === 'accepted') add(id, 'referrals.accepted');
    if (state === 'declined') add(id, 'referrals.declined');
  }
  countFactsByHand(records, found, add);
  countVictimsByHand(records, add);
  return found;
}

/** Facts in the order of their ids: the first of a person counts. */
function countFactsByHand(
  { facts }: Records,
  found: ByHand,
  add: (id: string, indicator: string, ...parts: (readonly [by: string, ...values: string[]])[]) => void,
): void {
  const seen: string[] = [];
  const firstOf = (...name: (string | null)[]): boolean => {
    const key = name.join('|');
    if (seen.includes(key)) return false;
    seen.push(key);
    return true;
  };
  for (const { id, person, town, indicator, part } of [...facts].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (indicator === 'people.advised') {
      if (firstOf('advised', person)) add(id, indicator, ['byTown', town]);
      if (part !== null && firstOf('advice', person, part)) {
        const key = `${indicator}|byAdvice|${part}`;
        found.set(key, (found.get(key) ?? new Set()).add(id));
      }
    }
    if (indicator === 'people.declinedPolice' && firstOf('declined', person)) add(id, indicator);
    if (indicator === 'needs.recorded' && part !== null && part !== 'nothing now' && firstOf('need', person, part))
      add(id, indicator, ['byNeed', part]);
  }
}

type Add = (id: string, indicator: string, ...parts: (readonly [by: string, ...values: string[]])[]) => void;

/** Person by person, as a clerk with a list of names would. */
function countVictimsByHand({ officerReferrals, facts }: Records, add: Add): void {
  const people = new Map<string, { id: string; said: string[] }>();
  const note = (list: string, person: string, id: string, said: string): void => {
    const known = people.get(`${list} ${person}`) ?? { id, said: [] };
    if (id < known.id) known.id = id;
    known.said.push(said);
    people.set(`${list} ${person}`, known);
  };
  for (const { id, person, outcome, referredAs } of officerReferrals)
    if (outcome === 'referral' || outcome === 'notification')
      note(
        'victims.byOfficers',
        person,
        id,
        referredAs === null || referredAs === 'not sure' ? 'not known' : referredAs,
      );
  for (const { id, person, indicator, part } of facts)
    if (indicator === 'victims.inNotes') note(indicator, person, id, part === null ? 'not known' : part);
  for (const [key, { id, said }] of people) {
    let age = 'adult';
    if (said.includes('not known')) age = 'not known';
    if (said.includes('child')) age = 'child';
    add(id, key.split(' ')[0] ?? '', ['byAge', age]);
  }
}

/** Amounts by name, as the page says them: a number, at least a number, or not known. */
export function sumByHand({ visits, seizures }: Records): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  const say = (sum: number, short: boolean): string =>
    short ? (sum > 0 ? `at least ${sum}` : 'not known') : String(sum);
  for (const [indicator, column] of [
    ['checks.people', 'peopleChecked'],
    ['checks.vehicles', 'vehiclesChecked'],
    ['checks.documents', 'documentsChecked'],
    ['suspects.identified', 'suspects'],
  ] as const) {
    let [sum, short] = [0, false];
    for (const visit of visits) {
      const number = visit[column];
      if (number !== null) sum += number;
      else if (visit.answer !== null && /^(entered|forced)/.test(visit.answer)) short = true;
    }
    sums.set(indicator, say(sum, short));
  }
  let short = false;
  const pence = new Map<string, number>([['GBP', 0]]);
  for (const one of seizures) {
    if (one.kind !== 'cash') continue;
    if (one.pence === null) short = true;
    pence.set(one.currency, (pence.get(one.currency) ?? 0) + (one.pence ?? 0));
  }
  const whole = (currency: string): string => say(Math.floor((pence.get(currency) ?? 0) / 100), short);
  sums.set('cash.seized', whole('GBP'));
  for (const currency of pence.keys())
    if (seizures.some((one) => one.kind === 'cash' && one.currency === currency))
      sums.set(`cash.seized|byCurrency|${currency}`, whole(currency));
  return sums;
}

const sayQuantity = (quantity: Quantity): string => {
  if (quantity.kind !== 'number') return quantity.kind;
  return quantity.qualifier === 'exact' ? String(quantity.value) : `${quantity.qualifier} ${quantity.value}`;
};

/** Amounts that differ, by name, in both directions. */
export function compareAmounts({ figures }: Counted, byHand: ReadonlyMap<string, string>): string[] {
  const said = new Map<string, string>();
  for (const indicator of amounts) {
    const figure = figures[indicator];
    if (!figure) continue;
    said.set(indicator, sayQuantity(figure.total));
    for (const { of, quantity } of figure.breakdowns.byCurrency ?? [])
      said.set(`${indicator}|byCurrency|${of.currency}`, sayQuantity(quantity));
  }
  return [...new Set([...said.keys(), ...byHand.keys()])].filter((key) => said.get(key) !== byHand.get(key));
}

/** Figures that count more than one for a record. */
const amounts = indicatorNames.filter((indicator) => getIndicator(indicator).sums === 'floor');

export type Compared = { readonly numbers: number; readonly wrongNumbers: string[]; readonly wrongRecords: string[] };

/** Every figure and cell against the count by hand, in both directions, and the ids behind each. */
export function compareCounts({ figures, countedRecords }: Counted, byHand: ByHand): Compared {
  const said = numbersIn(figures);
  const records = new Map<string, Set<string>>();
  for (const { indicator, cell, id } of countedRecords) {
    const [by, values] = cell.split(/ (.*)/s);
    const key = cell === 'total' ? indicator : [indicator, by, ...(JSON.parse(values ?? '[]') as string[])].join('|');
    records.set(key, (records.get(key) ?? new Set()).add(id));
  }
  // Of an edition that counts fewer, and without the amounts, which compareAmounts compares.
  const counts = (key: string): boolean => {
    const indicator = key.split('|')[0] as Indicator;
    return figures[indicator] !== undefined && !amounts.includes(indicator);
  };
  const keys = [...new Set([...said.keys(), ...byHand.keys()])].filter(counts);
  const sorted = (ids: ReadonlySet<string> | undefined): string => [...(ids ?? [])].sort().join();
  return {
    numbers: said.size,
    wrongNumbers: keys.filter((key) => (said.get(key) ?? 0) !== (byHand.get(key)?.size ?? 0)),
    wrongRecords: keys.filter((key) => sorted(records.get(key)) !== sorted(byHand.get(key))),
  };
}

function numbersIn(figures: Figures): Map<string, number> {
  const numbers = new Map<string, number>();
  const keep = (key: string, quantity: Quantity): unknown =>
    numbers.set(key, quantity.kind === 'number' ? quantity.value : Number.NaN);
  for (const { indicator, total, breakdowns } of Object.values(figures)) {
    keep(indicator, total);
    for (const [by, cells] of Object.entries(breakdowns) as [Breakdown, readonly Cell[]][]) {
      const dimensions: readonly Dimension[] = dimensionsOf[by];
      for (const { of, quantity } of cells)
        keep([indicator, by, ...dimensions.map((dimension) => of[dimension])].join('|'), quantity);
    }
  }
  return numbers;
}
