/** Reads people who are named in a row with age and home, as some releases do; the names are left out of the claims. */
import { placeAt } from '../counts/counts.ts';
import type { ClaimContent } from '../parsed-release.ts';

const named =
  /(?:^|; (?:and )?|, and | and )[A-Z][\p{L}'-]+(?: [A-Z][\p{L}.'-]*){1,3}, (?<age>\d\d),? (?:both )?(?:of|from) (?=[A-Z])/gu;

/** "Jan Novak, 51, of Port Langdon; and Eva Malik, 44, of Ashmont, were arrested": a row without sex. */
export function namedArrests(text: string): ClaimContent[] {
  const people: { age: number; home: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(named)) {
    const at = match.index + match[0].length;
    const home = placeAt(text, at);
    if (!home || match.index !== end) return [];
    people.push({ age: Number(match.groups?.['age']), home: home.town });
    end = home.end;
  }
  if (people.length === 0 || !/^,? (?:were|was|have been|has been) arrested\b/.test(text.slice(end))) return [];
  return [
    {
      kind: 'arrests',
      count: { kind: 'number', value: people.length, qualifier: 'exact' },
      sex: null,
      town: null,
      addresses: null,
      matter: null,
    },
    ...people.map(({ age, home }): ClaimContent => ({ kind: 'person arrested', sex: null, age, home, matter: null })),
  ];
}
