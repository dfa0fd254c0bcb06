import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTranslator, findFaults, findGaps, type Language, safetyCriticalSections } from './language.ts';
import { languageOf, languages, source } from './load.ts';
import { reviewMark, translatedSentences } from './reviews.ts';
import { readLanguage } from './shape.ts';
import { createShell } from './shell.ts';

const english: Language = {
  code: 'en',
  name: 'English',
  english: 'English',
  direction: 'ltr',
  edition: 2,
  reviews: [],
  content: {},
  texts: { 'exit.button': 'Exit now', 'shell.help': 'Get help', 'emergency.now': 'Call {number}' },
};
const polish: Language = {
  ...english,
  code: 'pl',
  name: 'Polski',
  english: 'Polish',
  texts: { 'exit.button': 'Wyjdź', 'shell.help': 'Pomoc', 'emergency.now': 'Zadzwoń {number}' },
};
const reviewed: Language = {
  ...polish,
  reviews: [{ by: 'Ada Nowak', on: '2026-11-01', of: translatedSentences(polish, english).map(reviewMark) }],
};
const changedEnglish: Language = { ...english, texts: { ...english.texts, 'exit.button': 'Leave now' } };
const shellEnglish: Language = {
  ...english,
  texts: { ...english.texts, 'shell.unreviewed': 'Not checked.', 'shell.reviewed': 'Checked by {who} on {when}.' },
};
const beside = / <span class="sl-beside" lang="en" dir="ltr">/;

test('a grave text is shown with its English until a speaker has reviewed it, and again when either has changed', () => {
  const edited = { ...reviewed, texts: { ...reviewed.texts, 'exit.button': 'Wyjdź stąd' } };
  const cases: readonly [Language, Language, boolean][] = [
    [polish, english, true],
    [reviewed, english, false],
    [reviewed, changedEnglish, true],
    [edited, english, true],
    [english, english, false],
  ];
  for (const [language, original, expected] of cases) {
    const { t } = createTranslator(language, original);
    assert.equal(beside.test(t('exit.button')), expected);
    assert.doesNotMatch(t('shell.help'), beside, 'what is not grave stands alone');
  }
});

test('the frame says that a computer made the translation until every sentence is reviewed, and again when one changes', () => {
  const statusOf = (language: Language, original: Language) =>
    createShell(language, original, createTranslator(language, original)).translation?.english;
  const unreviewed = 'A computer made this translation. No speaker of Polish has checked all of it yet.';
  const [review] = reviewed.reviews;
  assert.ok(review);
  const partly = { ...polish, reviews: [{ ...review, of: review.of.slice(1) }] };
  const twice = {
    ...polish,
    reviews: [
      { ...review, of: review.of.slice(1) },
      { by: 'A translator, Example Agency', on: '2026-10-02', of: review.of },
    ],
  };
  assert.equal(statusOf(polish, shellEnglish), unreviewed);
  assert.equal(statusOf(partly, shellEnglish), unreviewed);
  assert.equal(
    statusOf(reviewed, shellEnglish),
    'A speaker of Polish checked this translation, Ada Nowak, on 1 November 2026.',
  );
  assert.match(String(statusOf(twice, shellEnglish)), /Ada Nowak; A translator, Example Agency, on 1 November 2026/);
  const changed = { ...shellEnglish, texts: { ...shellEnglish.texts, 'shell.help': 'Help' } };
  assert.equal(statusOf(reviewed, changed), unreviewed, 'the English has changed since');
  assert.equal(statusOf(shellEnglish, shellEnglish), undefined, 'English is no translation');
});

test('what is missing comes in English, and says that it is English', () => {
  const { t, plain } = createTranslator({ ...polish, texts: {} }, english);
  assert.equal(t('shell.help'), '<span lang="en" dir="ltr">Get help</span>');
  assert.equal(plain('shell.help'), 'Get help');
  assert.throws(() => t('shell.nowhere' as 'shell.help'), /no text shell.nowhere/);
});

test('a text is no markup, and a number in it can be called', () => {
  const { t } = createTranslator({ ...english, texts: { 'shell.help': '<b>"&\'' } }, english);
  assert.throws(() => t('exit.button') && createTranslator(english, { ...english, texts: {} }).t('exit.button'));
  const own = { ...english, texts: { ...english.texts, 'shell.help': '<b>"&\'' } };
  assert.equal(createTranslator(own, own).t('shell.help'), '&lt;b&gt;&quot;&amp;&#39;');
  assert.equal(createTranslator(own, own).t('emergency.now'), 'Call <a href="tel:999"><bdi>999</bdi></a>');
});

