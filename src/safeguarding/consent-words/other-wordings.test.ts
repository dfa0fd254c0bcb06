import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consentLanguageCodes, consentLanguageOf, consentSource } from '../../nrm/consent-words/languages/load.ts';
import { englishReferralWording, translateReferralWording } from '../../nrm/consent-words/referral-wording.ts';
import { wordsIn } from '../../nrm/consent-words/shown-words.ts';
import { consentInformationOn } from '../../nrm/index.ts';
import { composeNoticeWording } from '../custody-notices/consent-wording.ts';
import { sentences } from '../custody-notices/sentence.ts';
import { composeAgreementWording } from '../information-requests/agreement-wording.ts';
import { kinds } from '../information-requests/request.ts';

const translated = consentLanguageCodes.filter((code) => code !== 'en');
const englishTexts = Object.values(consentSource.texts);
const names = ['Lea Vale Constabulary', 'Border & Port (East), “Unit 7”', 'Heddlu’r Cwm: Gorsaf 24/7'];
const told = consentInformationOn('2026-11-29');
assert.ok(told);

/** No placeholder, the status first, and no English sentence but those that are quoted. */
function assertWhole(own: string, code: string, quoted: readonly string[] = []): string[] {
  const { texts } = consentLanguageOf(code);
  const [status, ...lines] = own.split('\n');
  assert.doesNotMatch(own, /[{}]|undefined/, code);
  assert.equal(status, texts['translation.unreviewed'], code);
  const rest = lines.filter((line) => !quoted.some((words) => line.includes(words))).join('\n');
  for (const english of englishTexts) assert.ok(!rest.includes(english), `${code} holds “${english}”`);
  return lines;
}
const shapeOf = (lines: readonly string[]) => lines.map((line) => line.startsWith('• '));
/** The lines without one that only a translation has. */
const without = (lines: readonly string[], ...extra: readonly (string | undefined)[]) =>
  lines.filter((line) => !extra.includes(line));

test('the words before an NRM referral are in every language, sentence by sentence, and only where the whole day is translated', () => {
  const english = englishReferralWording(told).split('\n');
  for (const code of translated) {
    const lines = assertWhole(translateReferralWording(told, code) ?? '', code);
    assert.equal(lines.length, english.length, code);
    assert.equal(new Set(lines).size, lines.length, code);
    for (const [at, line] of lines.entries())
      assert.equal(/Home Office/.test(line), /Home Office/.test(english[at] ?? ''), `${code}: ${english[at]}`);
    assert.ok(translateReferralWording(consentInformationOn('2026-11-28') ?? told, code), 'the day before, too');
    const earlier = consentInformationOn('2026-11-27');
    assert.ok(earlier && translateReferralWording(earlier, code) === undefined, 'other words are shown in English');
  }
  const changed = { sentences: told.sentences.map((one, at) => (at === 4 ? { ...one, says: 'Another.' } : one)) };
  const shown = wordsIn('uk', englishReferralWording(changed), (code) => translateReferralWording(changed, code));
  assert.deepEqual([shown.shownLanguage, shown.shownWording], [null, null], 'no half of the words');
});

test('the words of today and of every later edition are translated', () => {
  for (const day of ['2026-11-29', '2030-01-01', '2040-01-01'])
    assert.ok(translateReferralWording(consentInformationOn(day) ?? { sentences: [] }, 'uk'), day);
});

test('the words before an answer to police are in every language, with the typed words as they are', () => {
  for (const code of translated)
    for (const [at, given] of [kinds, ...kinds.map((kind) => [kind])].entries()) {
      const terms = { police: String(names[at % names.length]), kinds: given, words: 'Shelter in May.\n\nTwo nights.' };
      const lines = assertWhole(composeAgreementWording(terms, code), code, [terms.police]);
      const english = composeAgreementWording(terms).split('\n');
      const { texts } = consentLanguageOf(code);
      assert.equal(lines.length, english.length + 1, code);
      assert.deepEqual(shapeOf(without(lines, texts['translation.typed'])), shapeOf(english), code);
      assert.equal(lines[1], `• ${terms.police}`, 'the name stands alone and as it is');
      assert.ok(lines.includes('• “Shelter in May.') && lines.includes('• Two nights.”'), code);
      assert.equal(lines.at(-1), texts['end.no'], 'help depends on nothing');
      assert.equal(new Set(lines).size, lines.length, code);
    }
});

