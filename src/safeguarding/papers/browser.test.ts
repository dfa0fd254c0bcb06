import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { findPageProblems, measureOverflow } from '../../../test/harness/browser.ts';
import { addHandover, addTask } from '../actions/examples.ts';
import { addConsent, addGrant } from '../consent/examples.ts';
import { addDocument } from '../documents/examples.ts';
import { addPerson } from '../people/examples.ts';

const wishes = ['أريد أن أنام في مكان هادئ', 'ኣብ ሰላም ዘለዎ ቦታ ክድቅስ እደሊ', '我想睡在安静的地方'];

test('a worker makes versions of a letter and a handover from the Documents tab, on a phone without script and at a desk by night', async (t) => {
  const application = await openForBrowser(t, (environment) => openApplication(t, { environment }));
  const { safeguardingDb: db, keys, clock, base, pageOf } = application;
  const council = await application.agency('council', { name: 'Lea Vale County Council' });
  const nurses = await application.agency('health', { name: 'Lea Nurses' });
  const caseworker = await application.member(council, ['partner caseworker'], 'Cas Worker');
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const person = await addPerson(db, keys, caseworker, clock.now(), { called: 'ليلى حداد' });
    const document = await addDocument(db, keys, person, { called: 'Letter of the clinic' });
    const known = { personId: person.id, operationId: null, at: clock.now() };
    const consent = await addConsent(db, keys, known, nurses.id, caseworker, {
      ...{ act: 'share', purpose: 'safety planning', items: ['when we met', 'wishes', 'papers about health'] },
    });
    await addGrant(
      db,
      keys,
      { consent },
      [
        { item: 'when we met', words: '2026-09-18' },
        { item: 'wishes', words: wishes.join('\n') },
        { item: 'papers about health', words: 'Letter of the clinic', papers: [document] },
      ],
      caseworker,
    );
    const handover = await addHandover(db, keys, caseworker, clock.now(), { words: wishes.join('\n') });
    await addTask(db, keys, person.id, caseworker, clock.now(), {
      handoverId: handover.id,
      what: 'الاتصال بالمستشفى غدا.',
    });

    const page = await pageOf(caseworker, options);
    const looked = async (name: string): Promise<void> => {
      await shoot(page, `${look}-${name}`);
      // axe needs script, so the run with script checks the same pages.
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
      if ((await measureOverflow(page)) > 0) faults.push(`${page.url()} sticks out`);
    };
    const makesFrom = async (link: RegExp, name: string): Promise<void> => {
      await page.goto(`${base}/staff/safeguarding/people/${person.id}/documents`);
      await looked(`${name}-0-list`);
      await page.getByRole('link', { name: link }).click();
      await looked(`${name}-1-draft`);
      await page.getByRole('button', { name: 'Make version 1' }).click();
      await page
        .getByRole('button', { name: 'Get the PDF' })
        .or(page.getByRole('link', { name: 'Get the PDF' }))
        .first()
        .waitFor();
      await looked(`${name}-2-version`);
      await assertPrintsSheetAlone(page, `${look}-${name}`);
    };
    await makesFrom(/^Information letter to Lea Nurses/, 'letter');
    await makesFrom(/^Handover of/, 'handover');
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});

/** In print no button, link or list of versions stands beside the sheet, and names keep their direction. */
async function assertPrintsSheetAlone(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await shoot(page, `${name}-print`);
  for (const gone of ['Get the PDF', 'Make an encrypted file instead', 'Versions'])
    assert.equal(await page.getByText(gone, { exact: true }).filter({ visible: true }).count(), 0, `${name}: ${gone}`);
  assert.equal(
    await page
      .getByText(/^OFFICIAL-SENSITIVE: PERSONAL DATA\. .*Version 1, made/)
      .filter({ visible: true })
      .count(),
    1,
  );
  const directions = await page
    .locator('.sl-staff-paper .sl-lines')
    .evaluateAll((all) =>
      all.filter((one) => /[\u0600-\u06ff]/.test(one.textContent ?? '')).map((one) => one.matches(':dir(rtl)')),
    );
  assert.ok(directions.length > 0 && directions.every(Boolean), name);
  await page.emulateMedia({ media: null });
}
