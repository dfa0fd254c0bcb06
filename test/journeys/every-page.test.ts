/** Every page of the demonstration, found by one crawl as every member and one as the public, and each thing that must hold for all of them. What a browser must find of them is in every-page/sound-*.test.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demonstrationDay, openDemonstration } from '../fixtures/demonstration.ts';
import { crawlAsMembers } from '../fixtures/member-crawl.ts';
import { assertNoWordsOfPeople } from './every-page/enforcement-words.ts';
import { assertFilesKnown } from './every-page/files.ts';
import { assertNoDeadLinks, assertPublicLinks } from './every-page/links.ts';
import { assertOwnersLogged, assertReadsLogged } from './every-page/logged-reads.ts';
import { assertMarked } from './every-page/markings.ts';
import { crawlAsPublic } from './every-page/shapes.ts';
import { assertRestSound } from './every-page/soundness.ts';
import { assertFormsRobust, assertListsRobust } from './every-page/strange-input.ts';
import { assertValidData, assertValidHtml } from './every-page/valid-documents.ts';
import { assertLight } from './every-page/weights.ts';

test('every page of the demonstration', async (t) => {
  const application = await openDemonstration(t);
  const { app } = application;
  assert.equal(demonstrationDay, application.clock.today());
  const crawls = await crawlAsMembers(application);
  const publicCrawl = await crawlAsPublic(app);

  await t.test('no member finds a dead link', () => assertNoDeadLinks(crawls));
  await t.test('the public finds no link that leads nowhere, and no cookie', () => assertPublicLinks(app, publicCrawl));
  await t.test(
    'every page of every member bears one marking, at its top and at its foot; every file bears one in name and head',
    () => assertMarked(crawls),
  );
  await t.test('no member of an enforcement agency reads the words or the health of a person', () =>
    assertNoWordsOfPeople(crawls),
  );
  await t.test('a staff page weighs at most 80 kB at first view, and 12 kB afterwards', () => assertLight(app, crawls));
  await t.test('every page that reads records of people adds a row to the log of its store', async () => {
    assertReadsLogged(crawls);
    await assertOwnersLogged(application);
  });
  await t.test('what only this crawl finds is sound too', (t) => assertRestSound(t, application, crawls));
  await t.test('every page of the public is valid HTML', () => assertValidHtml(app, publicCrawl));
  await t.test('structured data, feeds and the sitemap keep to their formats', () => assertValidData(app, publicCrawl));
  await t.test('every address that hands out a file is known, and every file bears its marking in head and name', () =>
    assertFilesKnown(app, crawls),
  );
  // These write, so they come last.
  await t.test('no form fails on strange input, and each shows it as plain text', () =>
    assertFormsRobust(application, crawls),
  );
  await t.test('no list and no search fails on strange input', () =>
    assertListsRobust(application, crawls, publicCrawl),
  );
});
