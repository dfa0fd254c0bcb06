/** Reads the one place that a release says was visited: "raided a guest house in Denby", where it counts no others. */
import type { ClaimCollector } from '../claim-collector.ts';
import type { ClaimContent } from '../parsed-release.ts';
import { type Setting, whereOf } from '../places-and-days/where.ts';
import { type Block, beforeComparing, longestSentence, saysOtherTime } from '../sentences.ts';
import { businessOf } from '../things.ts';
import { placeAt } from './counts.ts';
import { masked } from './masking.ts';
import { phraseAt } from './noun-phrases.ts';
import { visitAfter, visitBefore, warrantBefore } from './treatments.ts';

const article = /(?<![\w-])(?:an?|one) (?=[a-z])/gi;
/** A deed at a place, by its noun: "carried out a search at", "the raid on". */
const deedBefore =
  /\b(?:raids?|operation|search|searches|swoop|inspection|visits?|activity|bust|checks?|sting|descended|swooped|stormed)\b(?: (?!no\b|not\b|were\b|was\b)[a-z]+){0,4}? (?:at|on|in|of|to|upon) $|\b(?:stormed|combed|raided|searched) $/i;
/** "an operation against slavery was carried out at": the deed and its verb, with words between them. */
const deedCarriedOut =
  /\b(?:operation|raids?|warrants?|searches|search|inspections?|visits?|checks?|initiative)\b[^.;:]{0,110}\b(?:was|were|has been|have been) (?:carried out|conducted|executed|made|undertaken|held) (?:at|in|on) $/i;
/** People were freed from a place: it was entered. */
const freedFrom = /\b(?:rescued|freed|recovered|removed|saved)\b[^.;:]{0,90}? from $/i;
const notVisited =
  /\b(?:not|never|no|to|planned|who|which|whose|worked|working|forced|lived|living|exploited|advertis\w+|suspects?|victims?) (?:[a-z]+ ){0,3}$/i;

/** Each single place of a sentence that was visited. */
function singlePremisesIn(text: string, setting: Setting): ClaimContent[] {
  let rowEnd = -1;
  return [...text.matchAll(article)].flatMap((match): ClaimContent[] => {
    const from = match.index + match[0].length - 1;
    const phrase = phraseAt(text, from);
    if (
      phrase.class !== 'premises' ||
      phrase.noun.endsWith('ss') ||
      /s$/.test(phrase.noun.replace(/(?:ss|business|premises)$/, ''))
    )
      return [];
    const lead = text.slice(Math.max(0, match.index - 160), match.index);
    const byWarrant = warrantBefore.test(lead);
    const passive = /^ (?:[^.;:,]{0,60} )?(?:was|has been) (?=[a-z])/.exec(
      text.slice(phrase.end, phrase.end + 90),
    )?.[0];
    // "a nail bar in Denby and a car wash in Marl": the verb of the first is the second's.
    const inRow =
      rowEnd >= 0 &&
      /^(?: (?:in|at|near) [A-Z][\w' -]{2,40}?)?(?:,| and|, and) $/.test(text.slice(rowEnd, match.index));
    const visited =
      inRow ||
      visitBefore.test(lead) ||
      deedBefore.test(lead) ||
      freedFrom.test(lead) ||
      deedCarriedOut.test(lead) ||
      (passive !== undefined &&
        /(?:^|[.,;] )$/.test(lead) &&
        visitAfter.test(text.slice(phrase.end + passive.length, phrase.end + passive.length + 60)));
    if (!(byWarrant || visited) || notVisited.test(lead)) return [];
    rowEnd = phrase.end;
    const near = / (?:near|on) (?=[A-Z])/y;
    near.lastIndex = phrase.end;
    const town = near.exec(text) ? placeAt(text, near.lastIndex)?.town : undefined;
    const where = town ? { town } : whereOf(text, match.index, match.index, [phrase.end], undefined, setting);
    return [
      {
        kind: 'premises',
        count: { kind: 'number', value: 1, qualifier: 'exact' },
        ...where,
        business: businessOf(phrase.words),
        power: byWarrant ? 'warrant' : 'visit',
      },
    ];
  });
}

/** "a bar that is alleged to be …, in Denby": the town is of the bar, and was not reached. */
const isDoubtful = (text: string): boolean =>
  /\b(?:that|which) (?:is|was) (?:alleged|believed|suspected|said|thought) to\b[^.;]{0,80} in [A-Z]/.test(text);

/** Where a release counts no premises, or none but one: each place that it says was visited. */
export function addSinglePremises(
  blocks: readonly Block[],
  setting: Omit<Setting, 'leadTowns'>,
  gathered: ClaimCollector,
): void {
  const counted = gathered.claims.filter(({ kind }) => kind === 'premises');
  if (counted.some((one) => one.kind === 'premises' && one.count.value !== 1)) return;
  let told = 0;
  for (const { text: whole, said, line, part } of blocks.slice(0, 40).flatMap(({ sentences }) => sentences)) {
    if (part !== 'body' || whole.length > longestSentence || /^["']/.test(whole)) continue;
    const text = beforeComparing(whole);
    if (saysOtherTime(text, setting.published) || counted.some((one) => one.line === line && one.sentence === said))
      continue;
    for (const one of singlePremisesIn(masked(text), { ...setting, leadTowns: [] })) {
      // The same place is told again with fewer words.
      if (one.kind !== 'premises' || (one.town === null && (told > 0 || isDoubtful(text)))) continue;
      told += 1;
      gathered.add({ sentence: said, line, part }, [one]);
    }
  }
}
