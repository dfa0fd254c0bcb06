import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { UnitKeys } from '../../../platform/crypto/crypto.ts';
import {
  fingerprintOf,
  formatKeyLine,
  isSignedByItsKey,
  keyIdOf,
  openExchangeKey,
  readKeyLine,
} from '../../../platform/crypto/exchange-key.ts';
import type { Indicator } from '../../../vocabulary/figures.ts';
import { refuse } from '../../../vocabulary/result.ts';
import { judgeArrival } from '../inbox/arrival.ts';
import { buildSignedReturn, type CountedVisit, listJointVisits, listVisitDays } from './build.ts';
import { exampleReturn, figureOf, keyNamed, signedByAnalyst, toBytes } from './examples.ts';
import { formatSchema, jsonSchemas } from './json-schema.ts';
import { findInconsistencies, maxDocumentBytes, readSignedReturn } from './reading.ts';
import { SignedReturnSchema } from './signed-return.ts';

const ours = signedByAnalyst;
const sender = {
  digestKey: 'a key of this instance',
  key: keyNamed('ours'),
  partnershipName: 'Lea Vale partnership',
  country: 'GB',
  leadAgencyKind: 'police force',
  issuedAt: new Date('2026-09-23T11:00:00Z'),
} as const;
const visit = (id: string, more: Partial<CountedVisit> = {}): CountedVisit => ({
  id,
  premisesId: `premises of ${id}`,
  powerId: null,
  day: '2026-09-15',
  town: 'Watford',
  kind: 'nail bar',
  jointReference: null,
  ...more,
});
const made = (indicator: Indicator, recordId: string, withinId: string | null = null) => ({
  indicator,
  recordId,
  withinId,
});

test('a signed return becomes a document that its reader accepts, without people and without names', () => {
  const document = buildSignedReturn({ signed: ours, visits: [], records: [] }, sender);
  assert.ok(document);
  const read = readSignedReturn(toBytes(document));
  assert.ok(read.ok);
  assert.deepEqual(read.value, document);
  assert.deepEqual(findInconsistencies(document), []);
  assert.deepEqual(document.leftOut, ['arrests.made.bySexAgeResidence']);
  assert.doesNotMatch(JSON.stringify(document), /residence|"age"/);
  assert.deepEqual(document.reporter, { name: 'Lea Vale Constabulary', country: 'GB', level: 'force' });
  assert.deepEqual(document.week.localWindow, { from: '2026-09-14', until: '2026-09-18' });
  assert.equal(document.note, 'A late referral  was added.\nIt came on Monday.');
  assert.equal(document.signatures.length, 1);
  assert.notEqual(document?.returnDigest, ours.signature?.digest, 'what is left out could be tried against it');
  assert.equal(buildSignedReturn({ signed: { ...ours, signature: null }, visits: [], records: [] }, sender), undefined);
});

test('the same return issued at the same moment has the same bytes', () => {
  const build = () => JSON.stringify(buildSignedReturn({ signed: ours, visits: [visit('a')], records: [] }, sender));
  assert.equal(build(), build());
});

test('visits are listed by day, town and kind, and only those that the return counts', () => {
  const visits = [
    visit('a'),
    visit('b', { premisesId: 'premises of a' }),
    visit('c', { day: '2026-09-16' }),
    visit('d'),
  ];
  const records = ['a', 'b', 'c'].map((id) => made('visits.made', id));
  assert.deepEqual(listVisitDays(visits, records), [
    { day: '2026-09-15', town: 'Watford', kind: 'nail bar', visits: 2, premises: 1 },
    { day: '2026-09-16', town: 'Watford', kind: 'nail bar', visits: 1, premises: 1 },
  ]);
});

test('a joint visit carries its own part of each figure, and nothing about people who may need help', () => {
  const visits = [
    visit('a', { jointReference: 'JV-ABCD-2345', powerId: 'a power' }),
    visit('b', { premisesId: 'premises of a' }),
  ];
  const records = [
    ...['a', 'b'].map((id) => made('visits.made', id, 'premises of a')),
    made('premises.visited', 'premises of a'),
    made('warrants.executed', 'a power', 'premises of a'),
    made('arrests.made', 'an arrest', 'a'),
    made('arrests.made', 'another arrest', 'b'),
    made('people.spokenTo', 'someone', 'a'),
    ...(['nrm.sent', 'arrests.concern', 'people.advised', 'victims.byOfficers', 'checks.people'] as const).map((name) =>
      made(name, 'x', 'a'),
    ),
  ];
  assert.deepEqual(listJointVisits(visits, records), [
    {
      reference: 'JV-ABCD-2345',
      day: '2026-09-15',
      town: 'Watford',
      kind: 'nail bar',
      counts: {
        'visits.made': 1,
        'premises.visited': 1,
        'warrants.executed': 1,
        'arrests.made': 1,
        'people.spokenTo': 1,
      },
    },
  ]);
});

