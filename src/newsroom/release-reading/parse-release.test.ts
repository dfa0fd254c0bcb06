import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { keyPointsOf, renderMarkdown } from './markdown.ts';
import { type FormToWrite, readForm, writeForm } from './parse-release.ts';
import type { BadFileReason, ParsedRelease } from './parsed-release.ts';
import { largestFile } from './parsed-release.ts';
import { dayAsInForm, readDay } from './places-and-days/dates.ts';

const model = readFileSync(new URL('fixtures/hertfordshire-2019-09-25.md', import.meta.url));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(source: Uint8Array | string): ParsedRelease {
  const reading = readForm(typeof source === 'string' ? bytes(source) : source, 'release.md');
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.value;
}

const toWrite = ({ area, description, publishDate, title, url, body }: ParsedRelease): FormToWrite => ({
  area: area ?? '',
  description: description ?? '',
  publishDate: publishDate ?? '',
  title: title ?? '',
  url: url ?? '',
  body,
});

test('the model is the file that was published, byte for byte', () => {
  const digest = createHash('sha256').update(model).digest('hex');
  assert.equal(digest, '2ac87a9891eabc1c1d7a83ff5601cf58358ebbaf27b8b076c726fcdef7c20e08');
});

test('the model is read, kept as it came, and written again to the byte', () => {
  const cutting = read(model);
  assert.equal(cutting.form, 'fenced');
  assert.equal(cutting.area, 'Hertfordshire');
  assert.equal(cutting.publishDate, '2019-09-25');
  assert.equal(cutting.publishDateAsWritten, '25 Sep 2019');
  assert.match(cutting.description ?? '', /^Hertfordshire Constabulary took part in Operation EMPACT.*individuals\.$/);
  assert.equal(cutting.lineOf['publish.date'], 6);
  assert.equal(cutting.bodyLine, 11);
  assert.deepEqual(cutting.notes, []);
  assert.deepEqual(Buffer.from(cutting.source), model);
  assert.deepEqual(Buffer.from(writeForm(toWrite(cutting))), model);
});

const anyDay = fc.integer({ min: 0, max: 73_000 }).map((days) => addDays('1900-01-01', days));
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...': #\'"-?&*![]{}|>%@`,\\\t\n\u0085\u2028\ufeff’“aé0~=yesno'), maxLength: 20 }),
  fc.constantFrom(
    'yes',
    'No',
    'null',
    '~',
    '2019',
    '25 Sep 2019',
    '1e3',
    '0x1f',
    '12:30',
    "Bishop's Stortford: four",
    '---',
    '```',
    '',
  ),
);
const storable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

test('what is written is read back the same, over ten thousand front matters', () => {
  const anyForm = fc.record({
    area: anyText.filter(storable),
    description: anyText.filter(storable),
    publishDate: anyDay,
    title: anyText.filter(storable),
    url: fc.oneof(fc.webUrl(), anyText.filter(storable)),
    body: fc.oneof(fc.string({ unit: 'grapheme' }), anyText).filter(storable),
  });
  fc.assert(
    fc.property(anyForm, (form) => {
      assert.deepEqual(toWrite(read(writeForm(form))), { ...form });
    }),
    { numRuns: 10_000 },
  );
});

test('a date is written as the model writes it, and quotes stand only where YAML needs them', () => {
  const written = new TextDecoder().decode(
    writeForm({
      area: "Bishop's Stortford",
      description: 'Four arrested: a week of action',
      publishDate: '2026-03-05',
      title: 'Yes',
      url: 'https://example.org/a',
      body: 'Text.\n',
    }),
  );
  assert.equal(
    written,
    '```yaml\narea: Bishop\'s Stortford\nog:\n  description: "Four arrested: a week of action"\npublish:\n  date: 5 Mar 2026\ntitle: "Yes"\nurl: https://example.org/a\n```\n\nText.\n',
  );
  assert.throws(() => dayAsInForm('2026-02-30'), RangeError);
});

