/** Reads counts of things and of who took part: seizures, checks, warrants, visits, referrals, officers, countries. */
import { isGeneral } from './counts/counts.ts';
import type { Mention } from './counts/noun-phrases.ts';
import {
  checkedBefore,
  seizedBefore,
  thingsChecked,
  thingsFound,
  thingsSeized,
  tookPart,
  tookPartBefore,
} from './counts/treatments.ts';
import { type Context, clauseOf, isVerbless, nothing, type Read, verbsAfter } from './counts/verb-phrases.ts';
import { whereOf } from './places-and-days/where.ts';

/** The release's words for a kind of business; null where they name none ("business addresses"). */
export const businessOf = (words: string): string | null =>
  isGeneral(words)
    ? null
    : words.replace(/^(?:(?:different|separate|local|individual|further|more|other|additional|of|the) )+/, '') || null;

const phoneWords = /phone|mobile|sim/;
export function things(mention: Mention, lead: string, { text, setting, listVerb }: Context): Read {
  if (mention.nought || (mention.definite && mention.class !== 'money')) return nothing;
  // "cannabis worth £1m was seized" is no money that was.
  if (mention.class === 'money' && /\b(?:worth|valued at|value of)(?: [a-z]+){0,3} $/i.test(lead)) return nothing;
  let treatment: 'seized' | 'checked' | 'found' | null = null;
  let active: string | null = null;
  let verbEnd = mention.end;
  for (const { rest, at } of verbsAfter(text, mention)) {
    const before = treatment;
    if (thingsSeized.test(rest)) treatment ??= 'seized';
    else if (mention.class !== 'money' && mention.class !== 'goods' && thingsChecked.test(rest))
      treatment ??= 'checked';
    else if (thingsFound.test(rest) && mention.class !== 'travellers') treatment ??= 'found';
    if (treatment !== null)
      verbEnd = before === null || /^searched\b/.test(rest) ? at + (/^[a-z]+/.exec(rest)?.[0].length ?? 0) : verbEnd;
  }
  if (!treatment && seizedBefore.test(lead)) [treatment, active] = ['seized', lead];
  if (!treatment && mention.class !== 'money' && mention.class !== 'goods' && checkedBefore.test(lead))
    [treatment, active] = ['checked', lead];
  if (!treatment && listVerb === 'seized' && isVerbless(text)) treatment = 'seized';
  if (!treatment || (treatment === 'checked' && phoneWords.test(mention.words))) return nothing;
  const where = whereOf(
    text,
    clauseOf(text, mention.start),
    mention.start,
    [mention.end, verbEnd],
    mention.scope,
    setting,
  );
  const travellers = mention.class === 'travellers';
  if (travellers && treatment !== 'checked') return nothing;
  if (travellers)
    return {
      told: [{ kind: 'people', treatment: 'checked', quantity: mention.count, who: mention.words, ...where }],
      active,
    };
  return {
    told: [
      {
        kind: 'things',
        what: mention.words,
        treatment,
        count: mention.count,
        ...(mention.currency ? { currency: mention.currency } : {}),
        ...where,
      },
    ],
    active,
  };
}

const done = /^(?:executed|served|carried out|exercised|conducted|undertaken|enforced|issued and executed)\b/;
const doing =
  /\b(?:executed|executing|execute|served|serving|carried out|carrying out|carry out|conducted|exercised|undertook|enforced|saw|involved|including|included) (?:a total of |simultaneous )?$/i;
export function warrants(mention: Mention, lead: string, { text, setting, listVerb }: Context): Read {
  if (mention.nought || mention.definite || /arrest warrant/.test(mention.words)) return nothing;
  const verb = verbsAfter(text, mention).find(({ rest }) => done.test(rest));
  if (!verb && !doing.test(lead) && !(listVerb === 'warrant' && isVerbless(text))) return nothing;
  const ends = [mention.end, ...(verb ? [verb.at + (done.exec(verb.rest)?.[0].length ?? 0)] : [])];
  const where = whereOf(text, clauseOf(text, mention.start), mention.start, ends, mention.scope, setting);
  return {
    told: [{ kind: 'power', power: 'warrant', count: mention.count, ...onlyPlaced(where) }],
    active: verb ? null : lead,
  };
}

