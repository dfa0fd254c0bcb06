import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tagsOfPdf, textOfPdf, unpackedPdf } from '../../../test/fixtures/pdf.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { Problem } from '../http/problem.ts';
import { compilePaper, PaperRefused } from './compile.ts';
import { toPaperText } from './paper-text.ts';
import { scripts } from './scripts.ts';

const template = `
#show: paper.with(title: data.title, marking: "OFFICIAL")
#for part in data.text.parts { said(part) }
`;
const paperOf = (...lines: string[]): Promise<Buffer> =>
  compilePaper(template, { title: 'Names', text: toPaperText(lines) });
const textOf = async (...lines: string[]): Promise<string> => (await textOfPdf(await paperOf(...lines))).join('\n');

const words: readonly string[] = [
  ...['Nguyễn Thị Hồng Ánh', 'Łucja Ćwiąkała', 'Șerban Țîrlea', 'Đorđević', 'Ольга Коваленко', 'Ξένια'],
  ...['نورا العبد الله', 'محمد', 'عائشة', 'ذبیح گل پښتو', 'کوردی ژیان ڕۆژ', 'עברית'],
  ...['ሰላም ተስፋይ', '阮氏', '김민지', 'たなか カナ', 'ქართული', 'Հայերեն'],
];

/** In these scripts letters change places, and PDFium does not always put them back. */
const shaped: Readonly<Record<string, string>> = {
  ...{ Devanagari: 'राधा', Bengali: 'বাংলা', Gujarati: 'ગુજરાતી', Gurmukhi: 'ਗੁਰਮੁਖੀ', Tamil: 'தமிழ்', Telugu: 'తెలుగు' },
  ...{ Kannada: 'ಕನ್ನಡ', Malayalam: 'മലയാളം', Sinhala: 'සිංහල', Thai: 'ภาษาไทย', Lao: 'ພາສາລາວ' },
  ...{ Khmer: 'ភាសាខ្មែរ', Myanmar: 'မြန်မာဘာသာ' },
};

test('draws names in every script, and other programs copy them as they were written', async () => {
  const text = await textOf(...words);
  for (const word of words) assert.ok(text.includes(word), word);
  assert.deepEqual(toPaperText(words).missing, []);
});

test('draws scripts whose letters change places with the fonts made for them', async () => {
  const file = unpackedPdf(await paperOf(...Object.values(shaped)));
  for (const script of Object.keys(shaped)) assert.match(file, new RegExp(`/FontName /[A-Z]+\\+NotoSans${script}`));
  assert.deepEqual(toPaperText(Object.values(shaped)).missing, []);
});

test('other programs copy sentences as they were written', async () => {
  const sentences = [
    'Tôi tên là Nguyễn Thị Hồng Ánh, tôi bị đưa đến đây và phải làm việc trong tiệm nail mỗi ngày',
    'The nail bar is in Lea Street. Their name is Ánh.',
    'Zażółć gęślą jaźń, zabrali mi paszport i nie płacili',
    'Мене звати Ольга, у мене забрали паспорт і не платили',
    'اسمي نورا العبد الله وكنت أعمل كل يوم في البيت وأخذوا جواز سفري لا إله إلا الله',
    'میرا نام عائشہ ہے اور میں ہر روز گھر میں کام کرتی تھی ٹھیک ہے',
    'زما نوم ذبيح الله دی او زه هره ورځ کار کوم',
    'ناوی من ڕۆژ ئەحمەدە و هەموو ڕۆژێک کارم دەکرد',
    'ሰላም ተስፋይ እበሃል፣ መዓልታዊ ይሰርሕ ነይረ፣ ፓስፖርተይ ወሲዶሞ።',
    '我叫阮氏红，每天在餐馆工作，他们拿走了我的护照，不给我钱。',
    '제 이름은 김민지이고 매일 일했습니다',
  ];
  const text = (await textOf(...sentences)).replace(/\s+/g, ' ');
  for (const sentence of sentences) assert.ok(text.includes(sentence), sentence);
});

test('is tagged PDF/UA-1 with title and language', async () => {
  const file = await paperOf('Nora', 'نورا', '阮氏');
  assert.equal(file.toString('latin1', 0, 8), '%PDF-1.7');
  const plain = unpackedPdf(file);
  assert.match(plain, /\/MarkInfo <<\s*\/Marked true/);
  assert.match(plain, /\/Type \/StructTreeRoot/);
  assert.match(plain, /<pdfuaid:part>1<\/pdfuaid:part>/);
  assert.match(plain, /\/Lang \(en-GB\)/);
  assert.match(plain, /\/DisplayDocTitle true/);
  assert.match(plain, /\/Title \(Names\)/);
  assert.deepEqual(tagsOfPdf(file), ['Document', 'P', 'H1', 'P', 'P (und)', 'P (zh)']);
});

test('makes the same bytes from the same data, and other bytes from other data', async () => {
  const [one, again, other] = [await paperOf(...words), await paperOf(...words), await paperOf('Nora')];
  assert.ok(one.equals(again));
  assert.ok(!one.equals(other));
});

