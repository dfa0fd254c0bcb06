/** Histograms in the text format of Prometheus: at once, or by the full hour. Pure: the time is given. */
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';

/** Upper bounds in seconds. A page should take less than 0.3. */
const bounds = [0.05, 0.1, 0.3, 1, 3, 10];

export type Labels = Readonly<Record<string, string>>;

const escapeValue = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** `{method="GET",route="/staff"}`, in the order of the names; nothing without labels. */
export function formatLabels(labels: Labels): string {
  const parts = Object.keys(labels)
    .sort()
    .map((name) => `${name}="${escapeValue(labels[name] ?? '')}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

type Series = { readonly labels: Labels; readonly counts: number[]; sum: number };

/** Counts durations by their labels. */
export class Histogram {
  readonly #series = new Map<string, Series>();

  observe(labels: Labels, seconds: number): void {
    const key = formatLabels(labels);
    const series = this.#series.get(key) ?? { labels, counts: [...bounds, 0].map(() => 0), sum: 0 };
    const place = bounds.findIndex((bound) => seconds <= bound);
    const bucket = place < 0 ? bounds.length : place;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += seconds;
    this.#series.set(key, series);
  }

  lines(name: string): string[] {
    return [...this.#series.values()].flatMap(({ labels, counts, sum }) => {
      let total = 0;
      const buckets = counts.map((count, place) => {
        total += count;
        return `${name}_bucket${formatLabels({ ...labels, le: String(bounds[place] ?? '+Inf') })} ${total}`;
      });
      return [...buckets, `${name}_sum${formatLabels(labels)} ${sum}`, `${name}_count${formatLabels(labels)} ${total}`];
    });
  }
}

/** Says at each full hour what it counted until then, and nothing in between: nobody can tell the minute. The hour of the start is said with the next one. */
export class HourlyHistogram {
  readonly #name: string;
  readonly #counted = new Histogram();
  #said: string[] = [];
  #until: number;

  constructor(name: string, now: Date) {
    this.#name = name;
    this.#until = floorToHour(now).getTime() + 2 * hourMs;
  }

  observe(now: Date, labels: Labels, seconds: number): void {
    this.#turn(now);
    this.#counted.observe(labels, seconds);
  }

  lines(now: Date): string[] {
    this.#turn(now);
    return this.#said;
  }

  #turn(now: Date): void {
    if (now.getTime() < this.#until) return;
    this.#until = floorToHour(now).getTime() + hourMs;
    this.#said = this.#counted.lines(this.#name);
  }
}
