/** Counts invented operations a second time by hand, in code that shares nothing with the definitions, and looks for a difference. Seeded: the same seed invents the same. */

import { checkCount } from '../../../src/returns/counting/checks.ts';
import type { Counted, Records } from '../../../src/returns/counting/counting.ts';
import { countIndicators, editions } from '../../../src/returns/counting/definitions.ts';
import { serialiseCanonically } from '../../../src/returns/return.ts';
import { expandOthers } from '../../../src/visits/index.ts';
import {
  arrestKinds,
  arrestStatuses,
  type Breakdown,
  type Cell,
  type Dimension,
  breakdowns as dimensionsOf,
  type Figures,
  partitions,
  type Quantity,
  sexes,
} from '../../../src/vocabulary/figures.ts';
import { chance, mixed, type Row, row } from '../../harness/assurance.ts';

const towns = ["Bishop's Stortford", 'Watford', 'Hemel Hempstead', 'Ware, Upper', 'not known'];
const businesses = ['massage or beauty', 'nail bar', 'car wash'];
const powers = [
  'Search warrant (PACE section 8)',
  'Immigration arrest warrant (schedule 2, paragraph 17(2))',
  'Search by consent',
];
const partners = ['Lantern unit', 'Open Door Relief', 'Leashire Nurses'];
const advices = ['health', 'rights at work', 'safety'];
const needs = ['shelter', 'health', 'nothing now'];
const organisations = ['Leashire County Council', 'Open Door Relief'];

/** The power where somebody entered, as records name it. */
const basisOf = (answer: string | null, power: string): string =>
  answer === null ? 'not known' : /^(entered|forced)/.test(answer) ? power : 'nobody entered';

/** The rows of one operation, as the database could hold them: from none at all to a few dozen. */
export function inventRecords(random: () => number): Records {
  const below = (most: number): number => Math.floor(random() * most);
  const some = <One>(most: number, make: (index: number) => One): One[] =>
    Array.from({ length: below(most) }, (_, i) => make(i));
  const one = <One>(from: readonly One[]): One => from[below(from.length)] as One;
  const maybe = (odds: number): boolean => random() < odds;
  const hex = (length: number): string => Array.from({ length }, () => below(16).toString(16)).join('');
  const id = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;

  const premises = some(9, () => ({ id: id(), business: one(businesses), town: one(towns) }));
  const held = premises.flatMap(({ id: premisesId }) =>
    some(3, () => {
      const basis = one(powers);
      const state = one(['planned', 'granted', 'executed', 'returned']);
      return { id: id(), premisesId, basis, isWarrant: basis.includes('warrant'), state };
    }),
  );
  const plannedVisits = premises.flatMap(({ id: premisesId }) =>
    some(4, () => ({ id: id(), premisesId, state: one(['planned', 'planned', 'planned', 'postponed', 'called off']) })),
  );
  const people = Array.from({ length: 8 }, id);
  const visits = plannedVisits
    .filter(({ state }) => maybe(state === 'planned' ? 0.8 : 0.05))
    .map((planned) => {
      const power = maybe(0.7) ? held.find(({ premisesId }) => premisesId === planned.premisesId) : undefined;
      const answer = one(['no reply', 'refused entry', 'entered', 'forced, refused', null]);
      return {
        id: planned.id,
        premisesId: planned.premisesId,
        powerId: answer && /^(entered|forced)/.test(answer) ? (power?.id ?? null) : null,
        basis: basisOf(answer, power?.basis ?? one(powers)),
        answer,
        damaged: maybe(0.2),
        finished: answer !== null && maybe(0.7),
      };
    });
  const attendees = visits.flatMap(({ id: visitId }) =>
    [one(people), ...people.filter(() => maybe(0.3))].map((memberId) => ({ visitId, memberId })),
  );
  const others = visits.flatMap(({ id: visitId }) =>
    expandOthers(
      visitId,
      partners.filter(() => maybe(0.2)).map((from) => ({ partnerId: null, from, count: 1 + below(4) })),
    ),
  );
  const encounters = visits.flatMap(({ id: visitId }) =>
    some(5, () => ({
      id: id(),
      visitId,
      spokenTo: maybe(0.7),
      interpreter: one(['not needed', 'in person', 'by phone', 'none found'] as const),
    })),
  );
  const arrests = visits.flatMap(({ id: visitId, finished }) =>
    some(maybe(0.3) ? 5 : 1, () => ({
      id: id(),
      visitId,
      kind: one(arrestKinds),
      matter: one(['immigration', 'drugs']),
      sex: one(sexes),
      age: maybe(0.7) ? 18 + below(4) : null,
      residence: maybe(0.7) ? one(towns) : null,
      status: one(arrestStatuses),
      screening: one(['no concern', 'concern raised', 'not done', ...(finished ? [] : [null])]),
    })),
  );
  return {
    premises,
    powers: held,
    plannedVisits,
    participations: people.slice(0, 6).map((memberId) => ({ memberId, partner: one(partners) })),
    visits,
    attendees,
    others,
    encounters,
    signs: visits.flatMap(({ id: visitId }) => some(3, () => ({ id: id(), visitId, ofControl: maybe(0.4) }))),
    arrests,
    seizures: visits.flatMap(({ id: visitId }) =>
      some(3, () => ({ id: id(), visitId, kind: one(['cash', 'phone', 'drugs']) })),
    ),
    officerReferrals: inventOfficerReferrals(encounters),
    facts: some(6, id).flatMap((person) => {
      const town = one(towns);
      const fact = (indicator: string, part: string | null) => ({ id: id(), person, town, indicator, part });
      return [1, ...(maybe(0.3) ? [2] : [])].flatMap(() => [
        ...(maybe(0.8) ? [fact('people.advised', null)] : []),
        ...advices.filter(() => maybe(0.4)).map((part) => fact('people.advised', part)),
        ...needs.filter(() => maybe(0.4)).map((part) => fact('needs.recorded', part)),
        ...(maybe(0.2) ? [fact('people.declinedPolice', null)] : []),
      ]);
    }),
    referrals: some(4, () => ({
      id: id(),
      organisation: one(organisations),
      state: one(['sent', 'accepted', 'declined']),
    })),
  };
}

