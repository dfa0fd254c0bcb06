import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { axeViolations, desktop, findFocusProblems, measureOverflow, phone } from '../../../test/harness/browser.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addVisit } from '../../visits/examples.ts';

let pressed = 0;
const press = (page: Page, name: string) => {
  pressed += 1;
  return page.getByRole('button', { name }).click();
};
const follow = (page: Page, name: string | RegExp) => {
  pressed += 1;
  return page.locator('main a', { hasText: name }).first().click();
};

/** The estimate of the review: 6 seconds to read a page, 2 a click, 6 to answer a question. */
const secondsOf = ({ pages, clicks, fields }: { pages: number; clicks: number; fields: number }): number =>
  pages * 6 + clicks * 2 + fields * 6;

/** The open questions on a form when it is first shown. */
const asked = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const labelled = (element) => element.textContent.trim().replace(/\\s+/g, ' ');
    const open = [];
    for (const field of document.querySelectorAll('main form [name]')) {
      if (field.type === 'hidden' || field.type === 'submit') continue;
      const group = field.closest('fieldset');
      if (field.type === 'radio' || field.type === 'checkbox') {
        const legend = group && group.querySelector('legend');
        if (legend && !group.querySelector('input:checked')) open.push(labelled(legend));
      } else if (field.value === '') open.push(labelled(document.querySelector('label[for="' + field.id + '"]') || field));
    }
    return [...new Set(open)];
  })()`) as Promise<string[]>;

test('from the encounter to a referral that the nurse accepts: nothing known is asked again, and nothing is typed twice', async (t) => {
  const { agency, member, db, base, pageOf } = await openForBrowser(t, (environment) =>
    openApplication(t, { today: '2026-09-18', time: '10:47', environment }),
  );
  const force = await agency('police force');
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(advisers, ['field'], 'Ada Adviser');
  await letIn(db, operation, adviser, { team });
  const nurse = await member(nurses, ['partner caseworker'], 'Nia Nurse');
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), adviser);
  const withoutScript = { ...phone, javaScriptEnabled: false };
  const page = await pageOf(adviser, withoutScript);
  let seen = 0;
  page.on('load', () => {
    seen += 1;
  });
  const answered = new Set<string>();
  const typed = new Set<string>();
  let open: readonly string[] = [];
  /** Checks each form: what it asks, that none of it was answered before, and that none of it is known. */
  const asks = async (name: string, known: readonly string[]): Promise<void> => {
    await shoot(page, `door-${name}`);
    open = await asked(page);
    for (const question of open) {
      assert.ok(!answered.has(question), `${name} asks again: ${question}`);
      assert.ok(!known.includes(question), `${name} asks what is known: ${question}`);
    }
  };
  const send = async (button: string): Promise<void> => {
    const left = await asked(page);
    for (const question of open) if (!left.includes(question)) answered.add(question);
    open = [];
    await press(page, button);
  };
  const type = async (label: string, words: string): Promise<void> => {
    assert.ok(!typed.has(words), `${words} is typed twice`);
    typed.add(words);
    await page.getByLabel(label, { exact: true }).fill(words);
  };

  await page.goto(`${base}/staff/visits/${visit.id}/encounters/new`);
  await asks('1-encounter', []);
  await page.getByLabel('works there').check();
  await page.getByLabel('Spoken to', { exact: true }).check();
  await page.getByLabel('Adult', { exact: true }).check();
  await type('Language', 'Romanian');
  await page.getByLabel('by phone').check();
  await send('Save and go on');

  await page.getByRole('heading', { name: 'Safeguarding note' }).waitFor();
  await asks('2-note', ['Language', 'Interpreter', 'Age']);
  await page.getByLabel('Shelter', { exact: true }).check();
  await page.getByLabel('Wants help now').check();
  await type('The person’s wishes, in their own words', 'A door that locks, and to sleep');
  await send('Save the note');
  await press(page, 'Open a record of person 1');
  await asks('3-search', []);
  await type('Name', 'Mirela');
  await send('Search');
  await send('Open a new record');
  assert.match(await page.locator('main').innerText(), /Met in/, 'the search keeps where the person was met');
  await asks('4-open', ['Preferred name', 'Language', 'Age', 'Is an interpreter needed?']);
  assert.equal(await page.getByLabel('Language', { exact: true }).inputValue(), 'Romanian');
  await page.getByLabel('The person says so', { exact: true }).check();
  await page.getByLabel('A woman', { exact: true }).check();
  await page.getByLabel('A text message').check();
  await type('Number, address, or through whom', '07700 900482');
  await type('Never do this', 'No calls');
  await send('Open the record');

  await page.locator('.sl-identity', { hasText: 'Mirela' }).waitFor();
  await shoot(page, 'door-5-record');
  assert.match(await page.locator('main').innerText(), /Needs\s+shelter[\s\S]*A door that locks, and to sleep/);
  await press(page, 'Ask for consent');
  await asks('7-consent', []);
  await page.getByLabel('Lea Nurses').check();
  await page.getByLabel('What is it for?').selectOption('examine and treat');
  await page.getByLabel('How to reach the person safely').check();
  await page.getByLabel('The person’s wishes').check();
  await send('Show the words');
  assert.equal(await page.getByLabel('Language of the explanation').inputValue(), 'ro', 'as the record says');
  await asks('8-words', ['Language of the explanation']);
  await page.getByLabel('The person, to me').check();
  await page.getByLabel('An interpreter by telephone or video').check();
  await type('The interpreter’s name or number', 'Interpreter 4471');
  await send('The person agrees');
  await shoot(page, 'door-9-agreed');
  await press(page, 'Refer to Lea Nurses now');
  await asks('10-refer', [
    'Agency',
    'What help is needed?',
    'Information they need to help',
    'How to reach the person safely',
    'What is it for?',
    'For how long may the agency see this information?',
  ]);
  assert.ok(await page.getByLabel('Shelter', { exact: true }).isChecked());
  await send('Preview the referral');
  await shoot(page, 'door-11-preview');
  const preview = await page.locator('main dl.govuk-summary-list').innerText();
  for (const words of ['A door that locks, and to sleep', '07700 900482', 'Never: No calls', 'Speaks Romanian'])
    assert.ok(preview.includes(words), words);
  assert.ok(!preview.includes('Mirela'), 'what she is called was not agreed');
  await send('Send to Lea Nurses');
  await page.getByText('The referral is sent. Lea Nurses finds it on its first page').waitFor();

  const reads = await pageOf(nurse, withoutScript);
  reads.on('load', () => {
    seen += 1;
  });
  await reads.goto(`${base}/staff`);
  await follow(reads, 'Answer a referral');
  assert.equal(
    await reads.locator('main dl.govuk-summary-list').innerText(),
    preview,
    'what was shown before is what is seen',
  );
  await follow(reads, 'Accept or decline');
  await reads.getByLabel('We take it on').check();
  await reads.getByLabel('What happens next, and when?').fill('A room today at 18:00');
  await press(reads, 'Save');
  await reads.getByRole('heading', { name: 'Accepted' }).waitFor();
  t.diagnostic(
    `with record and consent: ${secondsOf({ pages: seen, clicks: pressed, fields: answered.size })} seconds`,
  );
  const seconds = secondsOf({ pages: seen, clicks: pressed, fields: answered.size });
  assert.ok(seconds <= 300, `${seconds} seconds`);
  await follow(page, 'The record');
  await page.locator('.sl-identity', { hasText: 'Mirela' }).waitFor();
  assert.match(await page.locator('main').innerText(), /Lea Nurses[\s\S]*shelter[\s\S]*accepted/i);

  const record = page.url().replace(/#.*/, '');
  const pages = [
    record,
    `${record}/help`,
    `${record}/needs`,
    `${record}/offer`,
    `${base}/staff/safeguarding/received-information`,
  ];
  for (const [look, light] of [
    [phone, 'light'],
    [desktop, 'dark'],
  ] as const) {
    const looked = await pageOf(adviser, { ...look, colorScheme: light });
    for (const url of pages) {
      assert.equal((await looked.goto(url))?.status(), 200, url);
      await shoot(looked, `${light}-${url.split('/').at(-1)}`);
      assert.deepEqual(await axeViolations(looked), [], url);
      assert.deepEqual(await findFocusProblems(looked), [], url);
      assert.ok((await measureOverflow(looked)) <= 0, `${url} sticks out`);
    }
    await looked.goto(`${record}/help`);
    const cards = await looked.locator('.sl-cards--alike > li').evaluateAll((all) =>
      all.map((card) => {
        const { width, height } = card.getBoundingClientRect();
        return `${Math.round(width)} × ${Math.round(height)}`;
      }),
    );
    assert.equal(cards.length, 11);
    assert.equal(new Set(cards).size, 1, `one size for all, the NRM among them: ${cards.join(', ')}`);
  }
});

test('from the encounter to a referral that the nurse accepts in three minutes, without a record, and no language or age asked again', async (t) => {
  const { agency, member, db, base, pageOf } = await openForBrowser(t, (environment) =>
    openApplication(t, { today: '2026-09-18', time: '10:47', environment }),
  );
  const force = await agency('police force');
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(await agency('sexual violence advisers'), ['field'], 'Ada Adviser');
  await letIn(db, operation, adviser, { team });
  const nurse = await member(nurses, ['partner caseworker'], 'Nia Nurse');
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), adviser);
  const count = { pages: 0, clicks: 0, fields: 0 };
  const counted = async (who: typeof adviser): Promise<Page> => {
    const page = await pageOf(who, { ...phone, javaScriptEnabled: false });
    page.on('load', () => {
      count.pages += 1;
    });
    return page;
  };
  const click = async (page: Page, name: string): Promise<void> => {
    count.clicks += 1;
    await page.getByRole('button', { name }).click();
  };
  const link = async (page: Page, name: string | RegExp): Promise<void> => {
    count.clicks += 1;
    await page.locator('main a', { hasText: name }).first().click();
  };
  const tick = async (page: Page, label: string): Promise<void> => {
    count.fields += 1;
    await page.getByLabel(label, { exact: true }).check();
  };
  const type = async (page: Page, label: string, words: string): Promise<void> => {
    count.fields += 1;
    await page.getByLabel(label, { exact: true }).fill(words);
  };

  const page = await counted(adviser);
  await page.goto(`${base}/staff/visits/${visit.id}/encounters/new`);
  count.fields += 1;
  await page.getByLabel('works there').check();
  await tick(page, 'Spoken to');
  await tick(page, 'Adult');
  await type(page, 'Language', 'Romanian');
  count.fields += 1;
  await page.getByLabel('by phone').check();
  await click(page, 'Save and go on');
  await tick(page, 'Shelter');
  await tick(page, 'Wants help now');
  await type(page, 'The person’s wishes, in their own words', 'A door that locks, and to sleep');
  await click(page, 'Save the note');
  await click(page, 'Refer person 1 to an agency');
  assert.equal(
    await page.getByLabel('Information they need to help').inputValue(),
    'Speaks Romanian. An interpreter is needed, not anybody who came with the person.',
  );
  assert.doesNotMatch(
    await page.locator('main').innerText(),
    /age not known|No record that you can read gives the person’s age/i,
  );
  assert.ok(await page.getByLabel('Shelter', { exact: true }).isChecked());
  await tick(page, 'Yes');
  await tick(page, 'Lea Nurses');
  await click(page, 'Preview the referral');
  await click(page, 'Send to Lea Nurses');
  await page.getByText('The referral is sent. Lea Nurses').waitFor();

  const reads = await counted(nurse);
  await reads.goto(`${base}/staff`);
  await link(reads, 'Answer a referral');
  await click(reads, 'Accept or decline');
  await tick(reads, 'We take it on');
  await type(reads, 'What happens next, and when? If you decline it, why?', 'A room today at 18:00');
  await click(reads, 'Save');
  await reads.getByRole('heading', { name: 'Accepted' }).waitFor();
  t.diagnostic(`${count.pages} pages, ${count.clicks} clicks, ${count.fields} fields: ${secondsOf(count)} seconds`);
  assert.ok(secondsOf(count) <= 180, `${secondsOf(count)} seconds`);
});
