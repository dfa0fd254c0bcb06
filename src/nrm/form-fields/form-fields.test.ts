import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adult } from '../examples.ts';
import { buildDraft, type FactValue, type FormVersion, fieldsOf, formOn, formVersions } from '../index.ts';
import { entriesOf, faultErrors, readFormAnswer } from './form-fields.ts';

const form = formOn(formVersions, '2026-11-26') as FormVersion;
const field = (key: string) => fieldsOf(form).find((one) => one.key === key) as never;

const cases: readonly [string, string, unknown, FactValue | null][] = [
  ['a text', 'pv-name-first-name', ' Ana ', 'Ana'],
  ['an empty text', 'pv-name-first-name', '  ', null],
  [
    'one kind of several',
    'types-of-exploitation',
    'types-of-exploitation-prostitution',
    ['types-of-exploitation-prostitution'],
  ],
  ['no kind', 'types-of-exploitation', undefined, null],
  ['a tick', 'pv-contact-details-email-check', 'yes', 'yes'],
];
for (const [name, key, typed, answer] of cases)
  test(`reads ${name} as it was typed`, () => assert.deepEqual(readFormAnswer(typed, field(key)), answer));

test('accepts a tick as it was read, and as a list of before', () => {
  const facts = { ...adult, 'whom to write to': 'potential-victim', 'how to write': ['email'], email: 'a@example.org' };
  for (const safe of [readFormAnswer('yes', field('pv-contact-details-email-check')), ['yes']]) {
    const draft = buildDraft(form, 'referral', { ...facts, 'needs support': 'yes', 'safe to e-mail': safe } as never);
    assert.equal(faultErrors(entriesOf(draft))['pv-contact-details-email-check'], undefined);
  }
});
