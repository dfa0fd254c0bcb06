/** Pure. Everything that happened in a case that the reader may see, newest first, with who and when. No free text: its page shows that. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Section, TimelineItem } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';

export type CaseEvent = {
  readonly at: Date;
  /** Only the day was recorded: the time of `at` orders the events and is not shown. */
  readonly dayOnly?: boolean | undefined;
  /** What happened, as a short title. An agency is named by its id. */
  readonly title: string | ((agencyName: (id: string) => string) => string);
  /** The member who did it; undefined where it is not recorded here. */
  readonly by?: string | null | undefined;
  readonly href?: string | undefined;
};

/** Events about one recipient, each with what happened, the agency’s name, and the record’s page. */
export const eventsFor =
  (recipient: string, href: string) =>
  (at: Date, what: string, by: string | null): CaseEvent => ({
    at,
    title: (agencyName) => `${what}: ${agencyName(recipient)}`,
    by,
    href,
  });

/** Newest first. Within an hour, the later entry of the list comes first. */
export const sortEvents = (events: readonly CaseEvent[]): CaseEvent[] =>
  events.toReversed().toSorted((one, other) => other.at.getTime() - one.at.getTime());

/** The members whose names the events need. */
export const membersOf = (events: readonly CaseEvent[]): string[] => events.flatMap(({ by }) => by ?? []);

/** `most`: how many of the newest are shown, with a link to all of them. */
export function timelineSection(
  events: readonly CaseEvent[],
  { names, agencyName }: { readonly names: MemberNames; readonly agencyName: (id: string) => string },
  limit?: { readonly most: number; readonly all: string },
): Section {
  const sorted = sortEvents(events);
  const shown = limit ? sorted.slice(0, limit.most) : sorted;
  const items = shown.map(
    ({ at, dayOnly, title, by, href }): TimelineItem => ({
      title: typeof title === 'string' ? title : title(agencyName),
      when: dayOnly ? `on ${longDay(dayOf(at))}` : formatHour(at),
      ...(by && { by: getMemberName(names, by) }),
      href,
    }),
  );
  return {
    kind: 'timeline',
    id: 'timeline',
    title: 'Timeline',
    items,
    links:
      limit && sorted.length > shown.length
        ? [{ href: limit.all, text: `See all ${sorted.length} events of this case` }]
        : [],
  };
}
