import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printedWords } from './printed-words.ts';

const text = {
  ...{
    title: 'Two men, 30',
    area: 'Northam',
    description: '',
    keyPoints: [],
    body: 'They went to a café.',
    quotes: [],
  },
  ...{ picture: null, correction: null, figures: [], cautions: [], sources: [] },
};
const picture = { id: 'one', width: 1, height: 1, alternative: 'A street', caption: '', credit: 'Press' };

test('case, space, accents and punctuation make no other text', () => {
  const same = { ...text, title: ' two MEN 30!', body: '**They**  went,\n\nto a cafe\u200b' };
  assert.equal(printedWords(same), printedWords(text));
});

test('another word, number, picture or caution makes another text', () => {
  for (const other of [
    { ...text, title: 'Two men, 31' },
    { ...text, body: 'They went to the café.' },
    { ...text, title: 'Two men, 3.0' },
    { ...text, picture: picture as never },
    { ...text, cautions: ['Nobody knows'] },
  ])
    assert.notEqual(printedWords(other), printedWords(text));
  const shown = { ...text, picture: picture as never };
  const another = { ...text, picture: { ...picture, id: 'two' } as never };
  assert.notEqual(printedWords(shown), printedWords(another));
});
