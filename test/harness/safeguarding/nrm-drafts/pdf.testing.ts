/** What stands in a PDF of ours, as a reader would find it. */
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';

/** Reads a PDF as a reader would: by its table of objects, its streams, and the letters that each font says its glyphs are. */
export function textOfPdf(file: Buffer): string[] {
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
