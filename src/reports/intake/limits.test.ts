import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { nextOn, stepByStep } from '../../../test/fixtures/report-browser.ts';
import { openBrowser, phone } from '../../../test/harness/browser.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { languages } from '../../public/languages/index.ts';
import { enterJourney, type JourneyVisitor, startJourney } from '../../public/private-journey/visitor.ts';
import { readFormValues, sendReport } from '../visitor.ts';
import { mostLetters } from './questions.ts';

const draftIn = (html: string): string => /name="draft" value="([^"]*)"/.exec(html)?.[1] ?? '';
const press = (walker: JourneyVisitor, button: string, typed: Readonly<Record<string, string>> = {}) =>
  walker.post('/report', { ...readFormValues(walker.shown().body), ...typed, press: button });

/** Answers question after question, until that one is asked. */
async function toQuestion(
  walker: JourneyVisitor,
  question: string,
  answers: Readonly<Record<string, string>>,
): Promise<void> {
  await walker.go('/report');
  await walker.post('/report', { press: 'begin', draft: '' });
  for (let pages = 0; readFormValues(walker.shown().body).question !== question; pages += 1) {
    assert.ok(pages < 20, 'the form leads nowhere');
    await press(walker, 'next', answers);
  }
}

test('as many letters as are promised are taken in every script, in all answers of a page at once', async (t) => {
  const application = await openAttended(t);
  for (const letter of ['警', 'ሰ', 'ш', '😢', 'a']) {
    const text = letter.repeat(mostLetters / letter.length);
    const walker = await startJourney(application.app);
    await toQuestion(walker, 'contact', { who: 'worried', now: 'no', what: text, reach: 'yes' });
    const { statusCode, body } = await press(walker, 'next', { name: text, channel: text, safely: text, never: text });
    assert.equal(statusCode, 200, letter);
    assert.match(body, /value="send"/, letter);
    assert.ok(body.includes(text));
  }
});

test('what is longer than any form is given back on a page of the journey, in the reader’s language, with the way out', async (t) => {
  const { app } = await openAttended(t);
  for (const { code } of languages.filter(({ code }) => ['ar', 'zh', 'en'].includes(code))) {
    const walker = await startJourney(app, code);
    await walker.go('/report');
    await walker.post('/report', { press: 'begin', draft: '' });
    const draft = draftIn(walker.shown().body);
    const refused = await walker.post('/report', {
      to: '/report',
      way: 'post',
      draft,
      question: 'what',
      what: `Begins so ${'警'.repeat(60_000)}`,
    });
    assert.equal(refused.statusCode, 413, code);
    assert.match(refused.body, new RegExp(`<html lang="${code}"`));
    assert.match(refused.body, /id="exit" form="go"/);
    assert.match(refused.body, /<title>Information<\/title>/);
    assert.match(refused.body, /8,000/);
    assert.match(refused.body, /<textarea[^>]*name="what"[^>]*>Begins so 警{1000}/);
    assert.doesNotMatch(refused.body, /\uFFFD/);
    assert.match(refused.body, new RegExp(`name="draft" value="${draft}" form="go"`), 'who leaves ends it');
    const kept = await walker.post('/report', { draft, question: 'what', press: 'next', what: 'Shorter' });
    assert.equal(kept.statusCode, 200);
    assert.match(kept.body, /name="question" value="where"/, 'it goes on from there');
  }
});

test('a message that is too long for the mailbox is given back with the limit, whichever receipt was sent', async (t) => {
  const { app } = await openAttended(t);
  const receipt = await sendReport(app, { who: 'worried', now: 'no', what: 'Words', receipt: 'digits' });
  for (const letters of [mostLetters + 1, 200_000]) {
    const walker = await startJourney(app, 'pl');
    await walker.go('/report/return');
    await walker.post('/report/return', { press: 'begin', draft: '' });
    await walker.post('/report/return', { press: 'open', draft: draftIn(walker.shown().body), list: receipt });
    const draft = draftIn(walker.shown().body);
    const words = `Begins so ${'x'.repeat(letters)}`;
    const refused = await walker.postFiles('/report/return', { press: 'add', draft, words }, [
      new File(['a'], 'a.txt'),
    ]);
    assert.equal(refused.statusCode, 413);
    assert.match(refused.body, /<html lang="pl"[\s\S]*8,000[\s\S]*<textarea[^>]*name="words"[^>]*>Begins so x{8000}/);
    const added = await walker.postFiles('/report/return', { press: 'add', draft, words: 'Shorter' }, []);
    assert.equal(added.statusCode, 200);
    assert.match(added.body, /role="status"/);
  }
});

