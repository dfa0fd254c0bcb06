/** Checks whether a text identifies the person it is about, alone or combined with other answers. Says where, why and what to write instead. Pure. */
import { commonOrigins } from './capitals.ts';
import { type Detail, detailsIn, type QuasiIdentifier, tooMuchTogether } from './combination.ts';
import { type DirectIdentifier, type DirectKind, exactDate, findSpots, inFigures } from './found.ts';
import { type Known, knownIn } from './known.ts';
import { otherLanguageIn } from './languages.ts';
import { namesIn } from './names.ts';
import { addressesIn, numbersIn, onlineIn } from './numbers.ts';
import { hiddenInWords, type NormalisedText, normaliseText, toOriginalRange } from './reading.ts';
import { detailWords, directWords, listedDetails } from './words.ts';

export type Text = { readonly field: string; readonly text: string };

export type Finding = {
  readonly field: string;
  /** Offset in the original text, in UTF-16 code units. */
  readonly from: number;
  readonly to: number;
  readonly found: string;
  readonly kind: DirectKind | Detail;
  readonly together: boolean;
  readonly why: string;
  readonly instead: string;
};

const born = /\b(?:born|d\.?o\.?b\.?|date of birth|birth ?date|birthday|turn(?:ed|s))\b/i;

/** A phrase for a day that needs no date; for a birth it identifies as well as a date does. */
const identifiableDay =
  /\b(?:born|birth|delivered)\b[^.\n]{0,24}?\b(?<spot>(?:the )?(?:first|second|third|fourth|last|\d\d?(?:st|nd|rd|th)) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|of (?:january|february|march|april|may|june|july|august|september|october|november|december))|christmas (?:day|eve)|boxing day|new year'?s? (?:day|eve)|easter \w+|the (?:same )?day (?:of|that|before|after) [^.\n]{3,40})/gi;
const saidBirthday =
  /\b(?:birthday (?:is|was|falls|fell)(?: on)?|turn(?:ed|s) [\w-]+ on) (?<spot>(?:the |\d|[A-Z]?[a-z]+day\b|christmas|boxing|new year)[^.\n]{0,30})/gi;

/** A date of birth: labelled as one, or equal to the date on the record. */
function births(plain: string, { numbers }: Known): DirectIdentifier[] {
  const holds = numbers.flatMap(
    (number) => /^(\d{4})-(\d\d)-(\d\d)$/.exec(number)?.slice(1).map(Number).join('/') ?? [],
  );
  const said = [identifiableDay, saidBirthday].flatMap((pattern) =>
    findSpots('a date of birth' as const, pattern, plain),
  );
  const loose = findSpots('a date of birth' as const, looseBirth, plain);
  const dated = findSpots('a date of birth' as const, exactDate, plain).filter(({ from, to }) => {
    const around = plain.slice(Math.max(0, from - 45), to + 12);
    return (
      born.test(around.replace(/\b(?:before|after) (?:she|he|they) (?:was|were) born\b/i, '')) ||
      holds.some((day) => sameDay(day, dayOf(plain.slice(from, to))))
    );
  });
  return [...said, ...loose, ...dated];
}

/** After such a word, two-digit numbers are a date, with or without a year. */
const looseBirth =
  /\b(?:born|d\.?o\.?b\.?|date of birth|birth ?date|birthday)\b[^\d\n.]{0,12}(?<spot>\d\d? ?[ /.-] ?(?:\d\d?|[ivx]{1,4})(?: ?[ /.-] ?\d{2,4})?)(?![\d:])/gi;

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The year may be missing, or written in words nearby. */
const sameDay = (held: string, written: string): boolean =>
  held === written || (written.startsWith('2000/') && held.slice(4) === written.slice(4));

/** Reads "14 March 1997", "14/03/97", "1997-03-14" and "fourteenth of March" alike; a missing year becomes 2000. */
function dayOf(written: string): string {
  const figures = (inFigures(written).match(/\d+/g) ?? []).map(Number);
  const month = monthNames.findIndex((name) => written.toLowerCase().includes(name)) + 1;
  const [first = 0, second = 0, third = 0] = figures;
  const [year, monthNumber, day] =
    month > 0 ? [second, month, first] : first > 31 ? [first, second, third] : [third, second, first];
  const whole = year < 100 ? (year > 30 ? 1900 : 2000) + year : year;
  return `${whole}/${monthNumber}/${day}`;
}

/** Earlier kinds are more specific: of overlapping spots, the most specific stays. */
const rank: readonly DirectKind[] = [
  'no word',
  'a known name',
  'a known number',
  'a known place',
  'hidden marks',
  'other letters',
  'online',
  'a date of birth',
  'a vehicle',
  'an address',
  'a phone number',
  'spelled out',
  'a number',
  'initials',
  'a nickname',
  'a name',
  'a place',
  'disguised',
  'another language',
];

