/** Arrivals that are asked about once more: long before the planned time, or while the same team is still inside elsewhere. */
import type { VisitInPlan } from '../../operations/plan/index.ts';
import { dayOf, instantAt, timeOf } from '../../platform/clock.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';

const hoursBefore = 2;
export const confirmButton = 'Save arrival: this is right';
const askAgain = `Check the place and the time. If both are right, press “${confirmButton}”`;

/** The warning beside the time of arrival, if there is one. */
export function findDoubt(
  { day, starts }: Pick<VisitInPlan, 'day' | 'starts'>,
  at: Date,
  insideElsewhere: boolean,
): FormErrors | undefined {
  const early = at.getTime() < instantAt(day, starts).getTime() - hoursBefore * 3_600_000;
  const [there, planned] = dayOf(at) === day ? ['', ''] : [` on ${longDay(dayOf(at))}`, ` on ${longDay(day)}`];
  const doubts = [
    ...(early ? [`The arrival is at ${timeOf(at)}${there}, and the plan says ${starts}${planned}.`] : []),
    ...(insideElsewhere ? ['Your team is still recorded as inside at another visit.'] : []),
  ];
  return doubts.length > 0 ? { time: [...doubts, askAgain].join(' ') } : undefined;
}

export const isDoubt = ({ time }: FormErrors): boolean => Boolean(time?.endsWith(askAgain));
