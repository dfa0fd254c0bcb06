/** Finds the counts and the places that a sentence names: "Eight business addresses", "three in Watford". */
import type { Count } from './parsed-release.ts';

const units = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const numberWord = `(?:${tens.join('|')})(?:[- ](?:${units.slice(1, 10).join('|')}))?|(?:${units.slice(1).join('|')})|one hundred`;
export const numberPattern = `(?:[1-9]\\d{0,2}(?:,\\d{3})+|[1-9]\\d{0,5}|one hundred|${numberWord})`;

/** "thirty-two", "32" or "1,061" as a number; null for anything else. */
export function readNumber(text: string): number | null {
  const plain = text.toLowerCase();
  if (/^\d{1,3}(?:,\d{3})+$|^\d{1,6}$/.test(plain)) return Number(plain.replaceAll(',', ''));
  if (plain === 'one hundred') return 100;
  const [first = '', second] = plain.split(/[- ]/);
  const ten = tens.indexOf(first);
  if (ten < 0) {
    const unit = units.indexOf(plain);
    return unit < 0 ? null : unit;
  }
  return (ten + 2) * 10 + (second ? units.indexOf(second) : 0);
}

const qualifiers: Readonly<Record<string, Count['qualifier']>> = {
  'more than': 'at least',
  over: 'at least',
  'at least': 'at least',
  'upwards of': 'at least',
  'in excess of': 'at least',
  almost: 'about',
  nearly: 'about',
  around: 'about',
  about: 'about',
  approximately: 'about',
  some: 'about',
  roughly: 'about',
};

const floor = `(?<qualifier>${Object.keys(qualifiers).join('|')})`;

/** What follows a number and makes it no count: a sum, a share, a time, an age, a rank in a row, part of a longer number. */
const noCountAfter =
  '(?![\\d,]*\\d|%|\\.\\d|:\\d|/\\d|(?:st|nd|rd|th)\\b|-|[- ]years?[- ]|[- ]?(?:am|pm|per cent|percent|' +
  'million|billion|thousand|months?|weeks?|days?|hours?|minutes?|years?|times|km|miles?|pages?|of (?:the|' +
  'our|a)\\b|another\\b|day\\b))';
const noCountBefore =
  '(?<![\\d£$€#/.:,@\\w-]|\\b(?:no|up to|between|than|aged?|under|number|page|part|phase|chapter|Operation|' +
  'further|another|other) )';

const countPattern = new RegExp(`${noCountBefore}(?:${floor} )?(?<number>\\b${numberPattern})\\b${noCountAfter}`, 'gi');

export type Place = { readonly town: string; readonly end: number };

const placeWord = "[A-Z][\\w]*(?:'[A-Za-z]+)*(?:-[A-Za-z]+)*(?:'(?=\\s))?";
const joint = '(?:(?:on|upon|under|next|en|le|de|la|du|cum|by)(?: the| la| le)? )';
const placePattern = new RegExp(`(?:St\\. )?${placeWord}(?: ${joint}?${placeWord})*`, 'y');

const neverTowns = new RegExp(
  '^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|' +
    'Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|England|Wales|Scotland|Britain|Great Britain|' +
    'Northern Ireland|Ireland|Europe|European|UK|EU|I|We|The|This|These|That|It|Project|Operation|Modern|' +
    'English|British)\\b',
);
const noTowns = new RegExp(
  '\\b(?:Police|Constabulary|Station|Hospital|Court|Airport|Council|Operation|Project|Unit|Team|Week|Day|' +
    'Custody|Centre|Act|Service|Agency|Authority|Enforcement|Hall|University|College|School|Partnership|' +
    'January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|' +
    'Wednesday|Thursday|Friday|Saturday|Sunday)\\b',
);
const street = new RegExp(
  '(?: (?:Street|Road|Lane|Avenue|Drive|Close|Way|Crescent|Terrace|Place|Square|Parade|Row|Gardens|Mews|' +
    'Estate|Industrial Estate|Retail Park|Business Park))$',
);

