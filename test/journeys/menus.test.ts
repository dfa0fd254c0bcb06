/** The menu and More of every member of the demonstration, and the menu in a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access, areas } from '../../src/app.ts';
import type { Actor } from '../../src/platform/access-policy/access.ts';
import { listNavigation } from '../../src/platform/http/shells.ts';
import { type MemberKey, members } from '../../src/tour/index.ts';
import { sideOf } from '../../src/vocabulary/people.ts';
import { openApplication } from '../fixtures/application.ts';
import { openForBrowser } from '../fixtures/browser-pages.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { desktop, findPageProblems, narrowest, phone } from '../harness/browser.ts';

const pathsIn = (html: string): string[] => [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href);
const partOf = (html: string, pattern: RegExp): string => pattern.exec(html)?.[0] ?? '';
const menuIn = (html: string): string => partOf(html, /<nav class="sl-nav"[\s\S]*?<\/nav>/);
const mainIn = (html: string): string => partOf(html, /<main[\s\S]*?<\/main>/);

test('every member of the demonstration finds all their pages in the menu and under More, and can open each', async (t) => {
  const demonstration = await openDemonstration(t);
  const kindsOf = new Map(
    (await demonstration.db.selectFrom('agencies').select(['id', 'kind']).execute()).map(({ id, kind }) => [id, kind]),
  );
  const faults: string[] = [];
  for (const { key, roles } of members) {
    const visitor = await demonstration.as(key as MemberKey);
    const more = await visitor.get('/staff/more');
    assert.equal(more.statusCode, 200, key);
    const menu = pathsIn(menuIn(more.body));
    assert.ok(menu.length <= 6, `${key}: ${menu.length} items`);
    assert.match(menuIn(more.body), /href="\/staff\/more" aria-current="page"/);
    const side = sideOf[kindsOf.get(visitor.member.agencyId) as keyof typeof sideOf];
    const actor = { side, roles, operations: [], partnerOperations: [], teams: [] } as unknown as Actor;
    const wanted = listNavigation(areas).filter(({ action }) => access.allows(actor, action));
    const shown = pathsIn(mainIn(more.body));
    assert.deepEqual(shown.toSorted(), [...wanted.map(({ href }) => href), '/staff/credentials'].sort(), key);
    for (const path of new Set([...menu, ...shown])) {
      const { statusCode } = await visitor.get(path);
      if (statusCode !== 200) faults.push(`${key}: ${path} answers ${statusCode}`);
    }
  }
  assert.deepEqual(faults, []);
});

test('from every page one link asks whom a report is about, and each answer opens for who may go there', async (t) => {
  const demonstration = await openDemonstration(t);
  const offered = listNavigation(areas).flatMap(({ potentialVictim }) =>
    potentialVictim ? [potentialVictim.who] : [],
  );
  const seen = new Set<string>();
  for (const { key } of members) {
    const visitor = await demonstration.as(key as MemberKey);
    assert.match(
      (await visitor.get('/staff')).body,
      /<a href="\/staff\/potential-victim">Report a potential victim</,
      key,
    );
    const page = mainIn((await visitor.get('/staff/potential-victim')).body);
    assert.match(page, /href="tel:999"[\s\S]*Call 999 first[\s\S]*Anybody else/, key);
    for (const path of pathsIn(page).filter((to) => to.startsWith('/')))
      assert.equal((await visitor.get(path)).statusCode, 200, `${key}: ${path}`);
    for (const who of offered) if (page.includes(who)) seen.add(who);
  }
  assert.deepEqual([...seen].sort(), offered.toSorted(), 'somebody is offered each');
});

test('More is for members alone', async (t) => {
  const { app } = await openApplication(t);
  const { statusCode, headers } = await app.inject({ url: '/staff/more' });
  assert.equal(statusCode, 303);
  assert.match(String(headers.location), /sign-in/);
});

type Box = { readonly top: number; readonly bottom: number; readonly height: number };
/** Where things stand, in the coordinates of the window. */
const measure = `(() => {
  const box = (selector) => {
    const found = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
    if (!found) return null;
    const { top, bottom, height } = found.getBoundingClientRect();
    return { top, bottom, height };
  };
  return { bar: box('.sl-nav'), heading: box('h1'), last: box('.sl-footer li:last-child'), fixed: getComputedStyle(document.querySelector('.sl-nav')).position === 'fixed' };
})()`;
type Places = { readonly bar: Box; readonly heading: Box; readonly last: Box; readonly fixed: boolean };

