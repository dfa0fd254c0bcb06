import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeEnglishWords } from './interpreter-words.ts';

test('words in English say so, with the recorded language and the interpreter, and nothing to an English speaker', () => {
  const romanian = { language: 'Romanian', interpreter: 'needed' };
  assert.equal(
    describeEnglishWords(romanian, 'Interpreter 4471'),
    'These words are in English only. The person’s language is recorded as Romanian, with an interpreter needed. Have the words interpreted by the interpreter whom you recorded in this hour: Interpreter 4471. Do not ask anybody who came with the person to interpret.',
  );
  assert.match(describeEnglishWords(romanian) ?? '', /Have the words interpreted before you ask\. Do not ask anybody/);
  assert.match(
    describeEnglishWords({ ...romanian, interpreterGender: 'a woman' }) ?? '',
    /asked for a woman as interpreter/,
  );
  assert.doesNotMatch(describeEnglishWords({ ...romanian, interpreterGender: 'either' }) ?? '', /asked for/);
  assert.match(describeEnglishWords({}) ?? '', /No record that you can read says the person’s language/);
  assert.equal(describeEnglishWords({ language: 'English', interpreter: 'not needed' }), undefined);
});
