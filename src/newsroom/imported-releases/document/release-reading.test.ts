import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { invent, shapes } from '../../../../test/assurance/newsroom/release-reading/generator.ts';
import { dice } from '../../../../test/harness/dice.ts';
import { deceiving, written } from '../examples.ts';
import { openFileReader, readingJsonSchema, readingSchemaFile } from './index.ts';

const fixture = join(import.meta.dirname, '../../release-reading/fixtures/hertfordshire-2019-09-25.md');
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(readingJsonSchema());

async function readingOf(bytes: Buffer | string, name = 'release.md') {
  const { reading } = (await openFileReader())({ name, bytes: Buffer.from(bytes) });
  assert.ok(isValid(JSON.parse(JSON.stringify(reading))), JSON.stringify(isValid.errors));
  return reading;
}

test('docs/exchange/ holds the schema that readings are made by', () => {
  const kept = readFileSync(join(import.meta.dirname, '../../../../docs/exchange', readingSchemaFile), 'utf8');
  assert.equal(kept, `${JSON.stringify(readingJsonSchema(), null, 2)}\n`, 'run npm run schema');
});

test('the guide to a reading names every field and every kind of claim', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/exchange/release-reading.md'), 'utf8');
  const schema = readingJsonSchema() as {
    properties: Record<string, { items?: { properties: Record<string, { enum?: string[]; properties?: object }> } }>;
  };
  const claim = schema.properties['claims']?.items?.properties ?? {};
  const names = [
    ...Object.keys(schema.properties),
    ...Object.keys(claim),
    ...Object.keys(claim['details']?.properties ?? {}),
    ...(claim['kind']?.enum ?? []),
    ...Object.keys(schema.properties['findings']?.items?.properties ?? {}),
    ...Object.keys(schema.properties['unread']?.items?.properties ?? {}),
  ];
  assert.ok(names.length > 50);
  assert.deepEqual(
    names.filter((name) => !guide.includes(`\`${name}\``)),
    [],
  );
});

test('the model as an object: each claim with kind, value, qualifier, place, sentence and line', async () => {
  const reading = await readingOf(readFileSync(fixture), 'hertfordshire.md');
  assert.deepEqual(
    [reading.schema, reading.schemaVersion, reading.file, reading.read, reading.bytes, reading.published],
    ['safelight/release-reading', 1, 'hertfordshire.md', true, readFileSync(fixture).length, '2019-09-25'],
  );
  const of = (kind: string) => reading.claims.filter((claim) => claim.kind === kind);
  assert.deepEqual(
    of('premises').map(({ value, qualifier, place, line }) => [value, qualifier, place, line]),
    [
      [8, 'exact', null, 21],
      [4, 'exact', ["Bishop's Stortford"], 21],
      [3, 'exact', ['Watford'], 21],
      [1, 'exact', ['Hemel Hempstead'], 21],
    ],
  );
  assert.deepEqual(
    of('person arrested').map(({ value, details }) => [value, details.sex, details.age, details.home]),
    [
      [1, 'female', 30, 'Watford'],
      [1, 'female', 32, 'Watford'],
      [1, 'female', 37, 'Watford'],
      [1, 'male', 32, 'Watford'],
    ],
  );
  assert.deepEqual(
    of('window').map(({ value }) => value),
    ['2019-09-16/2019-09-22'],
  );
  assert.deepEqual(
    of('people').map(({ value, qualifier, details }) => [value, qualifier, details.words]),
    [[null, 'in words', 'several']],
  );
  assert.equal(of('contact').find(({ details }) => details.name === 'Beacon hotline')?.value, '03000115555');
  for (const { sentence, line } of reading.claims) assert.ok(sentence !== '' && line > 0);
  assert.ok(reading.findings.some(({ line, what }) => line === 13 && /warrants were served/.test(what)));
});

test('every invented release gives an object that the schema accepts', async () => {
  for (let seed = 0; seed < 280; seed += 1) {
    const { file } = invent(seed, shapes[seed % shapes.length] ?? shapes[0]);
    const reading = await readingOf(Buffer.from(file));
    assert.equal(reading.read, true);
  }
});

