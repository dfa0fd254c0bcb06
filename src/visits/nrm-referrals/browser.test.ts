/** From a screened arrest to a complete NRM draft of the police, walked and counted in a browser. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { desktop, findPageProblems, measureOverflow, phone } from '../../../test/harness/browser.ts';
import { CountedWalk, type Walker } from '../../../test/harness/counted-walk.ts';
import { query } from '../../../test/harness/sql.ts';
import { letIn } from '../../operations/plan/examples.ts';
import { instantAt } from '../../platform/clock.ts';
import { setContext } from '../../platform/database/database.ts';
import { addArrest, addObservation, addPersonMet, addScreening, addVisit } from '../examples.ts';
import { saveName } from '../store.ts';
import { addReferralDraft, addSentReferral, agreed } from './examples.ts';
import { emptyContent } from './nrm-referral.ts';
import { saveContent } from './store.ts';

/** An officer, and a person called Ana Marin who was met, arrested and screened: a concern was raised. */
async function openCast(t: TestContext, age: number | null = 30) {
  const world = await openForBrowser(t, (environment) => aTeam(t, { environment, time: '14:30' }));
  const { db, keys, force, planned, officer } = world;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer, { age: age === null ? 'not known' : 'adult' });
  await addObservation(db, visit, officer, { encounterId: met.id });
  await saveName(db, keys, met.id, {
    ...{ name: 'Ana Marin', reason: 'A witness' },
    ...{ recordedBy: officer.id, recordedAt: visit.arrivedAt },
  });
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id, age, status: 'in custody' });
  await addScreening(db, arrest, officer);
  return { ...world, visit, met, arrest };
}

/** What the records of this visit hold already: nobody types it again. */
const recorded = [
  ...['Ana', 'Marin', 'Romanian', 'Watford', 'Blue Door', 'C/2026/81', 'Noor Ash'],
  ...['Some police force in full', 'Olu', 'Female', 'A man stood by the door'],
];

/** Answers every open question, with yes to what can be yes, and gives the names of the fields that were typed into. */
async function answerPage(officer: Walker): Promise<string[]> {
  const boxes = officer.page.locator('main form input[type=text]:visible, main form textarea:visible');
  const names: string[] = [];
  for (const box of await boxes.all())
    if ((await box.inputValue()) === '') names.push((await box.getAttribute('name')) ?? '');
  for (const [name, value] of [
    ['fr-details-phone', '01632 960 001'],
    ['fr-alternative-contact', 'team@example.org'],
    ['pv-phone-number-yes', '01632 960 002'],
    ['pv-contact-details-email-input', 'ana@example.org'],
    ['does-pv-have-children-yes-amount', '2'],
  ] as const)
    if (names.includes(name)) await officer.type({ [name]: value });
  await officer.answerAll('As the person said it');
  return names;
}

/** Six seconds a page, two a click and six a field. */
const minutesOf = ({ pages, clicks, fields }: CountedWalk): number => (pages * 6 + clicks * 2 + fields * 6) / 60;
const mostMinutes = 8;

test(`an arrest that was screened becomes a complete NRM draft in at most ${mostMinutes} minutes, and nothing is typed twice`, async (t) => {
  const { pageOf, officer: member, base, arrest } = await openCast(t);
  const walk = new CountedWalk();
  const officer = walk.by(await pageOf(member, desktop));
  const typed: string[] = [];
  try {
    await officer.open(`${base}/staff/arrests/${arrest.id}`);
    await shoot(officer.page, 'arrest-concern');
    await officer.send('Begin an NRM referral');
    await shoot(officer.page, 'referral-begun');
    walk.step('Begin');
    await officer.next();
    await officer.tick('answer', 'yes');
    await officer.type({ interpreter: 'Line 4471' });
    await shoot(officer.page, 'consent');
    await officer.send('Save and go on');
    walk.step('Consent');
    while (officer.page.url().endsWith('/form')) {
      typed.push(...(await answerPage(officer)));
      await shoot(officer.page, `form-${typed.length}`);
      await officer.send('Save and go on');
    }
    walk.step('The form');
    await shoot(officer.page, 'referral-complete');
  } catch (error) {
    throw new Error(`${walk.steps.join('\n')}\n${await officer.describe()}`, { cause: error });
  }
  const minutes = minutesOf(walk);
  const said = `${walk.steps.join('\n')}\ntogether: ${walk.pages} / ${walk.clicks} / ${walk.fields}, ${minutes.toFixed(1)} minutes`;
  t.diagnostic(said);
  assert.match(await officer.page.getByRole('main').innerText(), /Complete: send it/);
  assert.deepEqual(
    typed.filter((name, index) => typed.indexOf(name) !== index),
    [],
    'no field is asked twice',
  );
  await officer.page.goto(`${officer.page.url()}/draft`);
  const draft = await officer.page.getByRole('main').innerText();
  for (const words of recorded) assert.ok(draft.includes(words), `${words} is missing`);
  await shoot(officer.page, 'draft');
  assert.ok(minutes <= mostMinutes, said);
});

