/** Finds text that describes one person without a name: who the person is, and what that person did, said, got or suffered. Pure. */
import { whyFewPeople } from '../drafting/few-addresses.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import {
  arrestWords,
  deed,
  genericOpening,
  happenedTo,
  helpWords,
  officials,
  ownDeed,
  ownThings,
  pronounDeed,
  pronouns,
  referencePatterns,
} from './single-person-words.ts';
import type { WatchedWord } from './watched-words.ts';

type Sentence = { readonly start: number; readonly text: string };
/** Whom a pronoun can mean: a member of a partner agency, anybody at all, or a person of the case. */
type Mention = { readonly at: number; readonly end: number; readonly who: 'official' | 'anybody' | 'person' };

/** Reads the sentences of one field in their order: a pronoun can mean a person in the sentence before. */
export type SinglePersonReader = (sentence: Sentence, isBound: (span: Span) => boolean) => WatchedWord[];
type Span = { readonly start: number; readonly end: number };

/** Takes what may be published. The reader gives at most one finding a sentence: to take it out, the sentence is written again. */
export function readSinglePersons(publishable: PublishableReturn): SinglePersonReader {
  const rule = ruleFor(publishable);
  const agencies = agenciesOf(publishable);
  const tellsSex = Boolean(
    publishable.figures['arrests.made']?.breakdowns.bySex ??
      publishable.figures['arrests.made']?.breakdowns.bySexAgeResidence,
  );
  let before: Mention['who'] | undefined;
  let since = 0;
  return ({ start, text }, isBound) => {
    const free = ({ at, end }: Mention): boolean => !isBound({ start: start + at, end: start + end });
    const people = referencesIn(text, agencies).filter(free);
    const known = [...people, ...officialsIn(text, agencies), ...anybodyIn(text)].sort((a, b) => a.at - b.at);
    const meant = pronounsIn(text, known, before, tellsSex);
    since = known.length > 0 || pronouns.test(text) ? 0 : since + 1;
    before = known.at(-1)?.who ?? (since < sentencesMeant ? before : undefined);
    const [first] = [...people, ...meant].sort((a, b) => a.at - b.at);
    return first ? [{ start: start + first.at, end: start + first.end, ...rule }] : [];
  };
}

/** A pronoun can mean a person this many sentences back. */
const sentencesMeant = 3;

function ruleFor({ counted }: PublishableReturn): Omit<WatchedWord, 'start' | 'end'> {
  const why = whyFewPeople(counted.figures);
  return why
    ? {
        kind: 'identifying',
        must: 'change',
        message: `This describes one person. Because ${why}, a reader can tell who it is. Take the sentence out.`,
      }
    : {
        kind: 'identifying',
        must: 'justify',
        message:
          'This describes one person without a name. People who know the place can tell who it is. Take it out, or say why it speaks of somebody else.',
      };
}

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** "From Open Door Relief": somebody who works for one of these is no person of the case. */
function agenciesOf({ facts }: PublishableReturn): RegExp {
  const names = [facts.leadAgency, facts.unit, ...facts.ownUnits, ...facts.partners].filter((name) => name !== '');
  const named = names.map(escapeForPattern).join('|') || '(?!)';
  // "A woman at a unit in Vicarage Road" works for nobody: ordinary words count after "of" or "from" alone, and at the end.
  const common = `(?:of|for|from|with|who works for) (?:the |our |a )?(?:\\w+ ){0,2}(?:${commonAgencies.join('|')})\\b(?! (?:in|on|at|near|road|street|lane|station)\\b)`;
  return new RegExp(
    `^,? (?:(?:of|at|for|from|with|who works for|in) (?:the |our |a )?(?:\\w+ ){0,2}(?:${named})\\b|${common})`,
    'i',
  );
}

const commonAgencies = [
  'council',
  'police',
  'force',
  'constabulary',
  'charity',
  'helpline',
  'service',
  'NHS',
  'unit',
  'agency',
  'Red Cross',
  'government',
];

