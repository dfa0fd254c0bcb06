import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { access } from '../../../test/harness/application.ts';
import { attributesOf, openCollector, type SentSpan } from '../../../test/harness/collector.ts';
import { freePort } from '../../../test/harness/ports.ts';
import { newId } from '../../vocabulary/ids.ts';
import { systemClock } from '../clock.ts';
import { openTraces, type TracesOptions } from './open-traces.ts';
import { noteStatement, runTraced } from './traces.ts';

type Warning = Parameters<TracesOptions['warn']>[0];

function tracesTo(t: TestContext, address: string, more: Partial<TracesOptions> = {}, share = 1) {
  const warnings: Warning[] = [];
  const traces = openTraces({
    settings: { address, serviceName: 'safelight', share },
    clock: systemClock,
    warn: (fields) => void warnings.push(fields),
    ...more,
  });
  t.after(() => traces.close());
  return { traces, warnings };
}

const staffPage = { method: 'GET', route: '/staff/operations/:id', withStatements: true };
const isRoot = ({ parentSpanId }: SentSpan): boolean => !parentSpanId;

/** Every attribute that may be sent, and what it may say. */
const allowed: Readonly<Record<string, RegExp>> = {
  'http.request.method': /^(GET|POST|_OTHER)$/,
  'http.route': /^\/staff(\/(:[a-zA-Z]+|[a-z0-9-]+|\*))*$/,
  'http.response.status_code': /^\d{3}$/,
  'safelight.site': /^staff$/,
  'safelight.chore': /^[a-z -]+$/,
  'db.system.name': /^postgresql$/,
  'db.operation.name': /^[A-Z]+$/,
  'error.type': /^([0-9A-Z]{5}|E[A-Z_]+|5\d\d|error)$/,
};

function assertHoldsNothingElse(spans: readonly SentSpan[]): void {
  for (const span of spans) {
    for (const [key, value] of Object.entries(attributesOf(span)))
      assert.match(String(value), allowed[key] ?? /^no such attribute is allowed$/, `${span.name}: ${key}`);
    assert.match(span.name, /^((GET|POST|HTTP) \/staff[a-zA-Z0-9/:*-]*|[A-Z]+|chore [a-z -]+)$/);
    assert.equal(span.status?.message, undefined);
    assert.deepEqual([span.events ?? [], span.links ?? []], [[], []]);
  }
}

test('sends a span for a staff page with its route and its statements, and another trace for each request', async (t) => {
  const collector = await openCollector(t);
  const { traces } = tracesTo(t, collector.address);
  const application = await openApplication(t, { traces });
  const planner = await application.signIn('operation.plan');
  await planner.get(`/staff/operations/${newId()}`);
  await planner.get('/staff');
  await planner.post('/staff/weeks/new', { name: 'A week' });
  await traces.close();

  const spans = collector.spans();
  assertHoldsNothingElse(spans);
  const roots = spans.filter(isRoot);
  assert.equal(new Set(roots.map(({ traceId }) => traceId)).size, roots.length);
  const one = roots.find(({ name }) => name === 'GET /staff/operations/:id');
  assert.ok(one);
  assert.deepEqual(attributesOf(one), {
    'http.request.method': 'GET',
    'http.route': '/staff/operations/:id',
    'http.response.status_code': 404,
    'safelight.site': 'staff',
  });
  assert.ok(
    spans.every(({ parentSpanId }) => parentSpanId !== one.spanId),
    'statements of a page that was not found',
  );
  assert.ok(BigInt(one.endTimeUnixNano) > BigInt(one.startTimeUnixNano));
  const home = roots.find(({ name }) => name === 'GET /staff');
  const form = roots.find(({ name }) => name === 'POST /staff/weeks/new');
  for (const root of [home, form]) {
    const own = spans.filter(({ parentSpanId }) => parentSpanId === root?.spanId);
    assert.ok(
      own.some(({ name }) => name === 'SELECT'),
      root?.name,
    );
    assert.ok(own.every(({ traceId }) => traceId === root?.traceId));
  }
  assert.deepEqual(Object.keys(collector.resources()[0] ?? {}).sort(), ['service.name', 'service.version']);
  assert.equal(traces.lost(), 0);
});

/** As an address that fits the pattern of a route. */
const addressOf = (route: string): string => route.replaceAll(/:[a-zA-Z]+(\([^)]*\))?/g, newId()).replaceAll('*', 'x');

