import assert from 'node:assert/strict';
import { test } from 'node:test';
import { english } from '../../nrm/consent-words/languages/english.ts';
import { consentLanguageCodes, consentLanguageOf, consentSource } from '../../nrm/consent-words/languages/load.ts';
import { blocksOf } from '../../nrm/consent-words/wording-lines.ts';
import { languages } from '../../public/languages/index.ts';
import { draftGroup, nrmPurpose, requiredForReferral, shareableItems } from '../../vocabulary/information-shared.ts';
import { type Act, acts, examinations, type Item, itemsByAct, purposesByAct } from './consent.ts';
import { composeWording, type WordingTerms } from './wording.ts';

const terms: WordingTerms = {
  act: 'refer',
  recipient: 'Lea Council',
  purpose: 'safe place',
  items: requiredForReferral,
  metAtVisit: true,
  mayBeChild: false,
  lastDay: '2027-05-03',
};
const sentencesOf = (words: string): string[] => words.split('\n').flatMap((line) => line.split(/(?<=\.) /));

test('the wording says what, to whom, what for, until when, that it can be withdrawn, and that help depends on nothing', () => {
  for (const act of acts) {
    const items = act === 'examine' ? examinations : shareableItems;
    const words = composeWording({ ...terms, act, purpose: 'safety planning', items });
    assert.equal(
      /They will still know what they were told/.test(words),
      act !== 'examine',
      'of an examination nobody is told',
    );
    for (const said of [
      /^• Lea Council$/m,
      /^• to plan for your safety$/m,
      /3 May 2027/,
      /take it back/,
      /does not depend on/,
      /alone/,
    ])
      assert.match(words, said, act);
    assert.doesNotMatch(words, /the person/, 'it speaks to her');
  }
});

test('the words of a referral to the NRM say that a crime was committed against the person, and accuse nobody', () => {
  for (const items of [requiredForReferral, [...requiredForReferral, draftGroup] as const]) {
    const words = composeWording({ ...terms, purpose: nrmPurpose, items });
    assert.match(
      words,
      /The police will record a crime committed against you, with you as the victim\. You do not have to speak to them\./,
    );
    assert.doesNotMatch(words, /recorded as a crime|crime against you/);
    assert.match(words, /The Home Office is also in charge of immigration\./);
    for (const sentence of sentencesOf(words)) assert.ok(sentence.split(' ').length <= 20, sentence);
  }
});

test('the words promise no more secrecy than there is', () => {
  const [met, walkedIn] = [true, false].map((metAtVisit) => composeWording({ ...terms, metAtVisit })) as [
    string,
    string,
  ];
  for (const words of [met, walkedIn]) {
    assert.match(words, /Police and immigration officers cannot open this record\./);
    assert.match(words, /If you told an officer something, that officer has it and can use it\./);
    assert.match(words, /share something without asking you, if a law or a court says so\./);
    assert.match(words, /if somebody is in serious danger, or a child is at risk\./);
    for (const sentence of sentencesOf(words)) assert.ok(sentence.split(' ').length <= 20, sentence);
  }
  const leads =
    /The safeguarding leads for the visit where we met can read this record too\. They may work for another agency\./;
  assert.match(met, leads);
  assert.doesNotMatch(walkedIn, leads, 'nobody of an operation reads the record of a person who walked in');
});

const translated = consentLanguageCodes.filter((code) => code !== 'en');
const englishTexts = Object.values(consentSource.texts);
const names = ['Lea Council', 'Ash & Elm Clinic (North), “St Anne’s”', 'Heol y Bont: Canolfan 24/7'];

/** Each item alone, where the act allows it, and all together. */
const itemSets = (act: Act): (readonly Item[])[] => [
  itemsByAct[act],
  ...itemsByAct[act].map((item) => (act === 'refer' ? [...new Set([...requiredForReferral, item])] : [item])),
];

/** Checks one wording in one language against the English of the same consent. */
function assertTranslates(asked: WordingTerms, code: string): void {
  const [own = '', original = ''] = [composeWording(asked, code), composeWording(asked)];
  const at = `${code}: ${asked.act}, ${asked.purpose}`;
  const [status = '', ...lines] = own.split('\n');
  assert.doesNotMatch(own, /[{}]|undefined/, at);
  assert.equal(status, consentLanguageOf(code).texts['translation.unreviewed'], at);
  assert.deepEqual(
    lines.map((line) => line.startsWith('• ')),
    original.split('\n').map((line) => line.startsWith('• ')),
    `${at}: the same lines in the same order`,
  );
  assert.equal(lines[1], `• ${asked.recipient}`, `${at}: the name stands alone and as it is`);
  for (const english of englishTexts) assert.ok(!own.includes(english), `${at} holds “${english}”`);
  const day = lines.find((line) => line.includes('2027'));
  assert.match(day ?? '', /(?<!\d)3(?!\d)/, `${at}: the day`);
  assert.doesNotMatch(day ?? '', /May\b/, at);
}