function referencesIn(text: string, agencies: RegExp): Mention[] {
  return referencePatterns.flatMap(({ pattern, needs, evenArrested }) =>
    [...text.matchAll(pattern)].flatMap(({ index, 0: typed }): Mention[] => {
      const [at, end] = [index, index + typed.length];
      const [ahead, behind] = [text.slice(Math.max(0, at - 60), at), text.slice(end, end + 90)];
      if (agencies.test(behind) || isAnybody(ahead, behind, text)) return [];
      if (evenArrested && isFollowedByArrest(behind)) return [{ at, end, who: 'person' }];
      if (isArrested(typed, ahead, behind) && !helpWords.test(text)) return [];
      const isTold =
        needs === 'nothing' ||
        (needs === 'something that happened' && (deed.test(behind) || happenedTo.test(ahead))) ||
        (needs === 'a deed' && ownDeed.test(behind));
      return isTold ? [{ at, end, who: 'person' }] : [];
    }),
  );
}

/** Other rules watch what is said of people arrested. */
const isArrested = (typed: string, ahead: string, behind: string): boolean =>
  arrestWords.test(typed) || /\barrest(?:ed|s|ing)? (?:of )?$/i.test(ahead) || isFollowedByArrest(behind);

function isFollowedByArrest(behind: string): boolean {
  const at = behind.slice(0, 60).search(arrestWords);
  return at >= 0 && !ownDeed.test(behind.slice(0, at));
}

/** "A man or a woman", "if a woman", "a child may": said of everybody. */
function isAnybody(ahead: string, behind: string, text: string): boolean {
  if (/\b(?:or|if|whether|any|every|no|not|never|without|than|like|as|means?|mean that) $/i.test(ahead)) return true;
  const other = /^,? or (?:an? )?[a-z]+\b/i.exec(behind)?.[0];
  if (other) return !deed.test(behind.slice(other.length));
  if (/^(?: who [a-z]+| [a-z]+ly)? (?:may|might|can|should|must|often|sometimes|usually)\b/i.test(behind)) return true;
  return (text.trimEnd().endsWith('?') || genericOpening.test(text)) && !deed.test(behind);
}

const officialsIn = (text: string, agencies: RegExp): Mention[] => [
  ...officials.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(
      ({ index, 0: typed }): Mention => ({ at: index, end: index + typed.length, who: 'official' }),
    ),
  ),
  ...[...text.matchAll(/\b(?:a|an|one|the) (?:\w+ )?(?:worker|manager|woman|man|volunteer|member)\b/gi)].flatMap(
    ({ index, 0: typed }): Mention[] =>
      agencies.test(text.slice(index + typed.length, index + typed.length + 90))
        ? [{ at: index, end: index + typed.length, who: 'official' }]
        : [],
  ),
];

const anybodyIn = (text: string): Mention[] =>
  [
    ...text.matchAll(
      /\b(?:any(?:one|body)|every(?:one|body)|no ?one|nobody|each (?:person|woman|man|child)|(?:if|any|whether) (?:an? )?(?:person|woman|man|child|worker|someone|somebody))\b/gi,
    ),
  ].map(({ index, 0: typed }) => ({ at: index, end: index + typed.length, who: 'anybody' }));

function pronounsIn(
  text: string,
  known: readonly Mention[],
  before: Mention['who'] | undefined,
  tellsSex: boolean,
): Mention[] {
  if (tellsSex && arrestWords.test(text) && !helpWords.test(text) && !ownThings.test(text)) return [];
  return [...text.matchAll(new RegExp(pronouns, 'gi'))].flatMap(({ index, 0: typed }): Mention[] => {
    const [ahead, behind] = [text.slice(Math.max(0, index - 10), index), text.slice(index, index + 120)];
    if (/\b(?:or|and\/or) $/i.test(ahead) || /^\w+ or (?:his|her|hers|him|he|she|they|their|them)\b/i.test(behind))
      return [];
    if (/^(?:his|her) (?:majesty|honour|royal|grace)\b/i.test(behind)) return [];
    const who = known.findLast(({ at }) => at < index)?.who ?? before;
    const isOther = who === undefined || who === 'person' || (who === 'official' && pronounDeed.test(behind));
    return isOther ? [{ at: index, end: index + typed.length, who: 'person' }] : [];
  });
}