/** A power says where only if the text does: one without a place is as short as before. */
const onlyPlaced = ({ town, ...rest }: ReturnType<typeof whereOf>) => (town ? { town, ...rest } : rest);

/** "12 visits to nail bars": visits are counted, not premises; only "visits to N premises" counts those. */
export function visits(mention: Mention, { text, setting }: Context): Read {
  if (mention.nought || mention.definite) return nothing;
  if (!/^(?:[a-z -]*\b)?(?:visits?|raids?|inspections?)$/.test(mention.words) || /welfare|home/.test(mention.words))
    return nothing;
  const verb = verbsAfter(text, mention).find(({ rest }) =>
    /^(?:made|carried out|conducted|undertaken|completed|paid|held|took place)\b/.test(rest),
  );
  const active =
    /\b(?:carried out|conducted|made|held|mounted|staged|launched|paid|completed|undertook) (?:a total of |some )?$/.test(
      text.slice(0, mention.start),
    );
  const named =
    /^ (?:to|at|of|on) (?:suspected |local )?(?<words>(?:[a-z]+ ){0,3}?(?:premises|businesses|brothels|bars|washes|salons|parlours|farms|restaurants|shops|takeaways|addresses|properties|sites|hotels|workplaces|factories|barbers)(?: and (?:[a-z]+ ){0,2}(?:bars|washes|salons|shops|sites|premises|addresses|properties|parlours|farms|takeaways|hotels|businesses))?)\b/.exec(
      text.slice(mention.end, mention.end + 80),
    );
  const business = named?.groups?.['words'];
  if (
    !(verb || (active && business !== undefined && /raids?$/.test(mention.words))) ||
    (business === undefined &&
      !/^[^.;]{0,60}(?:$|[.;,])|^ (?:were|was|have|has|took|in|at|across)/.test(text.slice(mention.end)))
  )
    return nothing;
  const where = whereOf(
    text,
    clauseOf(text, mention.start),
    mention.start,
    [mention.end + (named?.[0].length ?? 0), (verb?.at ?? mention.end) + (verb ? 4 : 0)],
    mention.scope,
    setting,
  );
  return {
    told: [
      {
        kind: 'premises',
        count: mention.count,
        ...where,
        business: business === undefined ? null : businessOf(business),
        power: 'visit',
      },
    ],
    active: null,
  };
}

export function referrals(mention: Mention, { text, setting }: Context): Read {
  if (mention.definite) return nothing;
  const toNrm = /\b(?:NRM|National Referral Mechanism)\b/i;
  const after = text.slice(mention.end, mention.end + 110);
  if (!toNrm.test(mention.words) && !/^[^.;]{0,60}\b(?:in)?to the (?:NRM|National Referral Mechanism)\b/.test(after))
    return nothing;
  const where = whereOf(text, clauseOf(text, mention.start), mention.start, [mention.end], mention.scope, setting);
  return {
    told: [{ kind: 'people', treatment: 'referred', quantity: mention.count, ...onlyPlaced(where) }],
    active: null,
  };
}

const joinedIn = /^[^.;:]{0,160}?\b(?:took part|taking part|participat(?:ed|ing)|(?:were|was) involved|joined)\b/;
export function takingPart(mention: Mention, lead: string, { text }: Context): Read {
  // "60 of its officers": of the force itself.
  const ofOwn = /^ of (?:its|our|the force's) /.test(text.slice(mention.numeralEnd));
  if (mention.nought || ((mention.definite || mention.scope === 'part') && !ofOwn)) return nothing;
  const who = mention.class === 'countries' || mention.class === 'agencies' ? mention.class : 'officers';
  if (who === 'officers' && /former|off-duty|injured/.test(mention.words)) return nothing;
  const after = text.slice(mention.end, mention.end + 220);
  if (!(who === 'officers' ? tookPart : joinedIn).test(after) && !tookPartBefore.test(lead)) return nothing;
  if (mention.noun === 'partners') return nothing;
  if (who === 'countries' && /\b(?:nationals|victims|people|women|men) (?:from|of) $/.test(lead)) return nothing;
  return { told: [{ kind: 'taking part', who, count: mention.count }], active: null };
}
