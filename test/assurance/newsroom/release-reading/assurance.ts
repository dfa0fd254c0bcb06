/** Measures the extraction over invented releases, and throws broken files at it: the figures of `assurance`. */

import { readClaims } from '../../../../src/newsroom/release-reading/claims.ts';
import { readForm } from '../../../../src/newsroom/release-reading/parse-release.ts';
import type { Claim, ClaimContent, ClaimKind, Part } from '../../../../src/newsroom/release-reading/parsed-release.ts';
import { type Row, row } from '../../../harness/assurance.ts';
import { fuzz } from './fuzz.ts';
import { type Invented, invent, shapes } from './generator.ts';

/** What is measured apart: the kinds of claim, and the parts of some that are easily got wrong on their own. */
export type Measured = ClaimKind | 'hours' | 'matter' | 'addresses';
export type Fact = { readonly of: Measured; readonly key: string };

const plain = (text: string): string => text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-');

/** A claim as comparable facts. Names of contacts are not compared: a release may call one line by several. */
export function factsOf(told: ClaimContent, part: Part): Fact[] {
  const fact = (of: Measured, ...parts: readonly unknown[]): Fact => ({
    of,
    key: plain(parts.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(' | ')),
  });
  switch (told.kind) {
    case 'premises':
      return [fact('premises', told.count.value, told.count.qualifier, told.town, told.business, told.power)];
    case 'arrests':
      return [
        fact('arrests', told.count.value, told.count.qualifier, told.sex, told.town),
        ...(told.addresses === null ? [] : [fact('addresses', told.addresses, told.town)]),
        ...(told.matter === null ? [] : [fact('matter', told.matter)]),
      ];
    case 'person arrested':
      return [fact('person arrested', told.sex, told.age ?? told.ageRange, told.home)];
    case 'contact':
      return [
        fact('contact', told.route, told.value),
        ...(told.hours === null ? [] : [fact('hours', told.value, told.hours)]),
      ];
    case 'power':
      return [fact('power', told.power, told.count?.value, part === 'key points' ? part : 'body')];
    case 'social':
      return [fact('social', told.handle.toLowerCase())];
    case 'people':
      return [fact('people', told.treatment, told.quantity)];
    case 'window':
      return [fact('window', told.from, told.to)];
    case 'published':
      return [fact('published', told.day)];
    case 'sign':
      return [fact('sign', told.text)];
    case 'partner':
      return [fact('partner', told.name, told.own)];
    case 'officer':
      return [fact('officer', told.rank, told.name, told.of)];
    case 'unit':
      return [fact('unit', told.name)];
    case 'operation':
      return [fact('operation', told.name)];
    case 'speaker':
      return [fact('speaker', told.name, told.role)];
    case 'taking part':
      return [fact('taking part', told.who, told.count)];
    case 'things':
      return [fact('things', told.what, told.treatment, told.count, told.town)];
    case 'without a figure':
      return [fact('without a figure', told.words)];
  }
}

export type Tally = { found: number; right: number; wanted: number };
export type Miss = {
  readonly what: 'missed' | 'invented';
  readonly fact: Fact;
  readonly sentence: string;
  readonly release: Invented;
};

type Counted = { fact: Fact; sentence: string; count: number };

/** Two women of 32 are two facts; a matter or an address said of both is one. */
const repeats = (fact: Fact): boolean => fact.of === 'arrests' || fact.of === 'person arrested';

function wantedOf(truth: Invented['truth']): Map<string, Counted> {
  const all = new Map<string, Counted>();
  const inUtterance = new Map<string, number>();
  for (const { told, part, sentence, utterance } of truth) {
    for (const fact of factsOf(told, part)) {
      const key = `${fact.of} ${fact.key}`;
      const here = (inUtterance.get(`${utterance}\n${key}`) ?? 0) + 1;
      inUtterance.set(`${utterance}\n${key}`, here);
      const before = all.get(key);
      if (!before) all.set(key, { fact, sentence, count: 1 });
      else if (repeats(fact)) before.count = Math.max(before.count, here);
    }
  }
  return all;
}

