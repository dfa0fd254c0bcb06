/** Reads people in a row: "a man aged 44 and two women, aged 27 and 31, all of Denby". */

import { placeAt } from '../counts/counts.ts';
import { type Group, type Groups, groupAt, rangeAt, sticky } from './person-phrase.ts';

/** "a man aged 44 and two women, aged 27 and 31, all of Denby": groups of people in a row, starting exactly here. */
export function groupsAt(text: string, at: number): Groups | null {
  const groups: Group[] = [];
  const endings: string[] = [];
  let end = at;
  for (let next = at; ; ) {
    const group = groupAt(text, next) ?? (next > at ? sameArticle(text, next) : null);
    if (!group) break;
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
  for (const [index, { range, size }] of groups.entries()) {
    const before = groups[index - 1];
    // "a man and a woman in their 50s": both are.
    const isTheirs =
      size === 1 && range && /\b(?:an?|one) (?:woman|man|boy|girl) in their \w+$/.test(endings[index] ?? '');
    if (isTheirs && before?.size === 1 && before.range === null && before.ages.length === 0) before.range = range;
  }
  shareRange(text, groups, end);
  const shared = sticky(
    new RegExp(
      ',? (?:who are )?(?:both|all|each)(?: (?:three|four|five|six|seven|eight|nine|ten))?(?: of whom)?(?: are|' +
        ' were)? (?:from|of) ',
      'y',
    ),
    text,
    end,
  )?.[0];
  const home = shared ? placeAt(text, end + shared.length) : null;
  if (home) {
    for (const group of groups) group.home ??= home.town;
    end = home.end;
    const ages = /^ and /.test(text.slice(end)) ? rangeAt(text, end + 4) : undefined;
    if (ages) end += 4 + ages.length;
  }
  // "A man, 43, and a woman, 38, from Denby": both are.
  const last = groups.at(-1);
  if (last?.home && groups.slice(0, -1).every((one) => one.home === null && !one.named))
    for (const group of groups) group.home = last.home;
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
