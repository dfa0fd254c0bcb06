import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareTexts } from './text-changes.ts';

const text = {
  title: 'Three premises visited',
  area: 'Lea Vale',
  description: 'A week of action',
  keyPoints: ['Two people were helped'],
  body: 'First paragraph.\n\nSecond paragraph.',
  quotes: [],
  picture: null,
  correction: null,
};

test('lists parts that came, went or were reworded, and nothing else', () => {
  assert.deepEqual(compareTexts(text, text), { added: [], removed: [] });
  assert.deepEqual(compareTexts(text, { ...text, body: 'First paragraph.\n\nSecond, reworded.\n\nThird.' }), {
    added: ['Second, reworded.', 'Third.'],
    removed: ['Second paragraph.'],
  });
  assert.deepEqual(compareTexts(text, { ...text, title: 'Two premises visited', keyPoints: [] }), {
    added: ['Title: Two premises visited'],
    removed: ['Title: Three premises visited', 'Key point: Two people were helped'],
  });
  const quotes = [{ words: 'We help', rank: 'DI', name: 'Dana Holt', unit: '' }];
  assert.deepEqual(compareTexts(text, { ...text, quotes, correction: 'Two, not three' }).added, [
    'Quote: “We help” DI, Dana Holt',
    'Correction: Two, not three',
  ]);
});
