/** Opening hours and routes in the reader's language, as HTML. Shorter than in English; the English sentence is added where there is more to say than open or closed. */
import { escapeHtml, type Translator } from '../languages/language.ts';
import type { RoutedContacts } from './contact-router.ts';
import { type Hours, type HoursState, type Interval, weekdays } from './hours.ts';
import { describeCheckedDate, describeHours, describeOutsidePolice, describeUsualHours } from './hours-words.ts';
import { minutesADay } from './wall-clock.ts';

const isEnglish = ({ language }: Translator): boolean => language === 'en';
const formatMoment = ({ weekday, time }: Translator, at: Date): string => `${weekday(at)} ${time(at)}`;

function translateBriefly(words: Translator, state: HoursState): string {
  const { t } = words;
  if (state.state === 'open')
    return state.until === null ? t('hours.always') : t('hours.until', { when: formatMoment(words, state.until) });
  if (state.state === 'closed')
    return state.opens ? t('hours.opens', { when: formatMoment(words, state.opens) }) : t('hours.closed');
  return t('hours.unconfirmed');
}

const isSimpleState = (state: HoursState): boolean =>
  state.today === null && (state.state === 'open' || (state.state === 'closed' && state.doubts.length === 0));

/** Of what was checked long ago: the hours that it had then, and that nobody confirms them. */
export function translateStaleHours(words: Translator, hours: Hours): string {
  if (hours.usual === 'not confirmed') return translateUsualHours(words, hours);
  const usual = translateUsualHours(words, hours);
  return `${words.t('hours.unconfirmed')}: ${usual}`;
}

export function translateHours(words: Translator, state: HoursState, hours: Hours, now: Date): string {
  const inFull = describeHours(state, hours, now);
  if (isEnglish(words)) return escapeHtml(inFull);
  // What the service says of its hours is translated with the contacts.
  if (state.state === 'not confirmed' && state.today === null && hours.says)
    return `${words.t('hours.unconfirmed')}: ${words.said(hours.says)}`;
  return isSimpleState(state)
    ? translateBriefly(words, state)
    : `${translateBriefly(words, state)} (${words.kept(inFull)})`;
}

export function translateCheckedDate(words: Translator, dateChecked: string, stale: boolean): string {
  if (isEnglish(words)) return escapeHtml(describeCheckedDate(dateChecked, stale));
  const day = words.day(new Date(`${dateChecked}T12:00:00Z`));
  return `${words.t('route.checked', { day })}${stale ? `; ${words.t('route.stale')}` : ''}`;
}

/** Null where somebody outside the police is confirmed open. */
export function translateOutsidePolice(words: Translator, answer: RoutedContacts, now: Date): string | null {
  const inFull = describeOutsidePolice(answer, now);
  if (inFull === null || isEnglish(words)) return inFull && escapeHtml(inFull);
  const next = answer.nextOutsidePolice;
  const unsure = answer.routes.some(
    ({ service, hours, stale }) => service.independentOfPolice && (stale || hours.state === 'not confirmed'),
  );
  return [
    words.t('help.none'),
    next
      ? words.t('help.next', { service: words.saidPlain(next.service.name), when: formatMoment(words, next.opens) })
      : '',
    unsure ? words.t('help.may') : '',
  ]
    .filter(Boolean)
    .join(' ');
}

const clockOf = (minute: number): string => {
  const [hour, past] = [Math.floor((minute % minutesADay) / 60), minute % 60];
  return `${String(hour).padStart(2, '0')}:${String(past).padStart(2, '0')}`;
};
const intervalsInFigures = (intervals: readonly Interval[]): string =>
  intervals.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(', ');

/** 2 January 2000 was a Sunday. */
const weekdayIn = ({ weekday }: Translator, place: number): string =>
  weekday(new Date(Date.UTC(2000, 0, 2 + place, 12)));

/** Runs of days with the same hours: "Monday–Friday 08:00–20:00". */
function usualWeek(words: Translator, week: Extract<Hours['usual'], object>): string {
  const runs: { readonly first: number; last: number; readonly open: string }[] = [];
  for (const place of [1, 2, 3, 4, 5, 6, 0]) {
    const open = intervalsInFigures(week[weekdays[place] as (typeof weekdays)[number]] ?? []);
    const run = runs.at(-1);
    if (run?.open === open) run.last = place;
    else runs.push({ first: place, last: place, open });
  }
  return runs
    .filter(({ open }) => open !== '')
    .map(({ first, last, open }) => {
      const days = first === last ? weekdayIn(words, first) : `${weekdayIn(words, first)}–${weekdayIn(words, last)}`;
      return `${days} ${open}`;
    })
    .join('; ');
}

function usualHolidays({ t }: Translator, { bankHolidays }: Hours): string {
  if (bankHolidays === 'as usual') return '';
  if (bankHolidays === 'closed') return `; ${t('hours.shut')}`;
  if (bankHolidays === 'not known') return `; ${t('hours.unsure')}`;
  return `; ${t('hours.holidays', { when: intervalsInFigures(bankHolidays) })}`;
}

/** For paper, which knows no minute, as HTML. */
export function translateUsualHours(words: Translator, hours: Hours): string {
  if (isEnglish(words)) return escapeHtml(describeUsualHours(hours));
  if (hours.usual === 'not confirmed')
    return `${words.t('hours.unconfirmed')}${hours.says ? `: ${words.said(hours.says)}` : ''}`;
  const usual = hours.usual === '24 hours' ? words.t('hours.daily') : escapeHtml(usualWeek(words, hours.usual));
  return `${usual}${usualHolidays(words, hours)}`;
}
