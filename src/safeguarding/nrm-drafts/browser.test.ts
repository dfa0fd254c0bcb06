import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import {
  axeViolations,
  countOverflowingCards,
  desktop,
  findFocusProblems,
  measureOverflow,
  phone,
} from '../../../test/harness/browser.ts';
import { addPerson } from '../people/examples.ts';
import type { Person } from '../people/person.ts';

async function open(t: TestContext, more: Partial<Person> = {}) {
  const application = await openForBrowser(t, (environment) =>
    openApplication(t, { today: '2026-11-26', environment }),
  );
  const council = await application.agency('council', { name: 'Lea Vale County Council', firstResponder: true });
  const lead = await application.member(council, ['safeguarding lead'], 'Ravi Menon');
  const person = await addPerson(application.safeguardingDb, application.keys, lead, application.clock.now(), more);
  return { ...application, lead, person };
}

const withoutScript = { ...phone, javaScriptEnabled: false };
const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();
const follow = (page: Page, name: string | RegExp) => page.locator('a', { hasText: name }).first().click();
const fieldset = (page: Page, legend: string) => page.locator('fieldset', { hasText: legend }).last();

async function begin(page: Page, base: string, person: Person): Promise<void> {
  await page.goto(`${base}/staff/safeguarding/people/${person.id}`);
  await page.getByRole('link', { name: 'NRM', exact: true }).click();
  await press(page, 'Start the NRM referral');
  await press(page, 'Start the NRM referral');
}

/** One question a page; the explanation comes before the answer. */
async function decide(
  page: Page,
  said: 'Yes: a referral is made' | 'No: do not share who the person is',
): Promise<void> {
  await follow(page, 'Answer the next question');
  await page.getByLabel('No: there is no reason to doubt it').check();
  await press(page, 'Save and go on');
  await page.getByLabel(said).waitFor();
  const words = await page.content();
  assert.match(words, /A referral tells the police\. It is recorded as a crime against you\./);
  assert.match(words, /You do not have to speak to the police, now or later/);
  await page.getByLabel(said).check();
  await page.getByLabel('The person, to me').check();
  await page.getByLabel('Language of the explanation').selectOption('uk');
  await page.getByLabel('An interpreter by telephone or video').check();
  await page.getByLabel('The interpreter’s name or number').fill('Interpreter 4471');
  await press(page, 'Save the answer');
  // After a yes the first part of the form is next.
  assert.equal(page.url().includes('/parts/'), said.startsWith('Yes'));
  if (said.startsWith('Yes')) await follow(page, 'Cancel');
}

test('an adult says yes on a phone without script: known facts are not asked again, and the draft is complete and in order', async (t) => {
  const { base, lead, person, pageOf } = await open(t);
  const page = await pageOf(lead, withoutScript);
  await begin(page, base, person);
  await shoot(page, 'yes-1-concern');
  await decide(page, 'Yes: a referral is made');
  assert.match(await page.content(), /A referral, with the person’s name/);
  await shoot(page, 'yes-2-decided');
  await page.getByRole('link', { name: 'Person', exact: true }).click();
  assert.equal(await page.getByLabel('First name').count(), 0);
  assert.match(await page.content(), /Olga \(from the person’s record\)/);
  await fieldset(page, 'Sex or gender').getByLabel('Female').check();
  await page.getByLabel('Nationality', { exact: true }).selectOption('UA');
  await press(page, 'Save and go on');
  await page.goto(`${page.url().split('/parts/')[0]}/draft`);
  const draft = await page.content();
  assert.match(draft, /Draft of a referral to the National Referral Mechanism/);
  assert.ok(draft.indexOf('First name') < draft.indexOf('Sex or gender'), 'in the official order');
  assert.match(draft, /Not known yet/);
  await shoot(page, 'yes-3-draft');
  await page.goto(`${page.url().replace('/draft', '/submit')}`);
  await page.getByLabel('Yes, without them').check();
  await page.getByLabel('Yes: I have sent it through the service').check();
  await press(page, 'Write down that it was submitted');
  assert.match(await page.content(), /Five working days from the referral/);
  await shoot(page, 'yes-4-submitted');
});

