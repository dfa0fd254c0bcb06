/** Finds the short names that a release gives to bodies: "the Gangmasters and Labour Abuse Authority (GLAA)". */

const run = /(?:[A-Z][\p{L}'.-]*,? (?:(?:of|for|in|on|and|the|to|against|&) ){0,3}){1,9}[A-Z][\p{L}'-]+$/u;
const short = / \((?:the )?(?<short>[A-Z][A-Za-z&-]{1,9})\)/g;
const small = /^(?:of|for|in|on|and|the|to|against|&)$/;

/** The last words of a row of capitals whose first letters make the short name; null where none do. */
function wordsOf(before: string, name: string): string | null {
  const words = (run.exec(before)?.[0] ?? '').split(' ');
  const letters = name.replace(/[^A-Za-z]/g, '').toLowerCase();
  for (let from = words.length - 2; from >= 0; from -= 1) {
    const rest = words.slice(from);
    if (small.test(rest[0] ?? '') || !rest[0]?.toLowerCase().startsWith(letters.charAt(0))) continue;
    const firsts = rest.map((word) => word.charAt(0).toLowerCase()).join('');
    const main = rest
      .filter((word) => !small.test(word))
      .map((word) => word.charAt(0).toLowerCase())
      .join('');
    if (firsts === letters || main === letters) return rest.join(' ');
  }
  return null;
}

/** "the Financial Transactions and Reports Analysis Centre of Canada (FINTRAC)": all words since the article. */
const behindThe = /\b[Tt]he (?<words>[A-Z][\p{L}'-]+(?: (?:(?:of|for|and|&) )?[A-Z][\p{L}'-]+){3,8})$/u;

/** Each short name of a text with the name that it stands for. */
export function shortNamesIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(short)) {
    const name = match.groups?.['short'] ?? '';
    const before = text.slice(Math.max(0, match.index - 140), match.index);
    const words =
      wordsOf(before, name) ?? (/^[A-Z]{3,}$/.test(name) ? behindThe.exec(before)?.groups?.['words'] : undefined);
    if (words && !found.has(name)) found.set(name, words);
  }
  return found;
}

/** A text with the full name for each short one, and without the brackets that give it. */
export function inFull(text: string, names: ReadonlyMap<string, string>): string {
  let full = text;
  for (const [name, words] of names)
    full = full
      .replaceAll(` (${name})`, '')
      .replace(
        new RegExp(`(?<![\\p{L}\\d(])${name.replaceAll('&', '\\&')}(?![\\p{L}\\d]|'?s? [A-Z])`, 'gu'),
        () => words,
      );
  return full;
}
