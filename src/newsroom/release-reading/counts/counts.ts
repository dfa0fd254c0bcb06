/** Finds the counts and the places that a sentence names: "Eight business addresses", "three in Watford". */

import { positiveNumber } from './numbers.ts';

export type Place = { readonly town: string; readonly end: number };

const placeWord = "[A-Z][\\w]*(?:'[A-Za-z]+)*(?:-[A-Za-z]+)*(?:'(?=\\s))?";
const joint = '(?:(?:(?:on|upon|under|next|en|le|de|la|du|cum)(?: the| la| le)?|by the) )';
const placePattern = new RegExp(`(?:St\\. )?${placeWord}(?: ${joint}?${placeWord})*`, 'y');

const neverTowns = new RegExp(
  '^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|' +
    'Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|England|Wales|Scotland|Britain|Great Britain|' +
    'Northern Ireland|Ireland|Europe|European|UK|EU|I|We|The|This|These|That|It|Project|Operation|Modern|' +
    'County|City|Town|Region|Borough|District|Country|State|Province|English|British|Vietnamese|Chinese|Mandarin|Romanian|Polish|Albanian|Portuguese|Spanish|French|German|Italian|Arabic|Urdu|' +
    'Punjabi|Hindi|Bengali|Kurdish|Turkish|Welsh|Irish|Gaelic|Bulgarian|Hungarian|Lithuanian|Latvian|Russian|Ukrainian|Thai|Somali|Farsi|Dari|Pashto|Tigrinya|Tagalog)\\b',
);
const noTowns = new RegExp(
  '\\b(?:Police|Constabulary|Station|Division|Branch|Bureau|Directorate|Hospital|Court|Airport|Council|Operation|Project|Unit|Team|Weeks?|Days?|Action|' +
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
    /^(?:(?:central|nearby|neighbouring|inner|rural|north|south|east|west|northern|southern|eastern|western) (?=[A-Z])|the (?:(?:town|city|village|district|borough|parish) (?:centre )?of |(?:[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2} areas? of )?))/.exec(
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
    if (!/ (?:on|from|in|during)$/.test(before)) return null;
    town = before.replace(/ (?:on|from|in|during)$/, '');
    end = at + (area?.length ?? 0) + town.length;
  }
  if (/^[A-Z]{2,}(?: |$)/.test(town)) return null;
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
  let joined = false;
  for (;;) {
    const separator = /^(?:, and |, | and | & | or )/.exec(text.slice(end, end + 6))?.[0];
    const next = separator ? placeAt(text, end + separator.length) : null;
    if (!next || /^ (?:Police|Constabulary|Council|police|council|officers)\b/.test(text.slice(next.end))) break;
    towns.push(next.town);
    joined ||= separator !== ', ';
    end = next.end;
  }
  // "In Spain, Guardia Civil …", "in Marl, Oakshire": without an "and" it is no row of towns.
  if (towns.length > 1 && !joined) {
    towns.length = 1;
    end = first.end;
  }
  if (bracketedNumber.test(text.slice(end))) return null;
  // "across Thamesdale" names an area; "across Denby and Marl" names towns.
  return over && towns.length === 1 ? { towns: [], end } : { towns, end };
}

/** After a town, its own count: "in Denby (four) and Marl (two)". */
const bracketedNumber = new RegExp(`^ \\((?:${positiveNumber})\\)`, 'i');

export const isCounty = (name: string, area: string | null): boolean => name === area || /shire$|^County /.test(name);

const particular =
  'brothels?|(?:massage )?parlours?|(?:nail )?(?:bars?|salons?)|car washes|car wash|farms?|restaurants?|' +
  'takeaways?|shops?|stores?|factories|factory|warehouses?|hotels?|guest ?houses?|houses?|homes?|flats?|' +
  'barbers?|barber ?shops?|hairdressers?|cafes?|kitchens?|packhouses?|caravan parks?|caravan sites?|' +
  'building sites?|construction sites?|care homes?|spas?|saunas?|bakeries|bakery|laundries|laundry|' +
  'workshops?|garages?|pubs?|labour (?:providers?|users?)';
const particularEnd = new RegExp(`(?:^| )(?:${particular})$`);

/** Whether the noun names no kind of business: "business addresses", "premises". */
export const isGeneral = (noun: string): boolean => !particularEnd.test(noun);

const townBefore = new RegExp(`(?:\\bin|\\bat|\\band|,) ((?:St\\. )?${placeWord}(?: ${joint}?${placeWord})*) \\($`);

/** "Denby (four)": the town before a count in brackets. */
export function townBracketing(text: string, start: number, end: number): string | null {
  if (text[start - 1] !== '(' || text[end] !== ')') return null;
  return townBefore.exec(text.slice(Math.max(0, start - 60), start))?.[1] ?? null;
}
