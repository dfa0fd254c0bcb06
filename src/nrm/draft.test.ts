import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildDraft, draftJson } from './draft.ts';
import { adult } from './examples.ts';
import { type Facts, factNames } from './facts.ts';
import { type FormVersion, fieldsOf, formOn } from './form.ts';
import { formVersions, readForms } from './load.ts';
import { toPrintedForm } from './printed-form.ts';

const on = (day: string): FormVersion => {
  const form = formOn(formVersions, day);
  assert.ok(form);
  return form;
};
const form = on('2026-11-25');
const keysOf = (facts: Facts, branch: 'referral' | 'notification' = 'referral', version = form): string[] =>
  buildDraft(version, branch, facts).sections.flatMap(({ entries }) => entries.map(({ field }) => field.key));

const versions: readonly [string, string | undefined][] = [
  ['2019-09-18', undefined],
  ['2019-09-19', 'nrm-2019'],
  ['2023-05-14', 'nrm-2019'],
  ['2023-05-15', 'nrm-2023'],
  ['2026-04-26', 'nrm-2023'],
  ['2026-04-27', 'nrm-2026'],
];
for (const [day, id] of versions)
  test(`the form of ${day} is ${id ?? 'none that was read'}`, () => assert.equal(formOn(formVersions, day)?.id, id));

test('fills the whole form of its day from a complete record, and asks nothing twice', () => {
  for (const day of ['2019-09-19', '2023-05-15', '2026-04-27']) {
    const version = on(day);
    const wanted: Facts = {
      'what happened': 'She had to work without pay.',
      'why you refer': 'Because she asked.',
      ...adult,
    };
    assert.deepEqual(buildDraft(version, 'referral', wanted).missing, [], version.id);
    const filled = fieldsOf(version).map(({ from }) => from);
    assert.equal(new Set(filled).size, filled.length, `${version.id} fills two fields from one fact`);
  }
});

test('with no known facts, asks every question and says who can answer it', () => {
  const draft = buildDraft(form, 'referral', {});
  assert.equal(draft.filled, 0);
  assert.ok(draft.missing.length > 40);
  assert.ok(draft.missing.every(({ fault }) => fault === 'missing'));
  assert.deepEqual(
    new Set(draft.missing.map(({ askedOf }) => askedOf)),
    new Set(['person', 'first responder', 'record']),
  );
});

test('keeps the official order, whatever the order of the facts', () => {
  const backwards = Object.fromEntries(Object.entries(adult).reverse()) as Facts;
  assert.equal(draftJson(buildDraft(form, 'referral', backwards)), draftJson(buildDraft(form, 'referral', adult)));
  const order = fieldsOf(form).map(({ key }) => key);
  const places = keysOf(adult).map((key) => order.indexOf(key));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
});

test('shows and hides questions that depend on an answer', () => {
  const has = (facts: Facts, key: string) => keysOf({ ...adult, ...facts }).includes(key);
  assert.equal(has({}, 'pv-want-to-submit-nrm'), true);
  assert.equal(has({ 'under 18 now': 'not-sure' }, 'pv-want-to-submit-nrm'), false, 'a child is not asked for consent');
  assert.equal(has({ 'under 18 now': 'not-sure' }, 'local-authority-contacted-about-child-local-authority-name'), true);
  assert.equal(has({ 'under 18 now': 'yes' }, 'who-contact'), false);
  assert.equal(has({ 'still there': 'yes' }, 'what-is-keeping-them-in-situation'), true);
  assert.equal(has({ 'still there': 'yes' }, 'how-why-did-they-leave-the-situation'), false);
  assert.equal(has({ 'last contact': 'not an option' }, 'when-last-contact'), true);
});

