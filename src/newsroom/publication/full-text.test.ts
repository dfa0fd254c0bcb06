import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly } from '../../vocabulary/figures.ts';
import { type FullRelease, pasteHtml } from './full-text.ts';
import { plainText } from './plain-text.ts';

const address = { url: 'https://news.example/news/a-week', origin: 'https://news.example' };
const release: FullRelease = {
  title: 'Eight & more <visited>',
  description: 'Officers visited eight addresses.',
  area: 'Hertfordshire',
  keyPoints: ['Advice was given'],
  body: 'Teams **met** people.\n\n* One\n* Two',
  html: '<p>Teams <strong>met</strong> people.</p>',
  picture: null,
  version: 1,
  quotes: [{ rank: 'Sergeant', name: 'Robin Hale', unit: 'Operation Lantern', words: 'Please tell us.' }],
  corrections: [{ at: '2026-09-26T10:00:00.000Z', note: 'The number was wrong.' }],
  sources: [{ text: 'A report', url: 'https://source.example/?a=1&b="2"', date: '2026-01-02' }],
  figures: [
    {
      key: 'premises.visited',
      name: 'premises visited',
      part: null,
      definition: 'Premises at which a team arrived.',
      edition: '2026',
      quantity: exactly(8),
    },
  ],
};

test('plain text has the release in its order, and the embargo first', () => {
  const text = plainText(release, address, new Date('2026-09-27T23:01:00Z'));
  const parts = [
    'EMBARGO: not for publication before',
    'Eight & more <visited>',
    'Officers visited eight addresses.',
    'Corrected on 26 September 2026: The number was wrong.',
    '- Advice was given',
    'Teams met people.',
    '“Please tell us.”\nSergeant Robin Hale, Operation Lantern',
    'Spot the signs and get help',
    'call 999',
    'https://news.example/signs',
    'https://news.example/help',
    '- Premises visited: 8',
    '- A report, 2 January 2026: https://source.example/?a=1&b="2"',
    'https://news.example/news/a-week',
    'ENDS',
  ];
  const places = parts.map((part) => text.indexOf(part));
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  );
  assert.ok(!places.includes(-1), text);
  assert.doesNotMatch(plainText(release, address, null), /EMBARGO/);
});

test('HTML for another site has no words that become marks, no class and no script', () => {
  const html = pasteHtml(release, address, null);
  assert.match(
    pasteHtml(release, address, new Date('2026-09-30T08:00:00Z')),
    /^<p><strong>EMBARGO: not for publication before [^<]*30 September 2026/,
  );
  assert.match(html, /^<h1>Eight &amp; more &lt;visited&gt;<\/h1>/);
  assert.match(html, /href="https:\/\/source\.example\/\?a=1&amp;b=&quot;2&quot;"/);
  assert.doesNotMatch(html, /class=|style=|<script/);
});