function foundOf(claims: readonly Claim[]): Map<string, Counted> {
  const all = new Map<string, Counted>();
  for (const claim of claims) {
    for (const fact of factsOf(claim, claim.part)) {
      const key = `${fact.of} ${fact.key}`;
      const before = all.get(key);
      if (!before) all.set(key, { fact, sentence: claim.sentence, count: 1 });
      else if (repeats(fact)) before.count += 1;
    }
  }
  return all;
}

export function compare(
  release: Invented,
  claims: readonly Claim[],
  tallies: Map<Measured, Tally>,
  misses: Miss[],
): void {
  const wanted = wantedOf(release.truth);
  const found = foundOf(claims);
  for (const key of new Set([...wanted.keys(), ...found.keys()])) {
    const [want, got] = [wanted.get(key), found.get(key)];
    const fact = (want ?? got)?.fact;
    if (!fact) continue;
    const tally = tallies.get(fact.of) ?? { found: 0, right: 0, wanted: 0 };
    tallies.set(fact.of, tally);
    const [wantCount, gotCount] = [want?.count ?? 0, got?.count ?? 0];
    tally.wanted += wantCount;
    tally.found += gotCount;
    tally.right += Math.min(wantCount, gotCount);
    if (gotCount > wantCount) misses.push({ what: 'invented', fact, sentence: got?.sentence ?? '', release });
    if (wantCount > gotCount) misses.push({ what: 'missed', fact, sentence: want?.sentence ?? '', release });
  }
}

/** Reads so many invented releases, the shapes in turn, and compares what was read with the truth. */
export function measureExtraction(seed: number, releases: number) {
  const tallies = new Map<Measured, Tally>();
  const misses: Miss[] = [];
  for (let index = 0; index < releases; index += 1) {
    const shape = shapes[index % shapes.length] ?? shapes[0];
    const release = invent(seed * 1_000_003 + index, shape);
    const read = readForm(new TextEncoder().encode(release.file), `${shape} ${index}.md`);
    compare(release, read.ok ? readClaims(read.value) : [], tallies, misses);
  }
  return { releases, tallies, misses };
}

const precisionWanted = 0.98;
const recallWanted = 0.95;

/** The rows of `npm run assurance` for this module; the same seed gives the same rows. */
export async function assureExtraction({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  const { releases, tallies, misses } = measureExtraction(seed, quick ? 560 : 14_000);
  const ratio = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  const rows = [...tallies].map(([what, { found, right, wanted }]): Row => {
    const [precision, recall] = [ratio(right, found), ratio(right, wanted)];
    return row(
      `Releases of others, ${what}: precision and recall over ${releases} releases in ${shapes.length} shapes`,
      `${precision.toFixed(4)} and ${recall.toFixed(4)} of ${wanted}`,
      precision >= precisionWanted && recall >= recallWanted,
    );
  });
  const invented = misses.filter(({ what }) => what === 'invented');
  rows.push(
    row(
      'Releases of others: claims found that the release does not make',
      invented.length === 0 ? '0' : `${invented.length}, as ${invented[0]?.fact.of}: ${invented[0]?.sentence}`,
      invented.length === 0,
    ),
  );
  const { files, read, claims, faults, slowest } = await fuzz(seed, quick ? 20_000 : 1_000_000);
  rows.push(
    row(
      'Releases of others: broken files that crashed the reading or had it make something up',
      `${faults.length} of ${files} (${read} were read, with ${claims} claims)${faults[0] ? `, as ${faults[0].what}` : ''}`,
      faults.length === 0,
    ),
  );
  rows.push(row('Releases of others: longest time for one broken file', `${Math.round(slowest)} ms`, slowest < 1000));
  return rows;
}
