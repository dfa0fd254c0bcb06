/** Checks the dates of a release: the operation’s own days, the day of publication and the days of sources may be typed. Pure. */
import { isDay, longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { type CheckContext, type FindingDetails, unsupported } from './finding.ts';
import { months, type NumberFound } from './numbers.ts';
import type { WatchedWord } from './watched-words.ts';

/** Where a sentence puts the week of the release into the past before it is over, or into the present afterwards. */
export function findWrongTense(
  { start, text }: { readonly start: number; readonly text: string },
  { facts }: PublishableReturn,
  publishOn: string,
): WatchedWord[] {
  if (publishOn === '') return [];
  const [week, operation] = [facts.officialDates[1], facts.localDates[1]];
  const last = [week, operation].toSorted().at(-1) ?? week;
  const wrong = ({ index, 0: typed }: RegExpMatchArray, message: string, safer: string): WatchedWord => ({
    start: start + (index ?? 0),
    end: start + (index ?? 0) + typed.length,
    kind: 'contradiction',
    must: 'change',
    message,
    safer,
  });
  if (publishOn > last)
    return [...text.matchAll(/\b(?:is|are) taking (?:part in|place)\b/gi)].map((match) =>
      wrong(match, `The last day was ${longDay(last)}. Write “took part in” or “took place”.`, inThePast(match[0])),
    );
  if (publishOn > week) return [];
  // Without a name that may be printed, the draft writes "a week of action".
  const name = facts.weekName.toLowerCase() || 'week of action';
  return [...text.matchAll(/\btook part in (?:the |a )?/gi)]
    .filter(({ index, 0: typed }) => text.toLowerCase().startsWith(name, index + typed.length))
    .map((match) =>
      wrong(
        match,
        `The week ends on ${longDay(week)}. Write “is taking part in”.`,
        match[0].replace(/^took/i, 'is taking'),
      ),
    );
}

const inThePast = (typed: string): string => (/place$/i.test(typed) ? 'took place' : 'took part in');

/** The operation's own days, the day of publication and the days of sources may be typed; a weekday must be right. */
export function checkDate(
  number: NumberFound,
  said: string,
  { facts }: PublishableReturn,
  { publishOn, justifications }: CheckContext,
): FindingDetails | undefined {
  const typed = said.slice(number.start, number.end);
  const spans = [
    facts.officialDates,
    facts.localDates,
    [publishOn, publishOn] as const,
    ...justifications.flatMap(({ source }) => (source ? [[source.date, source.date] as const] : [])),
  ];
  const own = (day: string): boolean =>
    spans.some(([from, to]) => from.slice(0, day.length) <= day && day <= to.slice(0, day.length));
  if (number.kind === 'year') {
    if (own(typed) || /\([A-Z][^()]*$/.test(said.slice(0, number.start))) return undefined;
  } else if (number.kind === 'month') {
    const [word = '', year = ''] = typed.split(' ');
    if (own(`${year}-${monthNumber(word)}`)) return undefined;
  } else {
    const days = daysOf(typed, facts.officialDates[0].slice(0, 4));
    const weekday = /^[a-z]+day/i.exec(typed)?.[0];
    const [first] = days;
    if (first && weekday && weekdayOf(first).toLowerCase() !== weekday.toLowerCase()) {
      return {
        kind: 'contradiction',
        must: 'change',
        blocks: true,
        message: `${longDay(first)} is a ${weekdayOf(first)}.`,
        safer: `${weekdayOf(first)}${typed.slice(weekday.length)}`,
        offers: [],
      };
    }
    if (days.length > 0 && days.every(own)) return undefined;
  }
  return unsupported(
    'This is no day of the operation, nor the day of publication. Use the days of the operation, or say where it comes from.',
    ['{{week.dates}}', '{{week.localDates}}'],
  );
}
export const monthNumber = (word: string): string =>
  `${months.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3))) + 1}`.padStart(2, '0');
export function daysOf(typed: string, year: string): string[] {
  if (isDay(typed)) return [typed];
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed);
  if (slashed) return [`${slashed[3]}-${slashed[2]?.padStart(2, '0')}-${slashed[1]?.padStart(2, '0')}`].filter(isDay);
  const word = /[a-z]{3,}(?= \d{4}|,? \d{4}|$)/i.exec(typed)?.[0] ?? '';
  const inYear = /\d{4}$/.exec(typed)?.[0] ?? year;
  return [...typed.replace(/\d{4}$/, '').matchAll(/\d{1,2}/g)]
    .map(([day]) => `${inYear}-${monthNumber(word)}-${day.padStart(2, '0')}`)
    .filter(isDay);
}
