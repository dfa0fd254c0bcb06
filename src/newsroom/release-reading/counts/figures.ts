/** Reads the counts of a sentence with their verbs, one after another. What is unsure stays unread. */

import type { ClaimContent, Power } from '../parsed-release.ts';
import { people } from '../people/people.ts';
import { isRegion } from '../places-and-days/regions.ts';
import { placeHere, type Setting, whereOf } from '../places-and-days/where.ts';
import { businessOf, referrals, takingPart, things, visits, warrants } from '../things.ts';
import { placeAt } from './counts.ts';
import type { Mention, NounClass } from './noun-phrases.ts';
import { currentNumber } from './numbers.ts';
import { tookPartBefore, visitAfter, visitBefore, warrantAfter, warrantBefore } from './treatments.ts';
import {
  type Context,
  clauseOf,
  isVerbless,
  type ListVerb,
  notDone,
  nothing,
  partPlace,
  type Read,
  totalAfter,
  verbsAfter,
} from './verb-phrases.ts';

export type Figure = { readonly mention: Mention; readonly told: readonly ClaimContent[] };

/** A count that was read: its claims, the verb before it, and where its words end. */
type Reached = {
  readonly mention: Mention;
  readonly active: string | null;
  readonly told: readonly ClaimContent[];
  readonly reach: readonly number[];
  /** Whether it is a part of a count before it. */
  readonly ofParts?: boolean;
};

/** Every count of one masked sentence with what it claims; a count that claims nothing has an empty list. */
export function figuresIn(text: string, mentions: readonly Mention[], setting: Setting, listVerb: ListVerb): Figure[] {
  const figures: Figure[] = [];
  const context: Context = { text, setting, listVerb };
  const reached: Reached[] = [];
  for (const mention of mentions) {
    const lead = text.slice(Math.max(0, mention.start - 240), mention.start);
    const last = reached.at(-1) ?? null;
    // "a laundry" is a count only in a row of counts.
    const onlyInRow = mention.class === 'premises' && mention.article;
    let read = onlyInRow ? nothing : readMention(mention, lead, context);
    if (read.told.length === 0 && !last) read = ofUncounted(mention, context) ?? read;
    if (read.told.length === 0 && last)
      read =
        ofThoseMetThere(mention, last, context) ??
        elliptic(mention, last, context) ??
        inRow(mention, last, context) ??
        partOf(mention, last, context) ??
        read;
    figures.push({ mention, told: read.told });
    if (last && read.inPassing) reached.push({ ...last, mention: { ...last.mention, end: mention.end } });
    else if (read.told.length > 0)
      reached.push({
        mention: sameWords(mention, last),
        active: read.active,
        told: read.told,
        reach: reachOf(read, mention, context),
        ofParts: read.ofParts ?? false,
      });
    else if (last && isInRow(text, last, mention))
      reached.push({ ...last, mention: { ...last.mention, end: mention.end } });
    else if (mention.class !== null) reached.length = 0;
  }
  return figures;
}

/** "three in Denby" is of the noun before it. */
const sameWords = (mention: Mention, last: Reached | null): Mention =>
  mention.class === null && last ? { ...last.mention, start: mention.start, end: mention.numeralEnd } : mention;

const reachOf = ({ reach = 0 }: Read, { end }: Mention, { text, setting }: Context): number[] =>
  [reach, end].map((at) => placeHere(text, at, setting)?.end ?? at);

