import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { languages, translatorFor } from '../../public/languages/index.ts';
import { requestInternally } from '../../public/private-journey/visitor.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { attend } from '../examples.ts';
import { openReportForm, type ReportVisitor, readFormValues } from '../visitor.ts';
import { fileErrors, questionPage } from './pages.ts';
import { addPage } from './short-pages.ts';

const questionOn = (teller: ReportVisitor): string => readFormValues(teller.page().body).question ?? '';
const upTo = async (
  teller: ReportVisitor,
  step: string,
  answers: Readonly<Record<string, string>>,
): Promise<string> => {
  for (let pages = 0; questionOn(teller) !== step; pages += 1) {
    assert.ok(pages < 20, `the form does not lead to ${step}`);
    await teller.press('next', answers);
  }
  return teller.page().body;
};

test('during a report no button of the page leads away from it, and the page says what exit can do', async (t) => {
  const { app } = await openAttended(t);
  const teller = await openReportForm(app);
  await teller.press('begin');
  const seen = new Set<string>();
  const look = () => {
    const { body } = teller.page();
    seen.add(questionOn(teller));
    assert.doesNotMatch(body, /<a [^>]*href="\/|name="to" value="\/(?!exit)/, questionOn(teller));
    assert.match(
      body,
      /<details[\s\S]*How the exit button works, and its limits[\s\S]*may already have seen everything/,
    );
  };
  while (!/value="send"/.test(teller.page().body)) {
    look();
    await teller.press('next', { who: 'professional', now: 'yes', what: 'Six men', reach: 'yes' });
  }
  look();
  await teller.press('where');
  await teller.press('map');
  look();
  assert.ok(seen.size >= 14, [...seen].join());
  const mailbox = await openReportForm(app, '/report/return');
  const asked = await mailbox.press('begin');
  assert.doesNotMatch(asked.body, /<a [^>]*href="\/|name="to" value="\/(?!exit)/);
});

test('before the first question it is said which Back goes back, and that the other loses what was written', async (t) => {
  const { app } = await openAttended(t);
  assert.match(
    (await requestInternally(app, '/report')).body,
    /“Back” on the page\. If you use the Back button[^.]*lose what you wrote\./,
  );
  for (const { code } of languages) {
    const { plain } = translatorFor(code);
    assert.ok(plain('tell.back').includes(plain('press.back')), code);
  }
});

test('a reporter is told before choosing police what police must do, in their own dated words, with no promise about immigration', async (t) => {
  const application = await openAttended(t);
  const lead = await application.member(application.agencies.police, ['data-protection lead'], 'Dot Lead');
  const at = new Date(application.clock.now().getTime() - 60_000);
  await attend(application.db, application.keys, 'police', lead, at, {
    mustAct: 'Police act on every crime that they read.',
  });
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  await teller.press('next', { who: 'me' });
  const asked = () => teller.page().body;
  const both =
    /If people who help read it[\s\S]*If police read it[\s\S]*Police act on every crime[\s\S]*September 2026/;
  assert.match(asked(), both);
  assert.match(asked(), /Will they tell immigration\?/);
  assert.doesNotMatch(asked(), /deported/);
  await teller.press('next', { reader: 'police' });
  await teller.press('back');
  assert.match(asked(), both, 'each under its own name, whichever was chosen');
});

test('people who report about themselves are asked in words for themselves', async (t) => {
  const { app } = await openAttended(t);
  const own = await openReportForm(app);
  await own.press('begin');
  const me = { who: 'me', reader: 'support', now: 'no', what: 'They keep my passport', reach: 'yes' };
  assert.match(await upTo(own, 'now', me), /Are you in danger now/);
  const what = await upTo(own, 'what', me);
  assert.match(what, /Write only while it is safe[\s\S]*What happens to you\?/);
  assert.doesNotMatch(what, /those you suspect/);
  assert.match(await upTo(own, 'sightings', me), /Did it happen at other times too\?[\s\S]*What happened/);
  const people = await upTo(own, 'people', me);
  assert.match(people, /Who does this/);
  assert.doesNotMatch(people, /tells nothing/);
  assert.match(await upTo(own, 'contact', me), /How to reach you/);
  const check = await upTo(own, 'check', me);
  assert.match(check, /How to reach you/);
  assert.doesNotMatch(check, /How to reach them|Reporter|How they know/);
  const other = await openReportForm(app);
  await other.press('begin');
  const them = { who: 'worried', now: 'no', what: 'Six men' };
  assert.match(await upTo(other, 'what', them), /those you suspect[\s\S]*What did you see/);
  assert.match(await upTo(other, 'knows', them), /How do you know\?/);
});

