import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { inventedPartnership } from '../../platform/partnership.ts';
import { openMailbox } from '../visitor.ts';
import { formatReceiptAsDigits, formatReceiptAsList } from './receipt.ts';

test('a receipt in a language that is no longer offered opens its mailbox', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-languages-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'partnership.json');
  writeFileSync(file, JSON.stringify({ ...inventedPartnership, languages: ['en'] }));
  const application = await openAttended(t, { environment: { SAFELIGHT_PARTNERSHIP: file } });
  const { app } = application;
  const { receipt } = await application.told('help');
  assert.equal((await app.inject('/information')).body.match(/name="choose"/g)?.length, 1);
  for (const kept of [formatReceiptAsList(receipt, 'pl')?.join('\n') ?? '', formatReceiptAsDigits(receipt)]) {
    const back = await openMailbox(app, kept);
    assert.match(back.page().body, /Nothing has been written to you yet/);
    assert.match((await back.press('add', { words: `There are ${kept.length}` })).body, /It was added/);
  }
});