/** What an editor must put right: the file, and the line, the key and the cure that the finding names. */
const faulty: readonly (readonly [
  says: string,
  source: Buffer | string,
  line: number,
  key: string | null,
  cure: RegExp,
])[] = [
  ['has no publish.date', '---\ntitle: A\narea: B\n---\nText', 1, 'publish.date', /Add publish: date: to it/],
  [
    '“31 Feb 2019” is no day',
    '---\ntitle: A\npublish:\n  date: 31 Feb 2019\n---\nText',
    4,
    'publish.date',
    /like 25 Sep 2019/,
  ],
  ['“2019-13-01” is no day', '---\npublish:\n  date: 2019-13-01\n---\nText', 3, 'publish.date', /has that day/],
  ['“29 Feb 2023” is no day', '---\npublish.date: 29 Feb 2023\n---\nText', 2, 'publish.date', /has that day/],
  ['“1/2/19” is no day', '---\npublish:\n  date: 1/2/19\n---\nText', 3, 'publish.date', /like 25 Sep 2019/],
  [
    'The weekday and the day disagree',
    '---\npublish:\n  date: Monday 25 Sep 2019\n---\nText',
    3,
    'publish.date',
    /which of the two/,
  ],
  ['given twice: area', '---\narea: a\narea: b\n---\n', 3, 'area', /Keep one of the two/],
  [
    'given twice: date',
    '---\npublish:\n  date: 1 Sep 2019\n  date: 2 Sep 2019\n---\n',
    4,
    'date',
    /Keep one of the two/,
  ],
  [
    'given in two ways',
    '---\npublish.date: 1 Sep 2019\npublish:\n  date: 2 Sep 2019\n---\n',
    4,
    'publish.date',
    /Keep one of the two/,
  ],
  [
    'not UTF-8',
    Buffer.from([...Buffer.from('---\ntitle: caf'), 0xe9, ...Buffer.from('\n---\nText')]),
    2,
    null,
    /encoding UTF-8/,
  ],
  ['it begins like UTF-16', Buffer.from('\ufeff---\ntitle: A\n---\nText', 'utf16le'), 1, null, /encoding UTF-8/],
  ['NUL character', Buffer.from('---\ntitle: A\n---\nText', 'utf16le'), 1, null, /encoding UTF-8/],
  ['empty', '', 1, null, /Save the release again/],
  ['does not begin with front matter', 'Text', 1, null, /Begin with a line of ---/],
  [
    'order in which letters are shown (U+202E)',
    written({ title: 'A \u202e B' }),
    7,
    'title',
    /as Safelight shows them/,
  ],
  ['not what it looks like', written({ body: 'Visit www.nоrtham.police.uk today.' }), 11, null, /Do not open it/],
];

for (const [says, source, line, key, cure] of faulty) {
  test(`a finding names line, key and cure: ${says}`, async () => {
    const { findings } = await readingOf(source);
    const found = findings.find(({ what }) => what.includes(says));
    assert.ok(found, JSON.stringify(findings));
    assert.deepEqual([found.line, found.key], [line, key]);
    assert.match(found.cure ?? '', cure);
  });
}

test('every broken file gives an object that the schema accepts, with a line for each finding', async () => {
  const { upTo, pick } = dice(20_261_130);
  const wholes = [readFileSync(fixture), Buffer.from(deceiving), Buffer.from(written({ title: 'A \u{1f46e} B' }))];
  const pieces = [
    '\u202e',
    '&#8238;',
    '[101](tel:999)',
    'www.xn--',
    '//a@b.c',
    '---\n',
    '\ufeff',
    '.',
    '"',
    '\\u202E',
    '\0',
  ];
  let read = 0;
  for (let index = 0; index < 1_500; index += 1) {
    let bytes = Buffer.from(pick(wholes));
    for (let blow = upTo(1, 5); blow > 0; blow -= 1) {
      const [at, cut] = [upTo(0, bytes.length), upTo(0, 30)];
      const piece = Buffer.from(upTo(0, 5) === 0 ? [upTo(0, 255)] : pick(pieces));
      bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + cut)]);
    }
    const reading = await readingOf(bytes);
    read += Number(reading.read);
    for (const { line } of reading.findings) assert.ok(line !== null && line > 0);
  }
  assert.ok(read > 500 && read < 1_500, `${read} read`);
});

test('a file that cannot be opened is an object too', async () => {
  const { reading } = (await openFileReader())({ name: 'pipe.md', problem: 'this is not a file' });
  assert.ok(isValid(reading), JSON.stringify(isValid.errors));
  assert.deepEqual([reading.read, reading.bytes, reading.findings[0]?.what], [false, null, 'this is not a file']);
});
