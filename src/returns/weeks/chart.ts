/** A bar chart drawn by us: one row for each week in the order of time, and a gap where nothing is known. Pure. */

/** `open`: a return that can still change. */
export type ChartPoint = {
  /** The name of the week. */
  readonly label: string;
  readonly dates: string;
  /** As its table says it. */
  readonly said: string;
  /** Null is a gap, or words without a number. */
  readonly value: number | null;
  readonly state: 'final' | 'open' | 'published' | 'rolled';
};

export type Chart = {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly height: number;
  readonly rows: readonly {
    readonly top: number;
    readonly label: string;
    readonly dates: string;
    readonly said: string;
    /** In a hundred of the largest; null where no bar is drawn. */
    readonly share: number | null;
    readonly state: ChartPoint['state'];
  }[];
};

const rowHeight = 58;
/** So that a phone shows a line of it whole. */
const longestLabel = 44;
/** A small number beside a large one is still to be seen. 0 has no bar. */
const leastShare = 0.7;

const shorten = (label: string): string =>
  label.length > longestLabel ? `${label.slice(0, longestLabel - 1).trimEnd()}…` : label;

/** Points come oldest first, and stay in their order: a chart ranks nothing. */
export function drawChart(id: string, title: string, points: readonly ChartPoint[]): Chart {
  const most = Math.max(0, ...points.map(({ value }) => value ?? 0));
  return {
    id,
    title,
    description: `Bar chart, oldest week first. ${points.map(({ label, dates, said }) => `${label}, ${dates}: ${said}`).join('. ')}.`,
    height: points.length * rowHeight,
    rows: points.map(({ label, dates, said, value, state }, index) => ({
      top: index * rowHeight,
      label: shorten(label),
      dates,
      said,
      share:
        value === null
          ? null
          : value === 0 || most === 0
            ? 0
            : Math.max(leastShare, Math.round((value / most) * 1_000) / 10),
      state,
    })),
  };
}
