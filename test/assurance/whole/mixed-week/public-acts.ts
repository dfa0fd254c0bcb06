/** What visitors of the public site do in the mixed week, by plain HTTP. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { privateEntrance } from '../../../../src/platform/addresses.ts';
import { startJourney } from '../../../../src/public/private-journey/visitor.ts';
import { readFormValues } from '../../../../src/reports/visitor.ts';
import { presses, walk } from '../../../bench/walk.ts';
import { plainJpeg } from '../../../fixtures/files.ts';
import { nothingTold, report } from '../../reports/persistent-reporter.ts';
import type { ActName } from './week.ts';

export type PublicSite = {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly random: () => number;
  /** Receipts that were shown, for those who come back. */
  readonly receipts: string[];
};

export const pick = <One>(all: readonly One[], random: () => number): One =>
  all[Math.floor(random() * all.length)] as One;

const languages = ['en', 'ar', 'cy', 'es', 'pl', 'pt', 'ro', 'sq', 'ti', 'uk', 'vi', 'zh'] as const;
const namedPages = [
  '/',
  '/signs',
  '/signs/check',
  '/signs/places',
  '/signs/kinds',
  '/help',
  '/news',
  '/about',
  '/contact',
];
const papers = ['poster', 'card', 'leaflet', 'sheet', 'print'] as const;
const mailbox = '/report/return';
const form = '/report';
const privatePages = ['/start', '/help', '/help?who=me', '/signs', form, mailbox];

function isPage(answer: LightMyRequestResponse, what: string): LightMyRequestResponse {
  if (answer.statusCode !== 200) throw new Error(`${what} was answered ${answer.statusCode}`);
  return answer;
}

async function readPage({ app }: PublicSite, url: string): Promise<string> {
  return isPage(await app.inject(url), url).body;
}

export const publicActs = {
  'reads in private': async ({ app, random }) => {
    const journey = await startJourney(app, pick(languages, random));
    isPage(journey.shown(), 'the entrance');
    for (const page of ['/start', '/help', pick(privatePages.slice(2), random)]) isPage(await journey.go(page), page);
    if (random() < 0.5) await leave(app, await journey.go('/leaving'));
  },
  'reads the named site': async (site) => {
    for (let page = 0; page < 3; page += 1)
      await readPage(site, `${pick(namedPages, site.random)}?language=${pick(languages, site.random)}`);
    const [, release] = /href="(\/news\/[a-z0-9-]+)"/.exec(await readPage(site, '/news')) ?? [];
    if (!release) throw new Error('the news shows no release');
    await readPage(site, release);
  },
  'prints a paper': async (site) => {
    const language = `?language=${pick(languages, site.random)}`;
    await readPage(site, pick(await papersIn(site, language), site.random));
    await readPage(site, `/signs/${pick(papers, site.random)}${language}`);
  },
  'gives a draft up': async ({ app, random }) => {
    const journey = await startJourney(app, pick(languages, random));
    await journey.go(form);
    let page = await journey.post(form, { press: 'begin' });
    page = await journey.post(form, { ...readFormValues(page.body), who: 'worried', press: 'next' });
    page = await journey.post(form, { ...readFormValues(page.body), what: 'Two men wait outside.', press: 'next' });
    const { draft } = readFormValues(isPage(page, 'a question').body);
    if (!draft) throw new Error('the question has no draft');
    if (random() < 0.5) isPage(await journey.post('/report/leave', { draft }), 'leaving');
  },
  'fills in the long form': async ({ url }) => {
    const { times } = await walk(url);
    if (times.length !== presses.length) throw new Error(`${times.length} questions were answered`);
  },
  'sends a report': (site) => sendReport(site, undefined),
  'sends a report with a picture': async (site) =>
    sendReport(site, new File([new Uint8Array(await plainJpeg())], 'seen.jpg', { type: 'image/jpeg' })),
  'comes back with a receipt': async (site) => {
    if (site.receipts.length === 0) await sendReport(site, undefined);
    const journey = await startJourney(site.app);
    await journey.go(mailbox);
    let page = await journey.post(mailbox, { press: 'begin' });
    page = await journey.post(mailbox, {
      ...readFormValues(page.body),
      list: pick(site.receipts, site.random),
      press: 'open',
    });
    page = await journey.post(mailbox, { ...readFormValues(page.body), words: 'There is one more.', press: 'add' });
    if (!/name="draft"/.test(isPage(page, 'the mailbox').body)) throw new Error('the mailbox was not open');
  },
} as const satisfies Partial<Record<ActName, (site: PublicSite) => Promise<void>>>;

/** Every page and paper in every language once. Kept pages, fonts and what was compiled take memory when first used, and rare ones would be first used during the whole hour. */
export async function openEveryPublicPage(site: PublicSite): Promise<void> {
  for (const language of languages) {
    const query = `?language=${language}`;
    for (const page of [...namedPages, ...papers.map((paper) => `/signs/${paper}`)]) await readPage(site, page + query);
    for (const file of await papersIn(site, query)) await readPage(site, file);
    const journey = await startJourney(site.app, language);
    for (const page of privatePages) isPage(await journey.go(page), page);
  }
}

async function papersIn(site: PublicSite, query: string): Promise<string[]> {
  const room = await readPage(site, `/signs/print${query}`);
  const files = [...room.matchAll(/href="(\/signs\/print\/[^"]+\.pdf[^"]*)"/g)].map(([, file = '']) => file);
  return files.map((file) => file.replaceAll('&amp;', '&'));
}

/** Each report is told apart by its text. All pages must come at the first time of asking. */
async function sendReport({ url, random, receipts }: PublicSite, file: File | undefined): Promise<void> {
  const told = nothingTold();
  const who = pick(['worried', 'me'], random);
  await report(url, { what: 'A man shouts at them every morning.', who, file, pressesAgain: 1 }, told, async () => {});
  const [receipt] = told.shown.keys();
  if (!receipt || told.errors > 0 || told.beganAgain > 0 || (file && told.brought.size === 0))
    throw new Error(`the report was not taken: ${JSON.stringify({ ...told, shown: told.shown.size })}`);
  receipts.push(receipt);
}

/** By the button that every private page has. */
async function leave(app: FastifyInstance, page: LightMyRequestResponse): Promise<void> {
  const step = /name="step" value="([^"]+)"/.exec(isPage(page, 'the page about leaving').body)?.[1] ?? '';
  const answer = await app.inject({
    method: 'POST',
    url: privateEntrance,
    payload: new URLSearchParams({ step, language: 'en', to: '/exit' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  if (!isPage(answer, 'the exit').headers.refresh) throw new Error('the exit leads nowhere');
}
