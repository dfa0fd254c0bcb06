/** Arrests that the rules for rows of people do not reach, and where, and of what whole, the arrests of a sentence were. */
import type { Mention } from '../counts/noun-phrases.ts';
import { numberOf, positiveNumber } from '../counts/numbers.ts';
import { outcome, partPlace, withoutAsides } from '../counts/verb-phrases.ts';
import type { ClaimContent, Count, Sex } from '../parsed-release.ts';
import { placeHere, type Setting, whereOf } from '../places-and-days/where.ts';
import { surroundings } from './arrests.ts';

type Arrests = Extract<ClaimContent, { kind: 'arrests' }>;

const adverbs = '(?: (?:also|all|each|both|then|later|now|since|so far|already|[a-z]+ly))*';
const arrested =
  '(?:arrested|apprehended|under arrest|(?:detained|held)(?: (?:in|at) [A-Z][^,.;:]{2,30}?)? on suspicion|(?:detained|held) for [^.;,:]{0,40}?offences|taken into custody)';
const arrestedAfter = new RegExp(
  `^(?<gap>[^.;:"]{0,100}?)(?:,? (?:(?:have|has|had)${adverbs} been|were|was|being|are|is)${adverbs})? ${arrested}\\b(?! (?:last|previously|in (?:19|20)))`,
);
const breaks =
  /\b(?:rescued|freed|safeguarded|referred|identified|helped|visited|executed|said|carried|led|joined|spoke|found|seized|were|was|are|is|has|have|had|will|while|when|where|which|who|but|and (?:officers|police|we|they|he|she|it|the)|after|before|no|not|nobody)\b/;
const arrestedBefore = /\b(?:arrest(?:ed|ing)?(?: of)?|arrests of|apprehended) $/i;
const tookBefore = /\b(?:took|taking) $/;
const detainedBefore = /\bdetained $/;
const detainedFor = /^[^.;,]{0,30}? (?:on suspicion of|for [^.;,]{0,40}?offences?)\b/;
const made =
  /^(?:,? (?:were|was|have been|has been|had been)(?: (?:also|since|now|then))? (?:made|carried out)\b| made\b|(?:[.,;]|$)| (?:in|at|on|for|across|of|as|during|following|and|after|by|throughout|under|over|were|took|followed|have|has|-|\())/;

/** Counts of arrests that no row of people gives: "a further 12 were arrested", "another five arrests". */
export function countedArrests(
  text: string,
  mentions: readonly Mention[],
  rows: readonly ClaimContent[],
  setting: Setting,
  listVerb: boolean,
): ClaimContent[] {
  const known = new Set(rows.flatMap((one) => (one.kind === 'arrests' ? [one.count.value] : [])));
  let reach: readonly number[] = [];
  return mentions.flatMap((mention, index): Arrests[] => {
    const { count, noun, words, class: kind } = mention;
    const part = partPlace(mention, reach, { text, setting });
    if (part) {
      reach = [part.end];
      return [{ ...arrests(count, null), ...part.where }];
    }
    const isNew = !known.has(count.value) && !mention.definite && mention.scope !== 'part';
    const whole = isNew && wholeBefore(text, mention, mentions[index - 1]);
    const end = whole ? mention.end : arrestEnd(text, mention, listVerb);
    if (end === null) {
      if (kind !== null) reach = [];
      return [];
    }
    reach = [mention.end, end].map((at) => placeHere(text, at, setting)?.end ?? at);
    if (!isNew) return [];
    known.add(count.value);
    const sex = sexOf(noun, words);
    if (whole) return [{ ...arrests(count, sex), scope: 'part' }];
    const { addresses, matter, town } = surroundings(text, end, setting.area);
    const near = place(text, mention, end, setting);
    // "Two arrests were made at four addresses in Denby".
    const where = town && !near.town && !near.towns && !near.region ? { ...near, town } : near;
    // "Nobody was arrested in Denby or Marl": none there and none there.
    const towns = mention.nought ? (where.towns ?? []) : [];
    if (towns.length > 0) return towns.map((town) => ({ ...arrests(count, sex), town, addresses, matter }));
    return [{ ...arrests(count, sex), ...where, addresses, matter }];
  });
}

const holder =
  /\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Oo]ne) (?:(?!former|of|and)[a-z-]+ ){0,2}?(?:owner|manager|operator|landlord|landlady|boss|tenant|employer|gangmaster|supervisor|proprietor|keyholder|occupant|occupier)(?: of (?:the|an?|one|this) (?:[a-z-]+ ?){1,4})?,? (?:was|has been) (?:also |then |later )?arrested\b/;