function withoutOverlaps(all: readonly DirectIdentifier[]): readonly DirectIdentifier[] {
  const kept: DirectIdentifier[] = [];
  for (const one of [...all].sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind) || a.from - b.from))
    if (!kept.some(({ from, to }) => from < one.to && one.from < to)) kept.push(one);
  return kept.sort((a, b) => a.from - b.from);
}

/** Longer than any word and most links. It is not analysed, so it is refused if it holds a letter or a digit. */
const overlongWord = /\S{90,}/g;

const directIn = (all: string, known: Known): readonly DirectIdentifier[] => {
  const plain = all.replace(overlongWord, (run) => ' '.repeat(run.length));
  return withoutOverlaps([
    ...findSpots('no word', overlongWord, all).filter(({ from, to }) => /[\p{L}\p{N}]/u.test(all.slice(from, to))),
    ...knownIn(plain, known),
    ...births(plain, known),
    ...onlineIn(plain),
    ...addressesIn(plain),
    ...numbersIn(plain),
    ...namesIn(plain),
    ...otherLanguageIn(plain),
  ]);
};

/** Everything that prevents sending these texts without a name. `sent` are details that go along in fields of their own. */
export function findIdentifying(texts: readonly Text[], known: Known, sent: readonly Detail[]): readonly Finding[] {
  const readings = texts.map(({ field, text }) => ({ field, reading: normaliseText(text) }));
  const direct = readings.flatMap(({ field, reading }) => [
    ...hiddenInWords(reading.written).map(({ from, to }) => toFinding(field, reading, 'hidden marks', from, to)),
    ...directIn(reading.plain, known).map(({ kind, from, to }) => {
      const at = toOriginalRange(reading, from, to);
      return toFinding(field, reading, kind, at.from, at.to);
    }),
  ]);
  return [...direct, ...findCombinations(readings, sent)].sort((a, b) =>
    a.field === b.field
      ? a.from - b.from
      : texts.findIndex(({ field }) => field === a.field) - texts.findIndex(({ field }) => field === b.field),
  );
}

const toFinding = (
  field: string,
  { written }: NormalisedText,
  kind: DirectKind,
  from: number,
  to: number,
): Finding => ({
  field,
  from,
  to,
  found: written.slice(from, to),
  kind,
  together: false,
  ...directWords[kind],
});

/** Weighs details over all texts together: an age in one field counts with a village in another. */
function findCombinations(
  readings: readonly { field: string; reading: NormalisedText }[],
  sent: readonly Detail[],
): Finding[] {
  const all = readings.flatMap(({ field, reading }) =>
    detailsIn(reading.plain.replace(overlongWord, (run) => ' '.repeat(run.length))).map((detail) => ({
      field,
      reading,
      detail,
    })),
  );
  const close = tooMuchTogether(
    all.map(({ detail }): QuasiIdentifier => detail),
    sent,
  );
  const why = `Together they tell who it is: ${listedDetails(close)}.`;
  return all
    .filter(({ detail }) => close.includes(detail.kind))
    .map(({ field, reading, detail }) => {
      const { from, to } = toOriginalRange(reading, detail.from, detail.to);
      return {
        field,
        from,
        to,
        found: reading.written.slice(from, to),
        kind: detail.kind,
        together: true,
        why,
        instead: detailWords[detail.kind].instead,
      };
    });
}

/** Searches answers about the sender for what the record holds. A sender named Maria may send; a different Maria in the text may not pass. */
export function findKnown(texts: readonly Text[], known: Known): readonly Finding[] {
  return texts.flatMap(({ field, text }) => {
    const reading = normaliseText(text);
    return knownIn(reading.plain, known).map(({ kind, from, to }) => {
      const at = toOriginalRange(reading, from, to);
      return toFinding(field, reading, kind, at.from, at.to);
    });
  });
}

const regions = new Intl.DisplayNames(['en'], { type: 'region' });

/** Details sent in fields of their own that count with the text: a common or rare country, or a rare kind of exploitation. */
export function sentDetails(nationality: string | null, kinds: readonly string[]): readonly Detail[] {
  const country = nationality && /^[A-Z]{2}$/.test(nationality) ? (regions.of(nationality) ?? '') : '';
  return [
    ...(country === ''
      ? []
      : [
          commonOrigins.has(country.toLowerCase()) || ['GB', 'CZ', 'TR', 'US'].includes(nationality ?? '')
            ? ('origin' as const)
            : ('rare origin' as const),
        ]),
    ...(kinds.some((kind) => kind.endsWith('organs-removed')) ? ['told apart from all others' as const] : []),
  ];
}
