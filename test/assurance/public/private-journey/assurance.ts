/** The journey in a real browser, as figures: every page in every language, and every way of leaving. Seeded: the same seed reads the same pages. */

import type { Browser } from 'playwright-core';
import { chance, type Effort, inLanes, type Row } from '../../../harness/assurance.ts';
import { afterwards, type Leaving, leaveAndLook, ways } from './leaving.ts';
import { lookAtPages, looks, type Tongue, tooHeavy, weigh } from './pages.ts';

export type Walked = {
  readonly browser: Browser;
  readonly base: string;
  readonly elsewhere: string;
  readonly pages: readonly string[];
  readonly tongues: readonly Tongue[];
};

const few = (faults: readonly string[]): string =>
  faults.length === 0 ? '' : `: ${faults.slice(0, 6).join('; ')}${faults.length > 6 ? '; …' : ''}`;

/** Two at a time: while the browser draws for one, it waits for another. */
const twoAtOnce = <One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> => inLanes(2, all, work);

/** What the pages in the menu of a page are, so that each can be pressed from each. */
const inTheMenu = ['/help', '/signs', '/leaving'] as const;

/** Every way × every afterwards, every other time from the middle of telling; in the long form in a third of the languages each, so that together they are all, else in the one that the seed chooses. */
export async function assureLeaving(
  { browser, base, elsewhere, tongues }: Walked,
  { seed, quick }: Effort,
): Promise<Row> {
  const random = chance(seed);
  const pick = <One>(all: readonly One[]): One => all[Math.floor(random() * all.length)] as One;
  const pairs = ways.flatMap((way) => afterwards.map((then) => ({ way, afterwards: then })));
  const cases = pairs.flatMap((pair, number) =>
    (quick ? [pick(tongues)] : tongues.filter((_, at) => at % 3 === number % 3)).map(
      ({ code }, turn): Leaving => ({
        ...pair,
        language: code,
        read: Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(inTheMenu)),
        telling: (number + turn) % 2 === 0,
      }),
    ),
  );
  const faults: string[] = [];
  await twoAtOnce(cases, async (one) => {
    faults.push(...(await leaveAndLook(browser, base, elsewhere, one)));
  });
  return {
    what: `exit × {${ways.join(', ')}} × {${afterwards.join(', ')}}: no word of the journey is seen again, the history names one address and one title, no cookie and no storage is left`,
    figure: `${cases.length} times left, ${cases.filter(({ telling }) => telling).length} of them half-told, ${faults.length} faults${few(faults)}`,
    passed: faults.length === 0 && cases.length >= ways.length * afterwards.length,
  };
}

/** Every page × every language × every look. In the short form each language with a third of the pages in the look that comes next: together each page in each look, and some pages in each language. */
export async function assurePages({ browser, base, pages, tongues }: Walked, { quick }: Effort): Promise<Row> {
  const cases = tongues.flatMap((tongue, at) =>
    (quick ? [looks[at % looks.length]] : looks).flatMap((look) =>
      look ? [{ tongue, look, shown: quick ? pages.filter((_, page) => page % 3 === at % 3) : pages }] : [],
    ),
  );
  const faults: string[] = [];
  await twoAtOnce(cases, async ({ tongue, look, shown }) => {
    faults.push(...(await lookAtPages(browser, base, tongue, shown, look)));
  });
  const looked = cases.reduce((sum, { shown }) => sum + shown.length, 0);
  return {
    what: `every page × language × look (${looks.map(({ name }) => name).join('; ')}): axe, language and direction, the way out in view at every offset, second by keyboard, at most 15 % of the screen and over no focus; 0 cookies, 0 storage, 0 requests elsewhere`,
    figure: `${pages.length} pages × ${tongues.length} languages, ${looked} looked at, ${faults.length} faults${few(faults)}`,
    passed: faults.length === 0 && pages.length >= 4 && tongues.length >= 12 && looked >= pages.length * 4,
  };
}

export async function assureWeight({ browser, base, pages, tongues }: Walked, { quick }: Effort): Promise<Row> {
  const cases = pages.flatMap((to) => (quick ? tongues.slice(-1) : tongues).map(({ code }) => ({ to, code })));
  const faults: string[] = [];
  const [doors, answers, whole]: [number[], number[], number[]] = [[], [], []];
  await twoAtOnce(cases, async ({ to, code }) => {
    const weights = await weigh(browser, base, to, code);
    doors.push(weights.door.bytes);
    answers.push(weights.answer);
    whole.push(weights.page.bytes);
    const fault = tooHeavy(weights, to);
    if (fault) faults.push(`${to}, ${code}: ${fault}`);
  });
  return {
    what: 'with an empty cache: the first view, the door, at most 14,000 bytes in one request; an answer behind it at most 14,000',
    figure: `door ${Math.max(...doors)}, heaviest answer ${Math.max(...answers)} bytes, ${Math.max(...whole)} with the style sheet and the island that come once, of ${cases.length}${few(faults)}`,
    passed: faults.length === 0,
  };
}
