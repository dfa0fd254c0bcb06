/** Reads which premises were visited, under what power, and how many people were spoken to, advised or safeguarded. */
import { type Counted, countsIn, isCounty, isGeneral, numberPattern, placesAfter, readNumber } from './counts.ts';
import type { ClaimContent, Power, Treatment } from './parsed-release.ts';

const filler =
  '(?: (?:to|at|by|of|in|a|the|these|total|all|some|them|each|were|was|been|have|has|also|made|paid|' +
  'carried|out|[a-z]+ly|conducted|completed|executed|served|took|place|taking|premises)|,|:)*';
const warrantBefore = new RegExp(`\\b(?<warrants>warrants?)(?: under [^,;.]{1,40}?)?${filler} $`, 'i');
const visitBefore = new RegExp(
  '\\b(?:visited|visiting|attended|attending|inspected|inspecting|checked|checking|searched|searching|' +
    'raided|raiding|entered|entering|went to|going to|called at|visits|visit|inspections|inspection|checks|' +
    `raids|raid|searches)${filler} $`,
  'i',
);
const wide = '(?: (?:across|in|around|throughout) the (?:county|force area|district|region|area|city|town|borough))?';
const arrived = '(?:visited|attended|inspected|checked|searched|raided|entered|called at)';
const visitAfter = new RegExp(
  `^${wide}(?:,? (?:were|was|have been|had been|got|being)(?: (?:all|also|each|both))? ${arrived}\\b|` +
    `,? ${arrived}(?=[,.;:]| and | during |$))(?! by customers)`,
  'i',
);
const warrantAfter = new RegExp(
  '^(?: (?:were|was|have been|had been))? (?:searched|entered)(?: by officers)? (?:under|with|using) (?:a |' +
    'search )*warrants?\\b',
  'i',
);
const next = /^(?:,? and (?:at |to )?|, (?:and )?(?:at |to )?|; (?:and )?|: |,? with |,? - ?| \(|\), |\) and )$/;

/** The address of an arrest ("four arrests at two addresses") is told with the arrest. */
const ofAnArrest = /\barrest(?:s|ed|ing)?\b[^.;]{0,80}\b(?:at|from|in) $/i;

/** Counts that follow one another as one list: "four in Denby, three in Marl and one in Oakhurst". */
function chainsOf(text: string, counted: readonly Counted[]): Counted[][] {
  const chains: Counted[][] = [];
  for (const item of counted) {
    const last = chains.at(-1)?.at(-1);
    if (last && last.of === item.of && next.test(text.slice(last.end, item.start))) chains.at(-1)?.push(item);
    else chains.push([item]);
  }
  return chains;
}

/** Premises at which a sentence says that somebody arrived. Nothing where the verb is not plainly theirs. */
export function premisesIn(text: string, area: string | null): ClaimContent[] {
  const told: ClaimContent[] = [];
  let open: Power | null = null;
  for (const chain of chainsOf(text, countsIn(text))) {
    const [first] = chain;
    const last = chain.at(-1);
    if (first?.of !== 'premises' || !last) {
      if (first && !first.elliptic && first.of !== 'other') open = null;
      continue;
    }
    if (!first.elliptic) open = powerOver(text, first, last);
    if (!open) continue;
    for (const item of chain)
      if (!/\b(?:further|more|other|another|additional)\b/.test(item.noun))
        told.push(toPremises(text, item, area, open));
  }
  return told;
}

function powerOver(text: string, first: Counted, last: Counted): Power | null {
  const before = text.slice(Math.max(0, first.start - 120), first.start);
  if (ofAnArrest.test(before)) return null;
  if (warrantBefore.test(before)) return 'warrant';
  for (const { end } of [first, last]) if (warrantAfter.test(text.slice(end, end + 80))) return 'warrant';
  if (visitBefore.test(before)) return 'visit';
  for (const { end, nounEnd } of [first, last]) {
    if (visitAfter.test(text.slice(end, end + 90)) || visitAfter.test(text.slice(nounEnd, nounEnd + 90)))
      return 'visit';
  }
  return null;
}

function toPremises(
  text: string,
  { count, noun, towns, elliptic, start, end }: Counted,
  area: string | null,
  power: Power,
): ClaimContent {
  // "In Denby, four addresses were visited."
  const ahead = /^(?:In|At) /.test(text) ? placesAfter(` ${text.charAt(0).toLowerCase()}${text.slice(1)}`, 0) : null;
  const opens = ahead && text.slice(ahead.end - 1, start) === ', ' ? ahead.towns : [];
  const verb =
    towns.length === 0
      ? (warrantAfter.exec(text.slice(end, end + 90)) ?? visitAfter.exec(text.slice(end, end + 90)))?.[0]
      : undefined;
  const afterVerb = verb ? (placesAfter(text, end + verb.length)?.towns ?? []) : towns;
  const named = (afterVerb.length > 0 ? afterVerb : opens).filter((town) => !isCounty(town, area));
  const [town] = named;
  return {
    kind: 'premises',
    count,
    town: named.length === 1 && town ? town : null,
    towns: named.length > 1 ? named : [],
    business:
      elliptic || isGeneral(noun) ? null : noun.replace(/^(?:different|separate|suspected|local|individual) /, ''),
    power,
  };
}