const rowBetween =
  /^(?: (?:in|at|from) [A-Z][\w' -]{1,40}?)?(?:,? and (?:in |at )?|(?: -|,|\)) and (?:in |at )?|, (?:and )?|; | plus )$/;
const isInRow = (text: string, { mention: { end } }: Reached, { start }: Mention): boolean =>
  start >= end && rowBetween.test(text.slice(end, start));

/** "visited three farms and two car washes": the verb of the first is the second's. */
function inRow(mention: Mention, last: Reached, context: Context): Read | null {
  if (!last.active || !isInRow(context.text, last, mention)) return null;
  if (
    !sameKind(mention.class, last.mention.class) &&
    !(ofChecks.test(last.active) && checkedKinds.includes(mention.class))
  )
    return null;
  return readMention(mention, last.active, context);
}

/** "checked 300 people, 40 vehicles and 12 locations": one verb for all that can be checked. */
const ofChecks =
  /\b(?:check(?:ed|ing)|inspect(?:ed|ing)|search(?:ed|ing)|control(?:led|ling)|screen(?:ed|ing)|checks (?:on|of)) (?:a total of |in total |over |more than )?$/i;
const checkedKinds: readonly (NounClass | null)[] = ['people', 'travellers', 'vehicles', 'documents', 'premises'];

const thingClasses: readonly (NounClass | null)[] = ['money', 'goods', 'documents', 'vehicles'];
const sameKind = (one: NounClass | null, other: NounClass | null): boolean =>
  one === other || (thingClasses.includes(one) && thingClasses.includes(other));

/** "three in Denby" after premises that were visited, "12 in Denby and 15 in Marl were spoken to". */
function elliptic(mention: Mention, last: Reached, context: Context): Read | null {
  const [first] = last.told;
  const isPart = first?.kind === 'premises' || (first?.kind === 'people' && first.town !== null);
  const part = isPart ? partPlace(mention, last.reach, context) : null;
  if (!first || !part) return null;
  const { count } = mention;
  const told: ClaimContent[] =
    first.kind === 'premises'
      ? [{ kind: 'premises', count, ...part.where, business: null, power: first.power }]
      : last.told.flatMap((one) =>
          one.kind === 'people' ? [{ kind: 'people', treatment: one.treatment, quantity: count, ...part.where }] : [],
        );
  return { told, active: null, reach: part.end };
}

const uncounted =
  /\b(?:premises|businesses|addresses|properties|shops|venues|sites|bars|washes|farms|restaurants|takeaways|brothels|salons|hotels) (?:were|have been) (?:visited|inspected|searched|checked|raided)[^.;:-]{0,30}(?: -|:) $/;

/** "Businesses were visited: two in Denby and one in Marl": parts of a count that is not given. */
function ofUncounted(mention: Mention, context: Context): Read | null {
  if (!uncounted.test(context.text.slice(0, mention.start))) return null;
  const part = partPlace(mention, [mention.start - 2], context);
  if (!part) return null;
  return {
    told: [{ kind: 'premises', count: mention.count, ...part.where, business: null, power: 'visit' }],
    active: null,
    reach: part.end,
  };
}

const metAt =
  /^(?: (?:(?:were|was|have been) (?:also )?(?:spoken to|interviewed|met|checked|seen|engaged with)|employed|working|found|staff|and (?:managers|owners|staff|employees|workers)))? (?:at|in|across) (?:a total of |some |all )?$/;

/** "80 workers at 20 nail bars were spoken to", "spoke to 12 women at four addresses": the premises were visited. */
function ofThoseMetThere(mention: Mention, last: Reached, { text, setting }: Context): Read | null {
  const [first] = last.told;
  const met = last.told.some(
    (one) => one.kind === 'people' && (one.treatment === 'spoken to' || one.treatment === 'checked'),
  );
  if (!met || !first || mention.class !== 'premises' || mention.nought || mention.scope || mention.definite)
    return null;
  if (!metAt.test(text.slice(last.mention.end, mention.start))) return null;
  const where = whereOf(text, mention.start, mention.start, [mention.end], undefined, setting);
  const business = businessOf(mention.words);
  return { told: [{ kind: 'premises', count: mention.count, ...where, business, power: 'visit' }], active: 'visited ' };
}

const leadsToParts =
  /^(?:(?! and [a-z]+ed\b)[^.;:(]){0,90}?(?:,| -) (?:including|among them|comprising|made up of)(?: both)? (?:at )?$/;

/** "seven addresses in Denby, four of them brothels", "of which four were brothels". */
const ofSomeBefore =
  /^[^.;:]{0,60}?(?:(?:,| -| \()(?: (?:with|and))? \| of (?:them|these|those|which)\b|,? of which \| (?:were|are) )/;

/** "visited 38 premises, including 16 car washes and two farms": of those before. */
function partOf(mention: Mention, last: Reached, { text, setting }: Context): Read | null {
  const [first] = last.told;
  const between = text.slice(last.mention.end, mention.start);
  const next = last.ofParts === true && isInRow(text, last, mention);
  const some =
    mention.class === 'premises' && ofSomeBefore.test(`${between}|${text.slice(mention.numeralEnd, mention.end)}`);
  if (!first || mention.nought || (!some && (mention.scope || (!next && !leadsToParts.test(between))))) return null;
  if (first.kind === 'people') return partOfPeople(mention, first);
  if (first.kind !== 'premises' || mention.class !== 'premises' || first.count.value < mention.count.value) return null;
  const business = businessOf(mention.words);
  // Shops are no part of farms: then the row is of something else.
  if (business === null || (!next && first.business !== null)) return null;
  const where = placeHere(text, mention.end, setting)?.where ?? { town: null };
  const { power } = first;
  return {
    told: [{ kind: 'premises', count: mention.count, ...where, scope: 'part', business, power }],
    active: null,
    reach: mention.end,
    ofParts: true,
    inPassing: some,
  };
}

/** "334 victims identified, including 21 minors": what was done with all was done with these. */
function partOfPeople({ class: noun, count, words }: Mention, whole: ClaimContent): Read | null {
  if (whole.kind !== 'people' || whole.quantity.kind !== 'number' || whole.quantity.value < count.value) return null;
  if (noun !== 'people' && noun !== 'victims') return null;
  return { told: [{ ...whole, quantity: count, who: words, scope: 'part' }], active: null, ofParts: true };
}

function readMention(mention: Mention, lead: string, context: Context): Read {
  switch (mention.class) {
    case 'premises':
      return premises(mention, lead, context);
    case 'people':
    case 'victims':
      // "involved more than 200 staff from police and partners".
      if (mention.noun === 'staff' && tookPartBefore.test(lead)) return takingPart(mention, lead, context);
      return people(mention, lead, context);
    case 'travellers': {
      const checked = things(mention, lead, context);
      return checked.told.length > 0 ? checked : people(mention, lead, context);
    }
    case 'vehicles':
    case 'documents':
    case 'goods':
    case 'money':
      return things(mention, lead, context);
    case 'warrants':
      return warrants(mention, lead, context);
    case 'visits':
      return visits(mention, context);
    case 'referrals':
      return referrals(mention, context);
    case 'officers':
    case 'countries':
    case 'agencies':
      return takingPart(mention, lead, context);
    default:
      return nothing;
  }
}

const ofAnArrest = /\barrest(?:s|ed|ing)?\b[^.;]{0,80}\b(?:at|from|in) $/i;

/** "executed search warrants and made five arrests at two addresses": both were done there. */
const warrantsAndArrests =
  /\b(?:executed|carried out|served) (?:search )?warrants? and (?:made [a-z\d-]+ arrests|arrested [a-z\d-]+ (?:people|men|women)) (?:at|in) (?:a total of )?$/i;
/** "called on 12 businesses to sign a pledge" is a request. */
const toAct =
  /^[^.;,]{0,40} to (?!(?:check|see|inspect|speak|look|find|talk|ask|offer|make sure|give|hand|tell|raise|carry)\b)[a-z]+/;
const afterUncounted =
  /(?:^|[^a-z])an? (?:[a-z-]+ ){0,2}(?:business|property|premises|address|house|home|shop|farm|restaurant|salon|bar|wash|hotel|flat|brothel|factory|site|building|takeaway|warehouse) and $/i;

function premises(mention: Mention, lead: string, { text, setting, listVerb }: Context): Read {
  const byBoth = warrantsAndArrests.test(lead);
  if (mention.nought || (!byBoth && ofAnArrest.test(lead)) || notDone.test(lead)) return nothing;
  if (/\bcalled on $/.test(lead) && toAct.test(text.slice(mention.end, mention.end + 80))) return nothing;
  // "A business and two properties were searched" is of three.
  if (mention.start > 0 && afterUncounted.test(lead)) return nothing;
  let power: Power | null = null;
  let active: string | null = null;
  let verbEnd = mention.end;
  if (byBoth || warrantBefore.test(lead)) [power, active] = ['warrant', lead];
  else {
    for (const { rest, at } of verbsAfter(text, mention)) {
      const byWarrant = warrantAfter.exec(rest)?.[0];
      const visited = visitAfter.exec(rest)?.[0];
      if (!byWarrant && !visited) continue;
      power = byWarrant ? 'warrant' : 'visit';
      verbEnd = at + (byWarrant ?? visited ?? '').length;
      break;
    }
    if (!power && visitBefore.test(lead)) [power, active] = ['visit', lead];
  }
  if (!power && (listVerb === 'visit' || listVerb === 'warrant') && isVerbless(text)) power = listVerb;
  if (!power) return nothing;
  const scope = mention.scope ?? totalAfter(text, Math.max(mention.end, verbEnd));
  if (mention.scope === 'part' && !/^ of the/.test(text.slice(mention.numeralEnd))) return nothing;
  const each = eachTown(text, mention, setting);
  if (each)
    return {
      told: each.map((town) => ({
        kind: 'premises',
        count: mention.count,
        town,
        business: businessOf(mention.words),
        power: power as Power,
      })),
      active,
      reach: verbEnd,
    };
  const named = townOfName(text, mention);
  const found = dividedByTown.test(text.slice(mention.end, mention.end + 40))
    ? { town: null, ...(scope ? { scope } : {}) }
    : whereOf(text, clauseOf(text, mention.start), mention.start, [mention.end, verbEnd], scope, setting);
  const where = named && !found.town && !found.towns ? { ...found, town: named } : found;
  return {
    told: [{ kind: 'premises', count: mention.count, ...where, business: businessOf(mention.words), power }],
    active,
    reach: verbEnd,
  };
}

/** "two addresses, one in Denby and one in Marl, were searched": the towns are of the parts. */
const dividedByTown = new RegExp(`^(?:,| -| \\() ?${currentNumber} (?:in|at) [A-Z]`, 'i');

/** "Two Barrow businesses": the town stands among the words that are counted. */
function townOfName(text: string, { numeralEnd, end }: Mention): string | null {
  const name = /^ (?<name>[A-Z][a-z]+)(?= [a-z])/.exec(text.slice(numeralEnd, end))?.groups?.['name'];
  if (!name || /(?:ish|ese|ian|an|ch)$/.test(name)) return null;
  const place = placeAt(text, numeralEnd + 1);
  return place?.town === name && !isRegion(name, null) ? name : null;
}

/** "one address in each town": one for every town of the paragraph's lead. */
const eachTown = (text: string, { end }: Mention, { leadTowns }: Setting): readonly string[] | null =>
  leadTowns.length > 1 && /^,? (?:in each(?: (?:town|place|city|of them))?|each)\b/.test(text.slice(end, end + 24))
    ? leadTowns
    : null;