const looks = [
  ['phone', phone],
  ['desk at night', { ...desktop, colorScheme: 'dark' }],
] as const;

test('every page of a referral fits a phone by day and a desk by night, and is accessible', async (t) => {
  const { pageOf, officer, base, arrest, visit, db, keys } = await openCast(t);
  const of = { arrestId: arrest.id, encounterId: arrest.encounterId };
  const { id } = await addReferralDraft(db, keys, visit, officer, { ...of, content: { consent: null } });
  const own = `${base}/staff/nrm-referrals/${id}`;
  for (const [name, options] of looks) {
    const page = await pageOf(officer, options);
    for (const part of ['', '/consent', '/close']) {
      await page.goto(`${own}${part}`);
      assert.deepEqual(await findPageProblems(page), [], `${name} ${part}`);
      await shoot(page, `${name}${part.replace('/', '-')}`.replaceAll(' ', '-'));
    }
    for (const address of ['/staff', `/staff/visits/${visit.id}`, `/staff/arrests/${arrest.id}`]) {
      await page.goto(`${base}${address}`);
      assert.deepEqual(await findPageProblems(page), [], `${name} ${address}`);
      await shoot(page, `${name}-${address.split('/').at(-2)}`.replaceAll(' ', '-'));
    }
  }
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: visit.arrivedAt });
    await saveContent(tx, keys, id, { ...emptyContent, ...agreed });
  });
  for (const [name, options] of looks) {
    const page = await pageOf(officer, options);
    for (const part of ['', '/form', '/draft', '/submission', '/export']) {
      await page.goto(`${own}${part}`);
      assert.deepEqual(await findPageProblems(page), [], `${name} ${part}`);
      await shoot(page, `${name}-agreed${part.replace('/', '-')}`.replaceAll(' ', '-'));
    }
  }
  const content = { ...emptyContent, ...agreed, answers: { 'other contact': 'the desk' } };
  const consent = content.consent && { ...content.consent, answer: 'no' as const };
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: visit.arrivedAt });
    await saveContent(tx, keys, id, { ...content, consent });
  });
  for (const [name, options] of looks) {
    const page = await pageOf(officer, options);
    for (const part of ['', '/form', '/submission']) {
      await page.goto(`${own}${part}`);
      assert.deepEqual(await findPageProblems(page), [], `${name}, an answer that does not fit, ${part}`);
      await shoot(page, `${name}-wrong${part.replace('/', '-')}`.replaceAll(' ', '-'));
    }
  }
});

test('the pages after it was sent, and to take it over, fit a phone by day without script and a desk by night', async (t) => {
  const { pageOf, signIn, officer, member, force, team, operation, base, visit, met, db, keys, clock } =
    await openCast(t);
  const { id } = await addSentReferral(db, keys, visit, officer, { encounterId: met.id });
  const colleague = await member(force, ['field', 'enforcement'], 'Cas Colleague');
  await letIn(db, operation, colleague, { team });
  const own = `/staff/nrm-referrals/${id}`;
  clock.move(instantAt('2026-09-30', '09:00'));
  const look = async (name: string, by: typeof officer, addresses: readonly string[]) => {
    for (const [shape, options] of [
      ['phone', { ...phone, javaScriptEnabled: false }],
      ['desk at night', { ...desktop, colorScheme: 'dark' }],
    ] as const) {
      const page = await pageOf(by, options);
      for (const address of addresses) {
        await page.goto(`${base}${address}`);
        if (shape !== 'phone') assert.deepEqual(await findPageProblems(page), [], address);
        assert.ok((await measureOverflow(page)) <= 0, `${address} sticks out`);
        await shoot(page, `${name}-${address.split('/').at(-1)?.slice(-12)}-${shape}`.replaceAll(' ', '-'));
      }
      await page.context().close();
    }
  };
  await look('late', officer, [own, '/staff']);
  const at = await signIn(officer);
  const day = { 'day-day': '25', 'day-month': '9', 'day-year': '2026' };
  await at.post(`${own}/decision`, { kind: 'reasonable grounds', outcome: 'positive', ...day });
  const right = { time: '10:10', 'day-day': '18', 'day-month': '9', 'day-year': '2026', reference: 'NRM 4471' };
  await at.post(`${own}/submission/correct`, { ...right, why: 'Two digits were mistyped' });
  await look('decided', officer, [own, `${own}/decision`, `${own}/submission/correct`]);
  await look('colleague', colleague, [own, `${own}/take-over`]);
  await (await signIn(colleague)).post(`${own}/take-over`, { why: 'the officer is off duty' });
  await look('taken', colleague, [own]);
  await look('author', officer, [own, '/staff/notifications']);
});
