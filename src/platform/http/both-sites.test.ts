import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { handOverToStaff } from './both-sites.ts';

const site = (path: string, text: string): FastifyInstance =>
  Fastify({ forceCloseConnections: true }).get(path, async () => text);

test('the public site answers while the staff site is loaded; requests for that one wait for it', async (t) => {
  const publicSite = site('/signs', 'signs');
  const staffSite = site('/staff/sign-in', 'sign in');
  t.after(() => Promise.all([publicSite.close(), staffSite.close()]));
  const staff = Promise.withResolvers<FastifyInstance>();
  handOverToStaff(publicSite, staff.promise);
  const address = await publicSite.listen({ host: '127.0.0.1', port: 0 });
  const read = async (path: string) => (await fetch(address + path)).text();

  const early = Promise.all([read('/staff/sign-in'), read('/%73taff/sign-in')]);
  let answered = false;
  void early.then(() => {
    answered = true;
  });
  assert.equal(await read('/signs'), 'signs');
  assert.equal(answered, false);

  await staffSite.ready();
  staff.resolve(staffSite);
  assert.deepEqual(await early, ['sign in', 'sign in']);
  assert.equal(await read('/staff/sign-in'), 'sign in');
  assert.match(await read('/staff-list'), /Route GET:\/staff-list not found/);
  assert.equal(await read('/signs'), 'signs');
});
