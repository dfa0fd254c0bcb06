/** `front-door-parsers`: what stands open to everybody reads whatever comes, and a receipt cannot be guessed. */
import { assureEntropy, assureGuesses } from './chances.ts';
import { type Fuzzed, fuzz } from './fuzzer.ts';

type Row = { readonly what: string; readonly figure: string; readonly passed: boolean };

export async function assureFrontDoorParsers({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  const runs = quick ? 30_000 : 1_000_000;
  const [receipt, form, multipart] = await Promise.all([
    fuzz({ parser: 'receipt', seed, runs }),
    fuzz({ parser: 'form', seed, runs }),
    fuzz({ parser: 'multipart', seed, runs }),
  ]);
  return [
    told('reading of receipts', receipt, runs),
    told('reading of forms, from the bytes on the wire', form, runs),
    told('reading of forms with files', multipart, runs),
    ...assureEntropy(quick ? 100_000 : 1_000_000),
    assureGuesses(10_000, quick ? 50_000 : 1_000_000),
  ];
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
