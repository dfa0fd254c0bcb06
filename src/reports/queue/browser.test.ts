import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { asking, decided, putFile } from '../../../test/fixtures/report-originals.ts';
import {
  axeViolations,
  desktop,
  findFocusProblems,
  measureOverflow,
  openBrowser,
  phone,
} from '../../../test/harness/browser.ts';
import { freePort } from '../../../test/harness/ports.ts';
import { sessionCookie } from '../../platform/http/sites.ts';

async function open(t: TestContext) {
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const application = await openAttended(t, { environment: { SAFELIGHT_ORIGIN: base } });
  await application.app.listen({ port, host: 'localhost' });
  const browser: Browser = await openBrowser(t);
  const pageOf = async (
    member: Parameters<typeof application.signIn>[0],
    options: BrowserContextOptions = phone,
  ): Promise<Page> => {
    const { token } = await application.signIn(member);
    const context = await browser.newContext(options);
    await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
    return context.newPage();
  };
  return { application, base, pageOf };
}

test('every page of the staff side is legible, marked in focus and clean by axe, on a phone by day and at a desk by night', async (t) => {
  const { application, base, pageOf } = await open(t);
  const { police } = application.agencies;
  const lead = await application.member(police, ['data-protection lead'], 'Dora Lead');
  const custodian = await application.member(police, ['custodian'], 'Cass Custodian');
  const nurse = await application.member(await application.agency('health'), ['field'], 'Nia Nurse');
  const danger = await application.told('police', { answers: { now: 'yes', what: 'She is locked in', name: 'Ira' } });
  const held = await application.told('police', {
    answers: { who: 'worried', what: 'Men sleep there', reach: 'yes', name: 'Ira' },
  });
  const closed = await application.told('police', { state: 'closed', outcome: 'advice given' });
  const photo = { content: Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0), name: 'IMG_20260917_221000.jpg' };
  const voice = { content: Buffer.from('ID3 invented'), name: 'voice.mp3' };
  const reader = await application.signIn(application.readers.police);
  const dora = await application.signIn(lead);
  const day = { 'validFrom-day': '18', 'validFrom-month': '9', 'validFrom-year': '2026' };
  await dora.post('/staff/reports/retention/rule', { outcome: 'advice given', days: '1', source: 'Notice', ...day });
  await reader.post(`/staff/reports/retention/hold/${closed.id}`, {
    reason: 'The court asked for it, reference C-17',
    'reviewOn-day': '1',
    'reviewOn-month': '12',
    'reviewOn-year': '2026',
  });
  const [, end = ''] =
    /href="([^"]+\/end)"/.exec((await reader.get('/staff/reports/retention/holds')).body) ?? assert.fail('no hold');
  const asked = await reader.post(`/staff/reports/source-identity/ask/${held.id}`, {
    purpose: 'crime prevention',
    reason: 'Only the reporter can say whose the van is',
    hours: '4',
  });
  const request = String(asked.headers.location);
  const at = '/staff/reports';
  const [photoId, voiceId] = [
    await putFile(application, 'police', held.id, photo),
    await putFile(application, 'police', held.id, voice),
  ];
  const forFile = await reader.post(`/staff/report-files/${photoId}/ask`, asking);
  const casual = await application.signIn(custodian);
  const opening = String(forFile.headers.location);
  await casual.post(`${opening}/decide`, { decision: 'open it', reasons: decided });
  const pages = [
    [application.readers.police, ['', `/${danger.id}`, `/${closed.id}`, `/${held.id}/write`, '/phone', '/on-call']],
    [
      application.readers.police,
      ['/attendance', '/attendance/on-call', '/retention', '/retention/holds', `/source-identity/ask/${held.id}`],
    ],
    [
      lead,
      ['/retention', '/retention/rule', '/retention/certificates', `/retention/hold/${held.id}`, end.replace(at, '')],
    ],
    [
      application.readers.police,
      [
        `/${held.id}`,
        `/../report-files/${photoId}`,
        `/../report-files/${voiceId}/export`,
        `/../report-files/${voiceId}/ask`,
      ],
    ],
    [application.readers.police, [`/${held.id}`, `/../report-files/${photoId}/export`]],
    [custodian, [opening.replace(at, ''), `/source-identity`]],
    [custodian, ['/source-identity', request.replace(at, ''), `${request.replace(at, '')}/decide`]],
    [nurse, ['/partner-form', '/partner-form?kind=labour+exploitation', '/sent']],
  ] as const;
  for (const options of [
    { ...phone, colorScheme: 'light' },
    { ...desktop, colorScheme: 'dark' },
  ] as const)
    for (const [member, paths] of pages) {
      const page = await pageOf(member, options);
      // By night those that are looked at by night.
      for (const path of options.colorScheme === 'dark' ? paths.slice(-2) : paths) {
        const answer = await page.goto(`${base}${at}${path}`);
        assert.equal(answer?.status(), 200, path);
        assert.deepEqual(await axeViolations(page), [], path);
        assert.deepEqual(await findFocusProblems(page), [], path);
        assert.equal(await measureOverflow(page), 0, `${path} sticks out`);
      }
    }
});

for (const javaScriptEnabled of [true, false])
  test(`with script ${javaScriptEnabled ? 'on' : 'off'} the urgent page shows new alerts by itself, and says what it cannot do`, async (t) => {
    const { application, base, pageOf } = await open(t);
    const page = await pageOf(application.readers.police, { ...phone, javaScriptEnabled });
    await page.clock.install();
    await page.goto(`${base}/staff/reports/on-call`);
    assert.match(await page.title(), /No urgent report/);
    await application.told('police', { answers: { now: 'yes', what: 'She is locked in' } });
    if (javaScriptEnabled) {
      await page.getByRole('button', { name: 'Let it sound' }).click();
      await page.clock.runFor(16_000);
      await page.getByRole('heading', { name: /Danger now/ }).waitFor();
      assert.match(await page.title(), /Danger now/);
      assert.deepEqual(await axeViolations(page), []);
    } else {
      const refresh = await page.locator('meta[http-equiv=refresh]').getAttribute('content');
      assert.equal(refresh, '15');
      await page.reload();
      assert.match(await page.title(), /Danger now/);
    }
    assert.match(await page.locator('main').innerText(), /makes no calls/);
    await page.getByRole('button', { name: /Take this on/ }).click();
    await page.waitForURL(/\/staff\/reports\/[0-9a-f-]{36}$/);
    assert.match(await page.locator('main').innerText(), /Tam Triage took it on/);
  });