test('the words before a custody notice are in every language, and hold each message in both', () => {
  for (const code of translated)
    for (const [at, sentence] of sentences.entries()) {
      const authority = String(names[at % names.length]);
      const lines = assertWhole(composeNoticeWording({ sentence, authority }, code), code, [sentence.words, authority]);
      const english = composeNoticeWording({ sentence, authority }).split('\n');
      const { texts } = consentLanguageOf(code);
      assert.equal(lines.length, english.length + 2, code);
      assert.equal(lines[1], `• ${authority}`);
      const quoted = lines.indexOf(`• “${sentence.words}”`);
      assert.equal(lines[quoted - 1], texts['translation.sent'], code);
      assert.match(lines[quoted - 2] ?? '', /^• /, 'its meaning stands before it');
      assert.equal(/45/.test(lines[quoted - 2] ?? ''), /45/.test(sentence.words), code);
    }
});

test('a message or a sentence without a translation is never paired with another one’s', () => {
  const sentence = { words: 'Another message.' };
  const lines = composeNoticeWording({ sentence, authority: 'Lea' }, 'uk').split('\n');
  assert.ok(lines.includes('• “Another message.”'));
  assert.deepEqual(
    lines.filter((line) => line.startsWith('• ')),
    ['• Lea', '• “Another message.”'],
  );
});

/** Per language: “may” of the support, “must still” of the duty, the “not” of the name, “only” of the answer, “may be” of the victim. */
const kept: Readonly<Record<string, readonly RegExp[]>> = {
  ar: [/فقد .*وقد/, /ملزمة مع ذلك/, /لا تقول من أنت/, /لا نجيب إلا/, /^قد /],
  cy: [/efallai .*Efallai/, /rhaid .*o hyd/, /Nid ydynt yn dweud/, /^Dim ond/, /^Gall/],
  es: [/puede que .*Puede que/, /tienen que .*igualmente/, /No dicen/, /solo si/, /^Puede ser/],
  pl: [/możesz .*Możesz/, /i tak muszą/, /Nie mówią/, /tylko wtedy/, /może być/],
  pt: [/pode .*pode/, /têm na mesma/, /Não dizem/, /^Só/, /^Pode ser/],
  ro: [/s-ar putea .*S-ar putea/, /trebuie totuși/, /nu spun/, /numai dacă/, /^Poate fi/],
  sq: [/mund .*Mund/, /prapë duhet/, /nuk thonë/, /vetëm nëse/, /^Mund të/],
  ti: [/ትኽእሉ ትኾኑ.*ትኽእሉ ትኾኑ/, /ሽዑ'ውን .*ግድን እዩ/, /ኣይነግሩን/, /ጥራይ/, /ይኽእል/],
  uk: [/можуть .*можуть/, /все одно мусять/, /не кажуть/, /лише якщо/, /може бути/],
  vi: [/có thể .*có thể/, /vẫn phải/, /không nói bạn là ai/, /chỉ trả lời nếu/, /^Có thể/],
  zh: [/可能.*可能/, /仍然必须/, /不会说您是谁/, /只有.*才/, /^可能/],
};

test('“may”, “must still”, “not” and “only” are in every translation', () => {
  assert.deepEqual(Object.keys(kept).sort(), [...translated].sort());
  const keys = ['referral.support', 'referral.no', 'referral.no', 'answer.only', 'custody.defence'];
  for (const [code, rules] of Object.entries(kept))
    for (const [at, says] of rules.entries())
      assert.match(consentLanguageOf(code).texts[String(keys[at])] ?? '', says, `${code}, ${keys[at]}`);
});
