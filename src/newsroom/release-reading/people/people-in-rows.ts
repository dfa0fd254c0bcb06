/** Reads people in a row: "a man aged 44 and two women, aged 27 and 31, all of Denby". */

import { placeAt } from '../counts/counts.ts';
import { type Group, type Groups, groupAt, rangeAt, sticky } from './person-phrase.ts';

/** "a man aged 44 and two women, aged 27 and 31, all of Denby": groups of people in a row, starting exactly here. */
export function groupsAt(text: string, at: number): Groups | null {
  const groups: Group[] = [];
  const endings: string[] = [];
  const elided = new Set<number>();
  let end = at;
  for (let next = at; ; ) {
    const whole = groupAt(text, next);
    const group = whole ?? (next > at ? sameArticle(text, next) : null);
    if (!group) break;
    if (!whole) elided.add(groups.length);
    groups.push(group.group);
    endings.push(text.slice(next, group.end));
    end = group.end;
    const separator: string | undefined = sticky(
      /(?:[,;]? (?:and|along with|as well as|together with|plus)|[,;]) (?:also )?/y,
      text,
      end,
    )?.[0];
    if (!separator) break;
    next = end + separator.length;
  }
  if (groups.length === 0) return null;
  for (const [index, ending] of endings.entries()) {
    const [one, next] = [groups[index], groups[index + 1]];
    // "A 59-year-old and a 33-year-old man": both are men.
    if (one && next?.sex && bareAge.test(ending)) groups[index] = { ...one, sex: next.sex };
  }
  for (const [index, { range, size }] of groups.entries()) {
    const before = groups[index - 1];
    // "a man and a woman in their 50s": both are.
    const isTheirs =
      size === 1 && range && /\b(?:an?|one) (?:woman|man|boy|girl) in their \w+$/.test(endings[index] ?? '');
    if (isTheirs && before?.size === 1 && before.range === null && before.ages.length === 0) before.range = range;
  }
  shareRange(text, groups, end);
  // "A man and a woman, both aged 43 and from Denby".
  const same = sticky(
    /,? (?:who are )?(?:both|all) aged (?<age>\d\d)(?! (?:and|to) \d|-\d)(?: and (?=from |of ))?/y,
    text,
    end,
  );
  const age = Number(same?.groups?.['age']);
  if (same && groups.every(({ ages, range }) => ages.length === 0 && !range)) {
    const isWhole = (index: number) => index === 0 && groups[0]?.sex === null && groups.length > 1;
    for (const [index, one] of groups.entries())
      if (!isWhole(index)) groups[index] = { ...one, ages: Array.from({ length: one.size }, () => age) };
    end += same[0].length;
  }
  const shared = sticky(
    new RegExp(
      ',? (?:who are )?(?:both|all|each)(?: (?:three|four|five|six|seven|eight|nine|ten))?(?: of whom)?(?: are|' +
        ' were)? (?:from|of) ',
      'y',
    ),
    text,
    end,
  )?.[0];
  const from = shared ?? (same ? sticky(/,? ?(?:from|of) /y, text, end)?.[0] : undefined);
  const home = from ? placeAt(text, end + from.length) : null;
  if (home) {
    for (const group of groups) group.home ??= home.town;
    end = home.end;
    const ages = /^ and /.test(text.slice(end)) ? rangeAt(text, end + 4) : undefined;
    if (ages) end += 4 + ages.length;
  }
  // "A 43-year-old and a 38-year-old man from Denby", "a man, 43, and woman, 38, from Denby": one noun or article, one home.
  for (let index = groups.length - 1; index > 0; index -= 1) {
    const [one, next] = [groups[index - 1], groups[index]];
    const isOnePhrase = elided.has(index) || bareAge.test(endings[index - 1] ?? '');
    if (one && next?.home && one.home === null && isOnePhrase && /\b(?:from|of) \S+/.test(endings[index] ?? ''))
      one.home = next.home;
  }
  // "Two people, a man and a woman in their fifties": the total is of those behind it, and nobody besides.
  const [whole, ...parts] = groups;
  if (
    whole &&
    whole.size > 1 &&
    whole.sex === null &&
    parts.length > 0 &&
    whole.size === parts.reduce((sum, { size }) => sum + size, 0)
  )
    groups[0] = { ...whole, home: null, range: null };
  end += sticky(/,? (?:(?:both|all|each) )?of no fixed (?:address|abode)/y, text, end)?.[0].length ?? 0;
  return { groups, end };
}

const bareAge = /^an? \d+[- ]years?[- ]old$/i;

/** "Four men and three women, aged between 23 and 61": the range behind the row is of all. */
function shareRange(text: string, groups: readonly Group[], end: number): void {
  const last = groups.at(-1);
  const words = text.slice(Math.max(0, end - 60), end);
  if (groups.length < 2 || !last?.range || groups.slice(0, -1).some(({ range, ages }) => range || ages.length > 0))
    return;
  const isOfAll =
    /(?:,|,? -| \() ?(?:all |both )?(?:with |aged |ages |in |between |ranging |whose |who )[^,]{4,50}$| (?:woman|man|boy|girl) in their [^,]{4,30}$/;
  if (
    isOfAll.test(words) ||
    (last.size > 1 && / (?:ages of|aged between|aged from|aged \d\d(?: to |-)|ranging) ?[^,]{2,40}$/.test(words))
  )
    for (const group of groups) group.range = last.range;
}

/** "A man and woman", "a man, 43, and woman, 38". */
function sameArticle(text: string, at: number): { group: Group; end: number } | null {
  const isNoun = /\band $/.test(text.slice(0, at)) && /^(?:man|woman|boy|girl)\b/.test(text.slice(at, at + 6));
  const one = isNoun ? groupAt(`${text.slice(0, at)}a ${text.slice(at)}`, at) : null;
  return one ? { group: one.group, end: one.end - 2 } : null;
}
