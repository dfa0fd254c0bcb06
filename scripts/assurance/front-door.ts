/** The public journey in a real browser: its pages in every language, and leaving. */

import { assureLeaving, assurePages, assureWeight } from '../../src/journey/assurance/assurance.ts';
import { openElsewhere } from '../../src/journey/assurance/leaving.ts';
import { languages } from '../../src/languages/index.ts';
import { assureTongues } from '../../src/reports/assurance/tongues.ts';
import { openAttended } from '../../src/reports/attended.testing.ts';
import { launchBrowser } from '../../src/testing/browser.ts';
import { pagesIndoors } from '../../src/testing/journey.ts';
import type { Assured } from '../assurance.ts';
import { inServer } from './world.ts';

type Options = { readonly seed: number; readonly quick: boolean };

export function assureFrontDoor(options: Options): Promise<readonly Assured[]> {
  return inServer(async (ends) => {
    const elsewhere = await openElsewhere();
    ends.after(elsewhere.close);
    const { app } = await openAttended(ends, { environment: { SAFELIGHT_EXIT_TO: elsewhere.address } });
    const base = await app.listen({ port: 0, host: '127.0.0.1' });
    const browser = await launchBrowser();
    ends.after(() => browser.close());
    const walked = { browser, base, elsewhere: elsewhere.address, pages: pagesIndoors(app), tongues: languages };
    return [
      await assureLeaving(walked, options),
      await assurePages(walked, options),
      await assureWeight(walked, options),
      ...(await assureTongues(walked, languages, options)),
    ];
  });
}
