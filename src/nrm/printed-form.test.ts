import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openViews } from '../platform/rendering/views.ts';
import { buildDraft } from './draft.ts';
import { adult } from './examples.ts';
import type { Facts } from './facts.ts';
import { type FormVersion, formOn } from './form.ts';
import { formVersions } from './load.ts';
import { findForeignScript, toPrintedForm } from './printed-form.ts';

const form = formOn(formVersions, '2026-11-25') as FormVersion;
const paper = (facts: Facts = {}) => toPrintedForm(buildDraft(form, 'referral', { ...adult, ...facts }));
const printed = (facts: Facts): string => openViews().render('nrm/draft-page', { paper: paper(facts) });

const names: readonly [string, string | null][] = [
  ['Nguyễn Thị Hồng Ánh', null],
  ['Łucja Ćwiąkała-Ďurišová', null],
  ['نورا العبد الله', 'Arabic'],
  ['ሰላም ተስፋይ', 'Ethiopic'],
  ['阮氏', 'Chinese'],
  ['Нина Anna', 'Cyrillic'],
  ['राधा', 'Devanagari'],
  ['𞤀𞤣𞤢', 'other'],
];
for (const [name, script] of names)
  test(`${script ?? 'Latin'} letters are printed as they are${script ? ', and described by number' : ''}`, () => {
    assert.equal(findForeignScript(name)?.script ?? null, script);
    const page = printed({ 'first name': name });
    assert.ok(page.includes(`dir="auto">${name}<`));
    assert.equal(page.includes('has no font for them'), script !== null);
  });

test('every letter of a name can be restored from its numbers', () => {
  const name = 'ሰላም ተስፋይ';
  const codes = findForeignScript(name)?.codes ?? '';
  const back = codes.split(' ').map((code) => (code === '·' ? ' ' : String.fromCodePoint(Number.parseInt(code, 16))));
  assert.equal(back.join(''), name);
});

test('prints what somebody wrote as text, never as markup', () => {
  const page = printed({ 'how treated': '<script>x</script>\nand more' });
  assert.ok(page.includes('&lt;script&gt;x&lt;/script&gt;<br>and more'));
});

test('marks a blank as a blank', () => {
  const { 'first name': _, ...rest } = adult;
  const page = openViews().render('nrm/draft-page', { paper: toPrintedForm(buildDraft(form, 'referral', rest)) });
  assert.match(page, /First name<\/dt>\s*<dd[^>]*>Not known yet/);
});
