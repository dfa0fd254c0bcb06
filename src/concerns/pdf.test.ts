import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { adult } from '../nrm/examples.ts';
import { draftOf, type Facts, type FormVersion, formOn, formVersions, paperOf } from '../nrm/index.ts';
import { isDrawn, linesOf, pdfOf } from './pdf.ts';

const form = formOn(formVersions, '2026-11-26') as FormVersion;
const pdf = (facts: Facts = {}): Buffer => pdfOf(paperOf(draftOf(form, 'referral', { ...adult, ...facts })));

/** Reads a PDF as a reader would: by its table of objects, its streams, and the letters that each font says its glyphs are. */
function textOf(file: Buffer): string[] {
  const plain = file.toString('latin1');
  const at = Number(/startxref\n(\d+)/.exec(plain)?.[1]);
  const rows = plain.slice(at).match(/\d{10} 00000 n/g) ?? [];
  const objects = rows.map((row, index) => {
    const begin = Number(row.slice(0, 10));
    assert.ok(plain.startsWith(`${index + 1} 0 obj\n`, begin), `object ${index + 1} is where the table says`);
    return begin;
  });
  const bodyOf = (number: number): string => {
    const begin = objects[number - 1] ?? 0;
    return plain.slice(begin, plain.indexOf('\nendobj', begin));
  };
  const streamOf = (number: number): string => {
    const body = bodyOf(number);
    const begin = (objects[number - 1] ?? 0) + body.indexOf('stream\n') + 7;
    const length = Number(/\/Length (\d+)/.exec(body)?.[1]);
    return inflateSync(file.subarray(begin, begin + length)).toString('latin1');
  };
  const root = Number(/\/Root (\d+)/.exec(plain)?.[1]);
  const tree = Number(/\/Pages (\d+)/.exec(bodyOf(root))?.[1]);
  const kids = (/\/Kids \[([^\]]*)\]/.exec(bodyOf(tree))?.[1] ?? '').match(/\d+(?= 0 R)/g) ?? [];
  return kids.map((kid) => {
    const page = bodyOf(Number(kid));
    const fonts = new Map(
      [...page.matchAll(/\/F(\d+) (\d+) 0 R/g)].map(([, name = '', number]) => {
        const map = streamOf(Number(/\/ToUnicode (\d+)/.exec(bodyOf(Number(number)))?.[1]));
        const letters = [...map.matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)].map(([, glyph = '', text = '']) => [
          glyph,
          Buffer.from(text, 'hex').swap16().toString('utf16le'),
        ]);
        return [name, new Map(letters as [string, string][])];
      }),
    );
    const content = streamOf(Number(/\/Contents (\d+)/.exec(page)?.[1]));
    return [...content.matchAll(/^BT (.*) ET$/gm)]
      .map(([, line = '']) =>
        [...line.matchAll(/\/F(\d+) [\d.]+ Tf <([0-9A-F]*)> Tj/g)]
          .flatMap(([, font = '', glyphs = '']) =>
            (glyphs.match(/.{4}/g) ?? []).map((glyph) => fonts.get(font)?.get(glyph) ?? '?'),
          )
          .join(''),
      )
      .join('\n');
  });
}

test('each answer stands in it as letters that can be selected, in the order of the form', () => {
  const text = textOf(pdf()).join('\n');
  const answers = [
    'Lea Vale Constabulary',
    'Vaslui',
    'She was promised work and a room.',
    'Mirela',
    'Ionescu',
    'Detective constable',
  ];
  const places = answers.map((answer) => text.indexOf(answer));
  assert.ok(
    places.every((place) => place > 0),
    places.join(),
  );
  assert.deepEqual(
    places,
    [...places].sort((one, other) => one - other),
  );
});

for (const name of [
  'Nguyễn Thị Hồng Ánh',
  'Łucja Ćwiąkała',
  'Șerban Țîrlea',
  'Ольга Коваленко',
  'Ξένια',
  'Đorđević',
  'Xhafer Krasniqi',
])
  test(`${name} is drawn letter by letter`, () => {
    assert.ok(isDrawn(name));
    assert.ok(
      textOf(pdf({ 'last name': name }))
        .join('\n')
        .includes(name),
    );
  });

test('letters that it cannot draw are said to be there, and told by number', () => {
  const text = textOf(pdf({ 'last name': 'نورا' })).join('\n');
  assert.match(text, /\[…\]/);
  assert.match(
    text.replaceAll('\n', ' '),
    /Arabic letters that this paper cannot draw; by their numbers in Unicode: 646 648 631 627/,
  );
});

test('a long answer goes on over as many pages as it needs, and not a word of it is lost', () => {
  const words = Array.from({ length: 2_400 }, (_, index) => `word${index}`);
  const pages = textOf(pdf({ 'how treated': words.join(' ') }));
  assert.ok(pages.length >= 8, `${pages.length} pages`);
  const all = pages.join('\n').split(/\s+/);
  assert.deepEqual(
    words.filter((word) => !all.includes(word)),
    [],
  );
  for (const [index, page] of pages.entries()) {
    assert.match(page, new RegExp(`Page ${index + 1} of ${pages.length}`));
    assert.match(page, /OFFICIAL-SENSITIVE: PERSONAL DATA/);
  }
});

test('a word longer than a line is broken where the line ends', () => {
  const lines = linesOf('a'.repeat(400), 11);
  assert.ok(lines.length > 3);
  assert.equal(lines.flat().length, 400);
});

test('the same answers make the same bytes', () => assert.deepEqual(pdf(), pdf()));
