/** The check of a release tried on invented cases: what is planted must be stopped, and what is clean must pass. */
import { extras, signedReturn } from '../../../../src/newsroom/drafting/examples.ts';
import { applyPolicy } from '../../../../src/newsroom/drafting/public-figures.ts';
import { getPolicy } from '../../../../src/newsroom/drafting/publication-policy.ts';
import { prepareNames } from '../../../../src/newsroom/release-check/case-names.ts';
import { checkText } from '../../../../src/newsroom/release-check/figure-check.ts';
import { harmOf } from '../../../../src/newsroom/release-check/harms.ts';
import { findNames } from '../../../../src/newsroom/release-check/name-places.ts';
import { exactly } from '../../../../src/vocabulary/figures.ts';
import { chance, count, type Effort, mixed, type Row, row } from '../../../harness/assurance.ts';
import { inventCase, type Planted } from './invented-case.ts';
import { inventLeak, type Leak, leakKinds } from './leaks.ts';
import { clean, holders } from './prose.ts';

const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), extras.decisions);

/** A clean release of ten to twenty sentences, in paragraphs. */
function inventRelease(random: () => number): string[] {
  return mixed(clean, random).slice(0, 10 + Math.floor(random() * 10));
}

const asMarkdown = (sentences: readonly string[]): string =>
  sentences.map((sentence, at) => (at % 4 === 3 ? `${sentence}\n\n` : `${sentence} `)).join('');

/** Marks inside a word, which no reader sees. */
const emphasise = (sentence: string, words: string): string =>
  /^[A-Za-z]{4}/.test(words) ? sentence.replace(words, () => `*${words.slice(0, 2)}*${words.slice(2)}`) : sentence;

export type Miss = { readonly planted: Planted; readonly sentence: string };

/** Plants one thing in each release; gives what was stopped by kind, what was missed, and how many clean ones were stopped. */
export function tryNames(seed: number, planted: number, cleanOnes: number) {
  const random = chance(seed);
  const byKind = new Map<string, { tried: number; stopped: number }>();
  const missed: Miss[] = [];
  const alarms: string[] = [];
  let [tried, stopped, passed] = [0, 0, 0];
  while (tried < planted || passed < cleanOnes) {
    const { records, plantable } = inventCase(random);
    const names = prepareNames(records);
    for (const plant of plantable) {
      if (tried >= planted) break;
      const one = plant();
      const holder = holders[Math.floor(random() * holders.length)] ?? '@';
      const sentence = holder.replace('@', () => one.words);
      const sentences = inventRelease(random);
      const at = Math.floor(random() * sentences.length);
      sentences.splice(at, 0, sentence);
      const isField = random() < 0.3;
      const emphasised = random() < 0.1 ? emphasise(sentence, one.words) : sentence;
      const source = isField ? sentence : asMarkdown(sentences.with(at, emphasised));
      const found = findNames(source, told, names, isField ? 'plain' : 'markdown');
      const typed = isField ? sentence : emphasised;
      const from = source.indexOf(typed);
      const isStopped = found.some(({ start, end }) => start < from + typed.length && end > from);
      const tally = byKind.get(one.what) ?? { tried: 0, stopped: 0 };
      byKind.set(one.what, { tried: tally.tried + 1, stopped: tally.stopped + (isStopped ? 1 : 0) });
      tried += 1;
      if (isStopped) stopped += 1;
      else missed.push({ planted: one, sentence });
    }
    for (let more = 0; more < 2 && passed < cleanOnes; more += 1) {
      const found = findNames(asMarkdown(inventRelease(random)), told, names, 'markdown');
      passed += 1;
      if (found.length > 0) alarms.push(found.map(({ typed }) => typed).join(' / '));
    }
  }
  return { tried, stopped, passed, alarms, missed, byKind };
}

/** As the model counts: one address in one of three towns, and no warrant. */
const counted = applyPolicy(
  {
    ...signedReturn,
    figures: {
      ...signedReturn.figures,
      'warrants.executed': { indicator: 'warrants.executed', total: exactly(0), breakdowns: {} },
    },
  },
  getPolicy('in force from 2026'),
  extras.decisions,
);
const against = { publishOn: extras.publishOn, justifications: [], contacts: ['999', '101', '+448000121700'] };

/** Plants one leak in each release, and gives those that no blocking finding of their harm touches. */
export function tryLeaks(seed: number, many: number) {
  const random = chance(seed);
  const missed: Leak[] = [];
  const tried = new Map<string, number>();
  for (let at = 0; at < many; at += 1) {
    const leak = inventLeak(leakKinds[at % leakKinds.length] ?? '', random);
    const isField = random() < 0.3;
    const sentences = inventRelease(random);
    sentences.splice(Math.floor(random() * sentences.length), 0, leak.sentence);
    const source = isField ? leak.sentence : asMarkdown(sentences);
    const from = source.indexOf(leak.sentence);
    const isFound = checkText(source, counted, against, isField ? 'plain' : 'markdown').some(
      (finding) =>
        finding.blocks &&
        leak.harms.includes(harmOf(finding)) &&
        finding.start < from + leak.sentence.length &&
        finding.end > from,
    );
    tried.set(leak.what, (tried.get(leak.what) ?? 0) + 1);
    if (!isFound) missed.push(leak);
  }
  return { tried, missed };
}

export function assureLeaks({ seed, quick }: Effort): Row[] {
  const many = quick ? 280 : 2_800;
  const { tried, missed } = tryLeaks(seed, many);
  for (const { what, sentence } of missed.slice(0, 20)) console.error(`  missed ${what}: ${sentence}`);
  const kinds = [...tried].map(
    ([what, all]) => `${what} ${all - missed.filter((one) => one.what === what).length}/${all}`,
  );
  return [
    row(
      'leaks of other kinds planted in prose: found (100 %)',
      `${count(many - missed.length)} of ${count(many)} (${kinds.join(', ')})`,
      missed.length === 0,
    ),
  ];
}

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

export function assureNames({ seed, quick }: Effort): Row[] {
  const { tried, stopped, passed, alarms, missed, byKind } = tryNames(seed, quick ? 300 : 2_500, quick ? 60 : 400);
  for (const { planted, sentence } of missed.slice(0, 20)) console.error(`  missed ${planted.what}: ${sentence}`);
  for (const alarm of alarms.slice(0, 10)) console.error(`  false alarm: ${alarm}`);
  const kinds = [...byKind].map(([what, one]) => `${what} ${one.stopped}/${one.tried}`).sort();
  return [
    row(
      'names, businesses, streets, numbers, plates, aliases and phrases of the case planted in releases: stopped (≥ 99.5 %)',
      `${count(stopped)} of ${count(tried)}, ${share(stopped, tried)} (${kinds.join(', ')})`,
      stopped / tried >= 0.995,
    ),
    row(
      'clean releases stopped without need (≤ 5 %)',
      `${count(alarms.length)} of ${count(passed)}, ${share(alarms.length, passed)}`,
      alarms.length / passed <= 0.05,
    ),
  ];
}
