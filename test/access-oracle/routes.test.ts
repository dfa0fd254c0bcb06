import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../src/vocabulary/ids.ts';
import { type Role, roles, type Side, sides } from '../../src/vocabulary/people.ts';
import { openApplication } from '../fixtures/application.ts';
import { actions, maySetOut } from './statement-actions.ts';

const places: Readonly<Record<string, string>> = {
  revision: '1',
  number: '1',
  slug: 'nothing',
  edition: '2026',
  step: 'granted',
  indicator: 'visits.made',
  store: 'main',
  channel: 'email',
  token: 'a'.repeat(43),
};

/** An address that fits the route and leads to nothing: every id is one that nobody has. */
const addressOf = (url: string): string =>
  url
    .replace('access-rules/versions/:id', 'access-rules/versions/1')
    .replaceAll(/:(\w+)/g, (_whole, name: string) => places[name] ?? newId());

/** What a page reads under another action on its way. */
const alsoNeeded: Readonly<Record<string, readonly string[]>> = {
  '/staff/safeguarding/encounters/:encounterId/note': ['encounter.read'],
};

test('every route × every role on both sides: members without the permission are refused before anything is read, others are not', async (t) => {
  const application = await openApplication(t);
  const { app, agency, member, signIn } = application;
  const listed = app.offered.filter(
    ({ method, url }) => (method === 'GET' || method === 'POST') && url.startsWith('/staff'),
  );
  assert.ok(listed.length > 100, `${listed.length} routes`);
  for (const { method, url, action } of listed)
    assert.ok(actions.has(action), `${method} ${url}: nobody is said to ${action}`);

  const wrong: string[] = [];
  const at: Record<Side, Awaited<ReturnType<typeof agency>>> = {
    enforcement: await agency('police force'),
    help: await agency('council'),
  };
  for (const side of sides) {
    for (const role of roles as readonly Role[]) {
      const visitor = await signIn(await member(at[side], [role]));
      for (const { method, url, action } of listed) {
        if (action === 'session.own' || action === 'session.open' || action === 'anyone') continue;
        const answer = method === 'GET' ? await visitor.get(addressOf(url)) : await visitor.post(addressOf(url));
        const needs = [action, ...(alsoNeeded[url] ?? [])];
        const may = needs.every((one) => maySetOut(one, { roles: [role], side }));
        if (answer.statusCode >= 500) wrong.push(`${role} (${side}) ${method} ${url}: ${answer.statusCode}`);
        else if ((answer.statusCode === 403) === may)
          wrong.push(`${role} (${side}) ${may ? 'may not' : 'may'} ${method} ${url}: ${answer.statusCode}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('a visitor who is not signed in reaches no page beyond sign-in', async (t) => {
  const { app } = await openApplication(t);
  for (const { method, url, action } of app.offered) {
    if (!url.startsWith('/staff') || method === 'HEAD' || actions.get(action)?.whose === 'everybody') continue;
    const answer = await app.inject({ method: method as 'GET', url: addressOf(url) });
    const sent = answer.statusCode === 303 || answer.statusCode === 302;
    assert.ok(
      sent ? /sign-in/.test(String(answer.headers.location)) : [401, 403].includes(answer.statusCode),
      `${method} ${url}: ${answer.statusCode}`,
    );
  }
});