test('every act, purpose, item and language gives whole words: no placeholder, no English sentence, and names as they are', () => {
  for (const code of translated)
    for (const act of acts)
      for (const purpose of purposesByAct[act])
        for (const [at, items] of itemSets(act).entries())
          assertTranslates(
            { ...terms, act, purpose, items, recipient: String(names[at % names.length]), metAtVisit: at % 2 === 0 },
            code,
          );
});

test('the words can be shown in each language of the public pages, and every text of each is its own', () => {
  assert.deepEqual(
    consentLanguageCodes,
    languages.map(({ code }) => code),
  );
  for (const { code, name, english: englishName, direction } of languages.filter((one) => one.code !== 'en')) {
    const language = consentLanguageOf(code);
    assert.deepEqual([language.name, language.english, language.direction], [name, englishName, direction]);
    const texts = Object.values(language.texts);
    assert.equal(new Set(texts).size, texts.length, `${code} says one thing twice`);
    for (const key of ['nrm.sends', 'nrm.told', 'nrm.immigration'])
      assert.match(language.texts[key] ?? '', /Home Office/, `${code}, ${key}`);
    for (const key of ['purposes.nrm', 'items.draft', 'nrm.sent'])
      assert.match(language.texts[key] ?? '', /National Referral Mechanism/, `${code}, ${key}`);
  }
  assert.throws(() => consentLanguageOf('fr'), /no consent words/);
  assert.throws(() => consentLanguageOf('../en'), /no consent words/);
});

