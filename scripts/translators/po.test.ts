import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { openViews } from '../../src/platform/rendering/views.ts';
import { createTranslator, type Language } from '../../src/public/languages/language.ts';
import { source } from '../../src/public/languages/load.ts';
import { contentKey, countReviewed } from '../../src/public/languages/reviews.ts';
import { readLanguage } from '../../src/public/languages/shape.ts';
import { createShell } from '../../src/public/languages/shell.ts';
import { type Change, type ImportPlan, planImport } from './import-plan.ts';
import { rewriteLanguageFile } from './language-file.ts';
import { type PoEntry, readPo, writePo } from './po-file.ts';
import { listSentences, translationIn } from './sentences.ts';
import { faultsOfText } from './text-faults.ts';
import { contentUses, explainPlaceholders } from './where-seen.ts';

const folder = join(import.meta.dirname, '../../src/public/languages');
const codes = readdirSync(folder).flatMap((name) => /^(\w+)\.yaml$/.exec(name)?.[1] ?? []);
/** As before any review, so that a real one changes no test. */
const fileOf = (code: string): string =>
  readFileSync(join(folder, `${code}.yaml`), 'utf8').replace(/^reviews:\n(?: .*\n)*/m, '');
const languageIn = (code: string): Language => readLanguage(code, fileOf(code));
const reviewer = { by: 'A translator, Example Agency', on: '2026-11-29' };

const exported = (language: Language): string => writePo(language, listSentences(language, source));
function entriesIn(po: string): readonly PoEntry[] {
  const read = readPo(Buffer.from(po));
  assert.ok(read.ok, read.ok ? '' : read.refusals.join());
  return read.entries;
}
function accepted(plan: ImportPlan): Extract<ImportPlan, { ok: true }> {
  assert.ok(plan.ok, plan.ok ? '' : plan.refusals.join('\n'));
  return plan;
}
/** The file after an import of these entries. */
function imported(code: string, file: string, entries: readonly PoEntry[], by = reviewer) {
  const language = readLanguage(code, file);
  const plan = accepted(planImport(entries, language, source, by));
  return { plan, file: plan.language === language ? file : rewriteLanguageFile(file, plan.changes, plan.language) };
}

test('every language comes back as it went out, and the same sentences give the same bytes', () => {
  assert.ok(codes.length >= 11);
  for (const code of codes) {
    const language = languageIn(code);
    const po = exported(language);
    assert.equal(exported(languageIn(code)), po, code);
    const sentences = listSentences(language, source);
    assert.deepEqual(
      entriesIn(po).map(({ key, english, own }) => [key, english, own]),
      sentences.map((sentence) => [sentence.key, sentence.english, translationIn(language, sentence)]),
    );
    const { plan, file } = imported(code, fileOf(code), entriesIn(po));
    assert.equal(file, fileOf(code), code);
    assert.deepEqual([plan.changes, plan.absent, plan.unchanged], [[], 0, sentences.length]);
  }
});

/** Text that YAML or PO could take for something else. */
const tricky = [
  'a: b',
  '# c',
  '- d',
  '"e"',
  "'f'",
  '\\n',
  '\\',
  '%s',
  'yes',
  'null',
  '~',
  '|',
  '“g”',
  'ł',
  '中',
  'ع',
  '！',
  '1',
  '?',
];
const words = fc.array(fc.oneof(fc.constantFrom(...tricky), fc.string({ maxLength: 8 })), {
  minLength: 1,
  maxLength: 30,
});

test('any edit of a sentence comes back as exactly that edit, on the one line of its language file', () => {
  const languages = codes.map((code) => ({ code, file: fileOf(code), language: languageIn(code) }));
  fc.assert(
    fc.property(
      fc.constantFrom(...languages),
      fc.nat(),
      words,
      fc.boolean(),
      ({ code, file, language }, at, parts, keep) => {
        const sentences = listSentences(language, source);
        const sentence = sentences[at % sentences.length];
        assert.ok(sentence);
        const { key, english } = sentence;
        const kept = english.match(/\{\w+\}|\d+/g) ?? [];
        const own = [...parts, ...kept].join(' ').trim();
        fc.pre(own !== '' && faultsOfText(english, own).length === 0 && own !== translationIn(language, sentence));
        const edited: Language =
          key === contentKey
            ? { ...language, content: { ...language.content, [english]: own } }
            : { ...language, texts: { ...language.texts, [key]: own } };
        const entries = entriesIn(exported(edited)).map((entry) => ({
          ...entry,
          fuzzy: keep || entry.key !== key || entry.english !== english,
        }));
        const { plan, file: after } = imported(code, file, entries);
        assert.deepEqual(
          plan.changes.map((change: Change) => [change.key, change.english, change.after]),
          [[key, english, own]],
        );
        assert.equal(plan.reviewed, keep ? 0 : 1);
        const before = file.split('\n');
        const changed = before.filter((line, index) => after.split('\n')[index] !== line && line !== '');
        assert.equal(changed.length, 1, changed.join('\n'));
        assert.equal(translationIn(readLanguage(code, after), sentence), own);
        assert.equal(after.split('\n').length - before.length, keep ? 0 : 5, 'a review is written at the end');
      },
    ),
    { numRuns: 40 },
  );
});

