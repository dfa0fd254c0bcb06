import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { axeViolations, desktop, measureOverflow, phone } from '../../../test/harness/browser.ts';

const looks = [
  ['phone', { ...phone, javaScriptEnabled: false }, 30],
  ['phone-night', { ...phone, colorScheme: 'dark' }, 30],
  ['desk', desktop, 60],
] as const;

type Seen = {
  readonly sizes: readonly number[];
  readonly below: boolean;
  readonly lang: string;
  readonly height: number;
  readonly direction: string;
};
const measureCards = `[...document.querySelectorAll('.sl-large-card')].map((card) => {
  const [large, english] = card.querySelectorAll('div');
  return {
    sizes: [large, english].map((one) => (one ? parseFloat(getComputedStyle(one).fontSize) : 0)),
    below: !english || english.getBoundingClientRect().top > large.getBoundingClientRect().top,
    lang: large.lang,
    height: card.getBoundingClientRect().height,
    direction: large.matches(':dir(rtl)') ? 'rtl' : 'ltr',
  };
})`;

test('the words of a question in large type: one idea a screen, the person’s language large and the English below it', async (t) => {
  const { base, pageOf, caseworker, person, nurses } = await openForBrowser(t, (environment) =>
    aWalkIn(t, { environment }),
  );
  for (const [look, options, least] of looks)
    for (const [code, name] of [
      ['uk', 'Ukrainian'],
      ['ar', 'Arabic'],
    ] as const) {
      const page = await pageOf(caseworker, options);
      await page.goto(`${base}/staff/safeguarding/people/${person.id}/consents/ask?act=refer&to=${nurses.id}`);
      await page.getByLabel('What is it for?').selectOption('safe place');
      await page.getByLabel('Language of the person').selectOption({ label: name });
      await page.getByRole('button', { name: 'Show the words' }).click();
      const opened = page.context().waitForEvent('page');
      await page.getByRole('button', { name: 'Show these words in large type' }).click();
      const cards = await opened;
      await cards.waitForLoadState('load'); // With its style sheet.
      await cards.locator('.sl-large-card').first().waitFor();
      assert.doesNotMatch(cards.url(), /act=|items=/, 'no choice of the person is in the address');
      await shoot(cards, `large-${code}-${look}`);
      await cards.emulateMedia({ media: 'screen' });
      const seen = await cards.evaluate<Seen[]>(measureCards);
      assert.ok(seen.length > 8, `${seen.length} cards`);
      for (const { sizes, below, lang, height, direction } of seen) {
        assert.ok((sizes[0] ?? 0) >= least && below, `${look}, ${code}`);
        assert.equal(lang, code);
        assert.equal(direction, code === 'ar' ? 'rtl' : 'ltr');
        assert.ok(height >= (options.viewport?.height ?? 0) * 0.8, 'one idea a screen');
      }
      assert.equal(await measureOverflow(cards), 0, `${look}, ${code}`);
      assert.equal(await cards.getByText(/language model|interpreter whom you recorded|for staff/).count(), 0);
      if (look !== 'phone') assert.deepEqual(await axeViolations(cards), [], `${look}, ${code}`);
      await cards.emulateMedia({ media: 'print' });
      assert.ok(await cards.locator('.sl-large-card').first().isVisible(), 'prints');
      await page.context().close();
    }
});
