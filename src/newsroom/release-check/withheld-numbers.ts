/**
 * Stops a number of a kind that the policy keeps in. It never looks at the figure that was counted: a writer who tries
 * number after number must not learn which of them is true. Pure.
 */
import { type Breakdown, breakdowns, type Dimension, type Indicator, indicators } from '../../vocabulary/figures.ts';
import type { PublishableReturn, Withholding } from '../drafting/public-figures.ts';
import { isOfTotal } from './bound-figures.ts';
import type { FindingDetails } from './finding.ts';
import { meanings } from './nouns.ts';
import { isNumberOf, sexes, wordsAfter } from './number-context.ts';
import { months, type NumberFound } from './numbers.ts';
import { anyKind } from './watched-words.ts';

/** Takes a number that no figure of the release bears out. Two returns that show the same figures give the same answer. */
export function findWithheldNumber(
  number: NumberFound,
  said: string,
  sentence: string,
  publishable: PublishableReturn,
): FindingDetails | undefined {
  if (number.kind === 'age') return undefined;
  const kept = publishable.withheld.find((one) => isOfKind(one, number, said, sentence, publishable));
  if (!kept) return undefined;
  const [indicator = ''] = splitKey(kept.key);
  const told = kept.instead === 'nothing' ? '' : ` Told instead: ${kept.instead}.`;
  return {
    kind: 'withheld',
    must: 'change',
    blocks: true,
    message: `A release gives no number of this kind, by the rule "${kept.rule}": ${kept.why}${told}`,
    harm: kept.key.endsWith('byTown') && number.value === 1 ? 'one address' : undefined,
    offers: publishable.figures[indicator as Indicator] ? [`{{${indicator}}}`] : [],
  };
}

function splitKey(key: string): readonly [indicator: string, breakdown: string | undefined] {
  const [group, name, breakdown] = key.split('.');
  return [`${group}.${name}`, breakdown];
}

function isOfKind(
  { key }: Withholding,
  number: NumberFound,
  said: string,
  sentence: string,
  publishable: PublishableReturn,
): boolean {
  const [indicator, breakdown] = splitKey(key) as [Indicator, Breakdown | undefined];
  if (!(indicator in indicators) || !isNumberOf(indicator, number, said, sentence)) return false;
  const [own, after] = [said.slice(number.start, number.end), said.slice(number.end)];
  if (breakdown === undefined) return isOfTotal(indicator, meanings[indicator], own, after, sentence);
  const near = wordsAfter(number, said);
  const ahead = said.slice(Math.max(0, number.start - 60), number.start);
  return breakdowns[breakdown].some((dimension) => isPartSaid(dimension, near, ahead, publishable));
}

/** Words that make a number one part of a figure. Taken from no return: a word of a part that was not counted counts too. */
const partWords: Readonly<Partial<Record<Dimension, RegExp>>> = {
  sex: new RegExp(`${sexes.female?.source}|${sexes.male?.source}`, 'i'),
  kind: /\b(?:criminal|crimes?|immigration|administrative)\b/i,
  matter:
    /\b(?:immigration|slavery|traffick\w*|brothels?|prostitut\w*|drugs?|cannabis|violen\w*|assault\w*|theft|stealing|fraud\w*|robber\w*|weapons?|offences?|suspicion|suspected)\b/i,
  status: /\b(?:custody|bail(?:ed)?|released|no further action|under investigation|detention|charged)\b/i,
  power: /\b(?:warrants?|consent|invit\w+|licen[cs]\w+|powers?|Act|section)\b/i,
  outcome: /\b(?:nobody|no one|empty|refused|closed|answered|let in|no reply|signs?)\b/i,
};

const bornByNames: readonly Dimension[] = ['town', 'residence', 'partner', 'organisation'];

function isPartSaid(dimension: Dimension, near: string, ahead: string, { facts }: PublishableReturn): boolean {
  if (dimension === 'business') return near.search(anyKind) >= 0;
  if (bornByNames.includes(dimension)) {
    const told = [facts.area, facts.weekName, facts.parentWeekName ?? '', facts.codeName].filter((name) => name !== '');
    const without = (text: string): string => told.reduce((left, name) => left.replaceAll(name, ''), text);
    return namesSomething.test(without(near)) || beginsWithPlace.test(without(ahead));
  }
  return partWords[dimension]?.test(near) ?? false;
}

const calendar = `${months.map((month) => `${month.charAt(0).toUpperCase()}${month.slice(1)}`).join('|')}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day`;
const namesSomething = new RegExp(`(?!\\b(?:${calendar})\\b)\\b\\p{Lu}\\p{Ll}+`, 'u');
/** "In Watford, seven addresses". */
const beginsWithPlace = new RegExp(
  `\\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom) (?!(?:${calendar})\\b)\\p{Lu}[\\p{L}’' -]*,? (?:[a-z]+ ){0,3}$`,
  'u',
);
