/** Counts people about whom a concern was raised. A small figure is only shown as small. Pure. */

import { exploitationCodes, type State, stateOf } from '../../nrm/index.ts';
import type { AgeTreatment } from '../../vocabulary/age.ts';
import { caseOf, type NrmReferral } from '../nrm-drafts/nrm-referral.ts';

/** A smaller figure might identify somebody whom a reader knows. */
export const smallestShown = 5;
/** Zero and few look alike, and larger figures come in steps, so that no subtraction reveals a small one. */
export type RoundedCount = { readonly atLeast: number } | 'fewer than 5';
export const roundCount = (people: number): RoundedCount =>
  people < smallestShown ? 'fewer than 5' : { atLeast: people - (people % smallestShown) };
export const roundedCountWords = (figure: RoundedCount): string =>
  figure === 'fewer than 5' ? figure : `at least ${figure.atLeast.toLocaleString('en-GB')}`;

const caseStatuses = [
  'nothing submitted yet',
  'notified, without a name',
  'submitted',
  'in recovery',
  'conclusive positive',
  'negative',
  'suspended',
  'withdrawn',
] as const satisfies readonly (State | string)[];
type CaseStatus = (typeof caseStatuses)[number];

const sexes = ['female', 'male', 'unknown', 'not asked yet'] as const;
const ageWords: Record<AgeTreatment, string> = {
  adult: 'as an adult',
  child: 'as a child',
  'not sure': 'as a child until assessed',
};
const noKind = 'not asked yet';

/** What people are counted by. */
export const countKinds = ['form of exploitation', 'age', 'sex', 'how far it was decided', 'who reports'] as const;
export type CountKind = (typeof countKinds)[number];

export type Cell = {
  readonly kind: CountKind;
  /** As the data have it. */
  readonly word: string;
  readonly people: RoundedCount;
};

/** The fact given to the form, frozen on submission. */
const factOf = ({ submission, answers }: NrmReferral, name: 'kinds of exploitation' | 'gender'): readonly string[] => {
  const value = submission ? submission.facts[name] : answers[name]?.value;
  return [value ?? []].flat().flatMap((one) => (one === '' ? [] : one.split('\n')));
};

function caseStatusOf(concern: NrmReferral): CaseStatus {
  const held = caseOf(concern);
  if (held) return stateOf(held);
  return concern.submission ? 'notified, without a name' : 'nothing submitted yet';
}

/** The words that apply to one concern. */
function wordsOf(concern: NrmReferral, treatedAs: AgeTreatment | undefined): Record<CountKind, readonly string[]> {
  const kinds = factOf(concern, 'kinds of exploitation');
  const sex = factOf(concern, 'gender').filter((one) => (sexes as readonly string[]).includes(one));
  return {
    'form of exploitation': kinds.length > 0 ? kinds : [noKind],
    age: treatedAs ? [ageWords[treatedAs]] : [],
    sex: sex.length > 0 ? sex : [noKind],
    'how far it was decided': [caseStatusOf(concern)],
    'who reports': ['this agency'],
  };
}

const every: Record<CountKind, readonly string[]> = {
  'form of exploitation': [...exploitationCodes.types.map(({ key }) => key), noKind],
  age: Object.values(ageWords),
  sex: sexes,
  'how far it was decided': caseStatuses,
  'who reports': ['this agency'],
};

/** Counts each person once in each cell, regardless of how many concerns. Every word has its cell, even when empty. */
export function countPeople(concerns: readonly NrmReferral[], treatedAs: ReadonlyMap<string, AgeTreatment>): Cell[] {
  const people = new Map<string, Set<string>>();
  for (const concern of concerns)
    for (const [kind, words] of Object.entries(wordsOf(concern, treatedAs.get(concern.personId))))
      for (const word of words) {
        const cell = `${kind}/${word}`;
        people.set(cell, (people.get(cell) ?? new Set()).add(concern.personId));
      }
  return countKinds.flatMap((kind) =>
    every[kind].map((word) => ({ kind, word, people: roundCount(people.get(`${kind}/${word}`)?.size ?? 0) })),
  );
}
