/** How releases write days and spans of days, read into ISO days; British order, and never a guess. */
import { addDays, daysBetween, isDay, weekdayOf } from '../../../vocabulary/calendar/days.ts';
import { weekdays } from '../parsed-release.ts';

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Sept|Jan|Feb|' +
  'Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\b\\.?';
const weekday = `(?:${weekdays.join('|')}|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\\b\\.?`;
const number = '\\d{1,2}(?:st|nd|rd|th)?(?![\\d:])';
const year = ',? (?<!\\d)\\d{4}(?!\\d)';

/** The model's own way: "25 Sep 2019". */
export function dayAsInForm(day: string): string {
  if (!isDay(day)) throw new RangeError('not a day of the calendar');
  const [years, months, days] = day.split('-');
  return `${Number(days)} ${shortMonths[Number(months) - 1]} ${years}`;
}

const isoDay = (years: string, months: number, days: string): string | null => {
  const day = `${years}-${String(months).padStart(2, '0')}-${days.padStart(2, '0')}`;
  return isDay(day) ? day : null;
};

const monthNumber = (name: string): number =>
  monthNames.findIndex((full) => full.startsWith(name.toLowerCase().replace('.', '').slice(0, 3))) + 1;

export type DayRead = { readonly day: string; readonly weekdaySaid: string | null; readonly weekdayAgrees: boolean };

const wholeText = new RegExp(
  `^(?:(?<weekday>${weekday}),? )?(?:(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month>${month})|` +
    `(?<month2>${month}) (?<day2>\\d{1,2})(?:st|nd|rd|th)?),? (?<year>\\d{4})$`,
  'i',
);

/** One day, written alone as in a front matter; null where it is not one for certain (two-digit years, 30 February). */
export function readDay(text: string): DayRead | null {
  const plain = text.trim().replace(/\s+/g, ' ');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}\S*(?: \S+)?)?$/.exec(plain);
  if (iso) return dayRead(isoDay(iso[1] ?? '', Number(iso[2]), iso[3] ?? ''), undefined);
  const numbers = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(plain);
  if (numbers) return dayRead(isoDay(numbers[4] ?? '', Number(numbers[3]), numbers[1] ?? ''), undefined);
  const parts = wholeText.exec(plain)?.groups;
  if (!parts) return null;
  const day = isoDay(
    parts['year'] ?? '',
    monthNumber(parts['month'] ?? parts['month2'] ?? ''),
    parts['day'] ?? parts['day2'] ?? '',
  );
  return dayRead(day, parts['weekday']);
}

function dayRead(day: string | null, weekdaySaid: string | undefined): DayRead | null {
  if (!day) return null;
  return { day, weekdaySaid: weekdaySaid ?? null, weekdayAgrees: agrees(day, weekdaySaid) };
}

const agrees = (day: string, said: string | undefined): boolean =>
  !said || weekdayOf(day).toLowerCase().startsWith(said.toLowerCase().replace('.', '').slice(0, 3));

/**
 * The year of a day that is written without one: the latest that does not lie after publication, and less than
 * ten months before it, since nobody writes "16 September" of an older one.
 */
function dayWithoutYear(days: string, months: number, published: string | null): string | null {
  if (!published) return null;
  const thisYear = Number(published.slice(0, 4));
  for (const years of [thisYear, thisYear - 1]) {
    const day = isoDay(String(years).padStart(4, '0'), months, days);
    if (day && day <= published) return daysBetween(day, published) < 300 ? day : null;
  }
  return null;
}

const dayOf = (days: string, monthName: string, years: string | undefined, published: string | null) =>
  years
    ? isoDay(years.slice(-4), monthNumber(monthName), digits(days))
    : dayWithoutYear(digits(days), monthNumber(monthName), published);

const digits = (text: string): string => text.replace(/\D/g, '');

