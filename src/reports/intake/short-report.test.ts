import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { startJourney } from '../../public/private-journey/visitor.ts';
import { attend } from '../examples.ts';
import { findReceiptText, openMailbox, openReportForm, type ReportVisitor, readFormValues } from '../visitor.ts';

const sentence = 'Six men sleep above the shop and never go out';
const questionOn = (teller: ReportVisitor): string => readFormValues(teller.page().body).question ?? '';
const addedOn = (teller: ReportVisitor): string | undefined =>
  /Added: <span data-count="[^"]*">(\d)<\/span> of 7, all optional/.exec(teller.page().body)?.[1];

test('one sentence is sent from the first page, to the line that the button names, and no reply is promised', async (t) => {
  for (const [press, line, other] of [
    ['send support', 'help', 'police'],
    ['send police', 'police', 'help'],
  ] as const) {
    const application = await openAttended(t);
    const teller = await openReportForm(application.app);
    assert.match(
      teller.page().body,
      /Do you want to come back and read an answer[\s\S]*Without a choice above, you get no reply/,
    );
    const sent = await teller.press(press, { what: sentence, place: 'Watford', when: 'Every night' });
    assert.match(sent.body, /We have it[\s\S]*You keep nothing/);
    assert.doesNotMatch(sent.body, /sl-receipt/);
    const [one] = await opened(application, line);
    assert.deepEqual(one?.told, { what: sentence, place: 'Watford', when: 'Every night', language: 'en' });
    assert.equal(one?.report.answerable, false);
    assert.deepEqual(await opened(application, other), []);
  }
});

test('both lines are offered alike before anything is sent, the support line first, and neither is chosen', async (t) => {
  const { app } = await openAttended(t);
  const teller = await openReportForm(app);
  const both =
    /People who help, and are not police[\s\S]*May they tell immigration[\s\S]*<button class="([^"]*)"[^>]*value="send support"[\s\S]*Police<\/h3>[\s\S]*May they tell immigration[\s\S]*<button class="([^"]*)"[^>]*value="send police"/;
  for (const page of ['short', 'more']) {
    const [, support, police] = both.exec(teller.page().body) ?? [];
    assert.ok(support, page);
    assert.equal(support, police, page);
    assert.doesNotMatch(teller.page().body, / checked/, page);
    await teller.press('more', { what: sentence });
  }
});

test('Enter in a field of the first page sends nothing: its first button leads to the second page', async (t) => {
  const { app } = await openAttended(t);
  const { body } = (await openReportForm(app)).page();
  const form = /<form method="post" action="\/report" novalidate>[\s\S]*?<\/form>/.exec(body)?.[0] ?? '';
  assert.match(/<button[^>]*>/.exec(form)?.[0] ?? '', /value="more"/);
});

test('without a sentence it is asked for on the first page, and what was written stays', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('more', { place: 'Watford' });
  const refused = await teller.press('send police');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /href="#what"[\s\S]*Write one sentence[\s\S]*value="Watford"/);
  assert.deepEqual(await opened(application, 'police'), []);
});

test('a reply is chosen on the second page and comes back; what is added there goes along, each counted', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('more', { what: sentence });
  assert.equal(addedOn(teller), '0');
  await teller.press('people');
  assert.equal(questionOn(teller), 'people');
  await teller.press('next', { people: 'Two who shout' });
  assert.equal(questionOn(teller), 'more');
  await teller.press('map');
  await teller.press('wider');
  await teller.press('', { 'at.x': '144', 'at.y': '144' });
  await teller.press('use');
  assert.equal(questionOn(teller), 'more');
  await teller.press('sightings');
  await teller.press('next', { seen: 'Shouting', seenwhen: 'Monday', seenwhere: 'Yard' });
  await teller.press('reach');
  await teller.press('next', { reach: 'yes' });
  assert.equal(questionOn(teller), 'contact');
  await teller.press('next', { name: 'Ira Invented' });
  assert.equal(addedOn(teller), '4');
  await teller.press('back');
  assert.equal(readFormValues(teller.page().body).what, sentence, 'the first page holds what was written');
  await teller.press('more');
  const sent = await teller.press('send support', { receipt: 'words' });
  const [one] = await opened(application, 'help');
  assert.equal(one?.told.people, 'Two who shout');
  assert.ok(one?.told.point);
  assert.match(one?.told.sightings ?? '', /Shouting/);
  assert.deepEqual(one?.contact, { name: 'Ira Invented' });
  const back = await openMailbox(application.app, findReceiptText(sent.body));
  assert.match(back.page().body, /Nothing has been written to you yet/);
});

test('before the line is chosen no page promises more confidence than both lines keep', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  const reach = async (): Promise<string> => {
    await teller.press('more', { what: sentence });
    const { body } = await teller.press('reach');
    await teller.press('back');
    return body;
  };
  const cannot = /cannot promise to keep confidential/;
  for (const [police, help, promised] of [
    [false, true, false],
    [true, false, false],
    [true, true, true],
  ] as const) {
    const at = new Date(application.clock.now().getTime() + 60_000);
    application.clock.move(at);
    for (const [line, keepsConfidence] of [
      ['police', police],
      ['help', help],
    ] as const) {
      const lead = await application.member(application.agencies[line], ['data-protection lead'], 'Dot Lead');
      await attend(line === 'police' ? application.db : application.safeguardingDb, application.keys, line, lead, at, {
        keepsConfidence,
      });
    }
    assert.equal(!cannot.test(await reach()), promised, `${police} ${help}`);
  }
});