test('on a phone four items stand at the foot of the screen, and hide nothing', async (t) => {
  const world = await openForBrowser(t, (environment) => openApplication(t, { environment }));
  const { base, pageOf } = world;
  const lead = await world.member(await world.agency('council'), ['safeguarding lead']);
  const faults: string[] = [];
  for (const [name, options, path] of [
    ['phone', phone, '/staff/more'],
    ['phone at night', { ...phone, colorScheme: 'dark' }, '/staff/safeguarding/people'],
    ['narrowest', narrowest, '/staff/safeguarding/information-requests'],
  ] as const) {
    const page = await pageOf(lead, options);
    await page.goto(base + path);
    const items = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
    assert.deepEqual(items, ['Home', 'Cases', 'Referrals', 'More'], name);
    const { bar, heading, fixed } = (await page.evaluate(measure)) as Places;
    const height = page.viewportSize()?.height ?? 0;
    assert.ok(fixed && Math.abs(bar.bottom - height) < 1, `${name}: the bar stands at the foot`);
    assert.ok(bar.height < 80, `${name}: the bar is ${bar.height} high`);
    assert.ok(heading.bottom < bar.top, `${name}: the heading is in the first screen, at ${heading.top}`);
    faults.push(...(await findPageProblems(page)));
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    const atEnd = (await page.evaluate(measure)) as Places;
    assert.ok(atEnd.last.bottom <= atEnd.bar.top, `${name}: the end of the page is above the bar`);
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});

test('at 400% zoom the bar stays out of the way, and what has the focus is never behind it', async (t) => {
  const world = await openForBrowser(t, (environment) => openApplication(t, { environment }));
  const { base, pageOf } = world;
  const lead = await world.member(await world.agency('council'), ['safeguarding lead']);
  const zoomed = await pageOf(lead, { viewport: { width: 320, height: 256 } });
  await zoomed.goto(`${base}/staff/more`);
  assert.equal(((await zoomed.evaluate(measure)) as Places).fixed, false);
  const page = await pageOf(lead, { ...narrowest, javaScriptEnabled: true });
  await page.goto(`${base}/staff/more`);
  const links = await page.locator('main a, footer a').count();
  await page.locator('main a').first().focus();
  for (let press = 1; press < links; press++) {
    await page.keyboard.press('Tab');
    const { focus, bar } = (await page.evaluate(
      `({ focus: document.activeElement.getBoundingClientRect().bottom, bar: document.querySelector('.sl-nav').getBoundingClientRect().top })`,
    )) as { focus: number; bar: number };
    assert.ok(focus <= bar + 1, `link ${press} is at ${focus}, behind the bar at ${bar}`);
  }
});

test('on a phone the other pages of a place are folded, and open without script; at a desk they stand open', async (t) => {
  const world = await openForBrowser(t, (environment) => openApplication(t, { environment }));
  const { base, pageOf } = world;
  const lead = await world.member(await world.agency('council'), ['safeguarding lead']);
  for (const [name, options, folded] of [
    ['phone', { ...phone, javaScriptEnabled: false }, true],
    ['desk', { ...desktop, javaScriptEnabled: false }, false],
  ] as const) {
    const page = await pageOf(lead, options);
    await page.goto(`${base}/staff/safeguarding`);
    const search = page.getByRole('navigation', { name: 'All pages of Cases' }).getByText('Person search');
    assert.equal(await search.isVisible(), !folded, name);
    if (folded) await page.getByText('All pages of Cases').click();
    await search.click();
    await page.getByRole('heading', { name: 'Person search' }).waitFor();
    await page.context().close();
  }
});

test('at a desk the menu stands above the page, without script too', async (t) => {
  const world = await openForBrowser(t, (environment) => openApplication(t, { environment }));
  const { base, pageOf } = world;
  const lead = await world.member(await world.agency('council'), ['safeguarding lead']);
  const page = await pageOf(lead, { ...desktop, javaScriptEnabled: false });
  await page.goto(`${base}/staff`);
  const menu = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  assert.deepEqual(await menu.allInnerTexts(), ['Home', 'Cases', 'Referrals', 'Reports', 'Requests', 'More']);
  await menu.filter({ hasText: 'More' }).click();
  await page.getByRole('heading', { name: 'More', level: 1 }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Person search' }).click();
  await page.getByRole('heading', { name: 'Person search' }).waitFor();
});
