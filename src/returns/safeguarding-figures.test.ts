import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, staged } from '../../test/fixtures/counted-return.ts';
import { safeguardingIndicators } from '../vocabulary/figures.ts';
import { newId } from '../vocabulary/ids.ts';

test('a safeguarding figure shows a rounded count, opens to no record and is not qualified', async (t) => {
  const { application, operation, records, analyst } = await staged(t, ['signing'], '2026-12-01');
  const address = await countNow(analyst, operation.id);
  for (const indicator of safeguardingIndicators) {
    const page = await analyst.get(`${address}/figures/${indicator}`);
    assert.match(
      page.body,
      /The records stay in the safeguarding database|Potential victims are not listed/,
      indicator,
    );
    assert.doesNotMatch(page.body, /id="records"|Say it otherwise/, indicator);
    for (const { id } of [...records.facts, ...records.referrals]) assert.ok(!page.body.includes(id), indicator);
    const say = { how: 'at least', value: '1', words: '', reason: 'To find out' };
    assert.equal((await analyst.get(`${address}/figures/${indicator}/qualify`)).statusCode, 404);
    assert.equal((await analyst.post(`${address}/figures/${indicator}/qualify`, say)).statusCode, 404);
  }
  const kinds = await application.db.selectFrom('returnRecords').select('kind').distinct().execute();
  assert.ok(kinds.every(({ kind }) => kind !== 'fact' && kind !== 'referral'));
  const id = address.split('/').at(-1) as string;
  const small = JSON.stringify({ 'people.advised': { total: { kind: 'number', value: 3, qualifier: 'exact' } } });
  for (const [table, column, key] of [
    ['returns', 'figures', 'id'],
    ['returnWorkings', 'counted', 'returnId'],
  ] as const)
    await assert.rejects(
      application.db
        .updateTable(table)
        .set({ [column]: small })
        .where(key, '=', id)
        .execute(),
      /under_disclosure_control/,
      table,
    );
  const one = { total: { kind: 'number', value: 1, qualifier: 'exact' } };
  const nought = { total: { kind: 'number', value: 0, qualifier: 'exact' } };
  const set = (figures: object) =>
    application.db
      .updateTable('returns')
      .set({ figures: JSON.stringify(figures) })
      .where('id', '=', id)
      .execute();
  await assert.rejects(set({ 'nrm.sent': one, 'victims.byOfficers': nought }), /under_disclosure_control/);
  await assert.rejects(set({ 'arrests.concern': one, 'victims.byOfficers': nought }), /under_disclosure_control/);
  await set({ 'nrm.sent': one }); // As signed by the first edition.
  await assert.rejects(
    application.db
      .insertInto('returnRecords')
      .values({ returnId: id, indicator: 'people.advised', cell: 'total', kind: 'fact', recordId: newId() })
      .execute(),
    /no_safeguarding_records/,
  );
});