/** "The owner of the car wash was arrested": one person, where the release has told of no arrest before. */
export const arrestedHolder = (text: string): ClaimContent[] =>
  holder.test(text) || /\b[Aa]n arrest (?:was|has been) made\b/.test(text)
    ? [arrests({ kind: 'number', value: 1, qualifier: 'exact' }, null)]
    : [];

const arrests = (count: Count, sex: Sex | null): Arrests => ({
  kind: 'arrests',
  count,
  sex,
  town: null,
  addresses: null,
  matter: null,
});

/** "41 arrests, including 28 men": a part of the count before it. */
const wholeBefore = (text: string, { start, count, class: noun }: Mention, before: Mention | undefined): boolean =>
  before?.class === 'arrests' &&
  noun === 'people' &&
  count.value < before.count.value &&
  /^(?: (?:in all|in total))?, (?:including|among them) $/.test(text.slice(before.end, start));

const sexOf = (noun: string, words: string): Sex | null => {
  if (/\band\b/.test(words)) return null;
  if (/^(?:wom[ae]n|females?|girls?)$/.test(noun)) return 'female';
  return /^(?:m[ae]n|males?|boys?)$/.test(noun) ? 'male' : null;
};

/** Where the words of arrest end that belong to a count; null where none do. */
function arrestEnd(text: string, mention: Mention, listVerb: boolean): number | null {
  const { start, end, class: kind, scope, nought, words } = mention;
  const after = withoutAsides(text.slice(end, end + 160));
  const before = text.slice(Math.max(0, start - 40), start);
  if (/\b(?:including|of whom|of which|among them),? $/i.test(before)) return null;
  // "five men aged 21, 47, 49 and two men aged 23", ages hidden: of the five.
  if (/_{4,}\d? and $/.test(before) && /^ _{4,}/.test(after)) return null;
  if (kind === 'arrests') {
    const verb = made.exec(after)?.[0];
    if (verb === undefined || /\bno\b/i.test(before) || /^(?:house|cardiac)/.test(words)) return null;
    return end + (/ (?:made|out)$/.test(verb) ? verb.length : 0);
  }
  const bare =
    kind === null &&
    !/^(?:fewer|less|under)\b/i.test(text.slice(start)) &&
    (scope !== undefined || isBare.test(before)) &&
    wereArrested.test(after);
  if (kind !== 'people' && !bare) return null;
  if (listVerb && !/\b(?:was|were|is|are|has|have)\b/.test(text)) return kind === 'people' ? end : null;
  if (bare) return end + (wereArrested.exec(after)?.[0].length ?? 0);
  const match = arrestedAfter.exec(after);
  const gap = match?.groups?.['gap'];
  if (
    match &&
    gap !== undefined &&
    !breaks.test(gap) &&
    !/\b(?:and|of (?:whom|them|which|these|those))$/.test(gap) &&
    (!gap.endsWith(',') || gap.startsWith(',') || gap.startsWith(' (')) &&
    !/\b(?:of|at|in|from|by) (?:the )?$/.test(before.replace(outcome, ''))
  )
    return end + match[0].length;
  if (nought) return null;
  if (detainedBefore.test(before) && detainedFor.test(after)) return end;
  if (tookBefore.test(before) && /^ into custody\b/.test(after)) return end;
  if (/(?:^|\. )(?:Also )?[Aa]rrested (?:[a-z ]{0,20} )?(?:were|was) $/.test(text.slice(0, start))) return end;
  return arrestedBefore.test(before) && !/\b(?:not|never|to) arrest/.test(before) ? end : null;
}