test('sends nothing for the public site, probes, files, addresses that do not exist, or pages about people who may need help', async (t) => {
  const collector = await openCollector(t);
  const { traces } = tracesTo(t, collector.address, { limits: { mostWaiting: 100_000 } });
  const { app, signIn } = await openApplication(t, { traces });
  const officer = await signIn('person.read');
  const addresses = [...new Set(app.offered.filter(({ method }) => method === 'GET').map(({ url }) => url))];
  const isPublic = (url: string): boolean => !/^\/staff(\/|$)/.test(url);
  assert.ok(addresses.filter(isPublic).length > 20, String(addresses.length));
  for (const url of addresses.filter((one) => isPublic(one) && !one.startsWith('/assets'))) {
    await app.inject({ url: addressOf(url), headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } });
    await app.inject({ method: 'POST', url: addressOf(url), payload: 'step=x' });
  }
  for (const url of ['/assets/none.js', '/staff-none', '/STAFF/none', '/staff/none']) await app.inject(url);
  const aboutPeople = addresses.filter(
    (url) => !isPublic(url) && access.action(actionOf(app.offered, url)).store !== 'main',
  );
  assert.ok(aboutPeople.length > 20, String(aboutPeople.length));
  for (const url of [...aboutPeople, '/staff/safeguarding', '/staff/encounters', '/staff/custody-notices'])
    await officer.get(addressOf(url));
  await traces.close();
  assert.deepEqual(
    collector.spans().map(({ name }) => name),
    [],
  );
});

const actionOf = (offered: readonly { readonly url: string; readonly action: string }[], url: string): string =>
  offered.find((one) => one.url === url)?.action ?? 'anyone';

test('holds nothing that was typed, named or sent: no id, query, cookie, browser, address, trace of a browser, or error text', async (t) => {
  const mark = 'cnryzqtraces';
  const collector = await openCollector(t);
  const { traces } = tracesTo(t, collector.address);
  const { app, db, member, agency, signIn } = await openApplication(t, { traces });
  const planner = await signIn(await member(await agency(), ['planner'], `Robin ${mark}`));
  const traceId = 'cafe'.repeat(8);
  const id = newId();
  await planner.post('/staff/weeks/new', { name: mark, focus: mark });
  await planner.get(`/staff/operations/${id}?${mark}=${mark}`);
  await planner.get(`/staff/search?words=${mark}`);
  await planner.get(`/staff/${mark}`);
  await planner.getWithHeaders(`/staff?${mark}`, {
    'user-agent': mark,
    'x-forwarded-for': '203.0.113.77',
    referer: `https://${mark}.example/`,
    traceparent: `00-${traceId}-${'beef'.repeat(4)}-01`,
    tracestate: `vendor=${mark}`,
    baggage: `name=${mark}`,
  });
  await app.inject({
    url: '/staff/operations',
    headers: { cookie: `safelight=${mark}` },
    remoteAddress: '203.0.113.77',
  });
  await db.schema.alterTable('operations').renameTo(mark).execute();
  assert.equal((await planner.get(`/staff/operations/${id}`)).statusCode, 500);
  await db.schema.alterTable(mark).renameTo('operations').execute();
  const trace = traces.startRequest(staffPage);
  assert.ok(trace);
  runTraced(trace, () => noteStatement(`${mark} '${mark}'`, 1, Object.assign(new Error(mark), { code: mark })));
  trace.end(500);
  traces.noteFailedChore('retention', Object.assign(new Error(mark), { name: mark, code: `E${mark}`, detail: mark }));
  await traces.close();

  const spans = collector.spans();
  assertHoldsNothingElse(spans);
  const failed = spans.filter((span) => attributesOf(span)['error.type'] === '42P01');
  assert.equal(failed.length, 1, 'the statement that failed is sent with the code alone');
  assert.ok(spans.some((span) => attributesOf(span)['http.response.status_code'] === 500));
  assert.ok(spans.some((span) => attributesOf(span)['db.operation.name'] === 'OTHER'));
  assert.ok(spans.some(({ name }) => name === 'chore retention'));
  const ids = [id, planner.member.id, planner.member.agencyId, planner.token, traceId, 'beefbeef'];
  const encoded = [Buffer.from(mark).toString('base64').slice(0, 12), Buffer.from(mark).toString('hex')];
  for (const secret of [mark, 'Robin', '203.0.113', 'example', ...ids, ...encoded])
    assert.ok(!collector.text().includes(secret), secret);
  assert.doesNotMatch(collector.text(), /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}/);
});

