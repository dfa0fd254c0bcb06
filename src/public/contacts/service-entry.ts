/** A service written as the file of contacts writes it: hours as texts. Pure. */
import type { Service } from './contacts.ts';
import type { Interval } from './hours.ts';

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** “08:00-20:00”; “22:00-06:00” runs into the next day, and “00:00-24:00” is all of one. */
export const intervalText = ({ from, to }: Interval): string =>
  `${clock(from)}-${to > 24 * 60 ? clock(to - 24 * 60) : clock(to)}`;
const intervalTexts = (intervals: readonly Interval[]): string[] => intervals.map(intervalText);

export type ServiceEntry = Readonly<Record<string, unknown>>;

export function entryOfService({ hours, ...service }: Service): ServiceEntry {
  const { usual, bankHolidays, exceptions } = hours;
  return {
    ...service,
    hours: {
      ...hours,
      usual:
        typeof usual === 'string'
          ? usual
          : Object.fromEntries(Object.entries(usual).map(([day, intervals]) => [day, intervalTexts(intervals)])),
      bankHolidays: typeof bankHolidays === 'string' ? bankHolidays : intervalTexts(bankHolidays),
      exceptions: exceptions.map((one) => ({ ...one, intervals: intervalTexts(one.intervals) })),
    },
  };
}
