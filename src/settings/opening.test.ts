import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { openApplication } from '../../test/fixtures/application.ts';
import { application } from '../../test/harness/application.ts';
import { axeViolations, desktop, measureOverflow, openBrowser, phone } from '../../test/harness/browser.ts';
import { migrate } from '../platform/database/migrate.ts';
import { sessionCookie } from '../platform/http/sites.ts';
import { publicLanguages } from '../public/languages/index.ts';
import { openSettings } from './examples.ts';

/** A live installation of today: its database is new, so its public site is closed. */
async function openNewSite(t: TestContext) {
  const application = await openSettings(t, { SAFELIGHT_MODE: 'live' }, { today: '2026-11-24' });
  await sql`delete from public_site_open_before_settings`.execute(application.db);
  return application;
}

test('a new live site answers with the emergency number alone, in every language and at every address', async (t) => {
  const { app, ada, dee, pat } = await openNewSite(t);
  for (const url of ['/', '/help', '/report', '/signs', '/news', '/information', '/about', '/robots.txt']) {
    const { statusCode, body, headers } = await app.inject(url);
    assert.equal(statusCode, 503, url);
    assert.match(body, /This site is not open yet[\s\S]*href="tel:999"/, url);
    assert.doesNotMatch(body, /<form|<input|href="\//, url);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['set-cookie'], undefined);
  }
  assert.equal((await app.inject({ method: 'POST', url: '/report', payload: {} })).statusCode, 503);
  const titles = new Set<string>();
  for (const { code, direction } of publicLanguages.all) {
    const { body } = await app.inject(`/?language=${code}`);
    assert.match(body, new RegExp(`<html lang="${code}"${direction === 'rtl' ? ' dir="rtl"' : ''}`), code);
    assert.match(body, /href="tel:999"/, code);
    titles.add(/<h1[^>]*>([^<]*)</.exec(body)?.[1] ?? '');
  }
  assert.equal(titles.size, publicLanguages.all.length);
  for (const who of [ada, dee]) assert.match((await who.get('/staff')).body, /Open the public site[\s\S]*Missing: /);
  assert.doesNotMatch((await pat.get('/staff')).body, /Open the public site/);
  assert.match(
    (await ada.get('/staff/settings')).body,
    /Contacts and hours: \d+ of \d+ not yet confirmed by two people/,
  );
  assert.match((await ada.get('/staff/settings')).body, /No list can change after the first report/);
  const early = await ada.post('/staff/settings/open', {});
  assert.equal(early.headers.location, '/staff/settings', 'nobody opens it while something is missing');
});

test('a site that was in use before there were settings, and a demonstration, are open', async (t) => {
  const live = await openSettings(t, { SAFELIGHT_MODE: 'live' });
  assert.equal((await live.app.inject('/help')).statusCode, 200);
  assert.doesNotMatch((await live.ada.get('/staff/settings')).body, /not open yet/);
  const demonstration = await openSettings(t);
  await sql`delete from public_site_open_before_settings`.execute(demonstration.db);
  assert.equal((await demonstration.app.inject('/help')).statusCode, 200);
});

test('a database in use that gets its settings keeps its public site open', async (t) => {
  const { db, databases, member, agency } = await openApplication(t);
  await member(await agency('police force'), ['administrator']);
  await sql`drop table public_site_open_before_settings, public_setting_decisions, public_settings`.execute(db);
  await sql`delete from schema_changes where name like '%0031-public-settings'`.execute(db);
  // As the owner, whom row policies bind: no member is to be seen.
  assert.deepEqual(await migrate(databases.for('main', 'owner'), 'main', application), [
    'public/main/0031-public-settings',
  ]);
  const { rows } = await sql`select from public_site_open_before_settings`.execute(db);
  assert.equal(rows.length, 1);
});

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Name, area and jurisdiction': {
    'Name of the partnership': 'Dale and Fell Partnership',
    'Short name': 'Dale',
    Area: 'Dale',
  },
  'About and members': { Description: 'We work together.', 'Members of': 'Dale Constabulary' },
  'Contact, press office and social media': {
    'E-mail address of the partnership': 'hello@dale.example',
    'E-mail address of the press office': 'press@dale.example',
    'E-mail address for faults': 'security@dale.example',
    Day: '1',
    Month: '6',
    Year: '2027',
  },
  'Privacy notice': {
    'Who is the controller?': 'Dale Constabulary',
    'How do people reach': 'dpo@dale.example',
    'Number in the register': 'Z1234567',
    Day: '1',
    Month: '11',
    Year: '2026',
  },
  'Accessibility statement': {
    'E-mail address for people': 'access@dale.example',
    Day: '1',
    Month: '11',
    Year: '2026',
    'Who tested it?': 'Fell Council',
  },
};

async function signedIn(browser: Browser, base: string, token: string, look: typeof desktop): Promise<Page> {
  const context = await browser.newContext(look);
  await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
  return context.newPage();
}

async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve or refuse' }).click();
  await page.getByLabel('Approve', { exact: true }).check();
  await page.getByRole('button', { name: 'Save your decision' }).click();
  await page.getByText('Approved', { exact: true }).first().waitFor();
}

test('two people take a new live site from an empty database to an open site by settings alone', async (t) => {
  const { app, ada, dee } = await openNewSite(t);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const [first, second] = [
    await signedIn(browser, base, ada.token, phone),
    await signedIn(browser, base, dee.token, desktop),
  ];
  const sound = async (page: Page) => {
    assert.deepEqual(await axeViolations(page), [], page.url());
    assert.equal(await measureOverflow(page), 0, page.url());
  };
  const visitor = await (await browser.newContext(phone)).newPage();
  assert.equal((await visitor.goto(`${base}/help`))?.status(), 503);
  await sound(visitor);

  for (const [title, answers] of Object.entries(words)) {
    await first.goto(`${base}/staff/settings`);
    await sound(first);
    await first.getByRole('link', { name: title, exact: true }).click();
    for (const [label, answer] of Object.entries(answers)) await first.getByLabel(label).first().fill(answer);
    await first.getByRole('button', { name: 'Save as a proposal' }).click();
    await first.getByText('Saved as a proposal.').waitFor();
    await second.goto(first.url());
    await approve(second);
  }

  await first.goto(`${base}/staff/settings/contacts/checked`);
  await sound(first);
  for (const box of await first.getByRole('checkbox').all()) await box.check();
  await first.getByRole('button', { name: 'Save as proposals' }).click();
  await second.goto(`${base}/staff/settings/contacts`);
  await sound(second);
  await second.getByRole('button', { name: 'Approve checks of colleagues' }).click();
  for (const box of await second.getByRole('checkbox').all()) await box.check();
  await second.getByRole('button', { name: 'Approve' }).click();
  assert.equal((await visitor.goto(`${base}/help`))?.status(), 503, 'it opens when two people say so');

  await first.goto(`${base}/staff/settings`);
  await first.getByRole('button', { name: 'Propose to open the public site' }).click();
  await first.getByText('Saved as a proposal.').waitFor();
  await second.goto(`${base}/staff`);
  await second.getByRole('link', { name: 'Decide on a change of the public site' }).click();
  await approve(second);

  assert.equal((await visitor.goto(`${base}/help`))?.status(), 200);
  await visitor.goto(base);
  assert.match(await visitor.title(), /Dale and Fell Partnership/);
  await first.goto(`${base}/staff/settings`);
  assert.equal(await first.getByText('The public site is not open yet').count(), 0);
});
