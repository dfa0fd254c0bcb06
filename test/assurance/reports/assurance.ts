/** `front-door-parsers`: the parsers of the public site withstand any input, and a receipt cannot be guessed. */
import type { Row } from '../../harness/assurance.ts';
import { assureEntropy, assureGuesses } from './chances.ts';
import { type Fuzzed, fuzz } from './fuzzer.ts';

const readers = [
  ['receipt', 'reading of receipts'],
  ['form', 'reading of forms, from the bytes on the wire'],
  ['multipart', 'reading of forms with files'],
  ['report form', 'reading of the form by which a report is told, each question of it'],
  ['mailbox and staff forms', 'reading of the forms of the mailbox, of messages, of reasons and of attendance'],
] as const;

export async function assureFrontDoorParsers({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  const runs = quick ? 8_000 : 1_000_000;
  const fuzzed: Row[] = [];
  // Two at a time: as many as there are processors on the machine that we measure on.
  for (const pair of [readers.slice(0, 2), readers.slice(2, 4), readers.slice(4)])
    fuzzed.push(
      ...(await Promise.all(pair.map(async ([parser, what]) => told(what, await fuzz({ parser, seed, runs }), runs)))),
    );
  return [...fuzzed, ...assureEntropy(quick ? 100_000 : 1_000_000), assureGuesses(10_000, quick ? 50_000 : 1_000_000)];
}

const told = (what: string, { ways, crashed, crashes, slowestMs, hung, runs: done }: Fuzzed, runs: number): Row => ({
  what: `fuzzed ${what}, ${done.toLocaleString('en-GB')} runs`,
  figure: [
    `${crashed} crashes, ${hung ? 'hung' : '0 hangs'}, the slowest ${slowestMs.toFixed(0)} ms of the processor`,
    Object.entries(ways)
      .map(([way, count]) => `${count.toLocaleString('en-GB')} ${way}`)
      .join(', '),
    ...crashes,
  ].join('; '),
  passed: crashed === 0 && !hung && done === runs && slowestMs < 1_000,
});
