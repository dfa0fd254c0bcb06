/** What can identify a person in a text, and where it was found. */

/** Each of these identifies somebody, or where they live, by itself. */
export const directKinds = [
  'a known name',
  'a known number',
  'a known place',
  'a name',
  'a nickname',
  'initials',
  'other letters',
  'another language',
  'spelled out',
  'disguised',
  'hidden marks',
  'a phone number',
  'a number',
  'a vehicle',
  'an address',
  'a place',
  'online',
  'a date of birth',
  'no word',
] as const;
export type DirectKind = (typeof directKinds)[number];

export type Spot<Kind extends string> = { readonly kind: Kind; readonly from: number; readonly to: number };
export type DirectIdentifier = Spot<DirectKind>;

/** Every match of a pattern, as spots of one kind. The pattern must be global; its group `spot`, if any, marks the place. */
export function findSpots<Kind extends string>(kind: Kind, pattern: RegExp, text: string): Spot<Kind>[] {
  return [...text.matchAll(pattern)].map((match) => {
    const inner = match.groups?.['spot'];
    const from = match.index + (inner === undefined ? 0 : match[0].indexOf(inner));
    return { kind, from, to: from + (inner ?? match[0]).length };
  });
}

/** Names of months as they are written, long and short. */
export const monthWords =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const ones = 'one|two|three|four|five|six|seven|eight|nine';
const teens = 'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const tens = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
/** Whole numbers below a hundred, in words. */
export const numberWords = `(?:(?:${tens})(?:[- ](?:${ones}))?|${teens}|${ones})`;
export const ordinalWords =
  '(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth';

const dayNumber = '(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?';
/** A day of the calendar, however it is written. */
export const exactDate = new RegExp(
  [
    `\\b(?:19|20)\\d\\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\\d|3[01])\\b`,
    `\\b(?:0?[1-9]|[12]\\d|3[01]) ?[-/.] ?(?:0?[1-9]|1[0-2]) ?[-/.] ?(?:(?:19|20)?\\d\\d)\\b`,
    `\\b${dayNumber} ?(?:of |-)?(?:${monthWords})\\b\\.?(?:,? ?-?(?:19|20)\\d\\d)?`,
    `\\b(?:${monthWords})\\.? (?:the )?${dayNumber}\\b(?! ?(?:women|men|people|times))(?:,? (?:19|20)\\d\\d)?`,
    `\\b(?:${ordinalWords}) (?:day )?(?:of )?(?:${monthWords})\\b`,
    `\\b(?:${monthWords}) (?:the )?(?:${ordinalWords})\\b`,
  ].join('|'),
  'gi',
);

const countedTo20 =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
/** A day of the month in words, as a figure. */
export const inFigures = (written: string): string =>
  written
    .replace(/\bthirtieth\b/gi, '30')
    .replace(
      /\b(?:(twenty|thirty)[- ])?([a-z]+(?:st|nd|rd|th))\b/gi,
      (all: string, ten: string | undefined, one: string) => {
        const place = countedTo20.indexOf(one.toLowerCase()) + 1;
        return place === 0 ? all : String(place + (ten ? (ten.toLowerCase() === 'twenty' ? 20 : 30) : 0));
      },
    );
