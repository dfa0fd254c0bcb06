import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { commentOf, exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { nextOn, stepByStep } from '../../../test/fixtures/report-browser.ts';
import {
  axeViolations,
  desktop,
  findFocusProblems,
  measureOverflow,
  measurePicture,
  openBrowser,
  phone,
} from '../../../test/harness/browser.ts';
import { freePort } from '../../../test/harness/ports.ts';
import { sessionCookie } from '../../platform/http/sites.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';

const secret = 'Kiln Row 44';

for (const javaScriptEnabled of [false, true])
  test(`with script ${javaScriptEnabled ? 'on' : 'off'}, on a phone: send a photo, and staff see the clean copy of it alone`, async (t) => {
    const port = await freePort();
    const application = await openAttended(t, { environment: { SAFELIGHT_ORIGIN: `http://localhost:${port}` } });
    await application.app.listen({ port, host: 'localhost' });
    const folder = await mkdtemp(join(tmpdir(), 'safelight-photo-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const photo = join(folder, 'IMG_0044.jpg');
    const exif = exifOf({ make: secret, place: [51.75, 0.34], at: '2026:09:17 22:10:00' });
    await writeFile(photo, withParts(await plainJpeg(320, 240), exif, commentOf(secret)));
    const drawing = join(folder, 'drawing.svg');
    await writeFile(drawing, '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
    const browser = await openBrowser(t);
    const page = await (await browser.newContext({ ...phone, javaScriptEnabled })).newPage();
    const next = nextOn(page);
    const look = async (name: string): Promise<void> => {
      assert.equal(await measureOverflow(page), 0, name);
      if (javaScriptEnabled) {
        assert.deepEqual(await axeViolations(page), [], name);
        assert.deepEqual(await findFocusProblems(page), [], name);
      }
    };

    await enterJourney(page, `http://localhost:${port}`, '/report');
    await next(stepByStep);
    await page.getByLabel('I noticed something about somebody else').check();
    await next('Continue');
    await page.getByLabel('No', { exact: true }).check();
    await next();
    await page.getByLabel('What did you see, or what happens?').fill('Six men sleep above the shop');
    for (let step = 0; step < 8 && (await page.locator('#files').count()) === 0; step += 1) await next();
    const asked = await page.locator('main').innerText();
    assert.ok(asked.indexOf('Do not follow anybody') < asked.indexOf('Choose files'), 'said before it is asked for');
    await look('files');
    await page.locator('#files').setInputFiles([photo, drawing]);
    await next();
    assert.match(await page.locator('main').innerText(), /drawing\.svg was not kept[\s\S]*IMG_0044\.jpg/);
    await look('files-refused');
    await next();
    for (
      let step = 0;
      step < 6 && (await page.getByRole('button', { name: 'Send', exact: true }).count()) === 0;
      step += 1
    )
      await next();
    assert.match(await page.locator('main').innerText(), /IMG_0044\.jpg \(photo/);
    await look('check');
    await next('Send');
    assert.match(await page.locator('main').innerText(), /One file goes with it/);
    await look('sent');
    for (const name of await readdir(join(application.config.filesFolder, 'waiting')))
      assert.equal((await readFile(join(application.config.filesFolder, 'waiting', name))).includes(secret), false);

    const { token } = await application.signIn(application.readers.police);
    const staff = await browser.newContext({ ...(javaScriptEnabled ? desktop : phone), javaScriptEnabled });
    await staff.addCookies([{ name: sessionCookie, value: token, url: `http://localhost:${port}/staff` }]);
    const reader = await staff.newPage();
    await reader.goto(`http://localhost:${port}/staff/reports`);
    await reader.getByRole('link', { name: /^Report P-/ }).click();
    const fits = async (name: string): Promise<void> => assert.equal(await measureOverflow(reader), 0, name);
    await fits('staff-report');
    await reader.getByRole('link', { name: 'photo 1' }).click();
    await fits('staff-file');
    await reader.getByRole('button', { name: 'Make the clean copy' }).click();
    await fits('staff-file-clean');
    await reader.getByRole('link', { name: 'Open the picture' }).click();
    assert.deepEqual(await measurePicture(reader.locator('img')), [320, 240]);
  });
