/** Pure. What the record says of the person’s age, on what evidence, who changed it, and which duties follow. */

import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import {
  type Age,
  type AgeBasis,
  type AgeTreatment,
  determineAgeTreatment,
  isUnconfirmedAdult,
  type KnownAge,
} from '../../vocabulary/age.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';

type StatedAge = Pick<KnownAge, 'age' | 'ageBasis'>;

/** The latest correction of a record that changed the age. */
export type AgeChange = {
  readonly from: StatedAge;
  readonly to: StatedAge;
  readonly by: string | null;
  readonly at: Date;
};

const statedIn = ({ age, ageBasis }: EarlierVersion['record']): StatedAge => ({
  age: age as Age,
  ageBasis: ageBasis as AgeBasis,
});

/** From versions with open details, the newest first. */
export function findAgeChange(versions: readonly EarlierVersion[]): AgeChange | undefined {
  const changed = versions.find(({ record, became }) => record.age !== became.age);
  return (
    changed && {
      from: statedIn(changed.record),
      to: statedIn(changed.became),
      by: changed.replacedBy,
      at: changed.replacedAt,
    }
  );
}

const treatmentLabels: Record<AgeTreatment, string> = {
  adult: 'Adult',
  child: 'Under 18',
  'not sure': 'Not known: treat as a child',
};

/** For the banner of each page of the case. */
export const describeAge = (person: KnownAge, today: string): string =>
  isUnconfirmedAdult(person, today)
    ? 'Recorded as an adult, not confirmed: treat as a child'
    : treatmentLabels[determineAgeTreatment(person, today)];

const fromVisit = ({ ageBasis }: StatedAge): boolean => ageBasis === 'recorded at visit';

/** "Changed from adult (as recorded at the visit; not confirmed) to under 18 by Nia Nurse, in the hour after 12:00 on 18 September 2026." */
const describeAgeChange = ({ from, to, by, at }: AgeChange, names: MemberNames): string => {
  const before = fromVisit(from) ? `${from.age} (${wordsOf(from.ageBasis)})` : from.age;
  return `Changed from ${before} to ${to.age} by ${getMemberName(names, by)}, ${formatHour(at)}.`;
};

/** What a visit recorded is no evidence for another age that somebody chose later. */
const namesNoEvidence = ({ from, to }: AgeChange, person: StatedAge): boolean => [from, to, person].every(fromVisit);

export function describeAgeEvidence(person: StatedAge, change: AgeChange | undefined, names: MemberNames): string {
  const evidence = capital(wordsOf(person.ageBasis));
  if (!change) return evidence;
  return `${namesNoEvidence(change, person) ? 'None named for the change' : evidence}. ${describeAgeChange(change, names)}`;
}

const untilAssessed = 'Treat the person as a child until their age is assessed.';
const childDuties =
  'You must notify the council’s children’s services. Do not ask for consent to an NRM referral: a child needs none. Explain both to the person.';

function reasonFor(person: KnownAge, today: string): string {
  if (determineAgeTreatment(person, today) === 'child') return 'The person is under 18.';
  if (!isUnconfirmedAdult(person, today)) return `The age is not known. ${untilAssessed}`;
  const recorded =
    person.ageBasis === 'recorded at visit'
      ? 'The visit recorded an adult, and nobody has confirmed it.'
      : 'The record says adult, and this is not certain.';
  return `${recorded} Ask the person about their age, and record how you know it. Until then, treat the person as a child.`;
}

const unconfirmedDuties =
  'If they may be under 18, notify the council’s children’s services. If they are an adult, ask for consent to an NRM referral.';

/** Why the person is treated as a child, and what must be done. For an adult, only what a change from “under 18” means; undefined where there was none. */
export function describeAgeDuties(
  person: KnownAge,
  change: AgeChange | undefined,
  names: MemberNames,
  today: string,
): { readonly kind: 'unwise' | 'waiting'; readonly title: string; readonly text: string } | undefined {
  const changed = change && describeAgeChange(change, names);
  if (determineAgeTreatment(person, today) !== 'adult') {
    const unconfirmed = isUnconfirmedAdult(person, today);
    return {
      kind: 'unwise',
      title: unconfirmed ? 'Confirm the age' : 'Treat as a child',
      text: [reasonFor(person, today), changed, unconfirmed ? unconfirmedDuties : childDuties]
        .filter(Boolean)
        .join(' '),
    };
  }
  if (change?.from.age !== 'under 18') return undefined;
  return {
    kind: 'waiting',
    title: 'Now recorded as an adult',
    text: `${changed} Ask for consent before you refer the person, to the NRM too. If children’s services were notified, tell them.`,
  };
}