test('an adult says no on a phone without script: a name is held back in its field and kept, and the notification names no person', async (t) => {
  const { base, lead, person, pageOf } = await open(t);
  const page = await pageOf(lead, withoutScript);
  await begin(page, base, person);
  await decide(page, 'No: do not share who the person is');
  assert.match(await page.content(), /A Duty to Notify, without a name/);
  await follow(page, 'Exploitation');
  await page.getByLabel('How the person was treated').fill('Olga was hit in Hemel Hempstead, and rang 07700 900461.');
  await press(page, 'Save and go on');
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  assert.match(await page.content(), /“Olga”: This is a name from the record/);
  assert.equal(
    await page.getByLabel('How the person was treated').inputValue(),
    'Olga was hit in Hemel Hempstead, and rang 07700 900461.',
  );
  await shoot(page, 'no-1-stopped');
  const at = page.url().split('/parts/')[0];
  await page.goto(`${at}/draft`);
  assert.match(await page.content(), /This notification is held back/);
  await shoot(page, 'no-2-held');
  await follow(page, /Olga/);
  await page.getByLabel('How the person was treated').fill('The person was hit.');
  await press(page, 'Save and go on');
  await page.goto(`${at}/draft`);
  const draft = await page.locator('main').innerHTML();
  assert.match(draft, /Draft of a Duty to Notify/);
  assert.doesNotMatch(draft, /Olga|Hemel|07700|Ukrainian/);
  await shoot(page, 'no-3-draft');
});

test('treats a person of unknown age as a child: no question, a referral, and a notice to the council as well', async (t) => {
  const { base, lead, person, pageOf } = await open(t, { age: 'not known', yearOfBirth: null });
  const page = await pageOf(lead, withoutScript);
  await begin(page, base, person);
  const content = await page.content();
  assert.match(content, /A referral, with the person’s name/);
  assert.match(content, /Not confirmed: a child until assessed/);
  assert.doesNotMatch(content, /next question/);
  await shoot(page, 'unknown-1-concern');
  await follow(page, /^Submit$/);
  assert.match(await page.content(), /children’s services are told/);
  await shoot(page, 'unknown-2-submit');
});

test('shows an officer the same page for an existing concern and a missing one', async (t) => {
  const { base, lead, person, pageOf, agency, member } = await open(t);
  const page = await pageOf(lead, withoutScript);
  await begin(page, base, person);
  const there = new URL(page.url()).pathname;
  const force = await agency('police force', { firstResponder: true });
  const officer = await pageOf(await member(force, ['field', 'enforcement', 'commander']), withoutScript);
  const seen = new Set<string>();
  for (const path of [
    there,
    `${there}/draft`,
    `${there.slice(0, -12)}000000000000`,
    '/staff/safeguarding/nrm-referrals',
    `/staff/safeguarding/people/${person.id}/nrm-referral`,
  ]) {
    const answer = await officer.goto(`${base}${path}`);
    assert.ok([403, 404].includes(answer?.status() ?? 0), path);
    seen.add(await officer.locator('main').innerText());
  }
  assert.equal(seen.size, 1);
  await officer.goto(`${base}/staff`);
  assert.equal(await officer.locator('a[href*="concerns"]').count(), 0);
});

