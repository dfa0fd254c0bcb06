/** Holds the words around a figure to what the figure counts: a bracket lends its number to no other claim. Pure. */
import type { Breakdown, Indicator } from '../../vocabulary/figures.ts';
import type { Block } from '../drafting/markdown.ts';
import type { Piece } from '../drafting/placeholder.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { type FindingDetails, unsupported } from './finding.ts';
import { findTellingDetails } from './identifying/telling-details.ts';
import { findLookalikeCharacters } from './lookalike-characters.ts';
import { countedBy, type Meaning, meanings, nounsIn, plainAdjectives } from './nouns.ts';
import { type NumberFound, type NumberKind, numbersIn } from './numbers.ts';
import type { BlockReading, FigureSpan } from './reader.ts';
import { readSinglePersons } from './single-person.ts';
import { findWatchedWords } from './watched-words.ts';

type Sentence = ReturnType<BlockReading['sentenceAt']>;

const units: ReadonlySet<NumberKind> = new Set(['share', 'money', 'duration', 'age', 'time', 'phone', 'web', 'law']);
const countries: Meaning = { things: ['country'], hint: /./ };

/** What is wrong with the words around one figure. Dates and names alone count nothing. */
export function checkBoundFigure(
  figure: FigureSpan,
  { said, sentenceAt, agreedNames }: Pick<BlockReading, 'said' | 'sentenceAt' | 'agreedNames'>,
  numbers: readonly NumberFound[],
): FindingDetails | undefined {
  const { piece, start, ownEnd } = figure;
  const key = piece.key ?? '';
  const [group, name, breakdown] = key.split('.');
  const meaning = key === 'week.countries' ? countries : meanings[`${group}.${name}` as Indicator];
  if (!meaning || piece.isNames) return undefined;
  const counts = countedBy(`${group}.${name}` as Indicator);
  const isUnit = numbers.some(({ start: from, end, kind }) => from < ownEnd && end > start && units.has(kind));
  if (isUnit && breakdown === undefined)
    return change(`This figure counts ${counts}. It is no share, sum of money, age or length of time.`);
  const sentence = sentenceAt(start);
  const before = said.slice(sentence.start, start);
  const after = said.slice(ownEnd);
  const isRight =
    !limited.test(before) &&
    !widened.test(after) &&
    !isOtherFate(meaning, before, after) &&
    !isOtherDeed(key, after) &&
    !namesUncounted(meaning, withoutNames(sentence, agreedNames)) &&
    (breakdown === undefined
      ? isOfTotal(key, meaning, said.slice(start, ownEnd), after, sentence.text)
      : isOfParts(meaning, before, after, breakdown as Breakdown));
  if (isRight) return undefined;
  return unsupported(
    `This figure counts ${counts}. The words around it say something else. Say what the figure counts, or say why it may stand.`,
  );
}

const limited =
  /\b(?:at least|about|more than|over|nearly|almost|fewer than|less than|up to|around|roughly|approximately|as many as|another|a further|twice|every)\s+$/i;
const widened = /^\s*(?:or (?:more|fewer|less|so)|plus|times)\b/i;

/** Words that follow a number without being counted. */
const joining =
  /^(?:in|at|of|and|or|but|by|on|from|to|over|under|with|through|for|during|after|before|was|were|is|are|has|have|had|did|so|as|who|which|that|while|when|where|then|took|came|went|spoke|asked|needed|accepted|declined|refused|attended|joined)$/i;

/** No figure counts people held, sold or freed. */
const fate = String.raw`(?:in|into|from|out of) (?:\w+ ){0,2}(?:slavery|servitude|captivity|bondage|forced labour)|enslaved|trafficked|exploited|imprisoned|held captive|freed|liberated|saved|kidnapped|abused`;
const fateAfter = new RegExp(String.raw`^[^.;:!?]{0,60}?\b(?:${fate})\b`, 'i');
const fateBefore = new RegExp(String.raw`\b(?:${fate})\b[^.;!?]{0,30}$`, 'i');
const isOtherFate = ({ things }: Meaning, before: string, after: string): boolean =>
  things.includes('person') && (fateAfter.test(after) || fateBefore.test(before));

/** Of people, the return says of arrests alone what was done to them. */
const doneTo =
  /^\s+(?:[a-z]+ ){0,3}?(?:was|were|been|being|be|got) (?:[a-z]+ly )?(?:arrested|detained|charged|convicted|jailed|deported|beaten|injured|hurt|killed|sold|bought|raped|locked|forced)\b/i;
const isOtherDeed = (key: string, after: string): boolean => key.startsWith('people.') && doneTo.test(after);

/** A sentence that counts people and names victims or traffickers gives these the number; slaves are counted nowhere. */
const namesUncounted = ({ things }: Meaning, sentence: string): boolean =>
  /\b(?:slaves?|captives?)\b/i.test(sentence) ||
  (things.includes('person') &&
    nounsIn(sentence).some(({ thing }) => thing === 'victim' || (thing === 'offender' && !things.includes('arrest'))));

