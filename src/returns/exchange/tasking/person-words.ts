/** Finds words of a tasking that point at one person or one home. It goes to many partnerships and is signed, so it holds none. Pure. */

const months = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const someDay = `(?:\\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\\d{1,2}|${months})[ ./-])?(?:\\d{4}|\\d{2})\\b`;
const birth = new RegExp(
  `\\b(?:born|d\\.?o\\.?b\\.?|date of birth|birth ?date|birthday)\\b[:,]?(?: (?:in|on|around|about|is))?(?: (?:the|${months}))? ?(?:${someDay}|\\d{1,2}(?:st|nd|rd|th)? ${months})`,
  'i',
);
const ofStreet =
  '(?:road|rd|street|st|avenue|ave|lane|close|drive|crescent|terrace|gardens|grove|mews|parade|yard|court|place|square|row|walk|way|hill|wharf|quay)';
const street = new RegExp(
  `\\b(?:no\\.? ?)?\\d{1,4}[a-z]?,? (?:(?!(?:the|a|an|each|every|any|per|of|in|on|at|by|to|from|and|or|with|for)\\b)[\\p{L}’'-]+ ){1,2}${ofStreet}\\b`,
  'iu',
);
const postcode = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/;
const title = /\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\b\.? \p{Lu}[\p{L}’'-]+/u;

const certain = [
  [birth, 'a date of birth'],
  [street, 'the address of one home or business'],
  [postcode, 'a postcode'],
  [title, 'a name'],
] as const;

/** What leads to a name: “look for Mei Lin”. A place can follow it too, so a person is asked. */
const lead =
  /\b(?:look(?:ing)? (?:out )?for|search(?:ing)? for|find|trace|arrest|detain|speak (?:to|with)|talk to|ask (?:for|about)|called|named|known as|name is|suspects?:?|victims?:?) (?:(?:a|the|one|man|woman|girl|boy|person|called|named) )*/giu;
const fullName = /^\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)+/u;

export type PersonWords = { readonly found: string; readonly kind: (typeof certain)[number][1] };

/** The first words that surely point at somebody. */
export function findPersonWords(text: string): PersonWords | undefined {
  for (const [pattern, kind] of certain) {
    const found = pattern.exec(text)?.[0];
    if (found) return { found, kind };
  }
  return undefined;
}

/** The first words that may be a name. */
export function findLikelyName(text: string): string | undefined {
  for (const found of text.matchAll(lead)) {
    const name = fullName.exec(text.slice(found.index + found[0].length))?.[0];
    if (name) return name;
  }
  return undefined;
}