test('every page is legible, shows focus and passes axe, on a phone by day and at a desk by night', async (t) => {
  const { base, lead, person, pageOf, signIn } = await open(t);
  const visitor = await signIn(lead);
  const raised = await visitor.get(`/staff/safeguarding/people/${person.id}/nrm-referral`);
  assert.equal(raised.statusCode, 200);
  const faults: string[] = [];
  for (const [look, options, light] of [
    ['phone', phone, 'light'],
    ['desk', desktop, 'dark'],
  ] as const) {
    const page = await pageOf(lead, { ...options, colorScheme: light });
    const looked = async (name: string, path: string): Promise<void> => {
      const answer = await page.goto(`${base}${path}`);
      assert.equal(answer?.status(), 200, path);
      await shoot(page, `${look}-${name}`);
      faults.push(
        ...(await axeViolations(page)).map(({ rule, where }) => `${look} ${name}: ${rule} at ${where.join(' | ')}`),
      );
      faults.push(...(await findFocusProblems(page)).map((one) => `${look} ${name}: ${one}`));
      if ((await measureOverflow(page)) > 0 || (await countOverflowingCards(page)) > 0)
        faults.push(`${look} ${name} sticks out`);
    };
    if (look === 'phone') await looked('0-raise', `/staff/safeguarding/people/${person.id}/nrm-referral`);
    const at = String((await visitor.post(`/staff/safeguarding/people/${person.id}/nrm-referral`)).headers.location);
    await looked('1-concern', at);
    await looked('2-question', `${at}/question`);
    await visitor.post(`${at}/question?of=doubt`, { answer: 'yes' });
    await looked('3-assessor', `${at}/question`);
    await looked('3-doubt', `${at}/question?of=doubt`);
    const why = 'She was seen again, rested, and understood all of it.';
    await visitor.post(`${at}/question?of=doubt`, { answer: 'no', why });
    await looked('4-consent', `${at}/question`);
    const digest = /name="digest" value="([^"]+)"/.exec((await visitor.get(`${at}/question`)).body)?.[1];
    const consent = {
      digest,
      how: 'the person themself',
      language: 'uk',
      interpreted: 'shared language',
      interpreter: '',
    };
    await visitor.post(`${at}/question?of=consent`, { ...consent, answer: 'no' });
    await visitor.post(`${at}/parts/4`, { asked: 'how-they-were-treated', 'how-they-were-treated': 'Olga was hit.' });
    await looked('5-stopped', `${at}/parts/4?all=yes`);
    await looked('6-held', `${at}/draft`);
    await visitor.post(`${at}/question?of=consent`, { ...consent, answer: 'yes' });
    await looked('7-part', `${at}/parts/11`);
    await looked('8-draft', `${at}/draft`);
    await looked('9-take', `${at}/export`);
    await looked('10-submit', `${at}/submit`);
    await looked('11-list', '/staff/safeguarding/nrm-referrals');
    if (look === 'phone') continue;
    const drafted = /name="digest" value="([^"]+)"/.exec((await visitor.get(`${at}/submit`)).body)?.[1];
    await visitor.post(`${at}/submit`, { digest: drafted, sent: 'yes', short: 'yes' });
    const day = { 'day-day': '26', 'day-month': '11', 'day-year': '2026' };
    await looked('12-decided', `${at}/decision`);
    await visitor.post(`${at}/decision`, { what: 'reasonable grounds', outcome: 'positive', ...day });
    await looked('13-recovery', at);
  }
  assert.deepEqual(faults, []);
});

