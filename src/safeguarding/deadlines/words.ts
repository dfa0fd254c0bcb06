/** A clock in words for the people who work by it: the due time, the time left and the next step. */

import { formatDeadline } from '../../vocabulary/calendar/moments.ts';
import { countWord, plural } from '../../vocabulary/languages/english.ts';
import type { ClockEntry, Meaning } from './catalogue.ts';
import type { ClockState, ClockStatus } from './clock.ts';

const counted = (count: number, one: string): string => `${countWord(count)} ${plural(count, one)}`;

/** Rounded down, so that no reader expects too much time: minutes up to two hours, hours up to three days, then days. */
export function spanWords(from: Date, to: Date): string {
  const minutes = Math.floor((to.getTime() - from.getTime()) / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return counted(minutes, 'minute');
  if (minutes < 72 * 60) return counted(Math.floor(minutes / 60), 'hour');
  return counted(Math.floor(minutes / 1_440), 'day');
}

/** The state as a tag. */
export const tagWords: Readonly<Record<Meaning, Readonly<Record<ClockState, string>>>> = {
  'to be done by': { running: 'Running', 'due soon': 'Due soon', overdue: 'Overdue', stopped: 'Done' },
  'possible until': { running: 'Possible', 'due soon': 'As soon as possible', overdue: 'Passed', stopped: 'Settled' },
  'lasts at least until': { running: 'Lasting', 'due soon': 'Ends soon', overdue: 'Least time over', stopped: 'Ended' },
};

const leads: Readonly<Record<Meaning, string>> = {
  'to be done by': 'By',
  'possible until': 'Possible until',
  'lasts at least until': 'Lasts at least until',
};

/** In a list: a duty has a “by”, a chance an “until”. */
export const dueWords = ({ means }: Pick<ClockEntry, 'means'>, { dueAt }: Pick<ClockStatus, 'dueAt'>): string =>
  `${leads[means]} ${formatDeadline(dueAt)}`;

const past = {
  'possible until': 'It was possible until',
  'lasts at least until': 'It lasted at least until',
} as const;

/** One sentence, and the next step when it is over. */
export function clockStatusWords(
  { means, afterwards }: Pick<ClockEntry, 'means' | 'afterwards'>,
  { state, dueAt, atLatest, late }: ClockStatus,
  now: Date,
): string {
  const until = formatDeadline(dueAt);
  if (state === 'stopped')
    return late && means === 'to be done by' ? `Done, but after ${until}` : tagWords[means].stopped;
  if (state === 'overdue') {
    const [since, at] = [spanWords(atLatest, now), formatDeadline(atLatest)];
    const over =
      means === 'to be done by' ? `Overdue for ${since}: it was due by ${at}` : `${past[means]} ${at}, ${since} ago`;
    return `${over}. ${afterwards}`;
  }
  if (now > dueAt)
    return `Perhaps too late since ${until}, perhaps possible until ${formatDeadline(atLatest)}: ask now, and say that the time is not known`;
  const left = `${dueWords({ means }, { dueAt })}: ${spanWords(now, dueAt)} left`;
  return dueAt.getTime() === atLatest.getTime() ? left : `${left}, reckoned from the earliest that it may have been`;
}