/** "Victims First" and "Victim Support" are organisations. */
const withoutNames = ({ start, text }: Sentence, names: BlockReading['agreedNames']): string =>
  names
    .reduce((left, [from, to]) => {
      const [begin, end] = [Math.max(0, from - start), Math.max(0, to - start)];
      return left.slice(0, begin) + ' '.repeat(left.slice(begin, end).length) + left.slice(end);
    }, text)
    .replace(/\bvictims?['’]? (?:support|code|commissioner|navigators?|liaison)\b/gi, '');

/** No figure counts these apart. Parts of a figure name them by themselves. */
const apart = /^(?:child|children|girls?|boys?|wom[ae]n|m[ae]n|adults?)$/i;

/** The words after a number, up to the next pause. */
const wordsAfter = (after: string): string[] => /^[^.,;:!?()"“”—–]*/.exec(after)?.[0].match(/[\w’'%£$€-]+/g) ?? [];

/** A word that can describe what a number counts: no other noun in the plural, no unit and no second number. */
const isAdjective = (word: string): boolean =>
  plainAdjectives.has(word.toLowerCase()) ||
  (/^[a-z]{3,}(?:-[a-z]+)*$/i.test(word) &&
    !/s$|^(?:per|not|no)$/i.test(word) &&
    !joining.test(word) &&
    nounsIn(word).length === 0 &&
    numbersIn(word).length === 0);

/** Whether a number in such a sentence counts what the whole figure counts. */
export function isOfTotal(
  key: string,
  { things, hint }: Meaning,
  own: string,
  after: string,
  sentence: string,
): boolean {
  const words = wordsAfter(after);
  for (let count = 0; count < 2 && isAdjective(words[0] ?? ''); count += 1) words.shift();
  const [word = ''] = words;
  const isFree = word === '' || joining.test(word);
  const [noun] = isFree ? [] : nounsIn(word);
  if (!isFree && !(noun && things.includes(noun.thing))) return false;
  if (apart.test(word) || (/^officers?$/i.test(word) && key !== 'people.deployed')) return false;
  const isPerson = /^(?:nobody|no one)$/i.test(own) && things.includes('person');
  const isNamed = noun || isPerson || nounsIn(sentence).some(({ thing }) => things.includes(thing));
  return Boolean(isNamed) && hint.test(sentence);
}

/** Parts bring their own words: what is counted may stand before them, and nothing counted after them. */
function isOfParts({ things }: Meaning, before: string, after: string, breakdown: Breakdown): boolean {
  const [word = ''] = wordsAfter(after);
  if (word !== '' && !joining.test(word)) return false;
  const nouns = nounsIn(before);
  const names = breakdown === 'byPartner' || breakdown === 'byOrganisation';
  return names || nouns.length === 0 || nouns.some(({ thing }) => things.includes(thing));
}

const change = (message: string, kind: FindingDetails['kind'] = 'placeholder'): FindingDetails => ({
  kind,
  must: 'change',
  blocks: true,
  message,
  offers: [],
});

const touchesBefore = /(?:[\p{L}\p{N}\p{M}£$€¥}]|[\p{N}}][.,:;/’'+×*=–—-]+|(?:^|\s)[-−+~≈<>≤≥])$/u;
const touchesAfter = /^(?:[\p{L}\p{N}\p{M}%‰£$€¥°{]|[.,:;/’'+×*=–—-]+[\p{N}{]|[-‐‑]\p{L})/u;

/** A letter, a digit or another figure that touches a figure makes a word or a number of the two. */
export function findTouching(block: Block, { start, end, key }: Piece): FindingDetails | undefined {
  if (key === undefined) return undefined;
  const isTouched = touchesBefore.test(block.text.slice(0, start)) || touchesAfter.test(block.text.slice(end));
  return isTouched ? change('A letter, a digit or a sign touches this figure. Put a space between them.') : undefined;
}

/** What is wrong with the words that a writer gave a figure, in each of its forms: a revised return prints another one. */
export function findInForms({ forms = [] }: Piece, publishable: PublishableReturn): FindingDetails[] {
  const readPersons = readSinglePersons(publishable);
  return forms.flatMap((form, index): FindingDetails[] => {
    const sentence = { start: 0, text: form };
    const watched = [
      ...findWatchedWords(sentence, publishable, []).filter(({ kind }) => !ofWholeSentences.has(kind)),
      ...findTellingDetails(sentence, publishable),
    ];
    const said = `One ${form}`;
    const persons =
      index === 0 ? readPersons({ start: 0, text: said }, ({ end }) => /^One person$/i.test(said.slice(0, end))) : [];
    const uncounted = nounsIn(form).filter(({ thing }) => thing === 'victim');
    return [
      ...uncounted.map(({ word }) =>
        change(`No figure counts what "${word}" names. Take the figure from the list again.`),
      ),
      ...findLookalikeCharacters(form).map(({ must, message }) => ({ ...change(message, 'odd sign'), must })),
      ...[...watched, ...persons].map(({ kind, must, message }) => ({ ...change(message, kind), must })),
    ];
  });
}

/** What only a whole sentence can say. */
const ofWholeSentences: ReadonlySet<FindingDetails['kind']> = new Set(['contradiction', 'link']);