const poOf = (language: string, ...entries: readonly string[]): string =>
  [`msgid ""\nmsgstr ""\n"Language: ${language}\\n"\n`, ...entries].join('\n');
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
const entry = (key: string, english: string, own: string, flag = '#, fuzzy\n'): string =>
  `${flag}msgctxt ${quoted(key)}\nmsgid ${quoted(english)}\nmsgstr ${quoted(own)}\n`;

test('refuses an entry that could harm a reader or break a page, by its key and in plain words', () => {
  const polish = languageIn('pl');
  const [button, now, silent] = ['exit.button', 'emergency.now', 'emergency.silent'].map(
    (key) => source.texts[key] ?? '',
  );
  assert.ok(button && now && silent);
  const refused: readonly (readonly [what: string, key: string, english: string, own: string, says: RegExp])[] = [
    ['an unknown key', 'exit.buton', button, 'Wyjdź', /^exit\.buton: there is no such sentence/],
    ['a key that every object has', '__proto__', button, 'Wyjdź', /^__proto__: there is no such sentence/],
    ['no key', '', button, 'Wyjdź', /^An entry without a key: there is no such sentence/],
    [
      'changed English',
      'exit.button',
      'Leave',
      'Wyjdź',
      /^exit\.button: the English has changed.* was “Leave” and is now “Exit now”/,
    ],
    [
      'an unknown sentence',
      'content',
      'A sign.',
      'Oznaka.',
      /^content, “A sign\.”: the English of this sentence has changed/,
    ],
    [
      'a lost placeholder',
      'emergency.now',
      now,
      'Zadzwoń.',
      /^emergency\.now: its placeholders must be \{number\}, and they are missing/,
    ],
    ['a translated placeholder', 'emergency.now', now, 'Zadzwoń {numer}', /must be \{number\}, and they are \{numer\}/],
    ['a new placeholder', 'exit.button', button, 'Wyjdź {day}', /it must have no placeholder, and it has \{day\}/],
    ['a lost number', 'emergency.silent', silent, 'Naciśnij 5.', /it must keep 55 in these digits/],
    ['other digits', 'emergency.title', 'Call 999 now', 'اتصل ٩٩٩', /it must keep 999 in these digits/],
    [
      'another number',
      'emergency.title',
      'Call 999 now',
      'Zadzwoń 07700 900123, nie 999',
      /that the English does not have: 07700, 900123/,
    ],
    ['another number in other digits', 'emergency.title', 'Call 999 now', '999 lub ١١٢', /does not have: ١١٢/],
    ['an address', 'emergency.title', 'Call 999 now', 'www.evil.example albo 999', /does not have: www\.evil\.example/],
    ['a bare address', 'emergency.title', 'Call 999 now', 'evil.example albo 999', /does not have: evil\.example/],
    ['far too long', 'exit.button', button, 'Wyjdź '.repeat(200), /it has 1199 characters, and the English 8/],
    ['heaped marks', 'exit.button', button, `Wyjdź${'\u0301'.repeat(9)}`, /it heaps marks/],
    ['a filler', 'exit.button', button, 'Wyj\u3164dź', /that nobody sees: U\+3164/],
    ['a tag', 'exit.button', button, '<b>Wyjdź</b>', /it holds HTML/],
    ['an entity', 'exit.button', button, 'Wyjdź&nbsp;teraz', /it holds HTML/],
    ['bold', 'exit.button', button, '**Wyjdź**', /it holds marks for bold/],
    ['a line break', 'exit.button', button, 'Wyjdź\nteraz', /that nobody sees: U\+000A/],
    ['a control character', 'exit.button', button, 'Wyjdź\u0007', /that nobody sees: U\+0007/],
    ['an override', 'exit.button', button, 'Wyjdź\u202eteraz', /turn the direction of text: U\+202E/],
    ['an open isolate', 'exit.button', button, 'Wyjdź \u2067teraz', /opens a direction isolate/],
    ['a hidden character', 'exit.button', button, 'Wyj\u200bdź', /that nobody sees: U\+200B/],
    ['a private character', 'exit.button', button, 'Wyjdź\ue001', /that nobody sees: U\+E001/],
    ['nothing', 'exit.button', button, ' ', /^exit\.button: the translation is empty/],
  ];
  for (const [what, key, english, own, says] of refused) {
    const plan = planImport(entriesIn(poOf('pl', entry(key, english, own))), polish, source, reviewer);
    assert.ok(!plan.ok, what);
    assert.equal(plan.refusals.length, 1, `${what}: ${plan.refusals.join('\n')}`);
    assert.match(plan.refusals[0] ?? '', says, what);
    assert.doesNotMatch(plan.refusals.join(), /[\p{Cc}\u202e\u2067]/u, 'a terminal can show it');
  }
  const closed = 'Wyjdź \u2068teraz\u2069 \u200f';
  assert.ok(planImport(entriesIn(poOf('pl', entry('exit.button', button, closed))), polish, source, reviewer).ok);
  const unnamed = planImport(
    entriesIn(poOf('pl', entry('exit.button', button, 'Wyjdź', ''))),
    polish,
    source,
    undefined,
  );
  assert.match(unnamed.ok ? '' : unnamed.refusals.join(), /^1 sentence is no longer marked “needs work”\. Say who/);
});

