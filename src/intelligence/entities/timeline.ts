/** Items that name one and the same, in the order of the days that they are about, with the times between them of which nothing is known. Pure. */
import type { Section, TimelineItem } from '../../platform/rendering/pages.ts';
import { addDays, dayRange, daysBetween } from '../../vocabulary/calendar/days.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { gradeOf } from '../items/item.ts';
import type { OpenItem } from '../items/store.ts';
import { assessmentWords, formatDays, itemTitle, sourceEvaluationWords } from '../items/words.ts';
import { entityName } from './entity.ts';
import type { Mention } from './mentions.ts';

/** A shorter time without an item says nothing. */
const leastGap = 28;

const lengthOf = (days: number): string => {
  if (days < 60) return `${Math.round(days / 7)} weeks`;
  return days < 730 ? `${Math.round(days / 30.4)} months` : `${Math.round(days / 365.25)} years`;
};

/** From the day after `last` to the day before `next`; none where that is short. */
function gapBetween(last: string, next: string): TimelineItem[] {
  const days = daysBetween(last, next) - 1;
  if (days < leastGap) return [];
  return [{ title: `No item for about ${lengthOf(days)}`, when: dayRange(addDays(last, 1), addDays(next, -1)) }];
}

const inOrder = (one: OpenItem, other: OpenItem): number => {
  const [a, b] = [one, other].map(({ happenedFrom, happenedTo, id }) => `${happenedFrom} ${happenedTo} ${id}`);
  return (a ?? '') < (b ?? '') ? -1 : 1;
};

/** Each item once, by its first day, with gaps of four weeks and more. Items that overlap leave no gap. */
export function timelineOf(mentions: readonly Mention[]): readonly TimelineItem[] {
  const items = [...new Map(mentions.map(({ item }) => [item.id, item])).values()].toSorted(inOrder);
  let last = items[0]?.happenedFrom ?? '';
  return items.flatMap((item) => {
    const gap = gapBetween(last, item.happenedFrom);
    if (item.happenedTo > last) last = item.happenedTo;
    const names = new Set(
      mentions.flatMap((mention) => (mention.item.id === item.id ? [entityName(mention.entity.content)] : [])),
    );
    return [
      ...gap,
      {
        title: `${itemTitle(item.id)}, ${gradeOf(item)}`,
        href: intelligencePaths.item(item.id),
        when: formatDays(item),
        text: `Source: ${sourceEvaluationWords[item.sourceEvaluation].toLowerCase()}. Information: ${assessmentWords[item.assessment].toLowerCase()}. Named: ${[...names].join('; ')}.`,
      },
    ];
  });
}

/** One item alone is no timeline. */
export function timelineSection(mentions: readonly Mention[]): Section[] {
  const items = timelineOf(mentions);
  return items.length < 2 ? [] : [{ kind: 'timeline', id: 'timeline', title: 'Timeline', items }];
}