test('of forty files at once ten are kept, the rest is spoken of, and what was typed stays', async (t) => {
  const { app } = await openAttended(t);
  for (const many of [21, 45]) {
    const walker = await startJourney(app);
    await toQuestion(walker, 'files', { who: 'worried', now: 'no', what: 'Quagmire lantern' });
    const files = Array.from({ length: many }, (_, at) => new File([`words ${at}`], `note${at}.txt`));
    const { statusCode, body } = await walker.postFiles(
      '/report',
      { ...readFormValues(walker.shown().body), originals: 'yes' },
      files,
    );
    assert.equal(statusCode, 422);
    assert.match(body, /note10\.txt, note11\.txt[^<]* was not kept: there are 10 already/);
    assert.equal([...body.matchAll(/value="without /g)].length, 10);
    await press(walker, 'what');
    assert.match(walker.shown().body, /Quagmire lantern/);
  }
});

test('a file that a device would run by its name is refused in words, and a name keeps nothing that is not seen', async (t) => {
  const { app } = await openAttended(t);
  const walker = await startJourney(app);
  await toQuestion(walker, 'files', { who: 'worried', now: 'no', what: 'Quagmire lantern' });
  const bring = (names: readonly string[]) =>
    walker.postFiles(
      '/report',
      { ...readFormValues(walker.shown().body), originals: 'yes', press: 'files' },
      names.map((name) => new File(['words'], name)),
    );
  const runs = ['a.bat', 'b.js', 'c.PS1', 'd.vbs', 'e.sh', 'f.html', 'g.rtf', 'h.eml', 'i.mht', 'j.\u200Bbat\u200F'];
  const refused = await bring(runs);
  assert.equal(refused.statusCode, 422);
  assert.equal([...refused.body.matchAll(/was not kept: it is no photo/g)].length, 2 * runs.length);
  assert.doesNotMatch(refused.body, /value="without /);
  const { body } = await bring(['\u200Bno\u2060te\u061C\u200E\u200F\uFEFF.txt']);
  assert.match(body, />note\.txt</);
});

test('no spelling checker sees the text of a report', async (t) => {
  const { app } = await openAttended(t);
  for (const question of ['what', 'where', 'when', 'contact']) {
    const walker = await startJourney(app);
    await toQuestion(walker, question, { who: 'worried', now: 'no', what: 'Words', reach: 'yes' });
    const fields = walker.shown().body.match(/<textarea[^>]*>|<input class="govuk-input"[^>]*>/g) ?? [];
    assert.ok(fields.length > 0);
    for (const field of fields) assert.match(field, / spellcheck="false"/);
  }
});

test('with script, a strange answer during the journey keeps what was written; the entrance clears it', async (t) => {
  const application = await openAttended(t);
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const page = await (await (await openBrowser(t)).newContext(phone)).newPage();
  await enterJourney(page, base, '/report');
  const next = nextOn(page);
  await next(stepByStep);
  await page.getByLabel('I noticed something about somebody else').check();
  await next();
  await page.getByLabel('No', { exact: true }).check();
  await next();
  await page.locator('textarea').fill('Quagmire lantern');
  for (const answer of [
    { status: 200, contentType: 'text/html', body: '<h1>Sign in to the Wi-Fi</h1>' },
    { status: 413, contentType: 'text/html', body: '<h1>Request Entity Too Large</h1>' },
    { status: 429, contentType: 'text/html', body: '<h1>Too many</h1>' },
  ]) {
    await page.route(base + privateEntrance, (route) => route.fulfill(answer));
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.locator(`[data-when="${answer.status === 413 ? 'too long' : 'not sent'}"]:not([hidden])`).waitFor();
    assert.equal(await page.locator('textarea').inputValue(), 'Quagmire lantern', `${answer.status}`);
    await page.unroute(base + privateEntrance);
  }
  await next();
  assert.equal(await page.getByLabel('Where', { exact: true }).count(), 1, 'it goes on from there');
  await page.evaluate(`for (const step of document.querySelectorAll('[name="step"]')) step.value = 'x'`);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.locator('form#door').waitFor();
});