test('refuses a file that is no PO file, has no language or says something twice', () => {
  const twice = entry('exit.button', 'Exit now', 'Wyjdź');
  const files: readonly (readonly [string | Buffer, RegExp])[] = [
    ['Hello there', /is not a PO file/],
    ['', /does not say its language/],
    [poOf('', twice), /does not say its language/],
    [Buffer.from(poOf('pl', entry('exit.button', 'Exit now', 'Wyjdź stąd, ó')), 'latin1'), /not in UTF-8/],
    [poOf('pl', twice, twice), /is not a PO file: Duplicate/],
    [poOf('pl', 'msgid "open'), /is not a PO file/],
    [poOf('pl', 'msgctxt "hours.daily"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'), /no sentence has plural forms/],
  ];
  for (const [file, says] of files) {
    const read = readPo(Buffer.from(file));
    assert.match(read.ok ? 'accepted' : read.refusals.join(), says, String(file));
  }
});

test('reads a file as Poedit writes it: byte order mark, line ends, other wrapping, headers and obsolete entries', () => {
  const poedit = `\ufeff# Nia Rees <nia@example.org>, 2026.
msgid ""
msgstr ""
"Project-Id-Version: Safelight public pages\\n"
"POT-Creation-Date: \\n"
"PO-Revision-Date: 2026-11-29 10:15+0000\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: pl_PL\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"
"X-Generator: Poedit 3.5\\n"

#. The exit button
# I asked a colleague.
msgctxt "exit.tabs"
msgid ""
"Other tabs and windows stay open, "
"and what you opened there can still be seen."
msgstr ""
"Inne karty \\"i\\" okna pozostają "
"otwarte."

#, fuzzy, no-c-format
#| msgid "Exit"
msgctxt "exit.button"
msgid "Exit now"
msgstr "Wyjdź stąd"

#~ msgctxt "exit.gone"
#~ msgid "Gone"
#~ msgstr "Nie ma"
`.replaceAll('\n', '\r\n');
  const read = readPo(Buffer.from(poedit));
  assert.ok(read.ok, read.ok ? '' : read.refusals.join());
  assert.equal(read.code, 'pl');
  const { plan, file } = imported('pl', fileOf('pl'), read.entries);
  assert.deepEqual(
    plan.changes.map(({ key, after }) => [key, after]),
    [
      ['exit.tabs', 'Inne karty "i" okna pozostają otwarte.'],
      ['exit.button', 'Wyjdź stąd'],
    ],
  );
  assert.equal(plan.absent, listSentences(languageIn('pl'), source).length - 2, 'what the file does not hold stays');
  const mark =
    /^reviews:\n {2}- by: A translator, Example Agency\n {4}on: 2026-11-29\n {4}of:\n {6}- (exit\.tabs [0-9a-f]{16})\n$/m;
  assert.match(file, mark, 'the sentence still marked as fuzzy is not reviewed');
});

const unmarked = (entries: readonly PoEntry[]): readonly PoEntry[] => entries.map((one) => ({ ...one, fuzzy: false }));
const pageIn = (language: Language, original: Language): string =>
  openViews().render('platform/problem-public', {
    ...createShell(language, original, createTranslator(language, original)),
    kind: 'not found',
    publicNavigation: [],
  });

