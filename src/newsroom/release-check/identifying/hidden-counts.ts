/** Finds small counts of people met or helped that are told without a number: "neither", "nobody declined", "a quarter". Pure. */
import type { WatchedWord } from '../watched-words.ts';

type Sentence = { readonly start: number; readonly text: string };

const people =
  '(?:wom[ae]n|m[ae]n|girls?|boys?|persons?|people|individuals?|workers?|victims?|survivors?|children|child|adults?|teenagers?|sisters?|brothers?|siblings?|couples?|famil(?:y|ies)|clients?|tenants?|employees?|suspects?)';
/** Words of people met or of help: beside them a word of the lists below counts people. */
const aboutThem = new RegExp(
  `\\b(?:${people}|(?:accepted|declined|refused) (?:our |the |any )?(?:offers? of )?(?:help|support|advice|referrals?)|(?:want(?:ed)?|asked for|got|took up) (?:our |any )?(?:help|support|advice)|(?:were|was) (?:helped|met|arrested|referred|advised|safeguarded|safe)|(?:help|support|advice) (?:was|were) (?:accepted|given|declined)|[Aa]ccepted help)\\b`,
);
const them = `(?: of (?:them|those(?: (?:met|we met|helped|arrested|inside|there))?|these|(?:the|these|those) (?:[a-z]+ )?${people}(?: (?:met|we met|inside|there))?|(?:our |the )?(?:[a-z]+ )?${people}))`;
/** What somebody decides who is offered help. "All agreed that the week went well" is no such thing. */
const decided =
  '(?:(?:has|have|had|then|also|later|all|both|both have) )?(?:accepted|declined|refused|turned (?:it|this|that|us|them|help) down|turned down|said (?:yes|no)\\b|(?:agreed|wished|chose|asked|wanted) to (?:be|go|leave|speak|talk|get|accept|see|come)|(?:want(?:ed)?|wished for|asked (?:us |officers )?for|got|took(?: up)?|needed|received) (?:[a-z]+ ){0,2}?(?:help|support|advice|offers?|referrals?)|left with (?:us|nurses|advisers|officers)|spoke to (?:us|nurses|officers|advisers|police)|went with)';
const whom = '(?: (?:else|there|inside|present|met|we met|whom we met|(?:who was |who were )?(?:met|inside|there)))?';
const were =
  '(?:was|were|has been|have been|had been) (?:[a-z]+ly |then |also )?(?:helped|referred|advised|safeguarded|rehoused|given (?:[a-z]+ )?(?:help|advice|support)|moved|taken to safety|safe)';

type Rule = { readonly pattern: RegExp; readonly needsPeople?: true };
const rules: readonly Rule[] = [
  {
    pattern: new RegExp(
      `\\bneither(?:${them}|(?: one| ${people})?(?= (?:${decided}|${were}|had|spoke|told|asked|left|knew)))|\\beither(?:${them}(?= (?:${decided}|${were}|had))|(?: one)?(?= (?:accepted|declined|refused) ))`,
      'gi',
    ),
  },
  {
    needsPeople: true,
    pattern:
      /\b(?:the same number|an equal number|equal numbers|(?:half|twice|three times) as many|(?:one|two|three) (?:more|fewer) than|just as many|no fewer than those|as many (?=(?:accepted|declined|refused|were (?:helped|arrested|met))\b))/gi,
  },
  { pattern: /\b(?:counted?|count (?:them|those)[a-z ]*|count) on (?:the fingers of )?(?:one|a|two) hands?\b/gi },
  {
    needsPeople: true,
    pattern:
      /\b(?:an?|the|that|this) (?:trio|foursome|threesome|twosome|duo|dyad|triad|quartet|quintet|sextet|half[\s-]dozen)\b(?! of (?:agencies|charities|forces|councils|partners|visits|addresses))|(?<=: )(?:an? )?(?:trio|foursome|threesome|twosome|duo|dyad|triad|quartet|quintet|sextet|pair|couple|handful|brace)(?= ?(?:[.;,!]|$))/gi,
  },
  {
    pattern: new RegExp(
      `\\b(?:(?:hardly|scarcely|barely) any(?:one|body)?|(?:almost |nearly |not |practically )?(?:every(?:one|body)|all|every ${people}|each)|(?:almost |nearly |practically )?(?:nobody|no one|none)|not (?:a single )?one)${them}?${whom}(?= ${decided})`,
      'gi',
    ),
  },
  {
    pattern: new RegExp(
      `\\b(?:(?:an?|one|two|three|four)[\\s-](?:quarter|third|half|fifth|sixth|eighth|tenth)s?|half)(?: of (?:the |these |those )?(?:[a-z]+ )?${people}|(?:${them})?(?= ${decided})|(?:${them})?(?= ${were}))`,
      'gi',
    ),
  },
  {
    pattern: new RegExp(
      `\\bevery (?:other|second|third|fourth|fifth) (?:one|${people})\\b|\\bone (?:after|by) (?:the |an)?(?:other|one)\\b(?=[^.;:!?]{0,20} (?:${decided}|${were}))|\\beach(?: one)?(?= (?:${decided}|${were}))`,
      'gi',
    ),
  },
  // Which address it was: "an interpreter was needed at the second address only".
  {
    pattern:
      /\b(?:at|in) (?:only )?the (?:first|second|third|fourth|last|other|final) (?:address|premises|business|shop|visit|flat)\b(?:,? (?:only|alone)\b|(?<=\b(?:interpreter|helped|help|advice|support|accepted|needed|met|found)\b[^.;:!?]{0,60})|(?=[^.;:!?]{0,60}\b(?:interpreter|helped|advice|support|accepted|declined)\b))/gi,
  },
];

/** Each in the order of the text; of words that two rules find, the first rule speaks. */
export function findHiddenCounts({ start, text }: Sentence): WatchedWord[] {
  if (text.trimEnd().endsWith('?')) return [];
  const found: WatchedWord[] = [];
  for (const { pattern, needsPeople } of rules) {
    if (needsPeople && !aboutThem.test(text)) continue;
    for (const { index, 0: typed } of text.matchAll(pattern)) {
      const [from, to] = [start + index, start + index + typed.length];
      if (found.some((one) => one.start < to && from < one.end)) continue;
      found.push({
        start: from,
        end: to,
        kind: 'withheld',
        must: 'change',
        message:
          'This tells how many people it was, and they may be very few. Counts of people helped are told rounded, or in words. Take it out.',
      });
    }
  }
  return found;
}
