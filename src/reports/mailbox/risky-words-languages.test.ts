import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../public/languages/index.ts';
import { foreignWords, runningWords } from './risky-word-lists.ts';
import { findRiskyWords } from './risky-words.ts';

const dangersIn = (message: string): readonly string[] => findRiskyWords(message).map(({ danger }) => danger);

test('what nobody sees between the letters hides no word', () => {
  for (const hidden of ['po\u200Blice', 'po\u2060lice', 'p\u00ADolice', 'poli\uFEFFce', 'ｐｏｌｉｃｅ', 'poli\uFE0Fce'])
    assert.deepEqual(dangersIn(`Ask the ${hidden}`), ['says who reads it'], hidden);
});

test('in every language of the public pages somebody who reads, what it is about and a time are found, and that it is not English', () => {
  const said: Readonly<Record<string, string>> = {
    ar: 'الشرطة قرأت بلاغك وستأتي غدا',
    cy: 'Mae’r heddlu wedi darllen yr adroddiad ac yn dod yfory',
    es: 'La policía leyó su denuncia y viene el martes',
    pl: 'Policja czytała zgłoszenie i przyjdzie we wtorek',
    pt: 'A polícia leu a denúncia e vem na terça-feira',
    ro: 'Poliția a citit sesizarea și vine marți',
    sq: 'Policia e lexoi raportin dhe vjen nesër',
    ti: 'ፖሊስ ነቲ ጸብጻብ ኣንቢቦሞ ጽባሕ ክመጹ እዮም',
    uk: 'Поліція прочитала заяву і прийде завтра',
    vi: 'Cảnh sát đã đọc báo cáo và sẽ đến ngày mai',
    zh: '警察看了您的报告，明天来',
  };
  assert.deepEqual(
    Object.keys(said).sort(),
    languages
      .map(({ code }) => code)
      .filter((code) => code !== 'en')
      .sort(),
  );
  assert.deepEqual(Object.keys({ ...foreignWords, ...runningWords }).sort(), Object.keys(said).sort());
  for (const [code, message] of Object.entries(said)) {
    const found = dangersIn(message);
    for (const danger of ['says who reads it', 'says what it is about', 'names a time', 'hardly checked'])
      assert.ok(found.includes(danger), `${code}: ${danger}: ${found}`);
  }
  assert.deepEqual(dangersIn('Dzień dobry wszystkim'), ['hardly checked']);
  assert.deepEqual(dangersIn('Thank you'), []);
});