test('a nurse hands the draft to the council with the person’s consent, and the council accepts it and returns the number: on a phone, with axe on every page', async (t) => {
  const { base, agency, member, keys, safeguardingDb, clock, pageOf, lead } = await open(t);
  const nurse = await member(await agency('health', { name: 'Lea Vale Nurses' }), ['safeguarding lead'], 'Nia Nurse');
  const officer = await member({ id: lead.agencyId } as never, ['partner caseworker'], 'Cas Worker');
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now());
  const faults: string[] = [];
  const looked = async (page: Page, name: string): Promise<void> => {
    await shoot(page, `hand-${name}`);
    faults.push(...(await axeViolations(page)).map(({ rule, where }) => `${name}: ${rule} at ${where.join(' | ')}`));
    if ((await measureOverflow(page)) > 0 || (await countOverflowingCards(page)) > 0) faults.push(`${name} sticks out`);
  };
  const page = await pageOf(nurse, phone);
  await begin(page, base, person);
  await decide(page, 'Yes: a referral is made');
  const concern = page.url();
  await looked(page, '1-concern');
  await follow(page, 'Hand it to Lea Vale County Council');
  assert.match(await page.locator('main').innerText(), /Draft of a referral to the National Referral Mechanism/);
  await looked(page, '2-hand');
  await press(page, 'Go on: ask them');
  const asking = page.url();
  await looked(page, '3-refer');
  await follow(page, 'Not asked yet? Ask for consent first');
  await looked(page, '4-ask');
  await press(page, 'Show the words');
  await looked(page, '5-words');
  await page.getByLabel('The person, to me').check();
  await page.getByLabel('Language of the explanation').selectOption('uk');
  await page.getByLabel('An interpreter by telephone or video').check();
  await page.getByLabel('The interpreter’s name or number').fill('Interpreter 4471');
  await press(page, 'The person agrees');
  await page.goto(asking);
  await page.getByLabel('Safety').check();
  await looked(page, '6-refer-on');
  await press(page, 'Preview the referral');
  await looked(page, '7-preview');
  await press(page, 'Send to Lea Vale County Council');
  assert.match(await page.locator('main').innerText(), /The referral is sent\. Lea Vale County Council finds it/);
  await looked(page, '7-sent');

  const his = await pageOf(officer, phone);
  await his.goto(`${base}/staff/safeguarding/referrals`);
  await his.locator('a[href*="/safeguarding/referrals/"]').last().click();
  await looked(his, '8-request');
  const request = his.url();
  await follow(his, 'Draft of a referral to the NRM, 26 November 2026');
  await looked(his, '9-paper');
  const saved = his.waitForEvent('download');
  await follow(his, 'Open the PDF');
  assert.match((await saved).suggestedFilename(), /^draft\.official-sensitive.*\.pdf$/);
  await his.goto(`${request}/decide`);
  await his.getByLabel('We take it on').check();
  await press(his, 'Save');
  await follow(his, 'Finish');
  await his.getByLabel('We submitted it').check();
  await his.getByLabel('the number that the service gave').fill('NRM/26/0417');
  await looked(his, '10-finish');
  await press(his, 'Finish');
  assert.match(
    await his.locator('main').innerText(),
    /^Finished\. The agency that sent it reads this on its Home page/,
  );
  await looked(his, '10-finished');

  await page.goto(concern);
  assert.match(await page.locator('main').innerText(), /Number of the service: NRM\/26\/0417/);
  await looked(page, '11-told');
  await follow(page, 'Record that they submitted it');
  assert.equal(await page.getByLabel('The number that the service gave').inputValue(), 'NRM/26/0417');
  assert.equal(await page.getByLabel('Day', { exact: true }).inputValue(), '26', 'nor the day is typed again');
  await looked(page, '12-submitted');
  const wide = await pageOf(nurse, { ...desktop, colorScheme: 'dark' });
  for (const path of ['', '/first-responder', '/submitted']) {
    await wide.goto(`${concern}${path}`);
    await looked(wide, `desk${path.replace('/', '-')}`);
  }
  await press(page, 'Write down that it was submitted');
  assert.match(await page.locator('main').innerText(), /submitted by Lea Vale County Council on 26 November 2026/);
  await looked(page, '13-done');
  assert.deepEqual(faults, []);
});

