/** Composes sentences of number, noun, verb, place and order, each with what it says; written apart from the reader's rules. */

import {
  type Claim,
  countOf,
  placeNamed,
  type Qualifier,
} from '../../../../src/newsroom/release-reading/parsed-release.ts';

/** What a sentence says: "arrests 5 in Denby". `kinds`: every kind of claim by which it may be read. */
export type Said = {
  readonly kinds: readonly string[];
  readonly value: number;
  readonly qualifier: Qualifier;
  /** Where a claim may say that it was: null for nowhere; several places are joined by " + ". */
  readonly places: readonly (string | null)[];
};
export type Composed = { readonly text: string; readonly template: string; readonly says: readonly Said[] };

type Number_ = { readonly words: string; readonly value: number; readonly qualifier: Qualifier };

const number = (words: string, value: number, qualifier: Qualifier = 'exact'): Number_ => ({ words, value, qualifier });
export const numbers: readonly Number_[] = [
  number('seven', 7),
  number('17', 17),
  number('forty-two', 42),
  number('1,204', 1204),
  number('more than 40', 40, 'more than'),
  number('over sixty', 60, 'more than'),
  number('at least nine', 9, 'at least'),
  number('around 30', 30, 'about'),
  number('nearly 50', 50, 'almost'),
  number('a total of 14', 14),
  number('a further six', 6),
  number('another four', 4),
  number('eleven different', 11),
  number('between 20 and 30', 20, 'between'),
  number('as many as 25', 25, 'up to'),
  number('some 80', 80, 'about'),
  number('at least a dozen', 12, 'at least'),
  number('approximately 120', 120, 'about'),
  number('just over 100', 100, 'more than'),
  number('two', 2),
];

/** Behind the verb or the noun, and before the sentence; the place as a claim has it. */
export const places: readonly { readonly after: string; readonly before: string; readonly place: string | null }[] = [
  { after: '', before: '', place: null },
  { after: ' in Denby', before: 'In Denby, ', place: 'Denby' },
  { after: ' in Calder Vale and Marl', before: 'In Calder Vale and Marl, ', place: 'Calder Vale + Marl' },
  { after: ' across Oakshire', before: 'Across Oakshire, ', place: 'Oakshire' },
  { after: ' in the Denby area', before: 'In the Denby area, ', place: 'Denby' },
];

/** `{n}` and `{m}` are numbers, `{in}` a place behind, `{In}` a place that opens the sentence. */
export type Template = { readonly text: string; readonly n: readonly string[]; readonly m?: readonly string[] };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Every sentence of a template, with a few numbers and all places. */
export function composed(template: Template, from: number): Composed[] {
  return places.flatMap((place, nth) => {
    if (nth > 0 && !/\{in\}/i.test(template.text)) return [];
    const forms =
      template.text.includes('{in}') && nth > 0 && !template.text.includes('{In}') ? ['after', 'before'] : ['after'];
    return forms.flatMap((form, turn): Composed[] => {
      if (form === 'before' && /^(?:\w+ed|in|on|at|during|across|over|of|a report)\b/i.test(template.text)) return [];
      const one = numbers[(from + nth * 3 + turn) % numbers.length];
      const other = numbers[(from + nth * 3 + turn + 7) % numbers.length];
      if (!one || !other) return [];
      const body = template.text
        .replace('{n}', one.words)
        .replace('{m}', other.words.replace(/^(?:a further|another|a total of) /, ''))
        .replace('{in}', form === 'after' ? place.after : '')
        .replace('{In}', place.before);
      const text = capital(
        form === 'before'
          ? `${place.before}${/^[A-Z][a-z]+ [A-Z]|^[A-Z]{2}/.test(body) ? body : body.charAt(0).toLowerCase() + body.slice(1)}`
          : body,
      );
      const says: Said[] = [];
      if (template.n.length > 0)
        says.push({ kinds: template.n, value: one.value, qualifier: one.qualifier, places: [place.place] });
      // The place of the first count may be that of the second as well.
      if (template.m)
        says.push({ kinds: template.m, value: other.value, qualifier: other.qualifier, places: [place.place, null] });
      return [{ text, template: template.text, says }];
    });
  });
}

/** The kind of a claim as templates name it; null for kinds that count nothing. */
export function kindOf(claim: Claim): string | null {
  switch (claim.kind) {
    case 'premises':
      return claim.power === 'warrant' ? 'warrant premises' : 'premises';
    case 'people':
      return claim.quantity.kind === 'number' ? claim.treatment : null;
    case 'things':
      return claim.treatment;
    case 'power':
      return claim.count ? 'warrants' : null;
    case 'taking part':
      return claim.who;
    case 'arrests':
      return 'arrests';
    default:
      return null;
  }
}

export const placeOf = (claim: Claim): string | null => placeNamed(claim)?.join(' + ') ?? null;

/** Compares what was read of one sentence with what it says: the claims that are wrong, and what was left unread. */
export function compare({ says }: Composed, claims: readonly Claim[]): { wrong: string[]; unread: number } {
  const wrong: string[] = [];
  const found = new Set<Said>();
  for (const claim of claims) {
    const kind = kindOf(claim);
    const count = countOf(claim);
    if (kind === null || count === null) continue;
    const fits = says.find(
      (one) =>
        one.kinds.includes(kind) &&
        one.value === count.value &&
        one.qualifier === count.qualifier &&
        one.places.includes(placeOf(claim)),
    );
    if (fits) found.add(fits);
    else wrong.push(`${kind} ${count.qualifier} ${count.value} ${placeOf(claim) ?? ''}`.trim());
  }
  return { wrong, unread: says.length - found.size };
}

/** Known ones, ones with the shape of an organisation, and names that only their neighbours tell. */
export const organisations = [
  'the Gangmasters and Labour Abuse Authority',
  'Border Force',
  'Denby Borough Council',
  'HM Revenue and Customs',
  'Immigration Enforcement',
  'the Lantern Trust',
  'Oakshire Fire and Rescue Service',
  'the Salvation Army',
  'HMRC',
  'the National Crime Agency',
  'Trading Standards',
  'Denby City Council',
  'the Department for Work and Pensions',
  'the GLAA',
  "Calder Women's Aid",
  'the Health and Safety Executive',
  'Environmental Health',
  'the British Red Cross',
  'Marl District Council',
  'Home Office Immigration Enforcement',
  'the Environment Agency',
  'the Fenshire Regional Organised Crime Unit',
  'Marl Housing',
  'Fenshire Police',
  'the charity Safe Steps',
];

export const people = [
  'Carys Treharne',
  'Mark Hollins',
  'Priya Nandakumar',
  "Siân O'Neill",
  'Ruth Calder-Bain',
  'Colm McDevenney',
];