test('refuses a document that was changed anywhere, is signed by another key, or is too large', () => {
  const good = exampleReturn();
  const refusal = (document: object) => {
    const read = readSignedReturn(toBytes(document));
    return read.ok ? 'ok' : read.refusal;
  };
  assert.equal(refusal(good), 'ok');
  assert.equal(refusal({ ...good, version: 2 }), 'bad signature');
  assert.equal(refusal({ ...good, note: 'x' }), 'bad signature');
  const other = exampleReturn({ reporter: { name: 'Another' } });
  assert.equal(refusal({ ...good, signature: other.signature }), 'bad signature');
  assert.equal(refusal({ ...good, publicKey: other.publicKey }), 'bad signature');
  assert.equal(refusal({ ...good, more: 1 }), 'not the schema');
  assert.equal(refusal({ ...good, operation: { id: 'x', name: 'x' } }), 'not the schema');
  const tooLarge = readSignedReturn(Buffer.alloc(maxDocumentBytes + 1, ' '));
  assert.equal(tooLarge.ok ? '' : tooLarge.refusal, 'too large');
  const nested = readSignedReturn(Buffer.from('['.repeat(100_000)));
  assert.equal(nested.ok ? '' : nested.refusal, 'no JSON');
  for (const bytes of [Buffer.from([0xff, 0xfe]), Buffer.from('null'), Buffer.from('{"__proto__":{}}')])
    assert.equal(readSignedReturn(bytes).ok, false);
});

test('finds figures that do not add up', () => {
  const cell = (town: string, value: number) => ({
    of: { town },
    quantity: { kind: 'number', value, qualifier: 'exact' } as const,
  });
  const withTowns = (...cells: ReturnType<typeof cell>[]) =>
    exampleReturn({ figures: { 'visits.made': { ...figureOf('visits.made', 3), breakdowns: { byTown: cells } } } });
  assert.deepEqual(findInconsistencies(withTowns(cell('Ware', 1), cell('Watford', 2))), []);
  assert.deepEqual(findInconsistencies(withTowns(cell('Ware', 1), cell('Watford', 1))), ['visits.made']);
  assert.deepEqual(findInconsistencies(withTowns(cell('Ware', 4))), ['visits.made']);
  assert.deepEqual(findInconsistencies(exampleReturn({ nil: true })), ['nil']);
  assert.deepEqual(findInconsistencies(exampleReturn({ nil: true, counts: { 'visits.made': 2 } })), []);
  const joint = { reference: 'JV-ABCD-2345', day: '2026-09-15', town: 'Ware', kind: 'nail bar' };
  const line = (value: number) => ({ ...joint, counts: { 'visits.made': value } });
  assert.deepEqual(findInconsistencies(exampleReturn({ jointVisits: [line(3)] })), ['joint visits']);
  assert.deepEqual(findInconsistencies(exampleReturn({ jointVisits: [line(1), line(1)] })), ['joint visits']);
  const day = { day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits: 3, premises: 1 };
  assert.deepEqual(findInconsistencies(exampleReturn({ visits: [day] })), ['visits by day']);
  const signatures = [{ role: 'analyst' as const, at: '2026-09-17T08:00:00.000Z' }];
  assert.deepEqual(findInconsistencies(exampleReturn({ stage: 'final', signatures })), ['final']);
  assert.deepEqual(findInconsistencies(exampleReturn({ figures: { 'visits.made': figureOf('arrests.made', 1) } })), [
    'visits.made',
  ]);
});

test('refuses joint visits beyond a total in words, one that is rounded and one that is not known', () => {
  const find = (name: string, total: object | undefined, value: number) =>
    findInconsistencies(
      exampleReturn({
        figures: (total ? { [name]: { indicator: name, total, breakdowns: {} } } : {}) as never,
        jointVisits: [
          { reference: 'JV-ABCD-2345', day: '2026-09-15', town: 'Ware', kind: 'nail bar', counts: { [name]: value } },
        ],
      }),
    );
  const words = (text: string) => ({ kind: 'words', words: text });
  for (const [total, value] of [
    [words('several'), 10],
    [words('several'), 9_999_999],
    [words('more than we can say'), 1],
    [{ kind: 'not known' }, 1],
    [undefined, 1],
    [{ kind: 'number', value: 20, qualifier: 'about' }, 30],
  ] as const) {
    assert.deepEqual(find('arrests.made', total, value), ['joint visits'], JSON.stringify(total));
    assert.deepEqual(find('premises.visited', total, value), ['joint visits'], JSON.stringify(total));
  }
  assert.deepEqual(find('arrests.made', words('several'), 9), []);
  assert.deepEqual(find('arrests.made', { kind: 'number', value: 20, qualifier: 'about' }, 22), []);
  assert.deepEqual(find('arrests.made', { kind: 'number', value: 3, qualifier: 'at least' }, 8), []);
  assert.deepEqual(find('arrests.made', { kind: 'not known' }, 0), []);
});

