/** Load from a process of its own: `intake-load.ts URL CONNECTIONS SECONDS DRAFTS`, where each line of DRAFTS is the token of a draft at its last question; enters once for each and answers that question, reports that it is ready, waits for SIGUSR2, then presses "Send" once; prints the figures as one line of JSON. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { privateEntrance } from '../../src/platform/addresses.ts';
import { printFigures } from './print-figures.ts';

const [url = '', connections = '16', seconds = '3', file = ''] = process.argv.slice(2);
const door = url + privateEntrance;
const drafts = readFileSync(file, 'utf8').trim().split('\n');

type Page = { readonly step: string; readonly draft: string };

const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
const formOf = ({ step, draft }: Page, answer: string): string =>
  `step=${step}&language=en&to=/report&way=post&draft=${draft}&${answer}`;

/** The page before "Send" of each, before the clock starts. Where there is no entrance, none is needed. */
async function lastPages(): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let next = 0;
  const open = async (): Promise<void> => {
    while (next < drafts.length) {
      const number = next++;
      const step = hidden(await (await fetch(door)).text(), 'step');
      if (!step) return;
      const body = formOf({ step, draft: drafts[number] ?? '' }, 'question=reach&reach=no&press=next');
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const html = await (await fetch(door, { method: 'POST', body, headers })).text();
      pages[number] = { step: hidden(html, 'step'), draft: hidden(html, 'draft') };
    }
  };
  await Promise.all(Array.from({ length: 16 }, open));
  return pages;
}

const pages = await lastPages();
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
        const page = pages[sent++] ?? { step: '', draft: '' };
        return {
          ...request,
          method: 'POST',
          path: privateEntrance,
          body: formOf(page, 'question=check&press=send&receipt=words'),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        };
      },
    },
  ],
});
printFigures(result, Math.max(0, sent - drafts.length));