test('the oddities of real files are read: dashes, BOM, CRLF, trailing spaces, flat keys, missing and unknown ones', () => {
  const odd = read(
    '\ufeff---  \r\ntitle: It’s Denby’s week  \r\nog.description: Flat\r\ntags: [a, {b: c}]\r\npublish:\r\n  date: 2019-09-25\r\n---\r\n\r\nBody.\r\n',
  );
  assert.equal(odd.form, 'dashed');
  assert.equal(odd.title, 'It’s Denby’s week');
  assert.equal(odd.description, 'Flat');
  assert.equal(odd.body, 'Body.\r\n');
  assert.equal(odd.bodyLine, 9);
  assert.deepEqual(odd.unknownKeys, [
    { key: 'tags[0]', value: 'a', line: 4 },
    { key: 'tags[1].b', value: 'c', line: 4 },
  ]);
  assert.deepEqual(
    odd.notes.map(({ kind, detail }) => `${kind}: ${detail}`),
    ['key missing: area', 'key missing: url', 'key not known: tags[0]', 'key not known: tags[1].b'],
  );
});

test('values that people leave unquoted are read as they stand, and noted', () => {
  const cutting = read(
    '```yaml\ntitle: Operation Heron: four held: one bailed\narea: "90s" Oakshire: north\n```\nBody',
  );
  assert.equal(cutting.title, 'Operation Heron: four held: one bailed');
  assert.equal(cutting.area, '"90s" Oakshire: north');
  assert.deepEqual(
    cutting.notes.filter(({ kind }) => kind === 'front matter needed quotes').map(({ line }) => line),
    [2, 3],
  );
});

test('days are read in every way that is certain, and in no other', () => {
  const cases: readonly (readonly [string, string | null, boolean?])[] = [
    ['25 Sep 2019', '2019-09-25'],
    ['25 September 2019', '2019-09-25'],
    ['25th September, 2019', '2019-09-25'],
    ['2019-09-25', '2019-09-25'],
    ['2019-09-25T10:15:00Z', '2019-09-25'],
    ['25/09/2019', '2019-09-25'],
    ['25.9.2019', '2019-09-25'],
    ['Wed 25 Sep 2019', '2019-09-25', true],
    ['Tuesday, 25 September 2019', '2019-09-25', false],
    ['September 25, 2019', '2019-09-25'],
    ['25 Sept. 2019', '2019-09-25'],
    ['09/25/2019', null],
    ['25/09/19', null],
    ['30 Feb 2019', null],
    ['last Wednesday', null],
    ['', null],
  ];
  for (const [text, day, agrees = true] of cases) {
    const found = readDay(text);
    assert.equal(found?.day ?? null, day, text);
    if (found) assert.equal(found.weekdayAgrees, agrees, text);
  }
  const kinds = (date: string) =>
    read(`---\npublish:\n  date: ${date}\n---\n`)
      .notes.filter(({ kind }) => kind !== 'key missing')
      .map(({ kind, line }) => `${line} ${kind}`);
  assert.deepEqual(kinds('Tue 25 Sep 2019'), ['3 date in another form', '3 weekday and date disagree']);
  assert.deepEqual(kinds('09/25/2019'), ['3 date not read']);
});

test('a bad file is named with its line and the reason', () => {
  const latin = Buffer.from('```yaml\ntitle: ok\n```\n\nline five\nCaf\xe9\n', 'latin1');
  const bombs = `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]`;
  const cases: readonly (readonly [string | Uint8Array, BadFileReason, number])[] = [
    [new Uint8Array(largestFile + 1), 'too large', 1],
    ['', 'empty', 1],
    ['\ufeff \n\n', 'empty', 1],
    [latin, 'not UTF-8', 6],
    [new Uint8Array([0xff, 0xfe, 0x60, 0x00]), 'not UTF-8', 1],
    ['---\ntitle: a\n---\nbody\0', 'NUL character', 4],
    ['# A release\n', 'no front matter', 1],
    ['\n\n```js\n1\n```\n', 'no front matter', 3],
    ['\n```yaml\ntitle: a\n', 'front matter never ends', 2],
    ['---\ntitle: a: b\nno key here\n---\n', 'front matter is not YAML', 3],
    [`---\n${'['.repeat(20_000)}\n---\n`, 'front matter is not YAML', 2],
    ['---\n- a\n- b\n---\n', 'front matter is not made of keys', 2],
    ['---\njust words\n---\n', 'front matter is not made of keys', 2],
    [`---\n${bombs}\n---\n`, 'alias, anchor or tag', 2],
    ['---\ntitle: one\nurl: *gone\n---\n', 'alias, anchor or tag', 3],
    ['---\ntitle: one\narea: x\ntitle: two\n---\n', 'key given twice', 4],
  ];
  for (const [source, refusal, line] of cases) {
    const reading = readForm(typeof source === 'string' ? bytes(source) : source, 'bad.md');
    assert.ok(!reading.ok, String(source).slice(0, 60));
    assert.deepEqual(
      [reading.refusal, reading.line, reading.fileName],
      [refusal, line, 'bad.md'],
      String(source).slice(0, 60),
    );
  }
});

