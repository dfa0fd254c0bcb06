/** Load from a process of its own: `intake-load.ts URL CONNECTIONS SECONDS DRAFTS`, where each line of DRAFTS is the token of a draft at its last page; presses "Send" on each once; prints the figures as one line of JSON. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const [url = '', connections = '16', seconds = '3', file = ''] = process.argv.slice(2);
const tokens = readFileSync(file, 'utf8').trim().split('\n');
let sent = 0;
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  requests: [
    {
      setupRequest: (request) => ({
        ...request,
        method: 'POST',
        path: '/report',
        body: `draft=${tokens[sent++] ?? ''}&question=check&press=send&receipt=words`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    },
  ],
});
console.log(
  JSON.stringify({
    perSecond: result.requests.average,
    requests: result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.timeouts + result.non2xx + Math.max(0, sent - tokens.length),
  }),
);
