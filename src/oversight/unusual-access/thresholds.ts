/** Thresholds of unusual access, as dated data: each access is checked by the edition in force when it was made. */

export type Thresholds = {
  readonly from: string;
  /** So many records of people within so many minutes. */
  readonly many: { readonly people: number; readonly minutes: number };
  /** Between these times of day, with none of the member's teams on duty. */
  readonly night: { readonly from: string; readonly until: string };
  /** So many days after the record was closed. */
  readonly closedDays: number;
  /** Number of days after the member joined or changed roles. */
  readonly newDays: number;
  /** How many days the page covers. */
  readonly days: number;
  readonly why: string;
};

export const editions: readonly Thresholds[] = [
  {
    from: '2019-01-01',
    many: { people: 20, minutes: 60 },
    night: { from: '22:00', until: '06:00' },
    closedDays: 28,
    newDays: 3,
    days: 28,
    why: 'These limits for unusual access are a first estimate, and they have not been tested. We assume that a team meets fewer than twenty people in an hour. Members rarely open a record that was closed more than four weeks ago. Somebody who joins only to read records usually reads them soon after joining.',
  },
];

/** The edition in force on a day. */
export const getThresholds = (day: string): Thresholds => {
  const found = editions.filter(({ from }) => from <= day).at(-1) ?? editions[0];
  if (!found) throw new Error('no edition of the thresholds');
  return found;
};
