import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { draws, fontPaths } from './font-files.ts';
import { missingMark, toPaperText } from './paper-text.ts';
import { mainFont, paperFonts, scripts } from './scripts.ts';

const partsOf = (text: string) => toPaperText(text).parts;
const wordsOf = (text: string): string =>
  partsOf(text)
    .flatMap(({ lines }) => lines)
    .join('\n');

test('every font file exists, and draws the digits or the letters of its scripts', () => {
  for (const path of fontPaths()) assert.ok(existsSync(path), path);
  for (const { name, font } of scripts) {
    const pattern = new RegExp(`\\p{Script=${name}}`, 'u');
    const letters = Array.from({ length: 0xffff }, (_, code) => code).filter((code) =>
      pattern.test(String.fromCodePoint(code)),
    );
    const drawn = letters.filter((code) => draws(font, code));
    assert.ok(drawn.length > 40, `${font.family} draws ${drawn.length} letters of ${name}`);
  }
  assert.ok(paperFonts.length > 15);
});

test('draws no letter that a font lacks', () => {
  assert.equal(draws(mainFont, 0x41), true);
  assert.equal(draws(mainFont, 0x1ec5), true, 'Vietnamese');
  assert.equal(draws(mainFont, 0x1208), false, 'Ethiopic');
  assert.equal(draws(mainFont, 0x1f600), false);
  assert.equal(draws(mainFont, 0xffff), false);
  assert.equal(draws(mainFont, 0x10ffff), false);
});

test('tells language and direction of a line by its first letter', () => {
  const of = (text: string) => partsOf(text).map(({ language, fromTheRight }) => `${language} ${fromTheRight}`);
  assert.deepEqual(of('Nora'), ['en false']);
  assert.deepEqual(of('07700 900461'), ['en false']);
  assert.deepEqual(of('نورا, Nora'), ['und true']);
  assert.deepEqual(of('(Nora) نورا'), ['en false']);
  assert.deepEqual(of('ሰላም'), ['und false']);
  assert.deepEqual(of('阮氏'), ['zh false']);
  assert.deepEqual(of('One\nنورا\nTwo\nThree'), ['en false', 'und true', 'en false']);
});

test('puts the font of the script first, so that joiners and marks stay with their letters', () => {
  assert.deepEqual(partsOf('می‌خواهم 999')[0]?.fonts, ['Amiri', 'Noto Sans']);
  assert.deepEqual(partsOf('Nora نورا 阮氏')[0]?.fonts, ['Noto Sans', 'Amiri', 'Noto Sans S Chinese']);
});

test('keeps what people wrote, and leaves out what nobody sees', () => {
  assert.equal(wordsOf('#let $x$ *b* @a <b> \\u{41}'), '#let $x$ *b* @a <b> \\u{41}');
  assert.equal(wordsOf('a\u0000b\u0007c\u202ed\ufeffe\u{e0041}f\ud800'), 'abcdef');
  assert.equal(wordsOf('e\u0301'), '\u00e9');
  assert.equal(wordsOf('می‌خواهم'), 'می‌خواهم');
  assert.equal(wordsOf('one\r\ntwo\u2028three'), 'one\ntwo\nthree');
  assert.equal(wordsOf(`one${'\n'.repeat(5_000)}two`), 'one\n\ntwo');
});

test('replaces letters that no font draws, and names them', () => {
  const { parts, missing } = toPaperText('A 😀😀 B 𞤀𞤣 C \uffff D');
  assert.deepEqual(parts[0]?.lines, [`A ${missingMark} B ${missingMark} C ${missingMark} D`]);
  assert.deepEqual(missing, ['😀', '𞤀', '𞤣', '\uffff']);
  assert.deepEqual(toPaperText('Nguyễn').missing, []);
});

test('replaces a letter with a heap of marks', () => {
  assert.equal(wordsOf(`x${'\u0301'.repeat(20_000)}y`), `${missingMark}y`);
});

test('lets a long word break, and no word of ordinary length', () => {
  const word = 'a'.repeat(95);
  assert.equal(wordsOf(word).split('\u200b').join(''), word);
  assert.deepEqual(
    wordsOf(word)
      .split('\u200b')
      .map(({ length }) => length),
    [30, 30, 30, 5],
  );
  assert.equal(wordsOf('a'.repeat(30)).includes('\u200b'), false);
  assert.equal(wordsOf('ภาษาไทย'.repeat(20)).includes('\u200b'), false);
});

test('templates read no file and no package', () => {
  const root = join(import.meta.dirname, '../../..');
  const templates = globSync('src/**/*.typ', { cwd: root });
  assert.ok(templates.length >= 2);
  for (const path of templates)
    assert.doesNotMatch(
      // A picture that comes as data is read from nowhere.
      readFileSync(join(root, path), 'utf8').replaceAll('image(bytes(data.logo.bytes)', ''),
      /\b(import|include|read|image|plugin|csv|yaml|toml|xml|cbor|bibliography|eval|datetime)\b\s*[("]/,
      path,
    );
});