const singleDay = new RegExp(
  `(?<weekday>${weekday}),? (?:the )?(?:(?<day>${number})(?: of)? (?<month>${month})|` +
    `(?<month2>${month}) (?<day2>${number}))(?<year>${year})?`,
  'g',
);

/** Days of the text that are written with their weekday: what a misprint shows on. */
export const weekdayDatesIn = (text: string, published: string | null): DayRead[] =>
  [...text.matchAll(singleDay)].flatMap(({ groups = {} }) => {
    const day = dayOf(
      groups['day'] ?? groups['day2'] ?? '',
      groups['month'] ?? groups['month2'] ?? '',
      groups['year'],
      published,
    );
    const read = dayRead(day, groups['weekday']);
    return read ? [read] : [];
  });

const dash = ' ?[-–—] ?';
const dayFirst = new RegExp(
  `(?<between>\\b[Bb]etween )?(?:${weekday},? )?(?:the )?(?<![\\d£$/.:,]|` +
    `\\d )(?<day>${number})(?:(?: of)? (?<month>${month}))?(?<year>${year})?(?<joint>${dash}|,? (?:to|until|` +
    'till|through|' +
    `and) )(?:${weekday},? )?(?:the )?(?<endDay>${number})(?: of)? (?<endMonth>${month})(?<endYear>${year})?`,
  'g',
);
const monthFirst = new RegExp(
  `(?<between>\\b[Bb]etween )?(?:${weekday},? )?(?<month>${month}) (?<day>${number})(?<year>${year})?(?<joint>${dash}|` +
    ' (?:to|until|till|through|' +
    `and) )(?:${weekday},? )?(?:(?<endMonth>${month}) )?(?<endDay>${number})(?! ${month})(?<endYear>${year})?`,
  'g',
);

export type Span = { readonly from: string; readonly to: string; readonly at: number };

const longestSpan = 62;

/** Spans such as "16-22 September", "from 28 September to 4 October 2019", "between March 28 and April 1". */
export const spansIn = (text: string, published: string | null): Span[] =>
  [...text.matchAll(dayFirst), ...text.matchAll(monthFirst)].flatMap((match) => {
    const { between, day, month: start, year: years, joint, endDay, endMonth, endYear } = match.groups ?? {};
    if (/^,? and $/.test(joint ?? '') && !between) return [];
    const monthOfStart = start ?? endMonth;
    const monthOfEnd = endMonth ?? start;
    if (!day || !endDay || !monthOfStart || !monthOfEnd) return [];
    const to = dayOf(endDay, monthOfEnd, endYear ?? years, published);
    if (!to) return [];
    const from = years ? dayOf(day, monthOfStart, years, published) : startBefore(to, digits(day), monthOfStart);
    if (!from || from > to || daysBetween(from, to) > longestSpan) return [];
    return [{ from, to, at: match.index }];
  });

/** The start of a span whose end is known: the same year, or the year before over New Year. */
function startBefore(to: string, days: string, monthName: string): string | null {
  const years = Number(to.slice(0, 4));
  const same = isoDay(to.slice(0, 4), monthNumber(monthName), days);
  if (same && same <= to) return same;
  const before = isoDay(String(years - 1).padStart(4, '0'), monthNumber(monthName), days);
  return before && before >= addDays(to, -longestSpan) ? before : null;
}

const oneDay = new RegExp(`(?:${weekday},? )?(?:the )?(?<day>${number})(?: of)? (?<month>${month})(?<year>${year})?`);

/** "March 30", "Tuesday, February 12, 2019": the month first. */
const oneDayMonthFirst = new RegExp(
  `(?:${weekday},? )?(?<month>${month}) (?<day>${number})(?! (?:${month}))(?<year>${year})?`,
);

/** The first single day of the text, weekday or not. */
export function dayIn(text: string, published: string | null): string | null {
  const groups = (oneDay.exec(text) ?? oneDayMonthFirst.exec(text))?.groups;
  return groups ? dayOf(groups['day'] ?? '', groups['month'] ?? '', groups['year'], published) : null;
}
