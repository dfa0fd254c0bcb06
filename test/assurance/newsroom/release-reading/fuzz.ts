/** Throws broken files at the reading of releases, and looks that nothing falls over, hangs or is made up. */
import { readFileSync } from 'node:fs';
import { readClaims } from '../../../../src/newsroom/release-reading/claims.ts';
import { numberOf } from '../../../../src/newsroom/release-reading/counts/numbers.ts';
import { findInconsistencies } from '../../../../src/newsroom/release-reading/inconsistencies.ts';
import { renderMarkdown } from '../../../../src/newsroom/release-reading/markdown.ts';
import { readForm } from '../../../../src/newsroom/release-reading/parse-release.ts';
import type { Claim, ClaimContent, Count } from '../../../../src/newsroom/release-reading/parsed-release.ts';
import { type Dice, dice } from '../../../harness/dice.ts';
import { invent, shapes } from './generator.ts';

const splinters = [
  '```yaml\n',
  '```\n',
  '---\n',
  '&a ',
  '*a ',
  '<<: ',
  '!!binary ',
  '{{[[',
  '* ### ',
  '   * ',
  '> > - 1. ',
  '[x](javascript:y)',
  '<script>',
  '<!--',
  '&#x41;',
  '’s',
  'were arrested ',
  'arrested a man aged ',
  'four in ',
  'eight premises ',
  ' (four), ',
  ' and two women, 27 and 31, all of ',
  '£4,000 ',
  '16-22 September',
  'between 30 and 31 February ',
  'supported by the ',
  'call 999 on 101 or 0800 ',
  '@@handle',
  '24/7',
  '\r',
  '\u2028',
  '\ufeff',
  '\t\t',
  '. ',
  ' and ',
  ', ',
  '9'.repeat(40),
  'a '.repeat(60),
  'A '.repeat(60),
];

/** One file broken in a few places: pieces cut out, doubled, moved, splinters and loose bytes driven in. */
function broken({ upTo, pick, chance }: Dice, whole: Uint8Array): Uint8Array {
  const start = chance(0.6) ? 0 : upTo(0, whole.length - 1);
  let bytes = Buffer.from(whole.subarray(start, start + upTo(1, 2500)));
  for (let blow = upTo(1, 6); blow > 0; blow -= 1) {
    const at = upTo(0, bytes.length);
    const until = Math.min(bytes.length, at + upTo(0, 200));
    const piece = bytes.subarray(at, until);
    const kind = upTo(0, 4);
    if (kind === 0) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(until)]);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, until), piece, bytes.subarray(until)]);
    else if (kind === 2)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(splinters)), bytes.subarray(at)]);
    else if (kind === 3) bytes = Buffer.concat([piece, bytes]);
    else if (bytes.length > 0 && chance(0.3)) bytes[upTo(0, bytes.length - 1)] = upTo(0, 255);
  }
  return bytes;
}

/** Body text behind a sound front matter, so that the blows fall on the extraction and not on the YAML alone. */
const front = Buffer.from('---\narea: Oakshire\npublish:\n  date: 25 Sep 2019\n---\n');

const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

const countsOf = (told: ClaimContent): Count[] => {
  if (told.kind === 'premises' || told.kind === 'arrests') return [told.count];
  if (told.kind === 'people') return told.quantity.kind === 'number' ? [told.quantity] : [];
  return told.kind === 'power' && told.count ? [told.count] : [];
};

/** Whether the sentence that a claim cites holds its number, as a figure or as a word. */
export function holdsItsNumber(claim: Claim): boolean {
  const words = claim.sentence.toLowerCase().replaceAll('’', "'").replace(/\s/g, ' ');
  const numbers = new Set(
    [...words.matchAll(/\d(?:[\d,]*\d)?|[a-z]+(?:-[a-z]+)?|[a-z]+ [a-z]+/g)].map(([word]) => numberOf(word)),
  );
  const compounds = [...words.matchAll(/(?=\b([a-z]+ [a-z]+)\b)/g)].map(([, pair = '']) => numberOf(pair));
  return countsOf(claim).every(({ value }) => {
    if (value === 0) return /\b(?:no|nobody|no-one|0|not|without|zero|any)\b/.test(words);
    if (value === 1 && /\b(?:an?|another|and) /.test(words)) return true;
    return numbers.has(value) || compounds.includes(value);
  });
}

/** Reads this many broken files; every fault comes with the file that caused it. */
export async function fuzz(seed: number, files: number) {
  const roll = dice(seed);
  const model = readFileSync(
    new URL('../../../../src/newsroom/release-reading/fixtures/hertfordshire-2019-09-25.md', import.meta.url),
  );
  const wholes = [model, ...shapes.map((shape, index) => Buffer.from(invent(seed + index, shape).file))];
  const faults: { what: string; file: string }[] = [];
  let [read, claimed, slowest] = [0, 0, 0];
  for (let index = 0; index < files; index += 1) {
    const bytes = roll.chance(0.5)
      ? broken(roll, roll.pick(wholes))
      : Buffer.concat([front, broken(roll, roll.pick(wholes))]);
    const file = () => Buffer.from(bytes).toString('base64');
    const started = performance.now();
    try {
      const reading = readForm(bytes, 'broken.md');
      if (reading.ok) {
        read += 1;
        const claims = readClaims(reading.value);
        claimed += claims.length;
        findInconsistencies(reading.value, claims);
        for (const what of madeUp(claims, reading.value.body)) faults.push({ what, file: file() });
        if (index % 50 === 0) {
          const html = await renderMarkdown(reading.value.body);
          if (/<script|<img|javascript:|<li>\s*<h\d|<h1/i.test(html.replace(/>[^<]*</g, '><')))
            faults.push({ what: 'unsafe or misplaced HTML', file: file() });
        }
      } else if (reading.line < 1) faults.push({ what: 'a bad file without a line', file: file() });
    } catch (error) {
      faults.push({ what: String(error), file: file() });
    }
    slowest = Math.max(slowest, performance.now() - started);
  }
  return { files, read, claims: claimed, faults, slowest };
}

function* madeUp(claims: readonly Claim[], body: string): Generator<string> {
  // Where Markdown hides words of its own (addresses, tags, entities), the letters of the file differ from the words read.
  const comparable = !/[<&[\]]|mailto:|tel:/.test(body);
  const all = comparable ? letters(body) : '';
  for (const claim of claims) {
    if (!holdsItsNumber(claim)) yield `${claim.kind} without its number: ${claim.sentence}`;
    const inBody = claim.part === 'body' || claim.part === 'key points';
    if (comparable && inBody && !all.includes(letters(claim.sentence)))
      yield `a sentence that is not there: ${claim.sentence}`;
  }
}
