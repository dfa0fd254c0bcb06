import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailtoOf, mediaNotice } from './media-notice.ts';
import type { Publication } from './store.ts';

const publication: Publication = {
  id: '0199a000-0000-7000-8000-000000000001',
  slug: 'a-week',
  version: 1,
  area: 'Hertfordshire',
  title: 'Eight addresses visited',
  description: 'Officers visited eight addresses.',
  keyPoints: ['Safeguarding advice was given'],
  body: 'Teams met people.',
  quotes: [],
  picture: null,
  sources: [],
  figures: [],
  issuedBy: 'Lea Vale Constabulary',
  shareText: '',
  importedFrom: null,
  cautions: [],
  dated: new Date('2026-09-25T09:00:00Z'),
  publishedAt: new Date('2026-09-25T09:00:00Z'),
  embargoUntil: null,
  corrections: [],
  changedAt: new Date('2026-09-25T09:00:00Z'),
};
const at = { origin: 'https://news.example', now: new Date('2026-09-26T09:00:00Z') };
const link = 'https://news.example/news/a-week';

test('a notice has the headline and the address of what is public, and a correction its note', () => {
  const notice = mediaNotice(publication, undefined, at);
  assert.equal(notice?.subject, 'News release: Eight addresses visited');
  assert.ok(notice.text.includes(link));
  const corrections = [{ at: '2026-09-25T12:00:00.000Z', note: 'The number was wrong.' }];
  const corrected = mediaNotice({ ...publication, corrections }, undefined, at);
  assert.equal(corrected?.subject, 'Correction: Eight addresses visited');
  assert.match(corrected.text, /The number was wrong\./);
});

test('nothing is said of what the public cannot read, and a withdrawn release gives its address alone', () => {
  const later = { ...publication, embargoUntil: new Date('2026-09-27T09:00:00Z') };
  assert.equal(mediaNotice(later, undefined, at), undefined);
  assert.equal(mediaNotice(later, { at: at.now }, { ...at, now: new Date('2026-10-01T09:00:00Z') }), undefined);
  assert.equal(mediaNotice(undefined, undefined, at), undefined);
  const others = { ...publication, importedFrom: { url: null, publishedOn: null } };
  assert.equal(mediaNotice(others, undefined, at), undefined);
  const gone = mediaNotice(publication, { at: at.now }, at);
  assert.ok(gone?.text.includes(link));
  assert.doesNotMatch(`${gone?.subject} ${gone?.text}`, /Eight|addresses|advice/);
});

test('the link to a new e-mail carries any words and no address', () => {
  const address = mailtoOf({ subject: 'A & B?', text: 'One\nTwo & three #4' });
  const url = new URL(address);
  assert.equal(url.pathname, '');
  assert.deepEqual(
    [url.searchParams.get('subject'), url.searchParams.get('body')],
    ['A & B?', 'One\r\nTwo & three #4'],
  );
});
