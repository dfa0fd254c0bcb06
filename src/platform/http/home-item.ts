/** The rows of the home page: a task, what it is for and its deadline; their order and their words. Pure: no clock, no database. */
import { addDays, longDay } from '../../vocabulary/calendar/days.ts';
import { dayOf, instantAt, timeOf } from '../../vocabulary/calendar/wall-clock.ts';

/** Where the thing stands, with the colour of its tag. */
export const homeStatuses = {
  'to do': 'blue',
  'not started': 'grey',
  'in progress': 'yellow',
  'needs attention': 'orange',
  'to read': 'blue',
  waiting: 'grey',
  new: 'green',
} as const;
export type HomeStatus = keyof typeof homeStatuses;

/** Urgent: minutes count, and it stands above all else. Pressing: it cannot be put off. */
export type Urgency = 'urgent' | 'pressing';

export type HomeItem = {
  /** A noun or a task: "Answer a referral". */
  readonly what: string;
  /** One line below it, where the task alone does not say enough. */
  readonly detail?: string | undefined;
  /** The operation, agency or record that it is for, as far as the reader may know. */
  readonly for?: string | undefined;
  /** The moment, or the day at whose end it is due. */
  readonly due?: Date | string | null | undefined;
  /** When the reader can no longer see it. It is shown where the deadline would be, and is none. */
  readonly accessEnds?: Date | null | undefined;
  readonly status: HomeStatus;
  readonly urgency?: Urgency | undefined;
  readonly href: string;
  /** Opened by a button, because opening it changes something. */
  readonly posts?: true | undefined;
  /** How many things the row stands for. */
  readonly count: number;
};

/** "Answer a referral", "Answer 3 referrals": the number stands where the text has a hash. */
export const countedTask = (count: number, one: string, many: string): string =>
  count === 1 ? one : many.replace('#', count.toLocaleString('en-GB'));

/** The items of which there is at least one. */
export const listDue = (all: readonly HomeItem[]): HomeItem[] => all.filter(({ count }) => count > 0);

/** When it is late: at the moment itself, or when the day is over. */
const endOf = (due: Date | string): Date => (typeof due === 'string' ? instantAt(addDays(due, 1), '00:00') : due);

const rank = ({ urgency }: HomeItem): number => (urgency === 'urgent' ? 0 : urgency === 'pressing' ? 1 : 2);
const endTime = ({ due }: HomeItem): number => (due ? endOf(due).getTime() : Number.POSITIVE_INFINITY);
const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

/** Urgent first, then pressing; within each by deadline, and what has none last. */
export const sortHomeItems = (items: readonly HomeItem[]): HomeItem[] =>
  items.toSorted((one, other) => rank(one) - rank(other) || compare(endTime(one), endTime(other)));

export type HomeRow = Pick<HomeItem, 'what' | 'detail' | 'for' | 'href' | 'posts'> & {
  readonly due: string;
  readonly overdue: boolean;
  readonly urgent: boolean;
  readonly status: string;
  readonly tag: string;
};

export function homeRow(item: HomeItem, now: Date): HomeRow {
  const { what, detail, href, posts, due, accessEnds, status, urgency } = item;
  return {
    ...{ what, detail, href, posts, for: item.for },
    due: due ? formatDue(due, now) : accessEnds ? formatAccessEnd(accessEnds, now) : '',
    overdue: !!due && endOf(due) <= now,
    urgent: urgency === 'urgent',
    status: status.charAt(0).toUpperCase() + status.slice(1),
    tag: homeStatuses[status],
  };
}

/** "Today at 14:30", "Tomorrow", "3 December 2026 at 17:00". Midnight is the end of the day before. */
export function formatDue(due: Date | string, now: Date): string {
  const atMidnight = typeof due !== 'string' && timeOf(due) === '00:00';
  const day = typeof due === 'string' ? due : atMidnight ? addDays(dayOf(due), -1) : dayOf(due);
  const today = dayOf(now);
  const named =
    day === today
      ? 'Today'
      : day === addDays(today, 1)
        ? 'Tomorrow'
        : day === addDays(today, -1)
          ? 'Yesterday'
          : longDay(day);
  return typeof due === 'string' || atMidnight ? named : `${named} at ${timeOf(due)}`;
}

const formatAccessEnd = (at: Date, now: Date): string => {
  const day = formatDue(at, now);
  return `Access ends ${/^\d/.test(day) ? day : day.toLowerCase()}`;
};

/** A record that the reader opened lately, by a name that says nothing of a person. */
export type HomeRecent = { readonly text: string; readonly href: string; readonly at: Date };

/** The most that the page lists. */
export const mostRecent = 5;

export const latestRecent = (all: readonly HomeRecent[]): HomeRecent[] =>
  all.toSorted((one, other) => other.at.getTime() - one.at.getTime()).slice(0, mostRecent);

/** A visit of today. */
export type HomeVisit = {
  /** On the wall's clock: "10:00 to 11:30". */
  readonly hours: string;
  readonly premises: string;
  readonly town: string;
  readonly team: string;
  readonly status: string;
  readonly tag: string;
  readonly href: string;
  /** Where the reader starts it, if it is theirs to start next. */
  readonly start?: string | undefined;
  /** Begun and not finished. */
  readonly live: boolean;
};

/** Those under way first, then by the clock. */
export const sortHomeVisits = (visits: readonly HomeVisit[]): HomeVisit[] =>
  visits.toSorted(
    (one, other) =>
      Number(other.live) - Number(one.live) || (one.hours < other.hours ? -1 : one.hours > other.hours ? 1 : 0),
  );