/** The town named at this place of the text: a capitalised name, whatever it is; not a month, a street or an office. */
export function placeAt(text: string, at: number): Place | null {
  const area =
    /^the (?:(?:town|city|village|district|borough|parish) (?:centre )?of |(?:[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2} areas? of )?)/.exec(
      text.slice(at, at + 80),
    )?.[0];
  placePattern.lastIndex = at + (area?.length ?? 0);
  const found = placePattern.exec(text)?.[0];
  if (!found) return null;
  let end = placePattern.lastIndex;
  if (street.test(found)) {
    const comma = /^(?:, | in )/.exec(text.slice(end))?.[0];
    return comma ? placeAt(text, end + comma.length) : null;
  }
  let town = found;
  // "St Neot's" and "King's Lynn" keep their apostrophe; "Denby's high street" does not.
  if (
    /'s?$/.test(town) &&
    /^ [a-z]/.test(text.slice(end)) &&
    !/^ (?:and|or|in|on|at|were|was|have|during|aged|who|area)\b/.test(text.slice(end))
  )
    return null;
  if (neverTowns.test(town)) return null;
  const stop = noTowns.exec(town);
  if (stop) {
    const before = town.slice(0, stop.index).trim();
    if (!/(?:on|from|in|during)$/.test(before)) return null;
    town = before.replace(/ (?:on|from|in|during)$/, '');
    end = at + (area?.length ?? 0) + town.length;
  }
  if (/^[A-Z]{2,}$/.test(town)) return null;
  return { town, end };
}

/** "in Denby", "at Denby and Oakhurst", "across Denby, Oakhurst and Marl": the towns, and where they end. */
export function placesAfter(text: string, at: number): { towns: string[]; end: number } | null {
  const preposition = /^,? ?(?:located )?(?:in|at|across|throughout|around) /.exec(text.slice(at, at + 20))?.[0];
  if (!preposition) return null;
  const first = placeAt(text, at + preposition.length);
  if (!first) return null;
  const onward = text.slice(first.end);
  // "at Fairfield in Denby" is in Denby, and "at Fairfield near Denby" nobody can tell.
  if (/\bat $/.test(preposition) && /^ (?:in|near) /.test(onward))
    return onward.startsWith(' in ') ? placesAfter(text, first.end) : null;
  const over = /\b(?:across|throughout|around) $/.test(preposition);
  if (over && onward.startsWith(' in ')) return placesAfter(text, first.end);
  const towns = [first.town];
  let { end } = first;
  for (;;) {
    const separator = /^(?:, and |, | and | & )/.exec(text.slice(end, end + 6))?.[0];
    const next = separator ? placeAt(text, end + separator.length) : null;
    if (!next || /^ (?:Police|Constabulary|Council|police|council|officers)\b/.test(text.slice(next.end))) break;
    towns.push(next.town);
    end = next.end;
  }
  if (bracketedNumber.test(text.slice(end))) return null;
  // "across Thamesdale" names an area; "across Denby and Marl" names towns.
  return over && towns.length === 1 ? { towns: [], end } : { towns, end };
}

/** After a town, its own count: "in Denby (four) and Marl (two)". */
const bracketedNumber = new RegExp(`^ \\((?:${numberPattern})\\)`, 'i');

export const isCounty = (name: string, area: string | null): boolean => name === area || /shire$|^County /.test(name);

export type Counted = {
  readonly count: Count;
  /** The words between the number and the noun, and the noun, in small letters: "business addresses"; "" where elliptic. */
  readonly noun: string;
  /** The kind of thing the noun is; an elliptic count ("three in Watford") takes it from the count before it. */
  readonly of: 'premises' | 'arrests' | 'people' | 'other';
  readonly elliptic: boolean;
  readonly towns: readonly string[];
  readonly start: number;
  readonly nounEnd: number;
  readonly end: number;
};

