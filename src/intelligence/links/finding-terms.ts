/** Terms by which the search of the header finds an entry: single words, sounds, codes and the ends of numbers. They link nothing. Pure. */
import { type NamePart, toNamePart, toNameParts, toWords } from '../../vocabulary/languages/alike-names.ts';
import type { EntityContent } from '../entities/entity.ts';
import { prepare } from './prepared-entity.ts';

/** Of one sound or two say too little. */
const leastSound = 3;
const partTerms = ({ spelling, sounds }: NamePart): readonly string[] => [
  ...(spelling.length > 1 ? [`word ${spelling}`] : []),
  ...sounds.filter((sound) => sound.length >= leastSound).map((sound) => `sound ${sound}`),
];
const wordTerms = (text: string | null): readonly string[] =>
  text === null ? [] : toWords(text).flatMap((word) => partTerms(toNamePart(word)));

/** A plate is often seen in part: its first four signs. */
const plateTerms = (folded: string): readonly string[] =>
  folded.length < 4 ? [] : [`plate ${folded}`, `plate ${folded.slice(0, 4)}`];
const digitTerms = (digits: string): readonly string[] =>
  [9, 6].filter((last) => digits.length >= last).map((last) => `digits ${digits.slice(-last)}`);

function termsOf(content: EntityContent): readonly string[] {
  const entity = prepare(content);
  switch (entity.kind) {
    case 'person':
    case 'organisation':
      return [entity.name, ...entity.aliases].flatMap(({ parts }) => parts.flatMap(partTerms));
    case 'premises': {
      const { outward, inward, street, town } = entity;
      const code = outward === null ? [] : [`code ${outward}`, `code ${outward}${inward ?? ''}`];
      const written = content.kind === 'premises' ? wordTerms(content.address) : [];
      return [...code, ...written, ...[...street.parts, ...town.parts].flatMap(partTerms)];
    }
    case 'vehicle':
      return [...plateTerms(entity.folded), ...wordTerms(entity.description)];
    case 'phone':
      return digitTerms(entity.lastDigits);
    case 'account':
      return [
        `account ${entity.account}`,
        ...wordTerms(content.kind === 'account' ? content.account : null),
        ...wordTerms(content.kind === 'account' ? content.provider : null),
      ];
  }
}

/** Distinct, at most so many as a long address or many aliases need. */
export const findingTerms = (content: EntityContent): readonly string[] => [...new Set(termsOf(content))].slice(0, 60);

export type Query = {
  /** Each typed word, by any of its terms. */
  readonly words: readonly (readonly string[])[];
  /** The typed text as one code or number. */
  readonly whole: readonly string[];
};

const mostWords = 6;

/** What was typed, as terms. */
export function queryTerms(text: string): Query {
  const whole = [
    ...termsOf({ kind: 'vehicle', registration: text, description: null }),
    ...termsOf({ kind: 'account', account: text, provider: null }).filter((term) => term.startsWith('account')),
    ...termsOf({ kind: 'phone', number: text }),
    ...digitTerms(/^[\d\s()+-]+$/.test(text) ? text.replace(/\D/g, '') : ''),
    ...termsOf({ kind: 'premises', address: '', postcode: text }),
  ];
  const words = toNameParts(text).map((part) => partTerms(part));
  return { words: words.filter((terms) => terms.length > 0).slice(0, mostWords), whole: [...new Set(whole)] };
}
