import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { draft, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { exactly, type SignedReturn } from '../../vocabulary/figures.ts';
import { signedReturn } from '../drafting/examples.ts';
import { addSignedReturn } from './examples.ts';

test('text and data cannot differ: a later return is taken over, and one that was tampered with stops everything but a withdrawal', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed, force, analyst, db } = room;
  const address = await draft(writer, signed.id);
  await writer.post(`${address}/submit`, { revision: 1 });
  await partner.post(`${address}/approve`, { revision: 1 });
  const visited = signedReturn.figures['premises.visited'];
  assert.ok(visited);
  const revised: SignedReturn = {
    ...signedReturn,
    version: 2,
    stage: 'revised',
    figures: { ...signedReturn.figures, 'premises.visited': { ...visited, total: exactly(9) } },
  };
  await addSignedReturn(db, revised, {
    agency: force,
    member: analyst,
    operationId: signed.operationId,
    at: new Date('2026-09-24T08:00:00Z'),
  });
  const refused = await writer.post(`${address}/publish`, { revision: 1 });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /A later return has been signed/);
  const changed = /Premises at which a team arrived[^<]*: 8 → 9/;
  const overtaken = (await writer.get(address)).body;
  assert.match(overtaken, /version 2 of the return was signed/);
  assert.match(overtaken, changed, 'old and new');

  assert.equal((await writer.post(`${address}/renew`, {})).statusCode, 303);
  assert.equal((await writer.post(`${address}/renew`, {})).statusCode, 422, 'there is nothing more to take over');
  const renewed = await writer.get(address);
  assert.match(renewed.body, /Nine business addresses were visited/);
  assert.match(renewed.body, /Submit for approval/, 'and needs another approval');
  assert.match(renewed.body, /The new figures are in the text[\s\S]*: 8 → 9/);
  assert.doesNotMatch(renewed.body, /role="status">Saved/);
  await publish(room, address);
  const third = { ...revised, version: 3, figures: signedReturn.figures };
  const by = { agency: force, member: analyst, operationId: signed.operationId };
  await addSignedReturn(db, third, { ...by, at: new Date('2026-09-24T08:30:00Z') });
  assert.match((await writer.get(address)).body, /A newer return was signed[\s\S]*: 9 → 8/);
  assert.match((await writer.get(`${address}/correct`)).body, /A newer return changed these figures\. [^<]*: 9 → 8/);

  await sql`alter table returns disable trigger refuse_signed`.execute(db);
  await sql`update returns set figures = jsonb_set(figures, '{premises.visited,total,value}', '12')`.execute(db);
  const page = await writer.get(address);
  assert.equal(page.statusCode, 200);
  assert.equal((await writer.post(`${address}/correct`, { note: 'Twelve' })).statusCode, 303);
  const stopped = await writer.get(address);
  assert.match(stopped.body, /The signed figures cannot be read/);
  assert.doesNotMatch(stopped.body, /Submit for approval/);
  assert.equal((await writer.post(`${address}/withdraw`, { why: 'The figures were tampered with' })).statusCode, 303);
});