const general =
  'premises|addresses|address|properties|property|businesses|business|venues?|locations?|sites?|places|' +
  'establishments?|buildings?|residences?';
const particular =
  'brothels?|(?:massage )?parlours?|(?:nail )?(?:bars?|salons?)|car washes|car wash|farms?|restaurants?|' +
  'takeaways?|shops?|stores?|factories|factory|warehouses?|hotels?|guest ?houses?|houses?|homes?|flats?|' +
  'barbers?|barber ?shops?|hairdressers?|cafes?|kitchens?|packhouses?|caravan parks?|caravan sites?|' +
  'building sites?|construction sites?|care homes?|spas?|saunas?|bakeries|bakery|laundries|laundry|' +
  'workshops?|garages?|pubs?';
const people =
  'people|persons?|individuals?|men|man|women|woman|males?|females?|suspects?|workers?|victims?|adults?|' +
  'nationals?|employees|staff|drivers?|residents?|sex workers?|teenagers?|boys?|girls?|children|others';

const modifier =
  "(?:(?!and\\b|or\\b|in\\b|at\\b|to\\b|of\\b|from\\b|were\\b|was\\b|have\\b|had\\b|who\\b|that\\b|with\\b|for\\b)[A-Za-z][\\w'-]* )";
const nounPattern = new RegExp(
  `^ (?<words>${modifier}{0,4}?(?:(?<premises>(?:${general}|` +
    `${particular})(?: and (?!(?:${numberPattern})\\b)(?:[a-z]+ ){0,2}?(?:${particular}|premises))?)|` +
    `(?<arrests>arrests?)|(?<people>${people})))(?![\\w'-])(?! (?:warrants?|${general}|${particular}|` +
    `${people})\\b)`,
);
const particularEnd = new RegExp(`(?:^| )(?:${particular})$`);

/** Whether the noun names no kind of business: "business addresses", "premises". */
export const isGeneral = (noun: string): boolean => !particularEnd.test(noun);

const townBefore = new RegExp(`(?:\\bin|\\bat|\\band|,) ((?:St\\. )?${placeWord}(?: ${joint}?${placeWord})*) \\($`);

/** "Denby (four)": the town before a count in brackets. */
function townBracketing(text: string, start: number, end: number): string | null {
  if (text[start - 1] !== '(' || text[end] !== ')') return null;
  return townBefore.exec(text.slice(Math.max(0, start - 60), start))?.[1] ?? null;
}

/** Every count of a sentence, from left to right, with what it counts and where. */
export function countsIn(text: string): Counted[] {
  const found: Counted[] = [];
  let head: Counted['of'] = 'other';
  for (const match of text.matchAll(countPattern)) {
    const value = readNumber(match.groups?.['number'] ?? '');
    if (value === null) continue;
    const afterNumber = match.index + match[0].length;
    const qualifier = qualifiers[match.groups?.['qualifier']?.toLowerCase() ?? ''] ?? 'exact';
    const noun = nounPattern.exec(text.slice(afterNumber, afterNumber + 90));
    const bracketed = townBracketing(text, match.index, afterNumber);
    const elliptic =
      bracketed !== null || (!noun && /^ (?:in|at) (?:the (?:\w+ of )?)?[A-Z]/.test(text.slice(afterNumber)));
    if (noun) head = noun.groups?.['premises'] ? 'premises' : noun.groups?.['arrests'] ? 'arrests' : 'people';
    else if (!elliptic) head = 'other';
    const nounEnd = afterNumber + (noun?.[0].length ?? 0);
    const places = placesAfter(text, nounEnd);
    found.push({
      count: { kind: 'number', value, qualifier },
      noun: noun?.groups?.['words']?.toLowerCase() ?? '',
      of: head,
      elliptic,
      towns: bracketed ? [bracketed] : (places?.towns ?? []),
      start: match.index,
      nounEnd,
      end: places?.end ?? nounEnd,
    });
  }
  return found;
}