const warrantVerb = '(?:executed|served|carried out|exercised|conducted|undertaken)';
const ofWarrants = '(?:(?!in\\b|at\\b|of\\b|to\\b|and\\b|or\\b|from\\b|with\\b|for\\b|our\\b)[a-z-]+ )';
const warrantSaid = new RegExp(
  `\\b(?:(?<number>${numberPattern}) )?${ofWarrants}{0,2}?warrants?\\b(?: (?:were|was|have been|` +
    `being))?(?: also)? ${warrantVerb}\\b|\\b(?:${warrantVerb}|executing|serving|` +
    `carrying out) (?:(?<number2>${numberPattern}) )?${ofWarrants}{0,3}?warrants?\\b`,
  'gi',
);
const place =
  '\\b(?:premises|address(?:es)?|propert(?:y|ies)|business(?:es)?|venues?|locations?|sites|brothels?|' +
  'parlours?|bars|washes|farms|restaurants|takeaways|shops|salons|factories|hotels|houses|flats)\\b';
const visitSaid = new RegExp(
  `\\b(?:visited|visiting|to visit)\\b[^;]*${place}|\\bvisits? (?:(?:were|was)(?: also)? (?:made|paid|` +
    `carried out|conducted)|to|at|took place)\\b[^;]*${place}|${place}[^;]{0,160}\\b(?:were|was|` +
    'have been)(?: also)? visited\\b',
  'i',
);

/** Which power of entry a sentence speaks of, and how many warrants where it says. */
export function powersIn(text: string): ClaimContent[] {
  const warrants: ClaimContent[] = [...text.matchAll(warrantSaid)].map(({ groups = {} }) => {
    const value = readNumber(groups['number'] ?? groups['number2'] ?? '');
    return {
      kind: 'power',
      power: 'warrant',
      count: value === null ? null : { kind: 'number', value, qualifier: 'exact' },
    };
  });
  return visitSaid.test(text) ? [...warrants, { kind: 'power', power: 'visit', count: null }] : warrants;
}

const beneficiaries =
  '(?:people|persons?|individuals?|men|women|woman|man|workers?|victims?|potential victims?|adults?|' +
  'sex workers?|children|employees|staff)';
const vague = '(?<words>several|a number of|a handful of|a few|some|many|numerous|dozens of|hundreds of)';
const vaguePeople = new RegExp(`\\b${vague} (?:[a-z]+ ){0,2}?${beneficiaries}\\b`, 'gi');
const help = '(?:advice|guidance|support|help|information|assistance|leaflets?)';

const leads: readonly (readonly [Treatment, RegExp])[] = [
  ['advised', new RegExp(`\\b${help}\\b[^.;,]{0,40} (?:given|offered|provided|handed) to $`, 'i')],
  ['advised', new RegExp(`\\b(?:gave|giving|offered|offering|provided|providing) (?:[a-z]+ ){0,3}${help} to $`, 'i')],
  ['safeguarded', /\bsafeguard(?:ed|ing) $/i],
  ['referred', /\breferr(?:ed|ing) $/i],
  ['identified', /\b(?:identif(?:ied|ying)|found|finding|locat(?:ed|ing)) $/i],
  [
    'spoken to',
    /\b(?:spoke|speaking|spoken|engaged|engaging) (?:to|with) $|\b(?:interviewed|interviewing|encountered|encountering) $/i,
  ],
];
const been =
  '^(?: of [a-z ]{3,40}?)?(?:,? (?:who )?(?:were|was|have been|had been|are being|being)| who)?(?: also| all)? ';
const follows: readonly (readonly [Treatment, RegExp])[] = [
  ['advised', new RegExp(`${been}(?:spoken to and )?(?:given|offered|provided with) (?:[a-z]+ ){0,4}?${help}\\b`, 'i')],
  ['safeguarded', new RegExp(`${been}(?:identified and |found and )?safeguarded\\b`, 'i')],
  ['referred', new RegExp(`${been}referred (?:to|into|through)\\b`, 'i')],
  ['identified', new RegExp(`${been}(?:identified|found|located)\\b`, 'i')],
  ['spoken to', new RegExp(`${been}(?:spoken (?:to|with)|interviewed|encountered)\\b`, 'i')],
];

/** How many people were spoken to, advised, safeguarded, referred or identified: in figures or in words alone. */
export function peopleIn(text: string): ClaimContent[] {
  const counted = countsIn(text)
    .filter(({ of, elliptic, noun }) => of === 'people' && !elliptic && !/\b(?:further|more|other)\b/.test(noun))
    .map(({ count, start, end, noun }) => ({ quantity: count, start, end, noun }));
  const worded = [...text.matchAll(vaguePeople)].map((match) => ({
    quantity: { kind: 'words' as const, words: match.groups?.['words']?.toLowerCase() ?? '' },
    start: match.index,
    end: match.index + match[0].length,
    noun: match[0].toLowerCase(),
  }));
  return [...counted, ...worded].flatMap(({ quantity, start, end, noun }) => {
    const before = text.slice(Math.max(0, start - 90), start);
    const after = text.slice(end, end + 90);
    const found = new Set<Treatment>();
    for (const [treatment, lead] of leads) if (lead.test(before)) found.add(treatment);
    for (const [treatment, follow] of follows) if (follow.test(after)) found.add(treatment);
    if (!/victim/.test(noun)) found.delete('identified');
    return [...found].map((treatment): ClaimContent => ({ kind: 'people', treatment, quantity }));
  });
}
