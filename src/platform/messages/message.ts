/** Messages outside Safelight: when one may be sent, and what follows from each outcome. Pure: no clock, no database, no network. */
import { addDays } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { dayOf, instantAt, timeOf } from '../../vocabulary/calendar/wall-clock.ts';

export const channels = ['email', 'text'] as const;
export type Channel = (typeof channels)[number];

/** Minutes of the day, in the time of the partnership. Begin and end may lie on two days. */
export type QuietHours = { readonly from: number; readonly until: number };

/** `again` waits for another try under the same id. It takes no further notifications in. */
export const messageStates = ['waiting', 'again', 'sending', 'accepted', 'refused', 'unknown', 'not needed'] as const;
export type MessageState = (typeof messageStates)[number];

/** What a server or gateway did with a message. `later`: it certainly did not take it. `unknown`: no answer came, so it may have taken it. */
export type Outcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string; readonly seconds?: number | undefined }
  | { readonly kind: 'unknown'; readonly reason: string };

/** No server took it within a day. */
export const expired = 'EXPIRED';
/** A server refuses this site: its password, or its encryption. */
export const reasonsOfSettings = ['EAUTH', 'ENOAUTH', 'ETLS', 'HTTP_401', 'HTTP_403'];
/** Nobody was reached at all: the server is away, or the way to it. */
export const reasonsOfReach = [
  ...['ECONNECTION', 'ESOCKET', 'EDNS', 'ETIMEDOUT'],
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
];
const reasonsOfAddress = /^(EENVELOPE|BAD_ADDRESS|HTTP_4)/;
/** A server refused the address or the number itself. */
export const isOfAddress = (reason: string | null): boolean =>
  reason !== null && reasonsOfAddress.test(reason) && !reasonsOfSettings.includes(reason);

export const minutesBetweenMessages = 15;
/** The first urgent message is sent at once. Further urgent news within these minutes joins one message at their end: many reports at once are no storm of messages. */
export const minutesBetweenUrgent = 5;
/** A message that nobody took for so long is given up. */
export const hoursToTry = 24;
/** A try that did not end within this time was cut off with its process. */
export const secondsOfTry = 120;
const minutesBeforeSecondTry = 5;
const longestWait = 60;

const minute = 60_000;

/** When a message may be sent: an urgent one after the short pause between urgent ones, another after the long pause and after quiet hours. */
export function calculateDue(
  {
    urgent,
    quiet,
    restedUntil,
    urgentRestedUntil,
  }: {
    readonly urgent: boolean;
    readonly quiet: QuietHours | null;
    readonly restedUntil: Date | null;
    readonly urgentRestedUntil: Date | null;
  },
  now: Date,
): Date {
  const after = urgent ? urgentRestedUntil : restedUntil;
  const rested = after && after > now ? after : now;
  return quiet && !urgent ? calculateQuietEnd(quiet, rested) : rested;
}

/** The end of the quiet hours that a moment is in, or the moment itself. */
export function calculateQuietEnd({ from, until }: QuietHours, moment: Date): Date {
  const at = minuteOfDay(moment);
  const overNight = from > until;
  const within = overNight ? at >= from || at < until : at >= from && at < until;
  if (!within) return moment;
  const day = dayOf(moment);
  return instantAt(overNight && at >= from ? addDays(day, 1) : day, formatMinute(until));
}

const minuteOfDay = (moment: Date): number => {
  const [hours = 0, minutes = 0] = timeOf(moment).split(':').map(Number);
  return hours * 60 + minutes;
};

export const formatMinute = (at: number): string =>
  `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

export type Try = { readonly tries: number; readonly doubts: number; readonly madeAt: Date };

export type Settled = {
  readonly state: Exclude<MessageState, 'waiting' | 'sending'>;
  readonly doubts: number;
  /** When it is tried again; where it is not, the hour. */
  readonly dueAt: Date;
  readonly settledAt: Date | null;
  readonly reason: string | null;
};

/** An unknown outcome is tried once more, under the same id. After that it stays unknown. What was certainly not taken is tried for a day. */
export function settle({ tries, doubts, madeAt }: Try, outcome: Outcome, now: Date): Settled {
  const over = (state: Settled['state'], reason: string | null, doubted = doubts): Settled => {
    const hour = floorToHour(now);
    return { state, doubts: doubted, dueAt: hour, settledAt: hour, reason };
  };
  const again = (dueAt: Date, reason: string, doubted = doubts): Settled => ({
    state: 'again',
    doubts: doubted,
    dueAt,
    settledAt: null,
    reason,
  });
  if (outcome.kind === 'accepted') return over('accepted', null);
  if (outcome.kind === 'refused') return over('refused', outcome.reason);
  if (outcome.kind === 'unknown')
    return doubts > 0
      ? over('unknown', outcome.reason, 2)
      : again(new Date(now.getTime() + minutesBeforeSecondTry * minute), outcome.reason, 1);
  if (now.getTime() - madeAt.getTime() >= hoursToTry * 60 * minute)
    return doubts > 0 ? over('unknown', outcome.reason) : over('refused', expired);
  const wait = Math.max(Math.min(2 ** (tries - 1), longestWait) * minute, (outcome.seconds ?? 0) * 1_000);
  return again(new Date(now.getTime() + wait), outcome.reason);
}