test('key points are found with or without headings, and the body is what follows', () => {
  const headed = keyPointsOf('* ### One\n\n  * ### Two\n   goes on\n\nBody.\n');
  assert.deepEqual(headed.points, [
    { text: 'One', line: 1 },
    { text: 'Two goes on', line: 3 },
  ]);
  assert.equal(headed.body, 'Body.\n');
  assert.equal(headed.bodyLine, 6);
  assert.deepEqual(
    keyPointsOf('- One\n- Two\n\nBody.').points.map(({ text }) => text),
    ['One', 'Two'],
  );
  assert.deepEqual(keyPointsOf('Body.\n\n* ### Not one\n').points, []);
  assert.deepEqual(keyPointsOf('* only\n* a list\n').points, []);
  assert.equal(keyPointsOf(read(model).body).points.length, 3);
});

test('the model is shown with its key points as a plain list and no heading inside it', async () => {
  const html = await renderMarkdown(read(model).body);
  assert.match(html, /^<ul>\n<li>Europe-wide operation/);
  assert.doesNotMatch(html, /<h\d/);
  assert.equal(html.match(/<li>/g)?.length, 13);
  assert.equal(html.match(/<ul>/g)?.length, 2);
});

test('Markdown is shown without its HTML, without pictures, with safe links and headings from h2', async () => {
  const cases: readonly (readonly [string, string])[] = [
    ['# One\n\n#### Two\n\n# Three', '<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>'],
    ['a <script>alert(1)</script> <b onclick="x">b</b>', '<p>a alert(1) b</p>'],
    ['<img src=x onerror=alert(1)>\n\nText', '<p>Text</p>'],
    ['[a](javascript:alert(1)) [b](data:text/html,x) [c](/local)', '<p>a b c</p>'],
    ['[d](java&#115;cript:alert(1)) [**101**](tel:101)', '<p>d <a href="tel:101"><strong>101</strong></a></p>'],
    ['[e](tel:101) [0800 555 111](tel:0900555111) [101](tel:101;ext=9)', '<p>e 0800 555 111 101</p>'],
    ['[0800 555 111](tel:+44800555111)', '<p><a href="tel:+44800555111">0800 555 111</a></p>'],
    [
      '![](https://a.example/x.png)![a map](https://a.example/x.png)',
      '<p><a href="https://a.example/x.png">a map</a></p>',
    ],
    ['* a\n   * b\n- c\n   * d', '<ul>\n<li>a</li>\n<li>b</li>\n<li>c</li>\n<li>d</li>\n</ul>'],
    ['* a:\n  * b', '<ul>\n<li>a:\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>'],
    ['1. ## a', '<ol>\n<li>a</li>\n</ol>'],
  ];
  for (const [markdown, html] of cases) assert.equal(await renderMarkdown(markdown), html, markdown);
});

test('what would hold the parser up is shown as its words, at once', async () => {
  const attacks = [
    '['.repeat(150_000),
    '*a_ '.repeat(40_000),
    '> '.repeat(60_000),
    '* a\n'.repeat(40_000),
    '[x]'.repeat(9_000),
    `${'*a_ '.repeat(249)}\n\n`.repeat(40),
    '* a\n\n'.repeat(7_900),
  ];
  await renderMarkdown('warm');
  for (const attack of attacks) {
    const start = performance.now();
    await renderMarkdown(attack);
    assert.ok(performance.now() - start < 20_000, attack.slice(0, 12));
  }
});
