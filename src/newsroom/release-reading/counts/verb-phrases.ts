/** Finds the verb that a count belongs to: after "were", right behind the noun, or in the words before it. */

import type { ClaimContent, Where } from '../parsed-release.ts';
import { placeHere, type Setting } from '../places-and-days/where.ts';
import { townBracketing } from './counts.ts';
import type { Mention } from './noun-phrases.ts';

/** What the line above a list says of its items: "Visits were made:" over "Preston – five addresses". */
export type ListVerb = 'visit' | 'warrant' | 'arrest' | 'seized' | null;

const adverbs = '(?: (?:also|all|each|both|then|later|now|either|since|so far|already|[a-z]+ly))*';
const auxiliary = `(?:(?:have|has|had)${adverbs} been|(?:are|is)${adverbs} being|were|was|being|are|is|got)${adverbs}`;
const passive = new RegExp(`^(?<gap>(?:[^.;:"]|(?<=St)\\.){0,120}?)(?:,? who |,? )?\\b${auxiliary} `);
/** Words that end the reach of a noun: another verb, another subject. */
const breaks =
  /\b(?:visited|attended|executed|arrested|said|carried|conducted|led|joined|supported|spoke|found|seized|seizing|identified|were|was|are|is|has|have|had|will|would|can|could|while|when|where|which|that|who|whose|whom|but|and (?:officers|police|we|they|he|she|it|the|partners|staff|a number|several)|resulted|resulting|leading|took|made|making|saw|following|after|before|with (?:no )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten))\b/;
