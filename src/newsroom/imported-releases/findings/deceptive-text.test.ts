import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readForm } from '../../release-reading/index.ts';
import { written } from '../examples.ts';
import { findDeceptions, showHidden } from './deceptive-text.ts';
import { findOddHosts } from './look-alike-hosts.ts';

const known = ['https://www.modernslaveryhelpline.org', 'https://crimestoppers-uk.org/give-information'];

function deceptionsIn(source: string) {
  const form = readForm(Buffer.from(source), 'release.md');
  assert.ok(form.ok, JSON.stringify(form));
  return findDeceptions(form.value, known);
}

const bodies: readonly (readonly [body: string, kind: string | null, detail?: RegExp])[] = [
  ['Call 101\u202e999 now.', 'order of letters changed', /^U\+202E$/],
  ['Call 101\u200f now.', 'order of letters changed', /^U\+200F$/],
  ['\u2067Call\u2069 now.', 'order of letters changed', /^U\+2067, U\+2069$/],
  ['Call &#8238;101 now.', 'order of letters changed', /^U\+202E$/],
  ['Call &#x202E;101 now.', 'order of letters changed', /^U\+202E$/],
  ['Call &rlm;101 now.', 'order of letters changed', /^U\+200F$/],
  ['Four peo\u200bple were arrested.', 'character without width', /^U\+200B$/],
  ['Four peo\u00adple were arrested.', 'character without width', /^U\+00AD$/],
  ['Four peo&zwj;ple were arrested.', 'character without width', /^U\+200D$/],
  ['Four\u{e0041} people were arrested.', 'character without width', /^U\+E0041$/],
  ['Our officers 👩🏽‍✈️ and 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ were there.', null],
  ['The café in Łódź, “naïve” – it’s £5,000 & more.', null],
  [
    'Visit www.mоdernslaveryhelpline.org for help.',
    'look-alike address',
    /mixes Latin and Cyrillic letters, and looks like modernslaveryhelpline\.org/,
  ],
  ['Visit https://аррӏе.com for help.', 'look-alike address', /letters of the Cyrillic alphabet, and looks like/],
  [
    'Visit https://xn--80ak6aa92e.com for help.',
    'look-alike address',
    /coded name, and a browser may show it as “аррӏе\.com”/,
  ],
  ['Write to help@police.uk.xn--e1afmkfd.com now.', 'look-alike address', /coded name/],
  ['Visit https://ｐolice.uk today.', 'look-alike address', /looks like police\.uk/],
  [
    'Visit https://crirnestoppers-uk.org today.',
    'look-alike address',
    /it looks like crimestoppers-uk\.org, and is another/,
  ],
  ['Visit www.rnodernslaveryhe1pline.org today.', 'look-alike address', /looks like modernslaveryhelpline\.org/],
  ['Visit www.modernslaveryhelpline.org.example.com today.', 'look-alike address', /belongs to example\.com/],
  [
    'Visit https://www.northam.p0lice.uk today.',
    'look-alike address',
    /looks like an address of police\.uk, and is none/,
  ],
  ['Visit https://northam.police.uk.example.net today.', 'look-alike address', /belongs to example\.net/],
  [
    'Visit https://northam.police.uk@example.net/x today.',
    'look-alike address',
    /leads to example\.net, and not to northam\.police\.uk/,
  ],
  ['Visit https://www.northam.police.uk/report and www.modernslaveryhelpline.org or a.b@crimestoppers-uk.org.', null],
  ['Officers went on.The café.Le chef was there.', null],
  [
    'See [www.northam.police.uk](https://example.net/x) for help.',
    'link shows another address',
    /leads to example\.net/,
  ],
  ['See [our page](https://example.net/x) or [example.net](https://www.example.net/x).', null],
  ['Call [0800 555 111](tel:0800555111) or [101](tel:101) or [+44 800 555 111](tel:0800555111).', null],
  [
    'Call [0800 555 111](tel:+447700900123) now.',
    'link dials another number',
    /shows 0800 555 111 and dials \+447700900123/,
  ],
  ['Call [us now](tel:101).', 'link dials another number', /shows us now and dials 101/],
  ['Call [101](tel:101;ext=9).', 'link dials another number'],
  ['Call <tel:09098790879>.', 'link dials another number'],
  ['Call [0800 555 111][line].\n\n[line]: tel:+447700900123', 'link dials another number'],
  ['Call [0800 555 111][line].\n\n[line]: tel:0800555111', null],
];

for (const [body, kind, detail] of bodies) {
  test(`${kind ? `tells “${kind}”` : 'tells nothing'}: ${showHidden(body)}`, () => {
    const found = deceptionsIn(written({ body }));
    if (kind === null) return assert.deepEqual(found, []);
    const [one] = found.filter((each) => each.kind === kind);
    assert.ok(one, JSON.stringify(found));
    assert.equal(one.line, 11);
    assert.equal(one.key, null);
    if (detail) assert.match(one.detail, detail);
    assert.equal(showHidden(one.detail), one.detail, 'what is told deceives nobody');
  });
}

test('tells the key of the front matter, also where YAML spells the character', () => {
  const front = (line: string) => `---\narea: Leashire\npublish:\n  date: 25 Sep 2019\n${line}\n---\nText`;
  for (const [line, key] of [
    ['title: "A\\u202EB"', 'title'],
    ['title: A\u200bB', 'title'],
    ['url: https://www.lеashire.police.uk/x', 'url'],
    ['strapline: A\u2066B', 'strapline'],
  ] as const) {
    const [one, ...more] = deceptionsIn(front(line));
    assert.deepEqual([one?.key, one?.line, more.length], [key, 5, 0], line);
  }
});

test('shows every hidden character by its code, and changes no other letter', () => {
  assert.equal(showHidden('101\u202e999\u200b'), '101[U+202E]999[U+200B]');
  for (const same of ['', 'plain', 'café £5 “x” – 👩🏽‍✈️ ❤️', 'Łódź ő']) assert.equal(showHidden(same), same);
});

test('reads long lines in reasonable time', () => {
  for (const part of [
    'a.',
    '@a',
    '[x](',
    '//a.b',
    'xn--',
    'www.',
    '&#8238;',
    '\u202ea',
    '[a][b] ',
    '](tel:',
    '[a](//b.c) ',
  ]) {
    const began = performance.now();
    findOddHosts(part.repeat(20_000), known);
    deceptionsIn(written({ body: part.repeat(20_000) }));
    assert.ok(performance.now() - began < 3_000, `${part} ${performance.now() - began}`);
  }
});
