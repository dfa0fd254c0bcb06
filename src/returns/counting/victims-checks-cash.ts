/** How the figures of edition 2026-11 are found in records: potential victims once each, numbers that search records state, and cash by currency. Pure. */
import { isEntered } from '../../visits/index.ts';
import { type CountedItem, type FoundItems, type RecordKind, type Records, unknownValue } from './counting.ts';

/** Where records of one person disagree, somebody who may be a child counts as one. */
const combineAges = (ages: readonly string[]): string =>
  ['child', unknownValue, 'adult'].find((age) => ages.includes(age)) ?? unknownValue;

/** Each person once, by the first record, with the age that all records of the person leave. */
function onePerPerson(
  kind: RecordKind,
  records: readonly { readonly id: string; readonly person: string; readonly age: string }[],
): CountedItem[] {
  return [...Map.groupBy(records, ({ person }) => person).values()].map((ofPerson) => ({
    kind,
    id: ofPerson.map(({ id }) => id).sort()[0] ?? '',
    within: null,
    of: { age: combineAges(ofPerson.map(({ age }) => age)) },
  }));
}

const ageWords: Readonly<Record<string, string>> = { adult: 'adult', child: 'child' };

export const listReferredPeople = ({ officerReferrals }: Records): CountedItem[] =>
  onePerPerson(
    'NRM referral',
    officerReferrals
      .filter(({ outcome }) => outcome === 'referral' || outcome === 'notification')
      .map(({ id, person, referredAs }) => ({ id, person, age: ageWords[referredAs ?? ''] ?? unknownValue })),
  );

export const listPeopleInNotes = ({ facts }: Records): CountedItem[] =>
  onePerPerson(
    'fact',
    facts
      .filter(({ indicator }) => indicator === 'victims.inNotes')
      .map(({ id, person, part }) => ({ id, person, age: ageWords[part ?? ''] ?? unknownValue })),
  );

/** Numbers stated in search records. A team that entered should state one, nought included. */
export const sumStated =
  (read: (visit: Records['visits'][number]) => number | null) =>
  ({ visits }: Records): FoundItems => ({
    whole: visits.flatMap((visit): CountedItem[] => {
      const amount = read(visit);
      return amount ? [{ kind: 'visit', id: visit.id, within: null, of: {}, amount }] : [];
    }),
    isFloor: visits.some((visit) => read(visit) === null && isEntered(visit.answer)),
  });

/** The whole is in pounds. Cash in another currency is a part of its own and of no whole. */
export function sumCash({ seizures }: Records): FoundItems {
  const cash = seizures.filter(({ kind }) => kind === 'cash');
  const items = cash.map(
    ({ id, visitId, pence, currency }): CountedItem => ({
      kind: 'seizure',
      id,
      within: visitId,
      of: { currency },
      amount: pence ?? 0,
    }),
  );
  return {
    whole: items.filter(({ of }) => of.currency === 'GBP'),
    parts: { byCurrency: items },
    isFloor: cash.some(({ pence }) => pence === null),
    per: 100,
  };
}
