import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { tagsOfPdf, textOfPdf, unpackedPdf } from '../../../test/fixtures/pdf.ts';
import { inventedPartnership } from '../../platform/partnership.ts';
import { languages } from '../languages/load.ts';
import { type PaperFile, paperFiles } from './pages-print.ts';
import { makePaper, PaperShelf } from './paper-pdf.ts';

const day = '2026-11-25';
const printer = { entrance: 'https://tell.example/information', partnership: inventedPartnership };
const files = Object.values(paperFiles).flat();

/** The most sides that a paper may take in any language. */
const sides: Readonly<Record<PaperFile, number>> = { 'poster-a4': 1, 'poster-a3': 1, cards: 2, leaflet: 2, sheet: 2 };
const sizes = { A4: [595, 842], A3: [842, 1191] };
const pagesOf = (plain: string): number => plain.match(/\/Type \/Page\b/g)?.length ?? 0;
const lettersIn = (plain: string): readonly number[] =>
  [...plain.matchAll(/\/f\d+ ([\d.]+) Tf/g)].map(([, size]) => Number(size));

for (const { code, english } of languages)
  test(`every paper is a tagged PDF in ${english}, on its sides, in letters of 11 points or more`, {
    timeout: 120_000,
  }, async () => {
    for (const { name, size } of files) {
      const file = await makePaper(name, code, day, printer);
      const plain = unpackedPdf(file);
      const what = `${name} ${code}`;
      assert.ok(pagesOf(plain) <= sides[name], `${what}: ${pagesOf(plain)} sides`);
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(plain) ?? [];
      assert.deepEqual(
        [Number(width), Number(height)].map(Math.round).toSorted((a, b) => a - b),
        sizes[size],
        what,
      );
      assert.ok(
        lettersIn(plain).length > 0 && Math.min(...lettersIn(plain)) >= 10.999,
        `${what}: ${Math.min(...lettersIn(plain))} points`,
      );
      assert.match(plain, /<pdfuaid:part>1<\/pdfuaid:part>/, what);
      assert.match(plain, new RegExp(`/Lang \\(${code}(-GB)?\\)`), what);
      const text = (await textOfPdf(file)).join('\n').replace(/\s+/g, '');
      for (const word of [
        '999',
        '08000 121 700',
        'tell.example/information',
        name === 'cards' ? 'Lea Vale' : 'Lea Vale Partnership',
      ])
        assert.ok(text.includes(word.replaceAll(' ', '')), `${what} says ${word}`);
      assert.match(text, /2027/, `${what}: by which day to check it`);
      assert.ok(!text.includes('[…]'), `${what}: every letter has a font`);
      assert.match(plain, /\/Direction \/L2R/, `${what}: other programs read English lines in their order`);
    }
  });

const logo = {
  format: 'svg',
  data: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10" width="60" height="10"><path fill="#005ea5" d="M0 0h60v10z"/></svg>',
  width: 60,
  height: 10,
} as const;
const withLogo = (alternative?: string) => ({
  ...printer,
  settings: {
    version: '1',
    approved: () => new Map<string, unknown>(),
    look: { logo: { ...logo, ...(alternative && { alternative }) }, colour: undefined, style: '' },
  },
});

test('the logo is drawn on every paper, which keeps its sides and its letters', { timeout: 120_000 }, async () => {
  for (const code of ['en', 'ar', 'pl', 'uk', 'sq'])
    for (const { name } of files) {
      const plain = unpackedPdf(await makePaper(name, code, day, withLogo('A white tick on blue')));
      const what = `${name} ${code}`;
      assert.match(plain, /\/Alt \(A white tick on blue\)/, what);
      assert.ok(pagesOf(plain) <= sides[name], `${what}: ${pagesOf(plain)} sides`);
      assert.ok(Math.min(...lettersIn(plain)) >= 10.999, `${what}: ${Math.min(...lettersIn(plain))} points`);
      assert.match(plain, /0 0\.368\d* 0\.647\d* (?:rg|sc)/, `${what}: in its own colour`);
    }
  for (const alternative of [undefined, inventedPartnership.name]) {
    const plain = unpackedPdf(await makePaper('sheet', 'en', day, withLogo(alternative)));
    assert.doesNotMatch(plain, /\/Alt/, 'a name that stands beside the logo is read once');
    assert.match(plain, /0 0\.368\d* 0\.647\d* (?:rg|sc)/);
  }
  assert.doesNotMatch(unpackedPdf(await makePaper('sheet', 'en', day, printer)), /0 0\.368\d* 0\.647\d* (?:rg|sc)/);
});

