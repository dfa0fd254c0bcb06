/** What this process says of itself to Prometheus: requests, pools, memory, the event loop, and what others add. Labels hold no id, no address, no person and no words of anybody. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../clock.ts';
import type { Databases } from '../database/database.ts';
import { formatLabels, Histogram, HourlyHistogram, type Labels } from './histogram.ts';

export type Sample = readonly [labels: Labels, value: number];
export type Gauge = { readonly name: MetricName; readonly samples: readonly Sample[] };

/** Every metric, with what it says. `alerts.yml` names no other. */
export const metricHelp = {
  safelight_build_info: 'The version that runs; always 1',
  safelight_http_request_duration_seconds: 'Seconds to the answer, by route, method and class of status',
  safelight_http_request_duration_by_hour_seconds:
    'The same for the public site and the safeguarding side, counted up to the last full hour',
  safelight_pool_connections: 'Connections to the main database, by login and whether they are in use',
  safelight_pool_waiting: 'Requests that wait for a connection now, by database and login',
  safelight_pool_waits_total: 'Requests that found every connection of the main database in use, by login',
  safelight_background_errors_total: 'Errors of the background work in this process',
  safelight_trace_spans_lost_total: 'Spans that did not reach the collector of traces; absent where none is set',
  safelight_process_resident_memory_bytes: 'Memory of this process',
  safelight_process_heap_used_bytes: 'Memory in use by script',
  safelight_event_loop_delay_seconds: 'Delay of the event loop since the last reading: 99 of 100, and the longest',
  safelight_process_start_time_seconds: 'When this process started, in seconds since 1970',
  safelight_finding: 'Whether a rule of the page System health finds something to cure: 1 or 0',
  safelight_queue_oldest_seconds:
    'Age of the oldest entry that waits, by queue; those of the safeguarding database at the last full hour',
  safelight_queue_given_up: 'Entries that were tried too often, by queue',
  safelight_messages: 'Messages to members by state, at the last full hour',
  safelight_log_unsealed_rows:
    'Rows of the access log that are not sealed; in the safeguarding database at the last full hour',
  safelight_backup_age_seconds: 'Seconds since the last backup; absent where there is none',
  safelight_drill_age_seconds:
    'Seconds since the last restore that was tried and succeeded; absent where there is none',
} as const;
export type MetricName = keyof typeof metricHelp;

const types: Readonly<Partial<Record<MetricName, 'counter' | 'histogram'>>> = {
  safelight_http_request_duration_seconds: 'histogram',
  safelight_http_request_duration_by_hour_seconds: 'histogram',
  safelight_pool_waits_total: 'counter',
  safelight_background_errors_total: 'counter',
  safelight_trace_spans_lost_total: 'counter',
};

const atOnce = 'safelight_http_request_duration_seconds';
const byHour = 'safelight_http_request_duration_by_hour_seconds';

export type MetricsOptions = {
  readonly version: string;
  readonly clock: Clock;
  readonly databases: Databases;
  /** What is read elsewhere, such as the age of queues. Must not throw, and must not be slow. */
  readonly read?: () => Promise<readonly Gauge[]>;
  /** Spans that did not reach the collector of traces, where one is set. */
  readonly lostSpans?: (() => number) | undefined;
};

export class Metrics {
  readonly #options: MetricsOptions;
  readonly #requests = new Histogram();
  readonly #hourly: HourlyHistogram;
  readonly #loop = monitorEventLoopDelay({ resolution: 20 });
  readonly #startedAt: number;
  #backgroundErrors = 0;

  constructor(options: MetricsOptions) {
    this.#options = options;
    const now = options.clock.now();
    this.#hourly = new HourlyHistogram(byHour, now);
    this.#startedAt = now.getTime() / 1_000;
    this.#loop.enable();
  }

  /** A request that was answered. One of the public site or the safeguarding side is told by the hour alone. */
  countRequest(labels: Labels, seconds: number, hourly: boolean): void {
    if (hourly) this.#hourly.observe(this.#options.clock.now(), labels, seconds);
    else this.#requests.observe(labels, seconds);
  }

  countBackgroundError(): void {
    this.#backgroundErrors += 1;
  }

  /** Everything, in the text format of Prometheus 0.0.4. */
  async render(): Promise<string> {
    const { clock, read } = this.#options;
    const gauges = [...this.#own(), ...(read ? await read() : [])];
    const lines: Partial<Record<MetricName, readonly string[]>> = {
      [atOnce]: this.#requests.lines(atOnce),
      [byHour]: this.#hourly.lines(clock.now()),
    };
    for (const { name, samples } of gauges)
      lines[name] = samples.map(([labels, value]) => `${name}${formatLabels(labels)} ${value}`);
    const names = Object.keys(metricHelp) as MetricName[];
    return `${names
      .flatMap((name) => [
        `# HELP ${name} ${metricHelp[name]}`,
        `# TYPE ${name} ${types[name] ?? 'gauge'}`,
        ...(lines[name] ?? []),
      ])
      .join('\n')}\n`;
  }

  close(): void {
    this.#loop.disable();
  }

  #own(): Gauge[] {
    const { lostSpans } = this.#options;
    const { rss, heapUsed } = process.memoryUsage();
    const seconds = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
    const delays: Sample[] = [
      [{ quantile: '0.99' }, seconds(this.#loop.percentile(99))],
      [{ quantile: '1' }, seconds(this.#loop.max)],
    ];
    this.#loop.reset();
    return [
      { name: 'safelight_build_info', samples: [[{ version: this.#options.version }, 1]] },
      { name: 'safelight_process_resident_memory_bytes', samples: [[{}, rss]] },
      { name: 'safelight_process_heap_used_bytes', samples: [[{}, heapUsed]] },
      { name: 'safelight_event_loop_delay_seconds', samples: delays },
      { name: 'safelight_process_start_time_seconds', samples: [[{}, this.#startedAt]] },
      { name: 'safelight_background_errors_total', samples: [[{}, this.#backgroundErrors]] },
      ...(lostSpans ? [{ name: 'safelight_trace_spans_lost_total', samples: [[{}, lostSpans()]] } as const] : []),
      ...poolGauges(this.#options.databases),
    ];
  }
}

/** How many connections of the safeguarding database are in use would tell by the second that somebody works there: it is left out. */
function poolGauges(databases: Databases): Gauge[] {
  const pools = databases.pools();
  const main = pools.filter(({ store }) => store === 'main');
  return [
    {
      name: 'safelight_pool_connections',
      samples: main.flatMap(({ role, used, idle }): Sample[] => [
        [{ role, state: 'used' }, used],
        [{ role, state: 'idle' }, idle],
      ]),
    },
    { name: 'safelight_pool_waiting', samples: pools.map(({ store, role, waiting }) => [{ store, role }, waiting]) },
    { name: 'safelight_pool_waits_total', samples: main.map(({ role, waits }) => [{ role }, waits]) },
  ];
}