test('prints hostile text as it is written', async () => {
  const hostile = [
    '#panic("x") #read("/etc/passwd") #import "@preview/a:1.0.0"',
    '$x^2$ *b* _i_ `c` @name <label> = Heading - item + item / term: x',
    '"); #sys.inputs.data ]]} \\ ~ -- --- ... \'quoted\' "quoted" // no comment /* none */',
    'https://example.org/#fragment',
  ];
  const text = (await textOf(...hostile)).replaceAll('\n', ' ');
  for (const line of hostile) assert.ok(text.includes(line), line);
});

test('ends soon with texts that are hard to set', { timeout: 60_000 }, async () => {
  const long = 20_000;
  for (const [name, text] of [
    ['one word', 'a'.repeat(long)],
    ['one word in Arabic', 'ن'.repeat(long)],
    ['marks', `a${'\u0301'.repeat(long)}`],
    ['spaces that do not break', '\u00a0'.repeat(long)],
    ['both directions', 'aن'.repeat(long / 2)],
    ['brackets and marks of direction', '\u200f\u200e(['.repeat(long / 4)],
    ['letters that no font draws', 'a😀'.repeat(long / 2)],
    ['empty lines', '\n'.repeat(long)],
    ['control characters', 'a\u0000\u0007\u001b\ufeff\ufffe\ufdd0\ud800\u202e\u0085'.repeat(long / 10)],
    ['characters of Typst', '#[$*_`@<>\\/~=+]'.repeat(long / 15)],
  ] as const)
    assert.ok((await paperOf(text)).length > 5_000, name);
});

test('loses no letter of a long word and no word of a long text', async () => {
  const word = Array.from({ length: 2_000 }, (_, index) => String.fromCharCode(97 + ((index * 7) % 26))).join('');
  assert.ok((await textOf(word)).replaceAll('\n', '').includes(word));
  const joined = Array.from({ length: 400 }, (_, index) => `word${index}`).join('\u00a0');
  for (const unbroken of [
    'ก'.repeat(1_000),
    'ភាសាខ្មែរ'.repeat(200),
    joined,
    'W'.repeat(1_000),
    '阮'.repeat(1_000),
    '1,2,'.repeat(300),
  ])
    for (const line of (await textOf(unbroken)).split('\n')) assert.ok(line.length < 200, `a line of ${line.length}`);
  const many = Array.from({ length: 3_000 }, (_, index) => `word${index}`);
  const found = new Set((await textOf(many.join(' '))).split(/\s+/));
  assert.deepEqual(
    many.filter((one) => !found.has(one)),
    [],
  );
});

test('accepts any letters next to each other, in every script', { timeout: 60_000 }, async () => {
  const lines = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { numRuns: 200, seed: 20261128 });
  const letters = scripts.map(({ name }) => {
    const pattern = new RegExp(`[\\p{Script=${name}}\\p{M}\\p{Cf}]`, 'u');
    return Array.from({ length: 0xffff }, (_, code) => String.fromCodePoint(code)).filter((one) => pattern.test(one));
  });
  for (const own of letters)
    lines.push(
      ...fc.sample(fc.string({ unit: fc.constantFrom(...own), maxLength: 60 }), { numRuns: 8, seed: 20261128 }),
    );
  assert.ok((await paperOf(...lines)).length > 100_000);
});

test('refuses more text than a paper can hold, with a problem that has its own page', async () => {
  const refused = (error: unknown): boolean => error instanceof Problem && error.kind === 'too large';
  await assert.rejects(paperOf('word '.repeat(200_000)), refused);
  await assert.rejects(paperOf('ن'.repeat(200_000)), refused);
  await assert.rejects(paperOf(...'x\n'.repeat(60_000).split('\n')), refused);
});

test('makes no file of a template without a title or with a letter that no font draws, and does not quote the text', async () => {
  for (const [source, data] of [
    ['= Heading\n#data.secret', { secret: 'Mirela' }],
    ['#set document(title: "t")\n#set text(font: "Noto Sans", fallback: false)\n#data.secret', { secret: 'Mirela 😀' }],
    ['#read("/etc/hostname")', {}],
    ['#read("../compile.ts")', {}],
    ['#while true { }', {}],
  ] as const)
    await assert.rejects(
      compilePaper(source, data),
      (error: Error) =>
        error instanceof PaperRefused && !error.cause && !/Mirela/.test(`${error.message}${error.stack}`),
      source,
    );
  assert.match(await textOf('Nora'), /Nora/);
});

test('other programs copy a reference whole, wherever the line ends', async () => {
  // V-YHH-GNM
  const reference = referenceOf('visit', '01a23a29-7000-7000-8000-00003d18c2b4');
  const lines = Array.from({ length: 24 }, (_, index) => `${'n '.repeat(30 + index)}visit ${reference} is next`);
  const text = (await textOf(...lines)).replace(/\s+/g, ' ');
  assert.equal(text.split(`visit ${reference} is`).length, lines.length + 1);
});
