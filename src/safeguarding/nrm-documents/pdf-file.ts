/** Writes a PDF of text that can be selected and searched, with the fonts of this folder. The same input gives the same bytes. */
import { deflateSync } from 'node:zlib';
import type { Font } from './font.ts';

/** A piece of a line in one font. */
export type Run = {
  readonly font: number;
  readonly glyphs: readonly { readonly glyph: number; readonly letters: string }[];
};
export type Line = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** From 0, black, to 1, white. */
  readonly grey: number;
  readonly runs: readonly Run[];
};

const hex = (value: number, digits = 4): string => value.toString(16).toUpperCase().padStart(digits, '0');
const inUtf16 = (text: string): string =>
  [...Array(text.length).keys()].map((index) => hex(text.charCodeAt(index))).join('');
const number = (value: number): string => String(Math.round(value * 100) / 100);

function renderLine({ x, y, size, grey, runs }: Line): string {
  const words = runs.map(
    ({ font, glyphs }) => `/F${font} ${number(size)} Tf <${glyphs.map(({ glyph }) => hex(glyph)).join('')}> Tj`,
  );
  return `BT ${number(grey)} g ${number(x)} ${number(y)} Td ${words.join(' ')} ET`;
}

/** The letters of each glyph, so that text can be copied and searched. */
function toUnicode(letters: ReadonlyMap<number, string>): string {
  const all = [...letters].sort(([one], [other]) => one - other);
  const blocks: string[] = [];
  for (let at = 0; at < all.length; at += 100) {
    const block = all.slice(at, at + 100);
    const rows = block.map(([glyph, text]) => `<${hex(glyph)}> <${inUtf16(text)}>`);
    blocks.push(`${block.length} beginbfchar\n${rows.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
${blocks.join('\n')}
endcmap CMapName currentdict /CMap defineresource pop end end`;
}

class Objects {
  readonly #all: Buffer[] = [];
  /** Reserves an object number before the content is known. */
  reserve(): number {
    this.#all.push(Buffer.alloc(0));
    return this.#all.length;
  }
  put(at: number, body: string | Buffer): number {
    this.#all[at - 1] = Buffer.from(body as string);
    return at;
  }
  add = (body: string): number => this.put(this.reserve(), body);
  stream(bytes: Buffer | string, more = ''): number {
    const packed = deflateSync(Buffer.from(bytes as string));
    const head = `<< /Length ${packed.length} /Filter /FlateDecode ${more}>>\nstream\n`;
    return this.put(this.reserve(), Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]));
  }
  /** The finished file with its cross-reference table. */
  file(root: number, info: number): Buffer {
    const parts = [Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n', 'latin1')];
    let at = parts[0]?.length ?? 0;
    const begins = this.#all.map((body, index) => {
      const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
      parts.push(whole);
      at += whole.length;
      return at - whole.length;
    });
    const rows = begins.map((begin) => `${String(begin).padStart(10, '0')} 00000 n \n`).join('');
    const count = begins.length + 1;
    const tail = `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${count} /Root ${root} 0 R /Info ${info} 0 R >>\nstartxref\n${at}\n%%EOF\n`;
    return Buffer.concat([...parts, Buffer.from(tail)]);
  }
}

function putFont(objects: Objects, font: Font, letters: ReadonlyMap<number, string>): number {
  const file = objects.stream(font.bytes, `/Length1 ${font.bytes.length} `);
  const descriptor = objects.add(
    `<< /Type /FontDescriptor /FontName /${font.name} /Flags 4 /FontBBox [${font.box.join(' ')}] /ItalicAngle 0 /Ascent ${font.ascent} /Descent ${font.descent} /CapHeight ${font.ascent} /StemV 80 /FontFile2 ${file} 0 R >>`,
  );
  const widths = [...letters.keys()]
    .sort((one, other) => one - other)
    .map((glyph) => `${glyph} [${font.widthOf(glyph)}]`)
    .join(' ');
  const descendant = objects.add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${font.name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW 0 /W [${widths}] /CIDToGIDMap /Identity >>`,
  );
  const unicode = objects.stream(toUnicode(letters));
  return objects.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${font.name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode} 0 R >>`,
  );
}

export const pageSize = { width: 595, height: 842 } as const;

export function writePdf(title: string, fonts: readonly Font[], pages: readonly (readonly Line[])[]): Buffer {
  const objects = new Objects();
  const [root, tree] = [objects.reserve(), objects.reserve()];
  const used = fonts.map(() => new Map<number, string>());
  for (const { font, glyphs } of pages.flat().flatMap(({ runs }) => runs))
    for (const { glyph, letters } of glyphs) used[font]?.set(glyph, letters);
  const named = fonts.flatMap((font, index) => {
    const letters = used[index];
    return letters && letters.size > 0 ? [`/F${index} ${putFont(objects, font, letters)} 0 R`] : [];
  });
  const kids = pages.map((lines) => {
    const content = objects.stream(lines.map(renderLine).join('\n'));
    return objects.add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${pageSize.width} ${pageSize.height}] /Resources << /Font << ${named.join(' ')} >> >> /Contents ${content} 0 R >>`,
    );
  });
  objects.put(tree, `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`);
  objects.put(
    root,
    `<< /Type /Catalog /Pages ${tree} 0 R /Lang (en-GB) /ViewerPreferences << /DisplayDocTitle true >> >>`,
  );
  const info = objects.add(`<< /Title <FEFF${inUtf16(title)}> >>`);
  return objects.file(root, info);
}
