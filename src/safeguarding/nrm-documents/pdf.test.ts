import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOfPdf } from '../../../test/fixtures/pdf.ts';
import { adult } from '../../nrm/examples.ts';
import { buildDraft, type Facts, type FormVersion, formOn, formVersions, toPrintedForm } from '../../nrm/index.ts';
import { isDrawn, linesOf, pdfOf } from './pdf.ts';

const form = formOn(formVersions, '2026-11-26') as FormVersion;
const pdf = (facts: Facts = {}): Buffer => pdfOf(toPrintedForm(buildDraft(form, 'referral', { ...adult, ...facts })));

test('holds each answer as selectable text, in the order of the form', () => {
  const text = textOfPdf(pdf()).join('\n');
  const answers = [
    'Lea Vale Constabulary',
    'Vaslui',
    'She was promised work and a room.',
    'Mirela',
    'Ionescu',
    'Detective constable',
  ];
  const places = answers.map((answer) => text.indexOf(answer));
  assert.ok(
    places.every((place) => place > 0),
    places.join(),
  );
  assert.deepEqual(
    places,
    [...places].sort((one, other) => one - other),
  );
});

for (const name of [
  'Nguyễn Thị Hồng Ánh',
  'Łucja Ćwiąkała',
  'Șerban Țîrlea',
  'Ольга Коваленко',
  'Ξένια',
  'Đorđević',
  'Xhafer Krasniqi',
])
  test(`${name} is drawn letter by letter`, () => {
    assert.ok(isDrawn(name));
    assert.ok(
      textOfPdf(pdf({ 'last name': name }))
        .join('\n')
        .includes(name),
    );
  });

test('says that it cannot draw certain letters, and gives their numbers', () => {
  const text = textOfPdf(pdf({ 'last name': 'نورا' })).join('\n');
  assert.match(text, /\[…\]/);
  assert.match(
    text.replaceAll('\n', ' '),
    /Arabic letters that this paper cannot draw; by their numbers in Unicode: 646 648 631 627/,
  );
});

test('continues a long answer over as many pages as needed, without losing a word', () => {
  const words = Array.from({ length: 2_400 }, (_, index) => `word${index}`);
  const pages = textOfPdf(pdf({ 'how treated': words.join(' ') }));
  assert.ok(pages.length >= 8, `${pages.length} pages`);
  const all = pages.join('\n').split(/\s+/);
  assert.deepEqual(
    words.filter((word) => !all.includes(word)),
    [],
  );
  for (const [index, page] of pages.entries()) {
    assert.match(page, new RegExp(`Page ${index + 1} of ${pages.length}`));
    assert.match(page, /OFFICIAL-SENSITIVE: PERSONAL DATA/);
  }
});

test('breaks a word that is longer than a line at the line end', () => {
  const lines = linesOf('a'.repeat(400), 11);
  assert.ok(lines.length > 3);
  assert.equal(lines.flat().length, 400);
});

test('makes the same bytes from the same answers', () => assert.deepEqual(pdf(), pdf()));
