import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  findOwnLanguage,
  formatLanguage,
  interpretingModes,
  isWithoutInterpreter,
  type LanguageNeeds,
  languageChoices,
  needsInterpreter,
  validateExplanation,
} from './interpreting.ts';
import { languages } from './languages/language-codes.ts';

const through = 'remote interpreter';
const said = (language: string, more = {}) => ({
  language,
  otherLanguage: null,
  interpreted: through,
  interpreter: '4471',
  ...more,
});
const explain = (answers: Parameters<typeof validateExplanation>[0], speaks: LanguageNeeds, unreviewed = false) =>
  validateExplanation(answers, speaks, { unreviewed });
const outcome = (result: ReturnType<typeof validateExplanation>): string =>
  result.ok ? result.value.language : `no: ${result.refusal}`;

test('preselects the language of the record, and none if the record names none', () => {
  for (const [written, ready, other] of [
    ['Bengali', 'bn', ''],
    ['Vietnamese, southern', 'vi', ''],
    ['Albanian, as in Kosovo', 'sq', ''],
    ['Chinese, Cantonese', 'Cantonese', ''],
    ['Kurdish (Sorani)', 'Sorani', ''],
    ['British Sign Language', 'British Sign Language', ''],
    ['Sylheti', 'other', 'Sylheti'],
  ] as const)
    assert.deepEqual(findOwnLanguage({ language: written }), { language: ready, other }, written);
  for (const nothing of [null, undefined, '', 'Thai or Lao', '07700 900461'])
    assert.equal(findOwnLanguage({ language: nothing }), undefined);
  for (const { names } of languages)
    assert.ok(languageChoices.includes(findOwnLanguage({ language: names[0] })?.language ?? ''), names[0]);
});

test('refuses interpreting into English, and English for a person who needs an interpreter', () => {
  const vietnamese = { language: 'Vietnamese', interpreter: 'needed' };
  for (const interpreted of interpretingModes)
    assert.equal(outcome(explain(said('en', { interpreted }), vietnamese)), 'no: not understood');
  assert.equal(outcome(explain(said('vi'), vietnamese)), 'vi');
  assert.equal(
    outcome(explain(said('vi', { interpreted: 'nobody was needed' }), vietnamese)),
    'no: nobody interpreted',
  );
  assert.equal(outcome(explain(said('vi', { interpreter: null }), vietnamese)), 'no: interpreter not named');
  assert.equal(outcome(explain(said('en'), {})), 'no: interpreted into English');
  assert.equal(outcome(explain(said('en', { interpreted: 'nobody was needed' }), {})), 'en');
  const without = explain(said('en', { interpreted: 'nobody was needed' }), {});
  assert.equal(without.ok && without.value.interpreter, null, 'nor is anybody named who did not interpret');
  const own = { language: 'English', interpreter: 'needed' };
  assert.equal(needsInterpreter(own), false);
  assert.equal(outcome(explain(said('en', { interpreted: 'nobody was needed' }), own)), 'en');
});

test('translated words that no speaker has reviewed are never alone', () => {
  const alone = 'no: unreviewed words alone';
  for (const interpreted of ['nobody was needed', 'shared language'] as const)
    assert.equal(outcome(explain(said('en', { interpreted }), {}, true)), alone, interpreted);
  const reads = said('en', { interpreted: 'person reads English' });
  assert.equal(outcome(explain(reads, {}, true)), 'en');
  assert.equal(outcome(explain(reads, { language: 'Polish', interpreter: 'needed' }, true)), 'no: not understood');
  assert.equal(
    outcome(explain(said('pl', { interpreted: 'person reads English' }), {}, true)),
    'no: nobody interpreted',
  );
  assert.equal(outcome(explain(said('pl'), {}, true)), 'pl');
  assert.equal(outcome(explain(said('pl', { interpreted: 'shared language', interpreter: null }), {}, true)), 'pl');
  assert.equal(outcome(explain(said('en', { interpreted: 'nobody was needed' }), {}, false)), 'en');
});

test('another language needs a name in letters; a listed one is recognised', () => {
  for (const otherLanguage of [null, '', ' ', '12', 'a@b.example', 'x'.repeat(61)])
    assert.equal(outcome(explain(said('other', { otherLanguage }), {})), 'no: language not named');
  assert.equal(outcome(explain(said('other', { otherLanguage: 'Sylheti' }), {})), 'Sylheti');
  assert.equal(outcome(explain(said('other', { otherLanguage: 'Bangla' }), {})), 'bn');
  const english = said('other', { otherLanguage: 'English' });
  assert.equal(outcome(explain(english, { language: 'Tigrinya', interpreter: 'needed' })), 'no: not understood');
  assert.deepEqual(['bn', 'Sorani', 'sgn', 'other', 'Sylheti'].map(formatLanguage), [
    ...['Bengali', 'Sorani', 'Sign languages', 'another language', 'Sylheti'],
  ]);
});

test('whatever is accepted names a language, and if it is not English, names how it was interpreted', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...languageChoices),
      fc.option(fc.string()),
      fc.constantFrom(...interpretingModes),
      fc.option(fc.constantFrom('4471')),
      fc.record({
        language: fc.option(fc.string()),
        interpreter: fc.constantFrom('needed', 'not needed', 'not known'),
      }),
      (language, otherLanguage, interpreted, interpreter, speaks) => {
        const result = explain({ language, otherLanguage, interpreted, interpreter }, speaks);
        if (!result.ok) return;
        assert.notEqual(result.value.language, 'other');
        assert.match(result.value.language, /^\D{2,60}$/u);
        if (result.value.language === 'en') assert.ok(!needsInterpreter(speaks) && !interpreted.startsWith('an'));
        else assert.ok(!isWithoutInterpreter(interpreted));
      },
    ),
  );
});