test('tells no statement where the time of the answer hides what was found', async (t) => {
  const collector = await openCollector(t);
  const { traces } = tracesTo(t, collector.address);
  const { app, signIn } = await openApplication(t, { traces });
  const { url = '' } =
    app.offered.find(
      ({ onTheBeat, method, url, action }) =>
        onTheBeat && method === 'GET' && url.startsWith('/staff') && access.action(action).store === 'main',
    ) ?? {};
  const trace = traces.startRequest({ ...staffPage, withStatements: false });
  assert.ok(trace);
  runTraced(trace, () => noteStatement('select 1', 1));
  trace.end(200);
  if (url) await (await signIn('home.read')).get(addressOf(url));
  await traces.close();
  const spans = collector.spans();
  assert.ok(spans.some(({ name }) => name === 'GET /staff/operations/:id'));
  const silent = spans.filter((span) => isRoot(span) && !span.name.endsWith('/staff/sign-in'));
  for (const { spanId } of silent) assert.ok(spans.every(({ parentSpanId }) => parentSpanId !== spanId));
});

test('traces no request, or a share of them, as the sampler says', async (t) => {
  const collector = await openCollector(t);
  const { traces: none } = tracesTo(t, collector.address, {}, 0);
  assert.equal(none.startRequest(staffPage), undefined);
  none.noteFailedChore('retention', new Error());
  await none.close();
  assert.equal(collector.requests(), 0);
  const { traces: some } = tracesTo(t, collector.address, {}, 0.5);
  const begun = Array.from({ length: 400 }, () => some.startRequest(staffPage)).filter((trace) => trace);
  assert.ok(begun.length > 100 && begun.length < 300, String(begun.length));
});

test('answers and stops in time while the collector never answers, drops what has no room, and warns once with no word of the collector', async (t) => {
  const collector = await openCollector(t, 'never');
  const limits = { mostWaiting: 4, delayMs: 1, givenUpMs: 60_000, flushMs: 20 };
  const { traces, warnings } = tracesTo(t, collector.address, { limits });
  const { app } = await openApplication(t, { traces });
  const pages = 6;
  for (let page = 0; page < pages; page += 1) assert.equal((await app.inject('/staff/sign-in')).statusCode, 200);
  assert.ok(traces.lost() >= pages - limits.mostWaiting, String(traces.lost()));
  assert.deepEqual(warnings, [{ collector: new URL(collector.address).origin, code: 'EQUEUE' }]);
  await traces.close();
});

test('gives up an export that nobody answers, and has room again', async (t) => {
  const exported = Promise.withResolvers<void>();
  const { traces, warnings } = tracesTo(t, 'http://127.0.0.1:1/v1/traces', {
    limits: { mostWaiting: 1, delayMs: 1, givenUpMs: 1, flushMs: 20 },
    exporter: { export: () => exported.resolve(), shutdown: async () => {} },
  });
  traces.startRequest(staffPage)?.end(200);
  await exported.promise;
  while (traces.lost() === 0) await new Promise((done) => setImmediate(done));
  assert.equal(traces.lost(), 1);
  traces.startRequest(staffPage)?.end(200);
  assert.equal(traces.lost(), 1, 'there is room for the next');
  assert.deepEqual(warnings, [{ collector: 'http://127.0.0.1:1', code: 'ETIMEDOUT' }]);
});

test('counts what a collector refuses, or one that is not there, and fails nobody', async (t) => {
  const refusing = await openCollector(t, 400);
  const limits = { delayMs: 1, flushMs: 60_000 };
  const refused = tracesTo(t, refusing.address, { limits });
  refused.traces.startRequest(staffPage)?.end(200);
  await refused.traces.close();
  assert.equal(refused.traces.lost(), 1);
  assert.deepEqual(refused.warnings, [{ collector: new URL(refusing.address).origin, code: 400 }]);
  const absent = tracesTo(t, `http://127.0.0.1:${await freePort('127.0.0.1')}/v1/traces`, { limits: { flushMs: 20 } });
  absent.traces.startRequest(staffPage)?.end(200);
  await absent.traces.close();
});
