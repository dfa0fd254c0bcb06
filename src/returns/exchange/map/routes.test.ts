import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { openApplication } from '../../../../test/fixtures/application.ts';
import { reads, shows, showsNo } from '../../../../test/harness/browsing.ts';
import { query } from '../../../../test/harness/sql.ts';
import { fingerprintOf, formatKeyLine } from '../../../platform/crypto/exchange-key.ts';
import { exampleReturn, keyNamed, toBytes } from '../document/examples.ts';

const lea = 'Lea Vale Constabulary';
const boundaries = (name: string) =>
  Buffer.from(
    JSON.stringify({
      ...{ type: 'Feature', properties: { name } },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [-0.6, 51.6],
            [-0.2, 51.6],
            [-0.2, 51.8],
            [-0.6, 51.8],
            [-0.6, 51.6],
          ],
        ],
      },
    }),
  );

async function coordinating(t: Parameters<typeof openApplication>[0]) {
  const application = await openApplication(t, { today: '2026-09-21', time: '12:00' });
  const desk = await application.agency('coordinator', { name: 'Joint Desk' });
  const coordinator = await application.signIn('exchange.read', desk);
  const days = (name: string, day: string, month: string) => ({
    ...{ [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: '2026' },
  });
  const made = await coordinator.post('/staff/returns/exchange/weeks/new', {
    ...{ name: 'A week', definitions: '2026-11', reporters: `GB; force; ${lea}`, deadlineTime: '12:00' },
    ...{ ...days('startsOn', '14', '9'), ...days('endsOn', '20', '9'), ...days('deadline', '22', '9') },
  });
  assert.equal(made.statusCode, 303, made.body);
  return { ...application, coordinator, at: String(made.headers.location) };
}

test('a coordinator sees the towns and countries of a week, over boundaries of their own import', async (t) => {
  const { coordinator, at, db, auditTrail } = await coordinating(t);
  await coordinator.post('/staff/returns/exchange/keys/new', {
    ...{ name: lea, country: 'GB', level: 'force', compared: 'yes', key: formatKeyLine(keyNamed(lea).publicKey) },
    shown: fingerprintOf(keyNamed(lea).publicKey),
  });
  await reads(coordinator, `${at}/map`, /No return that counts names a town yet/);
  const visits = [
    { day: '2026-09-15', town: 'Watford', kind: 'nail bar', visits: 2, premises: 2 },
    { day: '2026-09-16', town: '<b>Odd & Town</b>', kind: 'nail bar', visits: 1, premises: 1 },
  ];
  const document = exampleReturn({
    reporter: { name: lea },
    visits,
    counts: { 'visits.made': 3, 'premises.visited': 3 },
  });
  await coordinator.upload(`${at}/upload`, {}, { name: 'return.json', content: toBytes(document) });
  await reads(coordinator, at, /Maps of the week/);
  await reads(coordinator, `${at}/map`, /Watford 2[\s\S]*Towns with visits[\s\S]*Watford 2 Lea Vale Constabulary yes/);
  await reads(coordinator, `${at}/map`, /Europe[\s\S]*GB 3[\s\S]*United Kingdom \(GB\) 3 3 Lea Vale Constabulary yes/);
  await shows(coordinator, `${at}/map`, /aria-label="Map of 1 town with visits/);
  await showsNo(coordinator, `${at}/map`, /<b>Odd/);
  await showsNo(coordinator, `${at}/map`, /sl-town-map__district/);
  const to = '/staff/returns/exchange/districts';
  for (const name of ['Old Watford', 'New Watford']) {
    const taken = await coordinator.upload(
      to,
      { source: 'Invented Office, OGL v3' },
      { name: 'd.geojson', content: boundaries(name) },
    );
    assert.equal(taken.statusCode, 303, taken.body);
  }
  assert.equal((await query(db)`select 1 from district_maps`).length, 1);
  await shows(coordinator, `${at}/map`, /<path class="sl-town-map__district"/);
  await reads(coordinator, `${at}/map`, /Boundaries: Invented Office, OGL v3\.[\s\S]*Watford New Watford 2/);
  const bytes = brotliCompressSync((await coordinator.get(`${at}/map`)).body).length;
  assert.ok(bytes < 12_000, `${bytes} bytes`);
  assert.ok((await auditTrail({ looks: false })).includes('district map.imported'));
});

test('boundaries that cannot be used are refused, and what was typed stays', async (t) => {
  const { coordinator } = await coordinating(t);
  const to = '/staff/returns/exchange/districts';
  const send = (source: string, content: Buffer | undefined) =>
    coordinator.upload(to, { source }, content && { name: 'd.geojson', content });
  for (const [source, content, why] of [
    ['', boundaries('One'), /Enter who published the boundaries/],
    ['Office', undefined, /Select the file/],
    ['Office', Buffer.from('{}'), /The file has no areas/],
    ['Office', Buffer.alloc(4_000_001, ' '), /The file is larger than/],
  ] as const) {
    const refused = await send(source, content);
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, why);
    if (source) assert.match(refused.body, /value="Office"/);
  }
});

test('another coordinator sees neither the map nor the boundaries', async (t) => {
  const { coordinator, at, signIn, agency } = await coordinating(t);
  await coordinator.upload(
    '/staff/returns/exchange/districts',
    { source: 'Invented Office' },
    { name: 'd', content: boundaries('One') },
  );
  const other = await signIn('exchange.read', await agency('coordinator', { name: 'Another Desk' }));
  assert.equal((await other.get(`${at}/map`)).statusCode, 404);
  await reads(other, '/staff/returns/exchange/districts', /The map of towns has no boundaries yet/);
  const analyst = await signIn('return.count');
  assert.equal((await analyst.get('/staff/returns/exchange/districts')).statusCode, 403);
});
