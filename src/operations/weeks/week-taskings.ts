/** What coordinators ask of a week, as the area that keeps taskings says it. */
import type { Area, WeekTasking } from '../../platform/area.ts';
import type { Request } from '../../platform/http/server.ts';
import type { Section } from '../../platform/rendering/pages.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import type { OperationInWeek } from './operation.ts';
import type { Week } from './week.ts';

/** None where no area says so to this reader. The own agency's operations are compared. */
export async function readTaskings(
  areas: readonly Area[],
  request: Request,
  week: Week,
  operations: readonly OperationInWeek[],
): Promise<readonly WeekTasking[]> {
  const own = operations.filter(({ agencyId }) => agencyId === request.actor.agencyId);
  const read = areas.flatMap(({ weekTaskings }) => weekTaskings ?? []);
  return (await Promise.all(read.map((one) => one(request, week, own)))).flat();
}

const row = (key: string, value: string) => ({ key: { text: key }, value: { text: value } });

/** The deadline first, then what the week and the tasking disagree on. */
export const taskingSections = (tasked: readonly WeekTasking[]): Section[] =>
  tasked.flatMap(({ href, coordinator, deadline, definitions, area, conflicts }): Section[] => [
    {
      kind: 'summary',
      title: `Tasking of ${coordinator}`,
      rows: [
        {
          ...row('Deadline of the return', formatDateTime(deadline)),
          actions: { items: [{ href, text: 'Open', visuallyHiddenText: 'the tasking' }] },
        },
        row('Editions of definitions that count', listOf(definitions)),
        ...(area ? [row('Area', area)] : []),
      ],
    },
    ...(conflicts.length > 0
      ? [
          {
            kind: 'states' as const,
            items: conflicts.map((text) => ({ kind: 'unwise' as const, title: 'Conflict', text })),
          },
        ]
      : []),
  ]);
