/** What every load tool of the bench prints. */
import type autocannon from 'autocannon';
import type { Printed } from './processes.ts';

/** Prints autocannon's figures as one line of JSON; `lost`: what was sent in vain. */
export function printFigures(
  { requests, latency, errors, timeouts, non2xx }: Awaited<ReturnType<typeof autocannon>>,
  lost = 0,
): void {
  const printed: Printed = {
    perSecond: requests.average,
    requests: requests.total,
    p50: latency.p50,
    p99: latency.p99,
    errors: errors + timeouts + non2xx + lost,
  };
  console.log(JSON.stringify(printed));
}