test('without consent: a second person approves the draft on a phone, the council does not submit it, and the nurse reads why; a notification shows no counts; axe on every page', async (t) => {
  const unknown = { age: 'not known', ageBasis: 'how the person looks, and nothing else', yearOfBirth: null } as const;
  const { base, agency, member, keys, safeguardingDb, clock, pageOf, lead } = await open(t);
  const nurses = await agency('health', { name: 'Lea Vale Nurses' });
  const nurse = await member(nurses, ['safeguarding lead'], 'Nia Nurse');
  const second = await member(nurses, ['data-protection lead'], 'Dot Protector');
  const officer = await member({ id: lead.agencyId } as never, ['partner caseworker'], 'Cas Worker');
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now(), unknown);
  const faults: string[] = [];
  const looked = async (page: Page, name: string): Promise<void> => {
    for (const [look, viewport] of [
      ['phone', { width: 360, height: 740 }],
      ['desk', { width: 1280, height: 900 }],
    ] as const) {
      await page.setViewportSize(viewport);
      await shoot(page, `second-${name}-${look}`);
      if (look === 'phone' && ((await measureOverflow(page)) > 0 || (await countOverflowingCards(page)) > 0))
        faults.push(`${name} sticks out`);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    faults.push(...(await axeViolations(page)).map(({ rule, where }) => `${name}: ${rule} at ${where.join(' | ')}`));
  };
  const page = await pageOf(nurse, phone);
  await begin(page, base, person);
  const concern = page.url();
  await looked(page, '01-concern');
  await follow(page, 'Hand it to Lea Vale County Council');
  await looked(page, '02-hand');
  await press(page, 'Go on: ask them');
  await page.getByLabel('Under 18, or age not known').check();
  await page.getByLabel('Safety').check();
  await press(page, 'Preview the referral');
  await looked(page, '03-preview');
  await press(page, 'Ask for approval');
  const disclosure = page.url();
  await looked(page, '04-asked');

  const hers = await pageOf(second, phone);
  await hers.goto(disclosure);
  await looked(hers, '05-reasons');
  await follow(hers, 'Approve or refuse it');
  assert.match(await hers.locator('main').innerText(), /Draft of a referral to the National Referral Mechanism/);
  await looked(hers, '06-approving');
  await press(hers, 'Save the answer');
  await looked(hers, '07-unanswered');
  await hers.getByLabel('Approve: your colleague can send it now').check();
  await press(hers, 'Save the answer');
  assert.match(await hers.locator('main').innerText(), /Kept\. .*reads your answer here/);
  await looked(hers, '08-answered');

  await page.goto(disclosure);
  await follow(page, 'Preview and send');
  await looked(page, '09-send');
  await press(page, 'Send to Lea Vale County Council');
  await looked(page, '10-sent');
  const request = page.url().replace(/\?.*/, '');

  const his = await pageOf(officer, phone);
  await his.goto(`${request}/decide`);
  await his.getByLabel('We take it on').check();
  await press(his, 'Save');
  await looked(his, '11-taken-on');
  await follow(his, 'Finish');
  await his.getByLabel('We do not submit it').check();
  await press(his, 'Finish');
  await looked(his, '12-no-reason');
  await his.getByLabel('If it was not submitted, why').fill('We know too little of where it happened.');
  await press(his, 'Finish');
  await looked(his, '13-finished');

  await page.goto(request);
  assert.match(await page.locator('main').innerText(), /We know too little of where it happened/);
  await looked(page, '14-not-submitted');
  await follow(page, 'Ask another first responder');
  assert.equal(page.url(), concern);
  await looked(page, '15-concern');

  const grown = await addPerson(safeguardingDb, keys, nurse, clock.now());
  await begin(page, base, grown);
  await decide(page, 'No: do not share who the person is');
  assert.doesNotMatch(await page.locator('main').innerText(), /Missing answers|answers? missing/);
  await looked(page, '16-notification');
  const asking = `${base}/staff/safeguarding/people/${grown.id}/consents/ask`;
  await page.goto(asking);
  await looked(page, '17-acts');
  for (const act of ['examine', 'share', 'refer']) {
    await page.goto(`${asking}?act=${act}`);
    await looked(page, `18-${act}`);
  }
  assert.deepEqual(faults, []);
});
