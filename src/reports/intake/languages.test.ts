import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { openElsewhere } from '../../../test/assurance/public/private-journey/leaving.ts';
import { looks } from '../../../test/assurance/public/private-journey/pages.ts';
import { leaveDanger, walkWhole } from '../../../test/assurance/reports/languages.ts';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { openBrowser } from '../../../test/harness/browser.ts';
import { languages } from '../../public/languages/index.ts';

async function openPlace(t: TestContext) {
  const elsewhere = await openElsewhere();
  t.after(elsewhere.close);
  const { app } = await openAttended(t, { environment: { SAFELIGHT_EXIT_TO: elsewhere.address } });
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  return { browser: await openBrowser(t), base, elsewhere: elsewhere.address };
}

const [withoutScript] = looks;
const arabic = languages.find(({ code }) => code === 'ar');

test('danger comes between with the emergency number and is left at once, from right to left', async (t) => {
  assert.ok(arabic);
  assert.deepEqual(await leaveDanger(await openPlace(t), arabic), []);
});

test('tell, keep a receipt, come back and leave, without script and from right to left', async (t) => {
  assert.ok(arabic && withoutScript);
  assert.deepEqual(await walkWhole(await openPlace(t), arabic, withoutScript), []);
});
