/** Load from a process of its own: `audited-load.ts URL CONNECTIONS SECONDS TARGETS`, where each line of TARGETS is a path and a session; asks for JSON; prints autocannon's figures as one line of JSON. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { printFigures } from './print-figures.ts';

const [url = '', connections = '16', seconds = '3', file = ''] = process.argv.slice(2);
const targets = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' '));
let asked = Math.floor(Math.random() * targets.length);
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  headers: {},
  requests: [
    {
      setupRequest: (request) => {
        const [path = '/', token = ''] = targets[asked++ % targets.length] ?? [];
        return { ...request, path, headers: { cookie: `safelight=${token}`, accept: 'application/json' } };
      },
    },
  ],
});
printFigures(result);
