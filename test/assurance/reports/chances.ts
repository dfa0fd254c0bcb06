/** How hard a receipt is to guess: what is random in it, counted over a million, and a million guesses at ten thousand. Drawn by the machine, as receipts are: no seed repeats it. */

import { formatReceiptAsDigits, lookUpValueOf, newReceipt, readReceipt } from '../../../src/reports/mailbox/receipt.ts';
import type { Row } from '../../harness/assurance.ts';

const inWords = (count: number): string => count.toLocaleString('en-GB');

/** Ninety bits are drawn and kept as drawn, so no two draws make one receipt. What is counted here is whether each line takes all its values alike. */
export function assureEntropy(count: number): Row[] {
  const values = 4_096;
  const seen = Array.from({ length: 8 }, () => new Uint32Array(values));
  const different = new Set<string>();
  for (let drawn = 0; drawn < count; drawn += 1) {
    const { lines } = newReceipt();
    lines.forEach((line, at) => {
      const counts = seen[at] as Uint32Array;
      counts[line] = (counts[line] ?? 0) + 1;
    });
    different.add(String.fromCharCode(...lines));
  }
  const expected = count / values;
  const away = seen.map((counts) => {
    const chiSquare = counts.reduce((sum, times) => sum + (times - expected) ** 2 / expected, 0);
    return (chiSquare - (values - 1)) / Math.sqrt(2 * (values - 1));
  });
  const worst = away.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
  return [
    {
      what: `chi-square of the 4,096 values of each of eight lines, ${inWords(count)} receipts`,
      figure: `the furthest lies ${worst.toFixed(2)} standard deviations from chance (within 5)`,
      passed: Math.abs(worst) < 5,
    },
    {
      what: 'entropy of a receipt',
      figure: `90 bits drawn and 6 that follow from them; ${inWords(different.size)} of ${inWords(count)} different`,
      passed: different.size === count,
    },
  ];
}

/** The best possible guesses: each a receipt with a correct check, read by the same code as the public site. */
export function assureGuesses(kept: number, guesses: number): Row {
  const store = new Set(Array.from({ length: kept }, () => lookUpValueOf(newReceipt()).toString('latin1')));
  let hits = 0;
  for (let guess = 0; guess < guesses; guess += 1) {
    const read = readReceipt(formatReceiptAsDigits(newReceipt()));
    if (!read) throw new Error('a receipt was not read');
    if (store.has(lookUpValueOf(read).toString('latin1'))) hits += 1;
  }
  return {
    what: `${inWords(guesses)} guesses at a store of ${inWords(kept)} receipts`,
    figure: `${hits} hits`,
    passed: hits === 0 && store.size === kept,
  };
}