test('reports an answer that does not fit, and keeps it visible', () => {
  const faults = (facts: Facts) =>
    buildDraft(form, 'referral', { ...adult, ...facts }).missing.map(({ key, fault }) => `${key}: ${fault}`);
  assert.deepEqual(faults({ gender: 'woman' }), ['pv-gender: not an option']);
  assert.deepEqual(faults({ nationality: 'Romanian' }), ['pv-nationality: not an option']);
  assert.deepEqual(faults({ nationality: 'XQ' }), ['pv-nationality: not an option']);
  assert.deepEqual(faults({ 'date of birth': '1997-02-30' }), ['pv-dob: not a day']);
  assert.deepEqual(faults({ 'how treated': 'x'.repeat(15_001) }), ['how-they-were-treated: too long']);
  assert.deepEqual(faults({ 'how treated': 'x'.repeat(15_000) }), []);
  assert.deepEqual(faults({ 'kinds of exploitation': [] }), ['types-of-exploitation: missing']);
  assert.deepEqual(faults({ 'first name': '  ' }), ['pv-name-first-name: missing']);
});

test('fills the key that changed its meaning from the right fact in each version', () => {
  const from = (version: FormVersion) =>
    fieldsOf(version).find(({ key }) => key === 'is-this-the-first-chance-to-report')?.from;
  assert.equal(from(on('2023-05-15')), 'first chance to report');
  assert.equal(from(on('2026-04-27')), 'reported before');
});

test('keeps the letters of a name unchanged, on paper too', () => {
  for (const name of ['Nguyễn Thị Hồng Ánh', 'نورا العبد الله', 'ሰላም ተስፋይ', 'Łucja Ćwiąkała', '阮氏', '𞤀𞤁']) {
    const draft = buildDraft(form, 'referral', { ...adult, 'first name': name });
    assert.ok(
      JSON.parse(draftJson(draft))
        .sections.flatMap((one: { fields: { answer: unknown }[] }) => one.fields)
        .some((field: { answer: unknown }) => field.answer === name),
    );
    assert.ok(toPrintedForm(draft).sections.some(({ rows }) => rows.some(({ says }) => says[0] === name)));
  }
});

test('says on paper how many answers are missing, and shows each as a blank', () => {
  const { 'first name': _, ...rest } = adult;
  const paper = toPrintedForm(buildDraft(form, 'referral', rest));
  assert.match(paper.note, /1 answer is missing/);
  assert.deepEqual(
    paper.sections.flatMap(({ rows }) => rows.filter(({ blank, asks }) => blank && asks === 'First name')).length,
    2 - 1,
  );
  assert.match(toPrintedForm(buildDraft(form, 'referral', adult)).note, /Nothing is missing/);
});

test('every fact has a field in some version, and every field has a fact', () => {
  const used = new Set(formVersions.flatMap((version) => fieldsOf(version).map(({ from }) => from)));
  assert.deepEqual(
    factNames.filter((name) => name !== 'safe contact' && !used.has(name)),
    [],
  );
});

test('a malformed form stops the start', () => {
  const file = (field: object, more: object = {}) => ({
    sources: { A: { title: 'A', url: 'https://a.example' } },
    versions: [
      {
        id: 'x',
        name: 'X',
        validFrom: '2026-01-01',
        validTo: null,
        sources: ['A'],
        dateChecked: '2026-01-01',
        narrativeMost: 10,
        sections: [
          {
            title: 'S',
            fields: [
              {
                key: 'a',
                asks: 'A',
                kind: 'narrative',
                needed: 'always',
                askedOf: 'person',
                from: 'when',
                notify: 'checked',
                ...field,
              },
            ],
          },
        ],
        ...more,
      },
    ],
  });
  assert.equal(readForms(file({})).length, 1);
  for (const wrong of [
    { notify: 'sent' },
    { notify: undefined },
    { kind: 'text' },
    { kind: 'choice' },
    { options: ['yes'] },
    { from: 'nothing of ours' },
    { when: { field: 'b', is: ['yes'] } },
  ])
    assert.throws(() => readForms(file(wrong)), JSON.stringify(wrong));
  assert.throws(() => readForms(file({}, { sources: ['B'] })));
  assert.throws(() => readForms(file({}, { sources: [] })));
  assert.throws(() => readForms(file({}, { validTo: '2025-12-31' })));
});
