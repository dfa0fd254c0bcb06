/** `npm run gallery`: every page of the demonstration, found by its links, as pictures: on a phone and at a desk, by day and by night, with what axe says of each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { databaseDefinition, openApp } from '../src/app.ts';
import { type OpenDemonstration, openDemonstration } from '../src/demonstration/show.ts';
import { readConfig } from '../src/platform/config.ts';
import { sessionCookie } from '../src/platform/http/sites.ts';
import { openRuntime } from '../src/platform/start.ts';
import { enterJourney } from '../src/public/private-journey/visitor.ts';
import { type MemberKey, members } from '../src/tour/index.ts';
import { axeViolations, desktop, launchBrowser, measureOverflow, phone } from '../test/harness/browser.ts';
import { crawl, type Get } from '../test/harness/crawl.ts';
import { type FormPage, formPages } from './gallery-forms.ts';

const help = `npm run gallery -- [--readme | --quick] [--only WORD]
Makes the demonstration in a temporary folder, walks it as each of its cast, and writes gallery/index.html with a picture
of each page. --readme: writes the pictures of README and docs into docs/images instead. --only: pages whose address has the word.
--quick: one look, one of the cast, and one page in twelve.
Ends with 1 when axe finds something or a page sticks out.`;

type Wanted = {
  readonly shape: string;
  readonly url: string;
  readonly who: MemberKey | 'anyone';
  readonly token: string | undefined;
  /** Reached through the private entrance, also where the named site has the page too. */
  readonly inside?: boolean;
  /** How to reach it, where it has no address. */
  readonly reach?: FormPage['reach'];
};
type Look = { readonly name: string; readonly options: object };

const allLooks: readonly Look[] = [
  { name: 'phone-day', options: { ...phone, colorScheme: 'light' } },
  { name: 'phone-night', options: { ...phone, colorScheme: 'dark' } },
  { name: 'desk-day', options: { ...desktop, colorScheme: 'light' } },
  { name: 'desk-night', options: { ...desktop, colorScheme: 'dark' } },
];

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    readme: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const looks = values.quick ? allLooks.slice(0, 1) : allLooks;
const cast = values.quick ? members.slice(0, 1) : members;

/** Whose home the pictures of the project show, and under which name. */
const homes: readonly (readonly [name: string, who: MemberKey])[] = [
  ['planner', 'planner'],
  ['commander', 'commander'],
  ['officer', 'officer'],
  ['nurse', 'nurse'],
  ['safeguarding-lead', 'lead'],
  ['caseworker', 'caseworker'],
  ['custodian', 'custodian'],
  ['triage', 'triage'],
  ['analyst', 'analyst'],
  ['press', 'press'],
];

/** The papers that members print, by their address. */
const papers: readonly (readonly [shape: string, name: string])[] = [
  ['/staff/briefings/:id/iimarch', 'paper-iimarch-briefing'],
  ['/staff/visits/:id/search-record', 'paper-search-record'],
  ['/staff/visits/:id/notice-of-powers', 'paper-notice-of-powers'],
  ['/staff/visits/:id/consent-to-search', 'paper-consent-to-search'],
  ['/staff/visits/:id/warrant-return', 'paper-warrant-return'],
  ['/staff/warrant-applications/:id', 'paper-warrant-application'],
  ['/staff/operations/:id/debrief', 'paper-debrief'],
  ['/staff/safeguarding/grants/:id/letter', 'paper-letter'],
  ['/staff/safeguarding/handovers/:id/paper', 'paper-handover'],
];

const desk = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } as const;
const pocket = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;

if (values.help) console.log(help);
else process.exit(await main());

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-gallery-'));
  const opened = await openRuntime(
    readConfig({ SAFELIGHT_DATA: folder, SAFELIGHT_MODE: 'demonstration', SAFELIGHT_LOG: 'error' }),
    async () => databaseDefinition,
  );
  try {
    const show = await openDemonstration(opened, openApp);
    const browser = await launchBrowser();
    try {
      return values.readme ? await pictures(show, browser) : await gallery(show, browser);
    } finally {
      await browser.close();
      await show.close();
    }
  } finally {
    await opened.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function gather(show: OpenDemonstration): Promise<Wanted[]> {
  const wanted = new Map<string, Wanted>();
  const add = async (who: Wanted['who'], get: Get, from: string, token?: string) => {
    const { pages } = await crawl(get, from);
    for (const [path, url] of pages) {
      const inside = get === show.inside && show.indoors.includes(path);
      const shape = inside ? `private ${path}` : path;
      if (!wanted.has(shape)) wanted.set(shape, { shape, url, who, token, inside });
    }
  };
  await add('anyone', show.get, '/');
  await add('anyone', show.inside, '/start');
  for (const { shape, reach } of formPages)
    wanted.set(shape, { shape, url: '/', who: 'anyone', token: undefined, reach });
  for (const { key } of cast) {
    const token = await show.signIn(key);
    await add(key, (url) => show.get(url, token), '/staff', token);
  }
  const asked = [...wanted.values()].filter(({ shape }) => shape.includes(values.only));
  return values.quick ? asked.filter((_, index) => index % 12 === 0) : asked;
}

async function gallery(show: OpenDemonstration, browser: Browser): Promise<number> {
  const wanted = await gather(show);
  const out = join(root, 'gallery');
  mkdirSync(out, { recursive: true });
  let faults = 0;
  for (const { name, options } of looks) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    for (const { shape, url, token, reach, inside } of wanted) {
      await context.clearCookies();
      if (token) await context.addCookies([{ name: sessionCookie, value: token, url: `${show.base}/staff` }]);
      if (reach) await reach(page, show.base);
      else if (inside) await enterJourney(page, show.base, url);
      else await page.goto(show.base + url);
      await page.screenshot({ path: join(out, `${fileOf(shape)}-${name}.png`), fullPage: true });
      const found = [
        ...(await axeViolations(page)).map(({ rule, where }) => `${rule} at ${where.join(' | ')}`),
        ...((await measureOverflow(page)) > 0 ? ['sticks out'] : []),
      ];
      for (const fault of found) console.log(`✖ ${shape}, ${name}: ${fault}`);
      faults += found.length;
    }
    await context.close();
    console.log(`${name}: ${wanted.length} pages`);
  }
  writeFileSync(join(out, 'index.html'), indexOf(wanted));
  console.log(
    `gallery/index.html shows ${wanted.length} pages in ${looks.length} looks. ${faults === 0 ? 'axe found nothing.' : `Faults: ${faults}.`}`,
  );
  return faults === 0 ? 0 : 1;
}