test('a list is offered in every language, and digits as the other choice', async (t) => {
  const { app } = await openAttended(t);
  for (const { code } of languages) {
    const teller = await openReportForm(app, '/report', code);
    await teller.press('begin');
    const { t } = translatorFor(code);
    const reach = await upTo(teller, 'reach', { who: 'worried', what: 'Six men' });
    assert.ok(reach.includes(t('ask.need')), code);
    const check = await upTo(teller, 'check', {});
    assert.ok(check.includes(t('check.list')), code);
    assert.match(check, /value="words"[\s\S]*value="digits"[\s\S]*value="none"/, code);
  }
});

test('a language that has no list yet is promised none', () => {
  const words = translatorFor('pl');
  const asked = { draft: '', answers: {}, checked: false, errors: {}, wordsOffered: false } as const;
  assert.ok(questionPage(words, { ...asked, step: 'reach' }).before.includes(words.t('ask.row')));
  const add = addPage(words, { ...asked, id: newTimelessId(), files: [], lines: [] });
  assert.equal(add.comeBack, words.t('check.row'));
  assert.deepEqual(
    add.receipt.options?.map(({ value }) => value),
    ['digits', 'none'],
  );
});

test('a way to come back is offered and never preselected: the page asks, and keeps all that was written', async (t) => {
  const { app } = await openAttended(t);
  const teller = await openReportForm(app);
  await teller.press('begin');
  const check = await upTo(teller, 'check', { who: 'worried', what: 'Six men sleep there' });
  assert.doesNotMatch(check, /name="receipt"[^>]* checked/);
  const refused = await teller.press('send');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /href="#receipt"[\s\S]*Six men sleep there[\s\S]*Choose whether you want to come back/);
  assert.match((await teller.press('send', { receipt: 'none' })).body, /We have it/);
});

test('after a change Continue leads back to the check page, by way of what the change newly asks', async (t) => {
  const { app } = await openAttended(t);
  const teller = await openReportForm(app);
  await teller.press('begin');
  await upTo(teller, 'check', { who: 'worried', now: 'no', what: 'Six men', reach: 'no' });
  for (const step of ['what', 'where', 'when', 'sightings', 'files', 'reach']) {
    await teller.press(step);
    assert.equal(questionOn(teller), step);
    await teller.press('next');
    assert.equal(questionOn(teller), 'check', step);
  }
  await teller.press('now');
  await teller.press('next', { now: 'yes' });
  assert.equal(questionOn(teller), 'danger');
  await teller.press('next');
  assert.equal(questionOn(teller), 'check');
  await teller.press('reach');
  await teller.press('next', { reach: 'yes' });
  assert.equal(questionOn(teller), 'contact');
  await teller.press('next', { name: 'Ira' });
  assert.equal(questionOn(teller), 'check');
  await teller.press('back');
  await teller.press('back');
  await teller.press('next');
  assert.equal(questionOn(teller), 'contact', 'who goes back by Back goes on by Continue');
  await teller.press('check');
  await teller.press('what');
  await teller.press('back');
  await teller.press('next');
  await teller.press('next');
  assert.equal(questionOn(teller), 'where', 'Back ends the change');
});

test('the map opens where the partnership works', async (t) => {
  const { app } = await openAttended(t);
  const teller = await openReportForm(app);
  await teller.press('begin');
  await upTo(teller, 'where', { who: 'worried' });
  const { body } = await teller.press('map');
  const places = body.split('<ul class="govuk-list">')[1] ?? '';
  assert.match(places, /Watford/);
  assert.doesNotMatch(places, /Glasgow|Leeds/);
});

test('each file that is not taken as it is has a sentence of its own, with its name', () => {
  const file = (name: string, kind: 'wav' | 'text') => ({ file: { id: name, key: '', name, kind, bytes: 9 } }) as never;
  const brought = [
    { name: 'blob.docx', refused: 'not a kind we take' } as never,
    file('note.txt', 'text'),
    file('<b>.txt', 'text'),
  ];
  const { files = '' } = fileErrors(translatorFor('en'), brought, {});
  const sentences = files.split('<br>');
  assert.equal(sentences.length, 3, files);
  assert.match(sentences[0] ?? '', /^blob\.docx was not kept/);
  assert.match(sentences[1] ?? '', /^Of note\.txt no clean copy/);
  assert.match(sentences[2] ?? '', /^Of &lt;b&gt;\.txt no clean copy/);
  assert.equal(fileErrors(translatorFor('en'), brought.slice(1), { originals: 'yes' }).files, undefined);
});
