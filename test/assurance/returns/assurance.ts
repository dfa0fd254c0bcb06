/** Invents operations, counts them by the definitions and by hand, and looks for a difference. Seeded: the same seed invents the same. */

import { checkCount } from '../../../src/returns/counting/checks.ts';
import type { Counted, Records } from '../../../src/returns/counting/counting.ts';
import { countIndicators, editions } from '../../../src/returns/counting/definitions.ts';
import { expandOthers } from '../../../src/visits/index.ts';
import { serialiseCanonically } from '../../../src/vocabulary/canonical-json.ts';
import { arrestKinds, arrestStatuses, type Figures, partitions, sexes } from '../../../src/vocabulary/figures.ts';
import { chance, mixed, type Row, row } from '../../harness/assurance.ts';
import { compareAmounts, compareCounts, countByHand, sumByHand } from './count-by-hand.ts';

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
  const later = chance(visits.length * 31 + encounters.length);
  return {
    premises,
    powers: held,
    plannedVisits,
    participations: people.slice(0, 6).map((memberId) => ({ memberId, partner: one(partners) })),
    visits: visits.map((visit) => ({ ...visit, ...inventStated(visit.answer, later) })),
    attendees,
    others,
    encounters,
    signs: visits.flatMap(({ id: visitId }) => some(3, () => ({ id: id(), visitId, ofControl: maybe(0.4) }))),
    arrests,
    seizures: visits.flatMap(({ id: visitId }) =>
      some(3, () => ({ id: id(), visitId, kind: one(['cash', 'phone', 'drugs']), ...inventCash(later) })),
    ),
    officerReferrals: inventOfficerReferrals(encounters),
    submittedReferrals: inventSubmitted(encounters),
    facts: some(6, id).flatMap((person) => {
      const town = one(towns);
      const fact = (indicator: string, part: string | null) => ({ id: id(), person, town, indicator, part });
      return [1, ...(maybe(0.3) ? [2] : [])].flatMap(() => [
        ...(maybe(0.8) ? [fact('people.advised', null)] : []),
        ...advices.filter(() => maybe(0.4)).map((part) => fact('people.advised', part)),
        ...needs.filter(() => maybe(0.4)).map((part) => fact('needs.recorded', part)),
        ...(maybe(0.2) ? [fact('people.declinedPolice', null)] : []),
        ...(later() < 0.4 ? [inventNoted(person, town, later)] : []),
      ]);
    }),
    referrals: some(4, () => ({
      id: id(),
      organisation: one(organisations),
      state: one(['sent', 'accepted', 'declined']),
    })),
  };
}

/** By support agencies, about some of the people met: of a random sequence of their own. */
function inventSubmitted(encounters: Records['encounters']): Records['submittedReferrals'] {
  const random = chance(encounters.length * 17 + 5);
  return encounters.flatMap(({ id: person }) =>
    random() < 0.4
      ? [
          {
            id: `${person.slice(0, -2)}4f`,
            person,
            responder: random() < 0.6 ? 'council' : 'charity',
            outcome: random() < 0.7 ? ('referral' as const) : ('notification' as const),
          },
        ]
      : [],
  );
}

const ages = ['adult', 'child', 'not known', null] as const;

/** With an id of its own sequence. */
function inventNoted(person: string, town: string, random: () => number) {
  const digits = Array.from({ length: 12 }, () => Math.floor(random() * 16).toString(16)).join('');
  const part = ages[Math.floor(random() * ages.length)] ?? null;
  return { id: `${person.slice(0, -12)}${digits}`, person, town, indicator: 'victims.inNotes', part };
}

/** Numbers of the search record; some teams state none. */
function inventStated(answer: string | null, random: () => number) {
  const number = (): number | null => (answer === null || random() < 0.3 ? null : Math.floor(random() * 6));
  return { peopleChecked: number(), vehiclesChecked: number(), documentsChecked: number(), suspects: number() };
}

function inventCash(random: () => number) {
  const currency = random() < 0.7 ? 'GBP' : random() < 0.5 ? 'EUR' : 'VND';
  return { pence: random() < 0.2 ? null : Math.floor(random() * 500_000), currency };
}

const referralOutcomes = ['referral', 'notification', 'not sent', null] as const;

/** The last two figures of the id of a referral, by its outcome; the others are those of the person's. */
const referralEndings = ['0f', '1f', '2f', '3f'] as const;
export const isReferralOf = (referralId: string, encounterId: string): boolean =>
  referralId.slice(0, -2) === encounterId.slice(0, -2);

const responders = ['Leashire Constabulary', 'Border Officers East'];

/** Some of the people met, of a random sequence of their own: what else is invented of a seed stays as it was. */
function inventOfficerReferrals(encounters: Records['encounters']): Records['officerReferrals'] {
  const random = chance(encounters.length);
  const other = chance(encounters.length + 1);
  const one = <One>(from: readonly One[]): One => from[Math.floor(other() * from.length)] as One;
  return encounters.flatMap(({ id, visitId }) => {
    const drawn = Math.floor(random() * referralOutcomes.length * 2);
    const ending = referralEndings[drawn];
    if (!ending) return [];
    const referral = (organisation: string, referredAs: string | null) => ({
      id: `${id.slice(0, -2)}${ending}`,
      visitId,
      outcome: referralOutcomes[drawn] ?? null,
      organisation,
      person: id,
      referredAs,
    });
    return [referral(one(responders), one(['adult', 'child', 'not sure', null]))];
  });
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
      if (edition === editions.at(-1)) wrongNumbers += compareAmounts(counted, sumByHand(records)).length;
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
