/** Load from a process of its own: `intake-load.ts URL CONNECTIONS SECONDS DRAFTS`, where each line of DRAFTS is the token of a draft at its last page; goes in by a door for each, says so, waits to be told to begin (SIGUSR2), then presses "Send" once; prints the figures as one line of JSON. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const [url = '', connections = '16', seconds = '3', file = ''] = process.argv.slice(2);
const drafts = readFileSync(file, 'utf8').trim().split('\n');

/** A door opens once: as many as there are drafts, before the clock runs. What has no doors needs none. */
async function doors(count: number): Promise<readonly string[]> {
  const opened: string[] = [];
  const open = async (): Promise<void> => {
    while (opened.length < count) {
      const answer = await (await fetch(url)).text();
      opened.push(/name="step" value="([^"]+)"/.exec(answer)?.[1] ?? '');
      if (!opened[0]) return;
    }
  };
  await Promise.all(Array.from({ length: 16 }, open));
  return opened;
}

const steps = await doors(drafts.length);
const begun = once(process, 'SIGUSR2');
const awake = setInterval(() => {}, 1_000); // To wait for a signal alone is to end.
console.log('ready');
await begun;
clearInterval(awake);
let sent = 0;
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  requests: [
    {
      setupRequest: (request) => {
        const number = sent++;
        return {
          ...request,
          method: 'POST',
          path: '/',
          body: `step=${steps[number] ?? ''}&language=en&to=/report&way=post&draft=${drafts[number] ?? ''}&question=check&press=send&receipt=words`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        };
      },
    },
  ],
});
console.log(
  JSON.stringify({
    perSecond: result.requests.average,
    requests: result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.timeouts + result.non2xx + Math.max(0, sent - drafts.length),
  }),
);
