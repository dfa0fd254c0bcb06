/** Public pages that answer a form, so that no link leads to them. Tells the gallery how to reach each. */
import type { Page } from 'playwright-core';
import { enterJourney } from '../src/public/private-journey/visitor.ts';

export type FormPage = {
  readonly shape: string;
  readonly reach: (page: Page, base: string) => Promise<void>;
};

async function notice(page: Page, base: string, reader: string, kind: string): Promise<void> {
  await enterJourney(page, base, '/signs/check');
  await page.getByLabel(reader).check();
  await page.getByLabel(kind).check();
  await page.getByRole('button', { name: 'Go on' }).click();
}

async function answer(page: Page, ticks: readonly string[]): Promise<void> {
  for (const tick of ticks) await page.getByLabel(tick).check();
  await page.getByRole('button', { name: 'Show what to do now' }).click();
}

const worried = 'I am worried about someone';
const herself = 'It may be happening to me';
const professional = 'I work with people';

export const formPages: readonly FormPage[] = [
  { shape: '/signs, what was noticed', reach: (page, base) => notice(page, base, worried, 'Selling sex') },
  { shape: '/signs, what happens to her', reach: (page, base) => notice(page, base, herself, 'Something else') },
  {
    shape: '/signs, answered on a sign of control',
    reach: async (page, base) => {
      await notice(page, base, worried, 'Work: on a site');
      await answer(page, ['get little or no pay', 'They speak little English']);
    },
  },
  {
    shape: '/signs, answered on what means nothing alone',
    reach: async (page, base) => {
      await notice(page, base, worried, 'Selling sex');
      await answer(page, ['They have a tattoo', 'Men call at a property']);
    },
  },
  {
    shape: '/signs, answered to her',
    reach: async (page, base) => {
      await notice(page, base, herself, 'Someone under 18');
      await answer(page, ['Someone hurts you']);
    },
  },
  {
    shape: '/signs, answered to a professional',
    reach: async (page, base) => {
      await notice(page, base, professional, 'Being made to break the law');
      await answer(page, ['Someone makes them break the law']);
    },
  },
];