/** Per language: “may” of the law and of danger, “still” of the help, and the two “not” of the record and of the police. */
const kept: Readonly<Record<string, readonly (readonly [string, RegExp])[]>> = {
  ar: [
    ['readers.law', /^قد /],
    ['readers.danger', /^وقد /],
    ['end.no', /ستظل .*لا تتوقف/],
    ['readers.officers', /^لا /],
    ['nrm.police', /لا يلزمك/],
  ],
  cy: [
    ['readers.law', /^Efallai/],
    ['readers.danger', /^Efallai/],
    ['end.no', /yn dal i gael.*Nid yw help/],
    ['readers.officers', /^Ni all/],
    ['nrm.police', /Nid oes rhaid/],
  ],
  es: [
    ['readers.law', /^Puede que/],
    ['readers.danger', /^Puede que/],
    ['end.no', /sigue recibiendo ayuda\. La ayuda no depende/],
    ['readers.officers', /no pueden abrir/],
    ['nrm.police', /No tiene obligación/],
  ],
  pl: [
    ['readers.law', /^Może się zdarzyć/],
    ['readers.danger', /^Możemy/],
    ['end.no', /nadal dostaniesz pomoc\. Pomoc nie zależy/],
    ['readers.officers', /nie mogą/],
    ['nrm.police', /Nie musisz/],
  ],
  pt: [
    ['readers.law', /^Podemos/],
    ['readers.danger', /podemos/],
    ['end.no', /continua a receber ajuda\. A ajuda não depende/],
    ['readers.officers', /não podem/],
    ['nrm.police', /Não tem de/],
  ],
  ro: [
    ['readers.law', /^S-ar putea/],
    ['readers.danger', /^S-ar putea/],
    ['end.no', /primiți în continuare ajutor\. Ajutorul nu depinde/],
    ['readers.officers', /nu pot/],
    ['nrm.police', /Nu aveți obligația/],
  ],
  sq: [
    ['readers.law', /^Mund/],
    ['readers.danger', /^Mund/],
    ['end.no', /prapë merrni ndihmë\. Ndihma nuk varet/],
    ['readers.officers', /nuk mund/],
    ['nrm.police', /Nuk keni detyrim/],
  ],
  ti: [
    ['readers.law', /ክንግደድ ንኽእል/],
    ['readers.danger', /ክንግደድ ንኽእል/],
    ['end.no', /ሕጂ'ውን ትረኽቡ.*ኣይኮነን/],
    ['readers.officers', /ኣይክእሉን/],
    ['nrm.police', /ግድን ኣይኮነን/],
  ],
  uk: [
    ['readers.law', /^Можливо/],
    ['readers.danger', /^Можливо/],
    ['end.no', /все одно отримаєте допомогу\. Допомога не залежить/],
    ['readers.officers', /не можуть/],
    ['nrm.police', /не зобов’язані/],
  ],
  vi: [
    ['readers.law', /^Có thể/],
    ['readers.danger', /^Có thể/],
    ['end.no', /vẫn được giúp đỡ\. .*không phụ thuộc/],
    ['readers.officers', /không thể/],
    ['nrm.police', /không bắt buộc/],
  ],
  zh: [
    ['readers.law', /可能必须/],
    ['readers.danger', /可能必须/],
    ['end.no', /仍然会得到帮助。.*不取决于/],
    ['readers.officers', /不能/],
    ['nrm.police', /不必/],
  ],
};

test('“may”, “not” and “you still get help” are in every translation', () => {
  assert.deepEqual(Object.keys(kept).sort(), [...translated].sort());
  for (const [code, rules] of Object.entries(kept))
    for (const [key, says] of rules) assert.match(consentLanguageOf(code).texts[key] ?? '', says, `${code}, ${key}`);
});

test('a translation says in its own language who checked it, and that the English counts', () => {
  for (const code of translated) {
    const { texts } = consentLanguageOf(code);
    assert.ok(composeWording(terms, code).startsWith(`${texts['translation.unreviewed']}\n`));
    assert.notEqual(texts['translation.reviewed'], texts['translation.unreviewed']);
  }
  assert.ok(!composeWording(terms).includes(english.translation.unreviewed), 'English is no translation');
});

test('a page shows a sentence as a paragraph and items that follow each other as one list', () => {
  const blocks = blocksOf(composeWording(terms));
  assert.deepEqual(blocks.slice(0, 4), [
    { text: 'We would like to ask this agency to help you:' },
    { items: ['Lea Council'] },
    { text: 'This is what we would tell them:' },
    {
      items: [
        'the day we met',
        'what help you ask for',
        'what they need to know to help (we go through it with you)',
        'whether you are or may be under 18, and whether you want help now',
      ],
    },
  ]);
  assert.deepEqual(blocksOf('One.\n• a\n• b\nTwo.'), [{ text: 'One.' }, { items: ['a', 'b'] }, { text: 'Two.' }]);
});

test('a person who is or may be under 18 hears that children’s services must be told whatever they answer, in every language', () => {
  for (const code of consentLanguageCodes)
    for (const act of acts) {
      const items = act === 'examine' ? examinations : requiredForReferral;
      const asked = { ...terms, act, purpose: 'safety planning', items } as const;
      const [child, adult] = [true, false].map((mayBeChild) => composeWording({ ...asked, mayBeChild }, code));
      const { texts } = consentLanguageOf(code);
      const lines = String(child).split('\n');
      assert.equal(lines[lines.indexOf(String(texts[`limits.${act}`])) + 1], texts['child.told'], `${code}, ${act}`);
      assert.ok(!adult?.includes(String(texts['child.told'])), `${code}: an adult hears no such thing`);
      assert.match(String(texts['child.told']), /18/, code);
    }
  assert.match(english.child.told, /we must tell the council’s children’s services, even if you say no\./);
});

test('the words of a referral name what is always sent: age and urgency, in every language', () => {
  for (const code of consentLanguageCodes) {
    const always = `• ${consentLanguageOf(code).texts['items.always']}`;
    assert.ok(composeWording(terms, code).split('\n').includes(always), code);
    assert.ok(!composeWording({ ...terms, act: 'share' }, code).includes(always), `${code}: only a referral says it`);
  }
  assert.match(composeWording(terms), /• whether you are or may be under 18, and whether you want help now\n/);
});

test('the kind of the agency stands beside its English name in a translation, where it is known', () => {
  const council = { ...terms, recipientKind: 'council' } as const;
  for (const code of translated)
    assert.equal(
      composeWording(council, code).split('\n')[2],
      `• Lea Council (${consentLanguageOf(code).texts['kinds.council']})`,
      code,
    );
  assert.match(composeWording(council), /^• Lea Council$/m, 'English needs no translation of it');
  assert.match(composeWording({ ...terms, recipientKind: 'police force' }, 'ar'), /^• Lea Council$/m);
});

test('the Arabic addresses women and men alike', () => {
  const { texts } = consentLanguageOf('ar');
  for (const [key, text] of Object.entries(texts))
    assert.doesNotMatch(
      text,
      /أنت توافق|تقيم فيه|التي تطلبها|تحصل|يمكنك أن ت|(^|[ ،؛])ف?اسأل |ما تقوله إلى|تريده/,
      key,
    );
});