test('the leaflet has the ten signs in two groups, the question first and no number of a service that nobody checked for a year', async () => {
  const file = await makePaper('leaflet', 'en', day, printer);
  const text = (await textOfPdf(file)).join('\n').replace(/\s+/g, ' ');
  for (const words of [
    'Six signs that someone else may be in control',
    'Four signs that mean nothing alone',
    'Tattoos are common',
    'A couple may share money',
    'Never report people because of where they come from',
  ])
    assert.ok(text.includes(words), words);
  assert.doesNotMatch(text, /not confirmed|0800 555 111|03000 11 55 55/);
  assert.deepEqual(
    tagsOfPdf(file)
      .filter((tag) => tag.startsWith('H'))
      .slice(0, 2),
    ['H1', 'H2'],
  );
});

test('ten cards are drawn and one is read, with a picture that has its words', async () => {
  const file = await makePaper('cards', 'en', day, printer);
  assert.equal(tagsOfPdf(file).filter((tag) => tag === 'H1').length, 1);
  assert.match(unpackedPdf(file), /\/Alt \(This picture opens the private entrance, tell\.example\/information/);
  const [fronts = ''] = await textOfPdf(file);
  assert.equal(fronts.match(/08000 121 700/g)?.length, 10);
});

test('a paper is made once a day for each language, one after the other, and what failed is tried again', async () => {
  const shelf = new PaperShelf(printer);
  const [one, again, other] = await Promise.all([
    shelf.get('sheet', 'en', day),
    shelf.get('sheet', 'en', day),
    shelf.get('sheet', 'pl', day),
  ]);
  assert.equal(one, again);
  assert.notEqual(one, other);
  assert.equal(await shelf.get('sheet', 'en', day), one);
  assert.notEqual(await shelf.get('sheet', 'en', '2026-11-26'), one);
  const broken = new PaperShelf({ ...printer, entrance: 'x'.repeat(5_000) });
  await assert.rejects(broken.get('sheet', 'en', day));
  await assert.rejects(broken.get('sheet', 'en', day));
});

test('each PDF of the print room has an address, and no other name does', async (t) => {
  const { app } = await openApplication(t, { today: day, time: '15:00' });
  const room = (await app.inject('/signs/print')).body;
  const addresses = [...room.matchAll(/href="(\/signs\/print\/[^"]+)"/g)].map(([, at = '']) => at);
  assert.equal(addresses.length, files.length * languages.length);
  for (const url of ['/signs/print/sheet.pdf?language=en', '/signs/print/leaflet.pdf?language=ar']) {
    assert.ok(addresses.includes(url), url);
    const { statusCode, headers, rawPayload } = await app.inject(url);
    assert.equal(statusCode, 200, url);
    assert.equal(headers['content-type'], 'application/pdf');
    assert.equal(headers['content-disposition'], undefined, 'a browser opens it, and its address names it');
    assert.equal(headers['set-cookie'], undefined);
    assert.equal(rawPayload.subarray(0, 5).toString(), '%PDF-');
  }
  for (const url of ['sheet-en.pdf', 'sheet', '__proto__.pdf', 'poster.pdf', '..%2Fsheet.pdf'])
    assert.equal((await app.inject(`/signs/print/${url}`)).statusCode, 404, url);
});
