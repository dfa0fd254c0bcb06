/** Load from a process of its own: `load.ts URL CONNECTIONS SECONDS [HEADER:VALUE …]`, prints autocannon's figures as one line of JSON. */
import autocannon from 'autocannon';

const [url = '', connections = '16', seconds = '3', ...headers] = process.argv.slice(2);
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  headers: Object.fromEntries(
    headers.map((header) => [header.slice(0, header.indexOf(':')), header.slice(header.indexOf(':') + 1)]),
  ),
});
console.log(
  JSON.stringify({
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.timeouts + result.non2xx,
  }),
);