test('a key is the same in every process, changes with the unit key, and its instance keeps its id', () => {
  const first = new Map([['k1', Buffer.alloc(32, 1)]]);
  const before = openExchangeKey(new UnitKeys('k1', first));
  assert.equal(openExchangeKey(new UnitKeys('k1', first)).publicKey, before.publicKey);
  const after = openExchangeKey(new UnitKeys('k2', new Map([...first, ['k2', Buffer.alloc(32, 2)]])));
  assert.notEqual(after.publicKey, before.publicKey);
  assert.equal(after.instanceId, before.instanceId);
  assert.equal(before.keyId, keyIdOf(before.publicKey));
  assert.match(fingerprintOf(before.publicKey), /^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}$/);
  assert.equal(readKeyLine(` ${formatKeyLine(before.publicKey)}\n`), before.publicKey);
  for (const text of ['', before.publicKey, formatKeyLine(before.publicKey.slice(1)), 'ssh-ed25519 AAAA'])
    assert.equal(readKeyLine(text), undefined);
  assert.equal(isSignedByItsKey(exampleReturn({}, after)), true);
});

const ajv = new Ajv2020({ allErrors: false, strict: true });
formats.default(ajv);
const [published] = Object.values(jsonSchemas).map((schema) => ajv.compile(schema));
const isValid = (document: unknown): boolean => published?.(document) === true;

test('the published JSON Schema accepts a real return, and refuses what the reader refuses', () => {
  const document = buildSignedReturn(
    { signed: ours, visits: [visit('a')], records: [made('visits.made', 'a')] },
    sender,
  );
  assert.ok(isValid(JSON.parse(JSON.stringify(document))), JSON.stringify(published?.errors));
  const good = JSON.parse(JSON.stringify(exampleReturn())) as Record<string, unknown>;
  const wrongValues = [undefined, null, '', 'x', -1, 1.5, 1e9, [], {}, true, '\u202eabc', 'x'.repeat(5_000)];
  let refused = 0;
  for (const field of Object.keys(good))
    for (const value of wrongValues) {
      const changed = JSON.parse(JSON.stringify({ ...good, [field]: value })) as unknown;
      const read = SignedReturnSchema.safeParse(changed).success;
      assert.equal(isValid(changed), read, `${field}: ${JSON.stringify(value)?.slice(0, 40)}`);
      if (!read) refused += 1;
    }
  assert.ok(refused > 200, `${refused} refused`);
  assert.equal(isValid({ ...good, week: { ...(good.week as object), more: 1 } }), false);
});

test('a key that is written twice is refused, for another reader may take the other', () => {
  const text = JSON.stringify(exampleReturn());
  const read = (json: string) => readSignedReturn(Buffer.from(json));
  assert.equal(read(text).ok, true);
  assert.deepEqual(read(text.replace('{', '{"version":7,')), refuse('no JSON'));
  assert.deepEqual(read(text.replace('"window":{', '"window":{"from":"2026-01-01",')), refuse('no JSON'));
});

test('the same return with other spaces is the same return', () => {
  const document = exampleReturn();
  const [plain, spaced] = [JSON.stringify(document), `${JSON.stringify(document, null, 4)}  \n`].map((text) =>
    judgeArrival(Buffer.from(text)),
  );
  assert.equal(plain?.arrival, 'readable');
  assert.equal(plain?.digest, spaced?.digest);
  assert.notEqual(plain?.digest, judgeArrival(Buffer.from(JSON.stringify(exampleReturn({ version: 2 }))))?.digest);
});

test('docs/exchange/ holds the schemas that are served', () => {
  for (const [name, schema] of Object.entries(jsonSchemas)) {
    const kept = readFileSync(join(import.meta.dirname, '../../../../docs/exchange', name), 'utf8');
    assert.equal(kept, formatSchema(schema), `docs/exchange/${name} is old: run npm run schema`);
  }
});
