import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagsOfPdf, textOfPdf, unpackedPdf } from '../../../test/fixtures/pdf.ts';
import { adult } from '../examples.ts';
import { buildDraft, type Facts, type FormVersion, formOn, formVersions, toPrintedForm } from '../index.ts';
import { pdfOf } from './pdf.ts';

const form = formOn(formVersions, '2026-11-26') as FormVersion;
const printed = (facts: Facts = {}) => toPrintedForm(buildDraft(form, 'referral', { ...adult, ...facts }));
const pdf = (facts: Facts = {}): Promise<Buffer> => pdfOf(printed(facts));
const pagesOf = async (facts: Facts = {}): Promise<string[]> => textOfPdf(await pdf(facts));
const textOf = async (facts: Facts = {}): Promise<string> => (await pagesOf(facts)).join('\n');

test('holds each answer as selectable text, in the order of the form', async () => {
  const text = await textOf();
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

test('is tagged for screen readers: the title, each section and each question is a heading', async () => {
  const file = await pdf();
  assert.match(unpackedPdf(file), /<pdfuaid:part>1<\/pdfuaid:part>/);
  assert.match(unpackedPdf(file), /\/Title \(Draft of a referral to the National Referral Mechanism\)/);
  const tags = tagsOfPdf(file);
  const { sections } = printed();
  const count = (wanted: string): number => tags.filter((tag) => tag === wanted).length;
  assert.equal(count('H1'), 1);
  assert.equal(count('H2'), sections.length);
  assert.equal(count('H3'), sections.flatMap(({ rows }) => rows).length);
  assert.deepEqual(tags.slice(0, 4), ['Document', 'P', 'H1', 'P']);
});

for (const name of [
  'Nguyễn Thị Hồng Ánh',
  'Łucja Ćwiąkała',
  'Șerban Țîrlea',
  'Ольга Коваленко',
  'Ξένια',
  'Đorđević',
  'Xhafer Krasniqi',
  'نورا العبد الله',
  'ሰላም ተስፋይ',
  '阮氏',
])
  test(`${name} is drawn letter by letter`, async () => {
    const text = await textOf({ 'last name': name });
    assert.ok(text.includes(name));
    assert.doesNotMatch(text, /cannot show/);
  });

test('says that it cannot show certain letters, and gives their numbers', async () => {
  const text = (await textOf({ 'last name': '𞤀𞤣𞤢 Ba' })).replace(/\s+/g, ' ');
  assert.match(text, /\[…\] Ba/);
  assert.match(
    text,
    /\[…\] stands where this document cannot show a letter\. By their numbers in Unicode: 1E900 1E923 1E922\./,
  );
  const many = Array.from({ length: 60 }, (_, index) => String.fromCodePoint(0x1f600 + index)).join('');
  assert.match((await textOf({ 'how treated': many })).replace(/\s+/g, ' '), /The page of the draft shows them all/);
});

test('continues a long answer over as many pages as needed, without losing a word', async () => {
  const words = Array.from({ length: 2_400 }, (_, index) => `word${index}`);
  const pages = await pagesOf({ 'how treated': words.join(' ') });
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

test('prints a draft with thirty answers as long as the form allows', { timeout: 60_000 }, async () => {
  const { title, note, sections } = printed();
  const says = Array.from({ length: 350 }, () => 'They were told that they would work here.');
  let left = 30;
  const long = sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => {
      left -= 1;
      return left < 0 ? row : { ...row, says, blank: null };
    }),
  }));
  assert.ok(left <= 0);
  assert.ok((await pdfOf({ title, note, sections: long })).length > 100_000);
});

test('breaks a word that is longer than a line at the line end', async () => {
  const text = await textOf({ 'how treated': 'a'.repeat(400) });
  assert.ok((text.match(/a{20,}/g) ?? []).length > 3);
  assert.equal((text.match(/a{20,}/g) ?? []).join('').length, 400);
});

test('makes the same bytes from the same answers', async () => assert.ok((await pdf()).equals(await pdf())));