test('danger that is ticked is first in the queue, and the last page says whether anybody is on call', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  assert.match(teller.page().body, /<h1[\s\S]*href="tel:999"[\s\S]*name="now"[\s\S]*name="what"/);
  const sent = await teller.press('send police', { what: sentence, now: 'yes' });
  assert.match(sent.body, /No one is on call now/);
  assert.equal((await opened(application, 'police'))[0]?.report.danger, true);
});

test('step by step takes along what was written, and asks again who reads it', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('begin', { what: sentence });
  assert.equal(questionOn(teller), 'who');
  while (!/value="send"/.test(teller.page().body)) await teller.press('next', { who: 'worried' });
  assert.match(teller.page().body, new RegExp(sentence));
  await teller.press('send', { receipt: 'none' });
  assert.equal((await opened(application, 'police'))[0]?.told.what, sentence);
});

test('a line that nobody attends has no button, and a report to it goes nowhere', async (t) => {
  const application = await openAttended(t);
  const lead = await application.member(application.agencies.police, ['data-protection lead'], 'Dot Lead');
  const teller = await openReportForm(application.app);
  const at = new Date(application.clock.now().getTime() + 60_000);
  await attend(application.db, application.keys, 'police', lead, at, { state: 'closed' });
  const refused = await teller.press('send police', { what: sentence });
  assert.deepEqual(await opened(application, 'police'), []);
  assert.match(refused.body, /Police<\/h3>\s*<p[^>]*>This is not open here/);
  assert.doesNotMatch(refused.body, /value="send police"/);
  assert.match((await teller.press('send support')).body, /We have it/);
  assert.equal((await opened(application, 'help'))[0]?.told.what, sentence);
  const nowhere = await openApplication(t);
  assert.match((await openReportForm(nowhere.app)).page().body, /This form is not open here/);
});

test('a short report sent twice is one, and the exit ends it on both pages', async (t) => {
  const application = await openAttended(t);
  const { app, db } = application;
  for (const pages of [1, 2]) {
    const walker = await startJourney(app);
    await walker.go('/report');
    const fields = () => readFormValues(walker.shown().body);
    if (pages === 2) await walker.post('/report', { ...fields(), what: sentence, press: 'more' });
    const left = await walker.post('/report/leave', { draft: fields().draft ?? '' });
    assert.match(left.body, /Deleted/);
    assert.deepEqual(await db.selectFrom('reportDrafts').selectAll().execute(), [], `${pages}`);
  }
  const walker = await startJourney(app);
  await walker.go('/report');
  const form = { ...readFormValues(walker.shown().body), what: sentence, press: 'send police' };
  await walker.post('/report', form);
  assert.match((await walker.post('/report', form)).body, /We have it|Start again/);
  assert.equal((await opened(application, 'police')).length, 1);
});

test('signs of control that were ticked are the first words of the report, from either site; others are not', async (t) => {
  const { app } = await openAttended(t);
  const walker = await startJourney(app);
  await walker.go('/signs');
  const ticks = await walker.post('/signs', { at: 'notice', reader: 'worried person', kind: 'not known' });
  const [, control = ''] = /name="sign" type="checkbox" value="([^"]+)"/.exec(ticks.body) ?? [];
  const alone = /self-elsewhere|mean nothing alone/.test(ticks.body)
    ? ([...ticks.body.matchAll(/name="sign" type="checkbox" value="([^"]+)"[^>]*aria-describedby/g)][0]?.[1] ?? '')
    : '';
  const said = new URLSearchParams({ at: 'answer', reader: 'worried person', kind: 'not known', sign: control });
  said.append('sign', alone);
  const answer = await app.inject({
    method: 'POST',
    url: '/signs',
    payload: said.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const form = /<form method="post" action="\/information"[\s\S]*?<\/form>/.exec(answer.body)?.[0] ?? '';
  assert.match(form, /name="to" value="\/report"[\s\S]*value="short"/);
  assert.deepEqual(
    [...form.matchAll(/name="sign" value="([^"]+)"/g)].map(([, id]) => id),
    [control],
  );
  const carried = await walker.post('/report', { press: 'short', sign: control });
  assert.match(readFormValues(carried.body).what ?? '', /^I noticed:\n– \S/);
  assert.match(carried.body, /Your ticks are written below/);
  assert.equal(readFormValues(carried.body).place, '');
  const placed = await walker.post('/report', { press: 'short', sign: control, place: 'wash' });
  assert.equal(readFormValues(placed.body).place, 'Car wash');
  const strange = await walker.post('/report', { press: 'short', sign: control, place: '"><script>' });
  assert.equal(readFormValues(strange.body).place, '');
  const own = await app.inject({
    method: 'POST',
    url: '/signs',
    payload: said.toString().replace('worried+person', 'it+is+happening+to+me'),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.doesNotMatch(own.body, /value="short"/, 'who asks about themselves takes no tick along');
  const foreign = await walker.post('/report', { press: 'short', sign: 'no such sign' });
  assert.equal(readFormValues(foreign.body).what, '');
});