const referralOutcomes = ['referral', 'notification', 'not sent', null] as const;

/** The last two figures of the id of a referral, by its outcome; the others are those of the person's. */
const referralEndings = ['0f', '1f', '2f', '3f'] as const;
export const isReferralOf = (referralId: string, encounterId: string): boolean =>
  referralId.slice(0, -2) === encounterId.slice(0, -2);

/** Some of the people met, of a random sequence of their own: what else is invented of a seed stays as it was. */
function inventOfficerReferrals(encounters: Records['encounters']): Records['officerReferrals'] {
  const random = chance(encounters.length);
  return encounters.flatMap(({ id, visitId }) => {
    const drawn = Math.floor(random() * referralOutcomes.length * 2);
    const ending = referralEndings[drawn];
    return ending ? [{ id: `${id.slice(0, -2)}${ending}`, visitId, outcome: referralOutcomes[drawn] ?? null }] : [];
  });
}

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
  for (const { id, outcome } of records.officerReferrals) {
    if (outcome === 'referral') add(id, 'nrm.referred');
    if (outcome === 'notification') add(id, 'nrm.notified');
    if (outcome === 'referral' || outcome === 'notification') add(id, 'nrm.sent');
  }
  for (const { id, kind } of records.seizures) add(id, 'seizures.made', ['byKind', kind]);
  for (const { id, organisation, state } of records.referrals) {
    add(id, 'referrals.made', ['byOrganisation', organisation]);
    if (state === 'accepted') add(id, 'referrals.accepted');
    if (state === 'declined') add(id, 'referrals.declined');
  }
  countFactsByHand(records, found, add);
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
  const keys = [...new Set([...said.keys(), ...byHand.keys()])];
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

/** The same rows in another order. */
function shuffled(records: Records, random: () => number): Records {
  return Object.fromEntries(
    Object.entries(records).map(([name, rows]) => [name, mixed(rows as readonly unknown[], random)]),
  ) as unknown as Records;
}

/** One number of one part made one too many, where there is a part of a whole. */
function falsified(figures: Figures, random: () => number): Figures | undefined {
  const places = Object.values(figures).flatMap(({ indicator, breakdowns }) =>
    partitions.filter((by) => (breakdowns[by]?.length ?? 0) > 0).map((by) => ({ indicator, by })),
  );
  const place = places[Math.floor(random() * places.length)];
  const figure = place && figures[place.indicator];
  const cells = figure?.breakdowns[place?.by ?? 'byTown'];
  if (!place || !figure || !cells) return undefined;
  const at = Math.floor(random() * cells.length);
  const wrong = cells.map((cell, index) =>
    index === at && cell.quantity.kind === 'number'
      ? { ...cell, quantity: { ...cell.quantity, value: cell.quantity.value + 1 } }
      : cell,
  );
  return { ...figures, [place.indicator]: { ...figure, breakdowns: { ...figure.breakdowns, [place.by]: wrong } } };
}

export async function assureCounts({
  seed,
  quick,
}: {
  readonly seed: number;
  readonly quick: boolean;
}): Promise<readonly Row[]> {
  const random = chance(seed);
  const operations = quick ? 300 : 3_000;
  let [numbers, wrongNumbers, wrongRecords, unequal, broken, tried, caught] = [0, 0, 0, 0, 0, 0, 0];
  for (let operation = 0; operation < operations; operation += 1) {
    const records = inventRecords(random);
    for (const edition of editions) {
      const counted = countIndicators(edition, records);
      const compared = compareCounts(counted, countByHand(records));
      numbers += compared.numbers;
      wrongNumbers += compared.wrongNumbers.length;
      wrongRecords += compared.wrongRecords.length;
      const again = countIndicators(edition, shuffled(records, random));
      if (serialiseCanonically(again.figures) !== serialiseCanonically(counted.figures)) unequal += 1;
      const sums = (given: Counted) =>
        checkCount(records, given).filter(({ holds, says }) => !holds && /add up|together/.test(says));
      broken += sums(counted).length;
      const wrong = falsified(counted.figures, random);
      if (!wrong) continue;
      tried += 1;
      if (sums({ ...counted, figures: wrong }).length > 0) caught += 1;
    }
  }
  const of = (part: number, whole: number): string =>
    `${part.toLocaleString('en-GB')} of ${whole.toLocaleString('en-GB')}`;
  return [
    row(
      `numbers that differ from the count by hand, over ${operations.toLocaleString('en-GB')} invented operations`,
      of(wrongNumbers, numbers),
      wrongNumbers === 0 && numbers > operations,
    ),
    row('numbers whose records differ', of(wrongRecords, numbers), wrongRecords === 0),
    row('operations counted otherwise when their rows come in another order', of(unequal, operations), unequal === 0),
    row('sums that do not hold among counted figures', String(broken), broken === 0),
    row('figures falsified by one that a check finds', of(caught, tried), caught === tried && tried > 0),
  ];
}
