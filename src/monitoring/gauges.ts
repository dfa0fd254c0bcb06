/** The measures as metrics. What belongs to the safeguarding database is of the last full hour. */
import type { Gauge, Sample } from '../platform/metrics/metrics.ts';
import type { Measures } from './measures.ts';
import type { MessageCounts, Monitor } from './monitor.ts';
import { judgeAll } from './rules.ts';

/** Pure. A gauge without samples says that nobody knows. */
export function toGauges(measures: Measures, messages: MessageCounts): Gauge[] {
  const stores = (['main', 'safeguarding'] as const).flatMap((store) => {
    const found = measures[store];
    return typeof found === 'string' || !found.queues ? [] : [{ store, queues: found.queues }];
  });
  const { backups } = measures;
  const age = (seconds: number | undefined): Sample[] => (seconds === undefined ? [] : [[{}, Math.floor(seconds)]]);
  return [
    {
      name: 'safelight_finding',
      samples: judgeAll(measures).map(({ name, cure }): Sample => [{ rule: name }, cure ? 1 : 0]),
    },
    {
      name: 'safelight_queue_oldest_seconds',
      samples: stores.flatMap(({ store, queues }): Sample[] => [
        [{ store, queue: 'outbox' }, Math.floor(queues.outboxSeconds ?? 0)],
        [{ store, queue: 'seal' }, Math.floor(queues.unsealedSeconds ?? 0)],
      ]),
    },
    {
      name: 'safelight_queue_given_up',
      samples: stores.map(({ store, queues }): Sample => [{ store, queue: 'outbox' }, queues.outboxGivenUp]),
    },
    {
      name: 'safelight_log_unsealed_rows',
      samples: stores.map(({ store, queues }): Sample => [{ store }, queues.unsealedRows]),
    },
    { name: 'safelight_messages', samples: messages.map(({ state, count }): Sample => [{ state }, count]) },
    { name: 'safelight_backup_age_seconds', samples: typeof backups === 'string' ? [] : age(backups.backupSeconds) },
    { name: 'safelight_drill_age_seconds', samples: typeof backups === 'string' ? [] : age(backups.drillSeconds) },
  ];
}

/** In milliseconds: for so long the databases are not asked again. Shorter than the time between two readings that the guide names. */
const keptFor = 4_000;

/** For `Metrics`: measures at most every four seconds, however often it is read. */
export function gaugesOf(
  monitor: Monitor,
  milliseconds = (): number => performance.now(),
): () => Promise<readonly Gauge[]> {
  let last: { readonly at: number; readonly gauges: Promise<readonly Gauge[]> } | undefined;
  return () => {
    const at = milliseconds();
    if (!last || at - last.at >= keptFor)
      last = { at, gauges: monitor.measure().then((measures) => toGauges(measures, monitor.messages)) };
    return last.gauges;
  };
}
