/** How the visitor of tests and the demonstration goes on where a server is busy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { pressAgainWhileBusy, type ReportVisitor } from './visitor.ts';

const form = '<form method="post" action="/report" novalidate><input name="draft" value="token"></form>';

function busyVisitor(times: number): { readonly teller: ReportVisitor; readonly sent: Record<string, string>[] } {
  const sent: Record<string, string>[] = [];
  let page = { statusCode: 200, body: form } as LightMyRequestResponse;
  const press: ReportVisitor['press'] = async (_, typed = {}) => {
    sent.push({ ...typed });
    page = { statusCode: sent.length > times ? 200 : 503, body: '' } as LightMyRequestResponse;
    return page;
  };
  return { sent, teller: { page: () => page, press, draft: () => '' } };
}

test('sends the page again while the form answers that it is busy, with its token', async () => {
  const { teller, sent } = busyVisitor(2);
  assert.equal((await pressAgainWhileBusy(teller, { what: 'words' })).statusCode, 200);
  assert.deepEqual(sent.at(-1), { draft: 'token', what: 'words' });
  assert.equal(sent.length, 3);
});

test('gives up after a few tries, in a sentence for a human', async () => {
  await assert.rejects(pressAgainWhileBusy(busyVisitor(99).teller, {}), /too slow to make the demonstration/);
});