test('a key that nobody knows, a number lost and an edition to come are faults; a gap is none', () => {
  assert.deepEqual(findFaults(polish, english), []);
  assert.deepEqual(findFaults({ ...polish, texts: {} }, english), []);
  const wrong = { ...polish, edition: 3, texts: { 'exit.buton': 'Wyjdź', 'emergency.now': 'Zadzwoń 999' } };
  assert.equal(findFaults(wrong, english).length, 3);
  assert.deepEqual(findGaps({ ...polish, edition: 1, texts: {} }, english), {
    missing: Object.keys(english.texts),
    outdated: true,
    reviewed: 0,
    unreviewed: 0,
    untranslated: 0,
  });
});

test('English, Welsh and ten more languages lack nothing that is grave', () => {
  assert.ok(languages.length >= 12, `${languages.length} languages`);
  assert.deepEqual(
    languages.slice(0, 2).map(({ code }) => code),
    ['en', 'cy'],
  );
  for (const language of languages) {
    const { missing } = findGaps(language, source);
    const grave = missing.filter((key) => safetyCriticalSections.some((section) => key.startsWith(`${section}.`)));
    assert.deepEqual(grave, [], `${language.english} lacks what can put somebody in danger`);
    assert.match(language.texts['emergency.silent'] ?? '', /(?<!\d)55(?!\d)/, `${language.english} says what to press`);
    assert.match(language.texts['exit.key'] ?? '', /Escape/, language.english);
    assert.deepEqual(Intl.getCanonicalLocales(language.code), [language.code]);
  }
  assert.ok(languages.some(({ direction }) => direction === 'rtl'));
  assert.equal(languageOf('../../etc').code, 'en');
});

test('no translation is the English, nor the same as another sentence of its language', () => {
  for (const { english: name, code, texts } of languages) {
    const own = Object.entries(texts);
    if (code === 'en') continue;
    // “No” is Spanish too, “film” Polish.
    for (const [key, text] of own) if (text.length > 4) assert.notEqual(text, source.texts[key], `${name}, ${key}`);
    // Two sentences of one language are the same only where their English is; short words may be.
    const sentences = own.filter(([, text]) => text.length > 40);
    const alike = new Map(sentences.map(([key, text]) => [text, source.texts[key]]));
    for (const [key, text] of sentences) assert.equal(alike.get(text), source.texts[key], `${name}, ${key}`);
  }
  assert.ok(
    safetyCriticalSections.every((section) => Object.keys(source.texts).some((key) => key.startsWith(section))),
  );
});

test('a file that is not written as it must be is refused in words', () => {
  const fine = 'name: A\nenglish: B\ndirection: ltr\nedition: 1\n';
  assert.equal(readLanguage('aa', `${fine}shell:\n  help: C\n`).texts['shell.help'], 'C');
  for (const bad of [
    fine.replace('ltr', 'down'),
    fine.replace('edition: 1', 'edition: 0'),
    `${fine}reviews:\n  - {by: A, on: yesterday, of: []}\n`,
    `${fine}reviewed: null\n`,
    `${fine}shell:\n  help: ''\n`,
    `${fine}shell:\n  help: 7\n`,
    `${fine}shell: Help\n`,
    'name: [',
    '',
  ])
    assert.throws(() => readLanguage('aa', bad), bad);
});

const listTranslations = (folder: string) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../../scripts/translations.ts'), '--in', folder], {
    encoding: 'utf8',
  });

test('the command lists the gaps of each language, and ends with 1 where a text is missing or a file is malformed', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-languages-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const { code } of languages.filter((one) => one !== source))
    cpSync(join(import.meta.dirname, `${code}.yaml`), join(folder, `${code}.yaml`));
  assert.equal(listTranslations(folder).status, 0, 'nothing is missing now');
  writeFileSync(
    join(folder, 'cy.yaml'),
    'name: Cymraeg\nenglish: Welsh\ndirection: ltr\nedition: 1\nexit:\n  button: Gadael\n',
  );
  const gaps = listTranslations(folder);
  assert.equal(gaps.status, 1, gaps.stdout + gaps.stderr);
  assert.match(gaps.stdout, /Welsh \(cy\): missing emergency\.now, .*front\.me, /);
  assert.match(gaps.stdout, /Polish \(pl\): .*\d+ of \d+ sentences reviewed by a speaker\.\n/);
  writeFileSync(join(folder, 'pl.yaml'), 'name: Polski\n');
  const malformed = listTranslations(folder);
  assert.equal(malformed.status, 1);
  assert.match(malformed.stdout, /✖ pl\.yaml: /);
});
