import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { addPublished } from '../../src/newsroom/releases/examples.ts';
import { checkCount } from '../../src/returns/counting/checks.ts';
import { countIndicators, editions } from '../../src/returns/counting/definitions.ts';
import { up } from '../../src/returns/migrations/0101-disclosure-control.ts';
import { calculateDigest } from '../../src/returns/return.ts';
import { exactly, type Figures, fewerThanFive, safeguardingIndicators } from '../../src/vocabulary/figures.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { countNow, signNow, staged } from '../fixtures/counted-return.ts';

test('a return that was signed with exact counts keeps neither them nor a reference, and still verifies', async (t) => {
  const { application, operation, records, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  const { db } = application;
  const address = await countNow(analyst, operation.id);
  await signNow(analyst, address, 'final');
  const id = address.split('/').at(-1) as string;

  // As it was before the migration.
  const exact = countIndicators(editions[0], records);
  const figures = { ...exact.figures, 'people.declinedPolice': { ...declined, total: exactly(2) } } as Figures;
  const row = await db.selectFrom('returns').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const digest = calculateDigest({ ...row, figures } as never);
  for (const statement of [
    'alter table returns drop constraint returns_under_disclosure_control',
    'alter table return_workings drop constraint workings_under_disclosure_control',
    'alter table return_records drop constraint no_safeguarding_records',
    'drop function under_disclosure_control(jsonb)',
    ...['returns', 'return_workings', 'return_records', 'return_signatures'].map(
      (table) => `alter table ${table} disable trigger refuse_signed`,
    ),
  ])
    await sql.raw(statement).execute(db);
  await db
    .updateTable('returns')
    .set({ figures: JSON.stringify(figures) })
    .execute();
  const quantity = { kind: 'number', value: 2, qualifier: 'at least' } as const;
  const qualified = {
    'people.declinedPolice': { quantity, reason: 'To be sure', by: 'a', at: '2026-09-20T10:00:00Z' },
  };
  await db
    .updateTable('returnWorkings')
    .set({
      counted: JSON.stringify(figures),
      checks: JSON.stringify(checkCount(records, exact)),
      qualifications: JSON.stringify(qualified),
    })
    .execute();
  await db.updateTable('returnSignatures').set({ digest }).execute();
  const [fact] = records.facts;
  await db
    .insertInto('returnRecords')
    .values({ returnId: id, indicator: 'people.advised', cell: 'total', kind: 'fact', recordId: fact?.id ?? newId() })
    .execute();
  const from = { id, operationId: operation.id, digest };
  const agency = { id: analyst.member.agencyId } as Parameters<typeof addPublished>[1]['agency'];
  await addPublished(db, { agency, member: analyst.member, from });

  await up(db as never);

  const kept = await db.selectFrom('returns').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const signature = await db.selectFrom('returnSignatures').selectAll().executeTakeFirstOrThrow();
  const release = await db.selectFrom('releases').selectAll().executeTakeFirstOrThrow();
  assert.equal(signature.digest, calculateDigest(kept as never));
  assert.equal(release.returnDigest, signature.digest, 'its release is bound to the same return');
  const workings = await db.selectFrom('returnWorkings').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual(workings.qualifications, {});
  for (const held of [kept.figures as Figures, workings.counted as Figures]) {
    assert.deepEqual(held['people.declinedPolice']?.total, fewerThanFive);
    assert.deepEqual(held['arrests.made'], exact.figures['arrests.made'], 'operational figures stay exact');
  }
  const kinds = await db.selectFrom('returnRecords').select('kind').distinct().execute();
  assert.ok(kinds.length > 0 && kinds.every(({ kind }) => kind !== 'fact' && kind !== 'referral'));
  await assert.rejects(
    db
      .updateTable('returns')
      .set({ figures: JSON.stringify(figures) })
      .execute(),
    /frozen|disclosure_control/,
  );
  assert.equal(safeguardingIndicators.length, 6);
});

const declined = { indicator: 'people.declinedPolice', breakdowns: {} } as const;