test('a page stops saying that a computer translated it when every sentence is reviewed, and says it again when the English changes', () => {
  const first = languageIn('pl');
  assert.match(pageIn(first, source), /wykonał komputer.*A computer made this translation\. No speaker of Polish/);
  assert.match(pageIn(first, source), /class="sl-beside"/, 'what is grave has its English after it');
  const all = unmarked(entriesIn(exported(first)));
  const part = imported('pl', fileOf('pl'), all.slice(1));
  assert.match(pageIn(part.plan.language, source), /A computer made this translation/, 'one sentence is not reviewed');
  const { file, plan } = imported('pl', part.file, unmarked(entriesIn(exported(readLanguage('pl', part.file)))), {
    by: 'Ada <b>Nowak</b>',
    on: '2026-11-30',
  });
  assert.equal(plan.reviewed, 1);
  const whole = readLanguage('pl', file);
  assert.equal(countReviewed(whole, source).unreviewed, 0);
  const page = pageIn(whole, source);
  assert.doesNotMatch(page, /komputer|A computer|sl-beside/);
  assert.match(
    page,
    /A speaker of Polish checked this translation, A translator, Example Agency; Ada &lt;b&gt;Nowak&lt;\/b&gt;, on 30 November 2026\./,
  );
  assert.doesNotMatch(exported(whole), /#, fuzzy/);
  assert.equal(
    imported('pl', file, entriesIn(exported(whole))).file,
    file,
    'and the reviews come back as they went out',
  );
  const reworded = { ...source, texts: { ...source.texts, 'emergency.now': 'In danger? Call {number}.' } };
  assert.match(pageIn(whole, reworded), /A computer made this translation[\s\S]*sl-beside/);
  assert.equal(countReviewed(whole, reworded).unreviewed, 1);
});

test('a reviewed sentence that comes back marked “needs work” counts as not reviewed, and one edited since as well', () => {
  const { file } = imported('pl', fileOf('pl'), unmarked(entriesIn(exported(languageIn('pl')))));
  const doubted = entriesIn(exported(readLanguage('pl', file))).map((one) => ({
    ...one,
    fuzzy: one.key === 'exit.button',
  }));
  const { plan, file: after } = imported('pl', file, doubted);
  assert.deepEqual(plan.withdrawn, ['exit.button']);
  assert.equal(countReviewed(readLanguage('pl', after), source).unreviewed, 1);
  assert.equal(after.split('\n').length, file.split('\n').length - 1, 'one line of the reviews is gone');
  const byHand = file.replace(/^ {2}button: .*$/m, '  button: Wyjdź i już');
  assert.equal(countReviewed(readLanguage('pl', byHand), source).unreviewed, 1);
});

test('sentences that were missing stand at the end of their section, and comments and the rest stay', () => {
  const head = '# Kept.\nname: Polski\nenglish: Polish\ndirection: ltr\nedition: 3\n';
  const own = entriesIn(exported(languageIn('pl')));
  const { file } = imported('xx', head, own);
  assert.ok(file.startsWith(`${head}emergency:\n  now: `), file.slice(0, 200));
  const { texts, content } = readLanguage('xx', file);
  assert.deepEqual([texts, content], [languageIn('pl').texts, languageIn('pl').content]);
  const some = `${head}exit:\n  tabs: 'Inne' # why\n\n  # The next one.\n  key: Trzy\ncontent:\n  - en: Police\n    own: Policja # so\n`;
  const few = own.filter(
    ({ key, english }) => key === 'exit.kept' || key === 'exit.tabs' || english === own.at(-1)?.english,
  );
  const added = imported('xx', some, few).file;
  const [kept, tabs] = ['exit.kept', 'exit.tabs'].map((key) => languageIn('pl').texts[key]);
  const last = own.at(-1);
  assert.equal(
    added,
    some
      .replace("'Inne'", `'${tabs}'`)
      .replace('key: Trzy\n', `key: Trzy\n  kept: ${kept}\n`)
      .replace('# so\n', `# so\n  - en: ${last?.english}\n    own: ${last?.own}\n`),
  );
});

test('a translator is told where a sentence is seen, and what each placeholder stands for', () => {
  for (const [key, english] of Object.entries(source.texts))
    assert.equal(explainPlaceholders(key, english).length, new Set(english.match(/\{\w+\}/g)).size, key);
  assert.throws(
    () => explainPlaceholders('exit.button', 'Exit {elsewhere}'),
    /exit\.button: say in .* what \{elsewhere\}/,
  );
  const po = exported(languageIn('pl'));
  assert.match(
    po,
    /#\. A mistake here can put somebody in danger\n#\. \{number\} is the emergency number 999, as a link\. Keep it as it is\n#, fuzzy\nmsgctxt "emergency\.now"/,
  );
  for (const use of Object.values(contentUses)) assert.ok(po.includes(`#. ${use}\n`), use);
});
