import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventRecords } from '../../test/assurance/returns/assurance.ts';
import { compareAmounts, compareCounts, countByHand, sumByHand } from '../../test/assurance/returns/count-by-hand.ts';
import { openApplication } from '../../test/fixtures/application.ts';
import { countNow } from '../../test/fixtures/counted-return.ts';
import { openStage } from '../../test/fixtures/recorded-operation.ts';
import { chance } from '../../test/harness/assurance.ts';
import { type Figures, isFewerThanFive, safeguardingIndicators } from '../vocabulary/figures.ts';
import type { Check } from './counting/checks.ts';
import type { CountedRecord } from './counting/counting.ts';

const idOf = (location: unknown): string => String(location).split('/').at(-1) ?? '';

test('twenty-five invented operations, recorded by plain SQL and counted by the app, agree with the count by hand', async (t) => {
  const application = await openApplication(t, { today: '2026-12-01' });
  const stage = await openStage(application);
  const analyst = await application.signIn('return.count', stage.force);
  const random = chance(20260918);
  let [numbers, helped] = [0, 0];
  for (let index = 0; index < 25; index += 1) {
    const operation = await stage.operation({ codeName: `Operation ${index}` });
    const records = inventRecords(random);
    await stage.record(operation, records);
    const returnId = idOf(await countNow(analyst, operation.id));
    const row = await application.db
      .selectFrom('returns')
      .select('figures')
      .where('id', '=', returnId)
      .executeTakeFirstOrThrow();
    const rows = await application.db
      .selectFrom('returnRecords')
      .selectAll()
      .where('returnId', '=', returnId)
      .execute();
    const behind = rows.map(
      ({ recordId: id, withinId: within, ...rest }) => ({ ...rest, id, within }) as CountedRecord,
    );
    const byHand = countByHand(records);
    const figures = row.figures as Figures;
    for (const indicator of safeguardingIndicators) {
      const exact = byHand.get(indicator)?.size ?? 0;
      const total = figures[indicator]?.total;
      // What the auditor refuses is left out.
      if (!total) continue;
      if (total.kind === 'words') assert.ok(isFewerThanFive(total) && exact < 5, `${indicator}: ${exact}`);
      else assert.ok(total.kind === 'number' && total.qualifier === 'about' && Math.abs(total.value - exact) < 5);
      helped += 1;
    }
    // Counts from the safeguarding database are stored rounded, all others exactly.
    const { checks } = await application.db
      .selectFrom('returnWorkings')
      .select('checks')
      .where('returnId', '=', returnId)
      .executeTakeFirstOrThrow();
    const second = (checks as Check[]).find(({ says }) => says.startsWith('A second count, by the database'));
    assert.deepEqual([second?.holds, second?.figures], [true, []], `operation ${index}`);
    const ours = (key: string) => !safeguardingIndicators.some((one) => key.startsWith(one));
    assert.deepEqual(compareAmounts({ figures, countedRecords: [] }, sumByHand(records)), [], `operation ${index}`);
    const compared = compareCounts(
      { figures: Object.fromEntries(Object.entries(figures).filter(([key]) => ours(key))), countedRecords: behind },
      new Map([...byHand].filter(([key]) => ours(key))),
    );
    assert.deepEqual([compared.wrongNumbers, compared.wrongRecords], [[], []], `operation ${index}`);
    numbers += compared.numbers;
  }
  assert.ok(numbers > 1_000 && helped > 200, `${numbers} numbers, ${helped} of people helped`);
});
