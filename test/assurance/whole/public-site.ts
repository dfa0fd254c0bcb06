/** The public journey in a real browser: its pages in every language, and leaving. */

import { languages } from '../../../src/public/languages/index.ts';
import { listInternalPages } from '../../../src/public/private-journey/visitor.ts';
import { openAttended } from '../../fixtures/attended-reports.ts';
import type { Effort, Row } from '../../harness/assurance.ts';
import { launchBrowser } from '../../harness/browser.ts';
import { assureLeaving, assurePages, assureWeight } from '../public/private-journey/assurance.ts';
import { openElsewhere } from '../public/private-journey/leaving.ts';
import { assureTongues } from '../reports/languages.ts';
import { inServer } from './world.ts';

export function assureFrontDoor(options: Effort): Promise<readonly Row[]> {
  return inServer(async (ends) => {
    const elsewhere = await openElsewhere();
    ends.after(elsewhere.close);
    const { app } = await openAttended(ends, { environment: { SAFELIGHT_EXIT_TO: elsewhere.address } });
    const base = await app.listen({ port: 0, host: '127.0.0.1' });
    const browser = await launchBrowser();
    ends.after(() => browser.close());
    const walked = { browser, base, elsewhere: elsewhere.address, pages: listInternalPages(app), tongues: languages };
    return [
      await assureLeaving(walked, options),
      await assurePages(walked, options),
      await assureWeight(walked, options),
      ...(await assureTongues(walked, languages, options)),
    ];
  });
}
