/** Load from a process of its own: `load.ts URL CONNECTIONS SECONDS WORDS [HEADER:VALUE …]`, prints autocannon's figures as one line of JSON. */
import autocannon from 'autocannon';
import { printFigures } from './print-figures.ts';

const [url = '', connections = '16', seconds = '3', words = '0', ...headers] = process.argv.slice(2);
let asked = 0;
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  headers: Object.fromEntries(
    headers.map((header) => [header.slice(0, header.indexOf(':')), header.slice(header.indexOf(':') + 1)]),
  ),
  ...(Number(words) > 0 && {
    requests: [
      {
        setupRequest: (request) => ({ ...request, path: `${request.path}word${asked++ % Number(words)}` }),
      },
    ],
  }),
});
printFigures(result);
