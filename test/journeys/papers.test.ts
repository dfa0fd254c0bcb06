/** Every kind of paper of the demonstration: its page is sound to axe and valid HTML, and its PDF is tagged and holds what its page says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionCookie } from '../../src/platform/http/sites.ts';
import { briefingPaths, operationPaths, warrantApplicationPaths } from '../../src/vocabulary/paths/operations.ts';
import { handoverPaths } from '../../src/vocabulary/paths/safeguarding/actions.ts';
import { sharingPaths } from '../../src/vocabulary/paths/safeguarding/consent.ts';
import { visitPaperPaths } from '../../src/vocabulary/paths/visits.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { tagsOfPdf, textOfPdf, unpackedPdf } from '../fixtures/pdf.ts';
import { axeViolations, measureOverflow, openBrowser, phone } from '../harness/browser.ts';
import { faultsOfHtml } from './every-page/valid-documents.ts';

test('every paper is a sound page and a tagged PDF with the same words', async (t) => {
  const application = await openDemonstration(t);
  const { db, app } = application;
  const planner = await application.as('planner');
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const operation = await application.mainOperation();
  const visit = await db.selectFrom('visits').select('id').where('basis', '=', 'pace-s8').executeTakeFirstOrThrow();
  const power = await db.selectFrom('powers').select('id').where('basis', '=', 'pace-s8').executeTakeFirstOrThrow();
  const briefing = await db
    .selectFrom('briefings')
    .select('id')
    .where('operationId', '=', operation as never)
    .executeTakeFirstOrThrow();
  const nurse = await application.as('nurse');
  const papers: readonly (readonly [url: string, reader: typeof planner])[] = [
    [visitPaperPaths.searchRecord(visit.id), planner],
    [visitPaperPaths.notice(visit.id), planner],
    [visitPaperPaths.consent(visit.id), planner],
    [visitPaperPaths.warrantReturn(visit.id), planner],
    [operationPaths.debrief(operation), planner],
    [warrantApplicationPaths.application(power.id), planner],
    [briefingPaths.iimarch(briefing.id), planner],
    ...(await findPapersOfSupport(application)).map((url) => [url, nurse] as const),
  ];
  const context = await (await openBrowser(t)).newContext(phone);
  const page = await context.newPage();
  for (const [url, reader] of papers) {
    await context.addCookies([{ name: sessionCookie, value: reader.token, url: `${base}/staff` }]);
    if (!url.endsWith('/iimarch')) assert.equal((await reader.post(url, {})).statusCode, 303, url);
    const { body } = await reader.get(url);
    assert.deepEqual(await faultsOfHtml(body), [], url);
    await page.goto(base + url);
    assert.deepEqual(await axeViolations(page), [], url);
    assert.ok((await measureOverflow(page)) <= 0, `${url} sticks out on a phone`);

    const { rawPayload, statusCode } = await reader.get(`${url}/pdf`);
    assert.equal(statusCode, 200, url);
    assert.match(unpackedPdf(rawPayload), /<pdfuaid:part>1<\/pdfuaid:part>/);
    const tags = tagsOfPdf(rawPayload);
    assert.equal(tags.filter((tag) => tag === 'H1').length, 1, url);
    // PDFium gives U+FFFE for a hyphen at the end of a line.
    const text = (await textOfPdf(rawPayload)).join('\n').replaceAll('\ufffe', '-').replace(/\s+/g, '');
    const sheet = page.locator('.sl-staff-paper');
    const said = await sheet.locator('.sl-lines, h2, p.govuk-body-s:not(.sl-no-print)').allInnerTexts();
    for (const words of said) assert.ok(text.includes(words.replace(/\s+/g, '')), `${url}: ${words}`);
    assert.ok(said.length > 8, url);
  }
});

/** A letter of what is granted and a handover, both of the nurse's agency. */
async function findPapersOfSupport({ safeguardingDb }: Awaited<ReturnType<typeof openDemonstration>>) {
  const handover = await safeguardingDb.selectFrom('handovers').select(['id', 'agencyId']).executeTakeFirstOrThrow();
  const grant = await safeguardingDb
    .selectFrom('personGrants')
    .select('id')
    .where('fromAgency', '=', handover.agencyId)
    .where('endedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return [sharingPaths.letter(grant.id), handoverPaths.paper(handover.id)];
}
