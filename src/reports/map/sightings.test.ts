import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { findReceiptText, openMailbox, openReportForm } from '../visitor.ts';
import { formatSightings, maxSightings, readSightings, withoutSighting, withSighting } from './sightings.ts';

const one = { what: 'Two men shout', when: 'Monday', where: 'Behind the bakery' };
const other = { what: 'A van', when: '', where: '' };

test('sightings stay in the order in which they were written down; one is changed in its place, emptied it is gone', () => {
  const both = withSighting(withSighting('', one, undefined), other, undefined) ?? '';
  assert.deepEqual(readSightings(both), [one, other]);
  assert.equal(formatSightings(both), '1. Monday, Behind the bakery: Two men shout\n2. A van');
  assert.deepEqual(readSightings(withSighting(both, { ...one, when: 'Tuesday' }, 0)), [
    { ...one, when: 'Tuesday' },
    other,
  ]);
  assert.deepEqual(readSightings(withSighting(both, { what: '', when: '', where: '' }, 0)), [other]);
  assert.deepEqual(readSightings(withoutSighting(both, 1)), [one]);
  assert.equal(withoutSighting(withSighting('', one, undefined) ?? '', 0), '');
  assert.equal(withSighting('', { what: '', when: '', where: '' }, undefined), '');
});

test('a place that is not there adds, an answer that is no list is none, and beyond the most nothing is taken nor lost', () => {
  assert.deepEqual(readSightings(withSighting('', one, 7)), [one]);
  for (const bad of ['x', '{}', 'null', '[null]', '[1]', undefined])
    for (const { what } of readSightings(bad)) assert.equal(what, '', bad);
  let full: string | undefined = '';
  for (let count = 0; count < maxSightings; count += 1) full = withSighting(full, one, undefined);
  assert.equal(withSighting(full, other, undefined), undefined);
  assert.equal(readSightings(withSighting(full, other, 3))[3]?.what, 'A van');
});

test('sent with the report, and later through the mailbox, which shows none of it; staff read them in order', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  await teller.press('next', { who: 'worried' });
  await teller.press('next', { now: 'no' });
  await teller.press('next', { what: 'Men sleep above the shop' });
  await teller.press('map');
  await teller.press('', { 'at.x': '190', 'at.y': '214' });
  await teller.press('use');
  await teller.press('next');
  await teller.press('next');
  await teller.press('add', { seen: 'Shouting', seenwhen: 'Monday', seenwhere: 'Yard' });
  await teller.press('add', { seen: 'A van', seenwhen: 'Tuesday' });
  assert.match((await teller.press('change-0')).body, />Shouting<\/textarea>/);
  await teller.press('add', { seen: 'Shouting, and a blow' });
  // What was typed is kept whichever button is pressed.
  let page = await teller.press('next', { seen: 'Lights all night' });
  for (let pages = 0; pages < 9 && !/value="send"/.test(page.body); pages += 1) page = await teller.press('next');
  assert.match(page.body, /Shouting, and a blow[\s\S]*A van[\s\S]*Lights all night/);
  const list = findReceiptText((await teller.press('send', { receipt: 'words' })).body);

  const [report] = await opened(application, 'police');
  assert.match(report?.told.point ?? '', /^\d\d\.\d{5},-?\d\.\d{5}$/);
  const back = await openMailbox(application.app, list);
  const added = await back.press('add', { words: 'Three more men', when: 'Friday', where: 'At the back' });
  assert.match(added.body, /It was added/);
  // Random tokens in the fields of the form can spell a short word.
  assert.doesNotMatch(added.body.replaceAll(/ value="[^"]*"/g, ''), /Shouting|van|Lights|Three more/);

  const reader = await application.signIn(application.readers.police);
  const [, id = ''] = /\/staff\/reports\/([0-9a-f-]{36})/.exec((await reader.get('/staff/reports')).body) ?? [];
  const shown = (await reader.get(`/staff/reports/${id}`)).body;
  assert.match(
    shown,
    /1\. Monday, Yard: Shouting, and a blow\s*(?:<br>)?\s*2\. Tuesday: A van\s*(?:<br>)?\s*3\. Lights all night/,
  );
  assert.match(shown, /Friday, At the back: Three more men/);
  assert.match(shown, /Latitude and longitude 5\d\.\d{4}/);
});