const directly =
  /^(?<gap>(?:,? (?:of|for|from|in|at|on|across|throughout|around|including|both|all) [^.;:,"]{2,60}?)?(?: \([^()]{1,60}\))?),? (?=[a-z])/;

/** "were visited and searched": the next verb of the same people. */
const moreAfterWere =
  /^[a-z-]+(?: [A-Za-z]+){0,4}?,? (?:and|or) (?:were |was |then |subsequently |are |is |have been |being )*(?=[a-z])/;
const moreStraight = /^(?:[a-z-]+ed|found|seen|met|taken|spoken to) (?:and|or) (?=[a-z-]+ed\b)/;
const otherSubject = /^[^,]* and (?:a|an|the|two|three|four|five|six|seven|eight|nine|ten|one|\d)/;

/** "14 potential victims of modern slavery safeguarded". */
const victimsOf =
  /^ of (?:(?:modern|human|sexual|labour|criminal) )?(?:slavery|trafficking|exploitation|servitude)(?: (?:and|or) (?:(?:modern|human|sexual|labour|criminal) )?(?:slavery|trafficking|exploitation|servitude))? (?=[a-z]+ed\b)/;

const asides =
  /,? (?:who|which|that) (?:are|were|is|was|may|might|have|had|all|could) (?:(?!arrested|charged)[^.;,:"-]){2,70}?(?:,|(?= (?:were|was|have been|has been|are being|are now) ))|(?:,| -) (?:all|most|some|many|both|each|thought|believed|suspected|feared|none|including|among) [^.;:"]{2,70}?(?:,| -)(?= (?:were|was|have|has|are) )/g;
/** "people, who are all from Romania, were": what is said of them in passing is hidden, as long as before. */
export const withoutAsides = (text: string): string =>
  text.replace(asides, (found) => ` ${'_'.repeat(found.length - 1)}`);

/** "led to 12 people being safeguarded": what is counted came of it. */
export const outcome =
  /\b(?:total of|(?:led|leading|leads) to|result(?:ed|ing|s) in|end(?:ed|ing) in|culminat(?:ed|ing) in)(?: the)? $/;

/** The texts that may begin with the verb of a noun that ends here: after "were", or right behind it. */
export function verbsAfter(text: string, { end, start, nought }: Mention): { rest: string; at: number }[] {
  const after = withoutAsides(text.slice(end, end + 240));
  const found: { rest: string; at: number }[] = [];
  const add = (at: number, more: RegExp) => {
    let next = at;
    for (let read = 0; read < 3; read += 1) {
      found.push({ rest: text.slice(next, next + 110), at: next });
      const hop = more.exec(text.slice(next, next + 70))?.[0];
      if (!hop || otherSubject.test(text.slice(next, next + hop.length + 8))) break;
      next += hop.length;
    }
  };
  // "at three hotels were": the hotels are not what the verb is about.
  const lead = text.slice(Math.max(0, start - 24), start);
  const within =
    /\b(?:at|in|from|to|by|on|for|inside|across|of) (?:the |all )?$/.test(lead) &&
    !outcome.test(lead) &&
    !/^Of (?:the )?$/.test(text.slice(Math.max(0, start - 7), start).trimStart());
  const byVerb = passive.exec(after);
  const gap = byVerb?.groups?.['gap'] ?? '';
  if (byVerb && !within && !breaks.test(gap)) add(end + byVerb[0].length, moreAfterWere);
  const straight = directly.exec(after);
  if (
    straight &&
    !(straight.groups?.['gap'] === '' && straight[0].startsWith(',')) &&
    !breaks.test(straight.groups?.['gap'] ?? '') &&
    !/ (?:and|or|to|by)$/.test(straight.groups?.['gap'] ?? '') &&
    (!within || nought || /\btotal of $/.test(text.slice(0, start)))
  )
    add(end + straight[0].length, moreStraight);
  const ofCrime = victimsOf.exec(after);
  if (ofCrime && !within) add(end + ofCrime[0].length, moreStraight);
  const bare = /^ (?=[a-z])/.exec(after);
  if (bare && straight?.[0] !== bare[0]) add(end + 1, moreStraight);
  return found;
}
export type Context = {
  readonly text: string;
  readonly setting: Setting;
  readonly listVerb: ListVerb;
};

export const clauseOf = (text: string, start: number): number => {
  const before = text.slice(0, start);
  return Math.max(
    before.lastIndexOf('; '),
    before.lastIndexOf(': '),
    before.lastIndexOf(', and '),
    before.lastIndexOf(' while '),
    before.lastIndexOf(', with '),
    0,
  );
};

export const isVerbless = (text: string): boolean =>
  !/\b(?:was|were|is|are|has|have|had|been|said|made|took|spoke|talked|visited|arrested|found|seized)\b/.test(text);

/** What a count was read as: its claims, the words with the verb before it, and where the words of its verb end. */
export type Read = {
  readonly told: ClaimContent[];
  readonly active: string | null;
  readonly reach?: number;
  readonly ofParts?: boolean;
  /** Whether the row goes on behind it: "seven addresses, four of them brothels, and one flat". */
  readonly inPassing?: boolean;
};
export const nothing: Read = { told: [], active: null };

/** Before a count: what was not done, or was only meant to be. */
export const notDone = /\b(?:not|never|to be|planned|without) (?:[a-z]+ )?$/;

export const totalAfter = (text: string, at: number): 'in all' | undefined =>
  /^[^.;,]{0,24}?,? (?:in total|in all|altogether|overall)\b/.test(text.slice(at, at + 44)) ? 'in all' : undefined;

export const nextOfList =
  /^(?: (?:during|over|across|throughout) [^,.;]{1,30}(?=,))?(?:(?: in the (?:North|South|East|West)[A-Za-z -]{0,20},?)?,? and (?:at |to |on )?|, (?:and )?(?:at |to |on )?|; (?:and )?|: |,? with |,? - ?| \(|\), |\) and )$/;

/** "… were visited, three in Denby and one in Marl", "in Denby (four)": where a part of the count before was. */
export function partPlace(
  { class: noun, nought, start, numeralEnd }: Mention,
  reach: readonly number[],
  { text, setting }: Pick<Context, 'text' | 'setting'>,
): { where: Where; end: number } | null {
  if (noun !== null || nought || reach.length === 0) return null;
  const bracketed = townBracketing(text, start, numeralEnd);
  if (bracketed) return { where: { town: bracketed }, end: numeralEnd };
  const here = placeHere(text, numeralEnd, setting);
  return here && reach.some((end) => end <= start && nextOfList.test(text.slice(end, start))) ? here : null;
}
