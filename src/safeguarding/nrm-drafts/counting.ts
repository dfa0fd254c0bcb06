/** People about whom a concern was raised, counted by the objects and kinds of IC-TIP. A small figure is told as small, and never as itself. Pure. */
import {
  exploitationCodes,
  type IcTip,
  type IcTipKind,
  type IcTipObject,
  icTipCode,
  type State,
  stateOf,
} from '../../nrm/index.ts';
import type { Treated } from '../people/index.ts';
import { type Concern, caseOf } from './concern.ts';

/** Below it a figure may be somebody whom a reader knows. */
export const fewest = 5;
/** Nothing and few are told alike, and more only in steps: no figure can be taken from another to leave a small one. */
export type Told = { readonly atLeast: number } | 'fewer than 5';
export const told = (people: number): Told =>
  people < fewest ? 'fewer than 5' : { atLeast: people - (people % fewest) };
export const toldWords = (figure: Told): string =>
  figure === 'fewer than 5' ? figure : `at least ${figure.atLeast.toLocaleString('en-GB')}`;

const standings = [
  'nothing submitted yet',
  'notified, without a name',
  'submitted',
  'in recovery',
  'conclusive positive',
  'negative',
  'suspended',
  'withdrawn',
] as const satisfies readonly (State | string)[];
type Standing = (typeof standings)[number];

const sexes = ['female', 'male', 'unknown', 'not asked yet'] as const;
const ages = ['as an adult', 'as a child', 'as a child until assessed'] as const satisfies readonly Treated[];
const noKind = 'not asked yet';

export type Cell = {
  readonly object: IcTipObject;
  readonly kind: IcTipKind | null;
  /** Our own word, as the data have it. */
  readonly ours: string;
  readonly code: string | null;
  readonly people: Told | null;
  readonly gap: string | null;
};

/** What the form was told, frozen where it was submitted. */
const factOf = ({ submission, answers }: Concern, name: 'kinds of exploitation' | 'gender'): readonly string[] => {
  const value = submission ? submission.facts[name] : answers[name]?.value;
  return [value ?? []].flat().flatMap((one) => (one === '' ? [] : one.split('\n')));
};

function standingOf(concern: Concern): Standing {
  const held = caseOf(concern);
  if (held) return stateOf(held);
  return concern.submission ? 'notified, without a name' : 'nothing submitted yet';
}

/** Which words of ours hold for one concern. */
function wordsOf(concern: Concern, treatedAs: Treated | undefined): Record<IcTipKind, readonly string[]> {
  const kinds = factOf(concern, 'kinds of exploitation');
  const sex = factOf(concern, 'gender').filter((one) => (sexes as readonly string[]).includes(one));
  return {
    'form of exploitation': kinds.length > 0 ? kinds : [noKind],
    age: treatedAs ? [treatedAs] : [],
    sex: sex.length > 0 ? sex : [noKind],
    'how far it was decided': [standingOf(concern)],
    'who reports': ['this agency'],
  };
}

const every: Record<IcTipKind, readonly string[]> = {
  'form of exploitation': [...exploitationCodes.types.map(({ key }) => key), noKind],
  age: ages,
  sex: sexes,
  'how far it was decided': standings,
  'who reports': ['this agency'],
};

/** Words in a table of codes that are none of ours: a code that stands under one would never be told. */
export const wordsNotOurs = ({ kinds }: IcTip): readonly string[] =>
  kinds.flatMap(({ kind, codes }) => Object.keys(codes).filter((one) => !every[kind].includes(one)));

/** Each person once in each cell, however many concerns there are about her; every word has its cell, also where nobody stands in it. */
export function countByIcTip(
  version: IcTip,
  concerns: readonly Concern[],
  treatedAs: ReadonlyMap<string, Treated>,
): Cell[] {
  const people = new Map<string, Set<string>>();
  for (const concern of concerns)
    for (const [kind, words] of Object.entries(wordsOf(concern, treatedAs.get(concern.personId))))
      for (const word of words) {
        const cell = `${kind}/${word}`;
        people.set(cell, (people.get(cell) ?? new Set()).add(concern.personId));
      }
  const counted = version.kinds.flatMap(({ of, kind }) =>
    every[kind].map((ours): Cell => {
      const figure = people.get(`${kind}/${ours}`)?.size ?? 0;
      return { object: of, kind, ours, people: told(figure), ...icTipCode(version, kind, ours) };
    }),
  );
  const uncounted = version.objects.flatMap(({ object, counted: is, gap }): Cell[] =>
    is ? [] : [{ object, kind: null, ours: 'not counted here', code: null, people: null, gap }],
  );
  return [...counted, ...uncounted];
}
