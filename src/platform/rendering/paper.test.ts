import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { openDemonstration } from '../../../test/fixtures/demonstration.ts';
import { openBrowser, phone } from '../../../test/harness/browser.ts';
import { sessionCookie } from '../http/sites.ts';

test('above the ceiling a page prints its heading, its marking and why; below it all of itself', async (t) => {
  const application = await openDemonstration(t);
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const first = async (visitor: Visitor, list: string, link: RegExp): Promise<string> => {
    for (const [, url = ''] of (await visitor.get(list)).body.matchAll(link)) {
      if (/PERSONAL DATA/.test((await visitor.get(url)).body)) return url;
    }
    return assert.fail(`nothing personal on ${list}`);
  };
  const look = async (visitor: Visitor, url: string) => {
    const context = await browser.newContext(phone);
    await context.addCookies([{ name: sessionCookie, value: visitor.token, url: `${base}/staff` }]);
    const page = await context.newPage();
    await page.goto(base + url);
    const shown = () =>
      Promise.all([page.locator('main').isVisible(), page.locator('.sl-print-only').first().isVisible()]);
    const screen = await shown();
    const marking = page.locator('.sl-marking').first();
    const narrow = (await marking.boundingBox())?.height ?? 0;
    await page.emulateMedia({ media: 'print' });
    const paper = await shown();
    const markings = await page.locator('.sl-marking').filter({ visible: true }).count();
    await context.close();
    return { screen: screen[0], paper: paper[0], markings, narrow };
  };

  const officer = await application.as('officer');
  const visit = await first(officer, '/staff/visits', /href="(\/staff\/visits\/[0-9a-f-]{36})"/g);
  const withheld = await look(officer, visit);
  assert.deepEqual([withheld.screen, withheld.paper, withheld.markings], [true, false, 2]);
  assert.match((await officer.get(visit)).body, /Not for paper: only its heading prints/);
  assert.ok(withheld.narrow < 100, `the marking takes ${withheld.narrow} px of a phone`);

  const lead = await application.as('lead');
  const note = await first(lead, '/staff/safeguarding', /href="(\/staff\/safeguarding\/notes\/[0-9a-f-]{36})"/g);
  const printed = await look(lead, note);
  assert.deepEqual([printed.screen, printed.paper, printed.markings], [true, true, 2]);
});
