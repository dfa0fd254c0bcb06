/** Malicious files from staff: each is refused with an explanation or becomes pictures, and no file name is stored. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { marker, pdfOf, pngOf } from '../../../test/assurance/platform/files/material.ts';
import { plainJpeg } from '../../../test/fixtures/files.ts';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const said = (more: Record<string, string> = {}) => ({
  id: newTimelessId(),
  called: 'Letter',
  item: 'papers about health',
  ...more,
});
const stream = (dictionary: string, content: Buffer): Buffer =>
  Buffer.concat([latin(`<< ${dictionary} /Length ${content.length} >>\nstream\n`), content, latin('\nendstream')]);
/** The end record of a ZIP archive. */
const packEnd = Buffer.concat([latin('PK\x05\x06'), Buffer.alloc(18)]);
const page = (more = '', box = '0 0 200 200'): string => `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] ${more} >>`;
const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const catalog = (more: string): string => `<< /Type /Catalog /Pages 2 0 R ${more} >>`;

const scripted = pdfOf([
  catalog(
    '/OpenAction 4 0 R /AA << /WC 4 0 R >> /AcroForm << /XFA 5 0 R /Fields [6 0 R] /NeedAppearances true >> /Names << /JavaScript << /Names [(a) 4 0 R] >> /EmbeddedFiles << /Names [(a.exe) 7 0 R] >> >>',
  ),
  pages,
  page('/Annots [6 0 R 9 0 R] /AA << /O 4 0 R >>'),
  `<< /S /JavaScript /JS (while \\(true\\) app.alert\\("${marker}"\\)) >>`,
  stream('', latin(`<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><script>${marker}</script></xdp:xdp>`)),
  `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${marker}) /Rect [0 0 10 10] /F 2 /AA << /C 4 0 R >> >>`,
  `<< /Type /Filespec /F (a.exe) /EF << /F 8 0 R >> >>`,
  stream('/Type /EmbeddedFile', latin(`MZ${marker}`)),
  '<< /Type /Annot /Subtype /Link /Rect [0 0 200 200] /A << /S /Launch /F (a.exe) >> >>',
]);
const withText = (after: Buffer): Buffer => Buffer.concat([scripted, after]);
const bomb = pdfOf([
  catalog(''),
  pages,
  page('/Contents 4 0 R'),
  stream('/Filter /FlateDecode', deflateSync(Buffer.alloc(60_000_000, 'q '))),
]);
const roundAndRound = pdfOf([
  catalog(''),
  pages,
  page('/Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >>'),
  stream('', latin('/A Do')),
  stream(
    '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >>',
    latin('/A Do /A Do'),
  ),
]);

test('turns what staff upload about a person into pictures, or refuses it with an explanation', async (t) => {
  const { signIn, caseworker, person, config } = await aWalkIn(t);
  const her = await signIn(caseworker);
  const at = `/staff/safeguarding/people/${person.id}/documents`;
  const jpeg = await plainJpeg();
  const heic = Buffer.concat([Buffer.of(0, 0, 0, 24), latin('ftypheic'), Buffer.alloc(4_000, 0xff)]);
  const refused: Readonly<Record<string, readonly [Buffer, RegExp]>> = {
    'a PDF that is a pack too': [withText(packEnd), /two kinds of file at once/],
    'a photo that is a pack too': [Buffer.concat([jpeg, packEnd]), /two kinds of file at once/],
    'a photo that is a PDF too': [
      Buffer.concat([jpeg.subarray(0, 20), latin('%PDF-1.7\n'), jpeg.subarray(20)]),
      /two kinds of file/,
    ],
    'a picture that is a script': [latin('GIF89a/*\x01\x00*/=1;alert(1)//'), /no clean copy can be made/],
    'a drawing under the name of a photo': [
      latin('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      /no photo, PDF or film/,
    ],
    'a letter with macros': [
      Buffer.concat([latin('PK\x03\x04'), Buffer.alloc(90), latin('word/vbaProject.bin'), packEnd]),
      /no photo, PDF or film/,
    ],
    'an old letter': [Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), /no photo, PDF or film/],
    'a picture of a new kind that is none': [heic, /no clean copy can be made/],
    'a picture without end': [pngOf(60_000, 60_000, [], 1), /more dots or pages|damaged/],
    'a picture whose size is written twice': [
      Buffer.concat([pngOf(8, 8, []).subarray(0, 33), pngOf(60_000, 60_000, [], 1).subarray(8)]),
      /damaged|more dots|took longer|took more/,
    ],
    'a page of a kilometre that is none': [pdfOf([catalog(''), pages, page('', '0 0 9999999 9999999')]), /damaged/],
    'a PDF without a page': [pdfOf([catalog(''), '<< /Type /Pages /Kids [] /Count 0 >>']), /damaged/],
  };
  for (const [what, [content, words]] of Object.entries(refused)) {
    const answer = await her.upload(`${at}/new`, said(), { name: 'letter.jpg', content });
    assert.equal(answer.statusCode, 422, what);
    assert.match(plain(answer.body), words, what);
  }
  for (const room of ['papers', 'waiting'])
    assert.deepEqual(await readdir(join(config.filesFolder, room)).catch(() => []), [], room);

  const names = [
    'a.pdf',
    '../../../etc/passwd',
    '\u202Egpj.exe',
    `${'x'.repeat(5_000)}.html`,
    'a\r\nContent-Type: text/html',
  ];
  const taken: Readonly<Record<string, Buffer>> = {
    'a PDF that runs, carries and asks': scripted,
    'a PDF with a page of the web after it': withText(latin(`<html><script>${marker}</script></html>`)),
    'a PDF that grows without end': bomb,
    'a PDF that draws itself': roundAndRound,
    'a photo with a page of the web in its middle': Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.of(0xff, 0xfe, 0, 66),
      latin(`<script>${marker}</script>`.padEnd(64)),
      jpeg.subarray(2),
    ]),
  };
  let place = 0;
  for (const [what, content] of Object.entries(taken)) {
    const answers = said({ called: `\u202E<b>${what}</b>/../x` });
    const answer = await her.upload(`${at}/new`, answers, { name: names[place++] ?? '', content });
    if (answer.statusCode === 422) {
      assert.match(plain(answer.body), /took longer|took more memory|damaged|two kinds/, what);
      continue;
    }
    assert.equal(answer.statusCode, 303, `${what}: ${plain(answer.body)}`);
    const shown = await her.get(`/staff/safeguarding/documents/${answers.id}`);
    assert.ok(!shown.body.includes('<b>') && !shown.body.includes('\u202E') && !shown.body.includes('passwd'), what);
    const copy = await her.get(`/staff/safeguarding/documents/${answers.id}/copy`);
    assert.equal(copy.headers['content-type'], 'image/jpeg', what);
    assert.equal(copy.headers['x-content-type-options'], 'nosniff', what);
    assert.match(String(copy.headers['content-security-policy']), /^sandbox; default-src 'none'/, what);
    assert.match(String(copy.headers['cache-control']), /no-store/, what);
    for (const word of [marker, 'script', 'JavaScript', '%PDF', 'PK\x05\x06'])
      assert.ok(!copy.rawPayload.includes(word), `${what} leaves ${word}`);
  }
  const list = await her.get(at);
  for (const name of ['passwd', 'gpj.exe', 'xxxxx']) assert.ok(!list.body.includes(name), name);
});