function fileOf(shape: string): string {
  return shape.replace(/\W+/g, '_').replace(/^_|_$/g, '') || 'front';
}

function indexOf(wanted: readonly Wanted[]): string {
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>body{font-family:system-ui;margin:2rem}img{height:420px;object-fit:cover;object-position:top;border:1px solid #ccc;margin:4px}</style><h1>Gallery</h1>${wanted
    .map(
      ({ shape, who }) =>
        `<h2>${shape} <small>as ${who}</small></h2>${looks.map(({ name }) => `<a href="${fileOf(shape)}-${name}.png"><img loading="lazy" src="${fileOf(shape)}-${name}.png" alt="${shape}, ${name}"></a>`).join('')}`,
    )
    .join('')}</html>`;
}

type Picture = {
  readonly name: string;
  readonly of: Pick<Wanted, 'url' | 'token'>;
  readonly look: BrowserContextOptions;
  /** A paper: its first version is made, and the picture shows the sheet alone. */
  readonly paper?: boolean;
};

/** The pictures of README and docs, cut at the bottom of the first screen. */
async function pictures(show: OpenDemonstration, browser: Browser): Promise<number> {
  const wanted = await gather(show);
  const out = join(root, 'docs/images');
  mkdirSync(out, { recursive: true });
  const chosen: Picture[] = (
    [
      ['/staff/operations/:id', 'operation', { ...desk, viewport: { width: 1280, height: 1100 } }],
      ['/staff/visits/:id', 'visit-at-night', { ...pocket, colorScheme: 'dark' }],
      ['/staff/safeguarding/people/:id', 'case', { ...desk, viewport: { width: 1280, height: 1400 } }],
      ['/staff/safeguarding/people/:id', 'case-at-night', { ...pocket, colorScheme: 'dark' }],
      ['/help', 'help', pocket],
    ] as const
  ).map(([shape, name, look]) => {
    const of = wanted.find((one) => one.shape === shape);
    if (!of) throw new Error(`nobody finds ${shape}`);
    return { name, of, look };
  });
  for (const [name, who] of homes)
    chosen.push({ name: `home-${name}`, of: { url: '/staff', token: await show.signIn(who) }, look: desk });
  chosen.push({
    name: 'home-on-a-phone-at-night',
    of: { url: '/staff', token: await show.signIn('officer') },
    look: { ...pocket, colorScheme: 'dark' },
  });
  const planner = await show.signIn('planner');
  const sheet = { viewport: { width: 794, height: 1123 }, colorScheme: 'light' } as const; // A4 at 96 dots an inch
  for (const [shape, name] of papers) {
    const of = wanted.find((one) => one.shape === shape);
    if (!of) throw new Error(`nobody finds ${shape}`);
    // Papers of support agencies are for the member who finds them.
    const token = shape.startsWith('/staff/safeguarding/') ? of.token : planner;
    chosen.push({ name, of: { url: of.url, token }, look: sheet, paper: true });
  }
  for (const { name, of, look, paper } of chosen) {
    const context = await browser.newContext({ ...look, deviceScaleFactor: 1 });
    if (of.token) await context.addCookies([{ name: sessionCookie, value: of.token, url: `${show.base}/staff` }]);
    const page = await context.newPage();
    await page.goto(show.base + of.url);
    const make = page.locator('.sl-no-print form button');
    if (paper && (await make.count()) > 0) await Promise.all([page.waitForEvent('load'), make.click()]);
    if (paper) await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: join(out, `${name}.png`) });
    await context.close();
  }
  console.log(`docs/images has ${chosen.length} pictures.`);
  return 0;
}
