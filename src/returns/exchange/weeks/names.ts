/** What pages and files of a week call a return and its own dates. Pure. */
import { dayRange } from '../../../vocabulary/calendar/days.ts';
import type { RollUp } from '../inbox/roll-up.ts';

/** A key of `byWindow` in words. */
export const nameWindow = (key: string): string => {
  const [from = '', until = ''] = key.split(' ');
  return dayRange(from, until);
};

export const nameReturn = ({ document, reporter }: RollUp['added'][number]): string =>
  `${reporter.name}, ${document.operation.name}`;
