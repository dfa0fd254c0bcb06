/** An operation with invented records and an analyst, for tests: she counts and signs on the pages. */
import assert from 'node:assert/strict';
import { openHouse, type TestHouse } from '../house.ts';
import { openStage, soundRecords } from '../recorded-operation.ts';

type Analyst = Awaited<ReturnType<TestHouse['signIn']>>;

/** Counts, and gives the address of the return. */
export async function countNow(analyst: Analyst, operationId: string, note?: string): Promise<string> {
  const counted = await analyst.post(`/staff/returns/operations/${operationId}/count`, note ? { note } : {});
  assert.equal(counted.statusCode, 303, counted.body);
  return String(counted.headers.location);
}

export async function signNow(analyst: Analyst, address: string, stage: 'open' | 'final') {
  const seen = /name="seen" value="([^"]+)"/.exec((await analyst.get(`${address}/sign`)).body)?.[1] ?? '';
  return analyst.post(`${address}/sign`, { seen, stage });
}

/** The operation ends on 20 September 2026. */
export async function staged(t: Parameters<typeof openHouse>[0], stops = ['signing'], today = '2026-09-18') {
  const house = await openHouse(t, { today });
  const stage = await openStage(house);
  const operation = await stage.operation();
  const records = soundRecords(5, stops);
  await stage.record(operation, records);
  return { house, stage, operation, records, analyst: await house.signIn('return.count', stage.force) };
}