/** "two were arrested", "12 arrested": a number without a noun. */
const wereArrested = new RegExp(
  `^(?: more)?(?: (?:(?:have|has|had)${adverbs} been|were|was)${adverbs})?(?: people)? arrested\\b`,
);
const isBare = /(?:^|[,;:] (?:and )?|\b(?:and|with|saw|seeing|while|but) )$/i;

const place = (text: string, { start, end, scope }: Mention, verbEnd: number, setting: Setting) =>
  whereOf(text, clauseStart(text, start), start, [end, verbEnd], scope, setting);

const clauseStart = (text: string, at: number): number => {
  const before = text.slice(0, at);
  return Math.max(
    before.lastIndexOf('; '),
    before.lastIndexOf(': '),
    before.lastIndexOf(', and '),
    before.lastIndexOf(', with '),
    0,
  );
};

const ofArrested =
  /^(?:Of|Among) (?:the|those|all) (?:\S+ )?(?:people |persons |men |women |suspects )?(?:who were |that were |under )?arrest(?:ed|s)?(?: made)?,? /;

/** "Of the people arrested, 19 were held for controlling prostitution and 24 for modern slavery offences": parts of the whole. */
export function partsOfArrests(text: string, mentions: readonly Mention[]): ClaimContent[] {
  const lead = ofArrested.exec(text)?.[0];
  if (lead === undefined) return [];
  return mentions.flatMap((mention): ClaimContent[] => {
    const { start, end, numeralEnd, class: kind, noun, words, count, nought } = mention;
    if (start < lead.length || nought || (kind !== null && kind !== 'people')) return [];
    const after = text.slice(kind === null ? numeralEnd : end, (kind === null ? numeralEnd : end) + 20);
    return /^(?: (?:were|was|are|is|had|for|over|on)\b|[.,;]|$)/.test(after)
      ? [{ ...arrests(count, sexOf(noun, words)), scope: 'part' }]
      : [];
  });
}

/** "51 persons arrested (30 of them for labour exploitation)", "2,517 arrests were made - 850 of them on charges of …": a part of the whole. */
const ofThemFor = new RegExp(
  `\\barrest(?:s|ed)\\b[^.;()]{0,60}?(?: \\(| - )(?<some>${positiveNumber})(?: (?:of (?:them|whom|which|these)))? (?:were |was )?(?:for|over|on (?:suspicion|charges) of) `,
);

export function someOfArrests(text: string, told: readonly ClaimContent[]): ClaimContent[] {
  const value = numberOf(ofThemFor.exec(text)?.groups?.['some'] ?? '');
  const whole = told.find((one) => one.kind === 'arrests' && value !== null && one.count.value > value);
  return whole && value !== null
    ? [{ ...arrests({ kind: 'number', value, qualifier: 'exact' }, null), scope: 'part' }]
    : [];
}

/** Arrests with the place and the whole that their sentence gives beyond the words around them. */
export function placedArrests(
  text: string,
  mentions: readonly Mention[],
  told: readonly ClaimContent[],
  setting: Setting,
): ClaimContent[] {
  return told.map((one) => {
    if (one.kind !== 'arrests') return one;
    const mention = mentions.find(
      ({ count, article }) => count.value === one.count.value && (article ? one.count.value === 1 : true),
    );
    if (!mention) return one;
    if (one.town !== null) return mention.scope === 'further' ? { ...one, scope: mention.scope } : one;
    const after = text.slice(mention.end, mention.end + 160);
    const verb = /^[^.;:"]{0,100}?\b(?:arrested|under arrest|custody|made)\b/.exec(after)?.[0].length ?? 0;
    const { town, towns, region, scope } = place(text, mention, mention.end + verb, setting);
    return {
      ...one,
      town,
      ...(towns ? { towns } : {}),
      ...(region ? { region } : {}),
      ...(scope && !(scope === 'in all' && one.sex !== null) ? { scope } : {}),
    };
  });
}
