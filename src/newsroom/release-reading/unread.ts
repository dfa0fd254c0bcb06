/** Lists the figures of a sentence that no claim took, so that an editor sees what was not read. */
import { masked } from './counts/masking.ts';
import { mentionsIn } from './counts/noun-phrases.ts';
import type { ClaimContent } from './parsed-release.ts';

const worded = /\b(?:(?:two |three )?(?:dozens?|scores|hundreds|thousands|half) of|a dozen|two dozen|three dozen)\b/gi;

/** What claims took, by value: an age, a number of addresses and a telephone number are taken too. */
function valuesOf(told: readonly ClaimContent[]): ReadonlySet<number> {
  const values = new Set<number>();
  for (const one of told) {
    if ('count' in one && one.count) values.add(one.count.value);
    if (one.kind === 'people' && one.quantity.kind === 'number') values.add(one.quantity.value);
    if (one.kind === 'arrests' && one.addresses !== null) values.add(one.addresses);
    if (one.kind === 'person arrested' && one.age !== null) values.add(one.age);
    if (one.kind === 'contact') for (const digits of one.asWritten.match(/\d+/g) ?? []) values.add(Number(digits));
  }
  return values;
}

export type UnreadWords = { readonly words: string; readonly value: number | null };

/** Each once, with the words around it that it counts. */
export function unreadIn(text: string, told: readonly ClaimContent[]): UnreadWords[] {
  const taken = valuesOf(told);
  const hidden = masked(text);
  const found = mentionsIn(hidden).flatMap((mention): UnreadWords[] => {
    const { count, class: noun, article, nought, start, numeralEnd, end, definite } = mention;
    if (taken.has(count.value) || (article && !/arrest|rescu|safeguard|charg|victim/.test(text))) return [];
    const written = text.slice(start, numeralEnd);
    if (article && /\bas (?:being )?$/.test(text.slice(0, start))) return [];
    if (noun === null && (nought || /^(?:one|a|an|another)$/i.test(written.trim()))) return [];
    if (definite && noun !== 'premises' && count.value < 2) return [];
    if (nought && noun !== 'people' && noun !== 'victims' && noun !== 'arrests') return [];
    return [
      {
        words: text
          .slice(start, noun === null ? Math.min(text.length, numeralEnd + 24) : end)
          .replace(/\s\S*$/, (last) => (noun === null ? '' : last))
          .trim(),
        value: count.value,
      },
    ];
  });
  const vague = [...hidden.matchAll(worded)].map((match) => ({
    words: text.slice(match.index, match.index + match[0].length + 20).replace(/\s\S*$/, ''),
    value: null,
  }));
  return [...found, ...vague];
}
