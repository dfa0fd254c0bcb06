import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consentLanguageCodes } from '../../nrm/consent-words/languages/load.ts';
import { largeCards } from '../../nrm/consent-words/large-words.ts';
import { wordsIn } from '../../nrm/consent-words/shown-words.ts';
import { acts, itemsByAct, purposesByAct } from '../consent/consent.ts';
import { composeWording } from '../consent/wording.ts';

const terms = { recipient: 'Lea Council', recipientKind: 'council', metAtVisit: true, lastDay: '2027-05-03' } as const;

test('in every language each idea has a card, with the same idea in English, and no word is left out', () => {
  for (const code of consentLanguageCodes)
    for (const act of acts)
      for (const mayBeChild of [true, false]) {
        const asked = {
          ...terms,
          act,
          mayBeChild,
          items: itemsByAct[act],
          purpose: purposesByAct[act][0] ?? 'safe place',
        };
        const words = wordsIn(code, composeWording(asked), (own) => composeWording(asked, own));
        const cards = largeCards(words);
        const linesOf = (ideas: readonly ((typeof cards)[number]['idea'] | undefined)[]) =>
          ideas.flatMap((idea) => (idea ? [idea.text, ...idea.items.map((item) => `• ${item}`)] : []));
        const large = linesOf(cards.map(({ idea }) => idea));
        assert.deepEqual(large, (words.shownWording ?? words.wording).split('\n'), `${code}, ${act}`);
        if (!words.shownWording) continue;
        assert.deepEqual(linesOf(cards.map(({ english }) => english)), words.wording.split('\n'), `${code}, ${act}`);
        const [status, ...rest] = cards;
        assert.equal(status?.english, undefined, 'who vouches for the translation');
        assert.ok(rest.every(({ english, idea }) => english?.items.length === idea.items.length));
      }
});

test('where a translation does not match the English idea for idea, all of it comes first and the English after it', () => {
  const cards = largeCards({ wording: 'One.\nTwo.', shownWording: 'Перше.\n• а\n• б', shownLanguage: 'uk' });
  assert.deepEqual(
    cards.map(({ code, idea: { text, items } }) => [code, text, items.length]),
    [
      ['uk', 'Перше.', 2],
      ['en', 'One.', 0],
      ['en', 'Two.', 0],
    ],
  );
});
