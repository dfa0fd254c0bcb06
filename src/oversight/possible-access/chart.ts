/** A chart of who could have seen a record: time across, a row for each member, a bar for each span. The table next to it shows the same data. */
import { dayOf } from '../../platform/clock.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { MemberPossibleAccess } from './possible-access.ts';
import { mergeSpans, type Span } from './possible-access.ts';

const width = 600;
const barHeight = 14;
const day = 86_400_000;
/** The number of members that a chart can still show apart. */
export const maxChartMembers = 40;

export type ChartMember = {
  readonly memberId: string;
  readonly name: string;
  readonly spans: readonly MemberPossibleAccess[];
};

/** From the first known time until now. A span without a start begins at the edge. */
export function createAccessChart(drawn: readonly ChartMember[], now: number) {
  const known = drawn
    .flatMap(({ spans }) => spans.flatMap(({ since, until }) => [since, until]))
    .filter(Number.isFinite);
  const from = Math.min(...known, now - day);
  const x = (at: number): number => Math.round(((Math.min(Math.max(at, from), now) - from) / (now - from)) * width);
  const barsOf = (spans: readonly Span[], sure: boolean) =>
    mergeSpans(spans).map(({ since, until }) => ({ x: x(since), width: Math.max(3, x(until) - x(since)), sure }));
  const shown = drawn.slice(0, maxChartMembers);
  return {
    width,
    height: barHeight,
    from: longDay(dayOf(new Date(from))),
    rows: shown.map(({ name, spans }) => ({
      name,
      bars: [
        ...barsOf(
          spans.filter(({ sure }) => !sure),
          false,
        ),
        ...barsOf(
          spans.filter(({ sure }) => sure),
          true,
        ),
      ],
    })),
    left: drawn.length - shown.length,
    alternative: `Bars in time for ${drawn.length} members. The table below has the same data.`,
  };
}
