/** The verbs of releases: what was done with premises, people and things, before and after the words that count them. */
import type { Treatment } from '../parsed-release.ts';
import { numberWords } from './numbers.ts';

/** Words between a noun of a deed and what it was done to: "visits were made to", "advice about pay was given to". */
const onward = `(?: (?!(?:no|not|never|without|will|would|could|may|might|should|can|who|which|that|from|led|resulted|${numberWords})\\b)[a-z][a-z-]*){0,5}?`;
/** "visits were made to 12 premises": the noun of a deed, before what is counted. */
const nounBefore = (nouns: string, prepositions: string): RegExp =>
  new RegExp(`\\b(?:${nouns})\\b${onward} (?:${prepositions}) $`, 'i');
const given =
  '(?:given|offered|provided|handed|made|found|carried out|put in place|put around|arranged|extended|paid|held|conducted)';
/** "advice was given to 12 people": a noun that is a deed only with its verb. */
const givenBefore = (nouns: string, prepositions: string): RegExp =>
  new RegExp(`\\b(?:${nouns})\\b${onward} ${given}(?: out)? (?:${prepositions}) $`, 'i');
/** "12 premises received a visit", "were the target of raids": the noun of a deed, behind what is counted. */
const nounAfter = (nouns: string): string =>
  `(?:(?:have |has )?(?:received|underwent|were paid|was paid|had)|(?:made )?(?:the )?(?:subject(?:ed)?|targets?|focus|scene|object)s? (?:of|to|for)) (?:an? |the )?(?:(?!no )[a-z-]+ ){0,3}?(?:${nouns})`;

const help = '(?:advice|guidance|support|help|information|assistance|leaflets?|welfare checks?)';
const nrm = '["\']?(?:National Referral Mechanism|NRM)';

/** Words between a verb and its number. */
export const filler =
  '(?:,? (?:to|at|on|of|in|a|the|these|total|all|some|them|each|were|was|been|have|has|also|made|paid|with|against|' +
  'carried|out|[a-z]+ly|conducted|completed|executed|served|took|place|taking|premises|came|amounted|including|simultaneously|held|undertaken|targeting|unannounced)|,|:)*';

const visitNouns = 'visits?|inspections?|checks?|raids?|search|searches|swoops?|busts?|stings?';
export const premisesVisited = `(?:visited|attended|inspected|checked|searched|raided|entered|targeted|examined|called (?:at|on)|paid (?:an? )?(?:[a-z]+ )?visits?|${nounAfter(visitNouns)})`;
const visitWords =
  'visited|visiting|attended|attending|inspected|inspecting|checked|checking|searched|searching|raided|raiding|entered|entering|' +
  'been to|called (?:at|on|in at)|calling (?:at|on|in at)|(?:officers|staff|teams?|police|detectives|inspectors|crews|personnel) (?:[a-z]+ ){0,4}?(?:deployed|sent|dispatched) (?:in)?to|descended on|swooped on|moved in on|targeted|targeting|raid|visit|attend|inspect|search|check|target|' +
  '(?:gained|forced|made) (?:an )?entry (?:in)?to|(?:went|going) (?:(?:in)?to|round|around)|forced (?:their|its) way into|(?:were|was) at|spent the (?:day|morning|week|afternoon|evening) at|turned up (?:[a-z]+ ){0,3}at|look(?:ed|ing) (?:in on|at|round|around)|conversations at|' +
  '(?:visits?|inspections?|checks?|raids?|searches) (?:covered|took in|came to|included|involved|extended to|reached|numbered)';
const visitedBefore = new RegExp(`\\b(?:${visitWords}|${visitNouns})${filler} $`, 'i');
const visitsBefore = nounBefore(visitNouns, 'to|at|on|of|into');
/** "issued seven prohibition notices at three car washes": who issues them was there. */
const noticesBefore =
  /\b(?:issued|served|handed out) (?:[a-z\d]+ )?(?:(?:prohibition|improvement|closure|enforcement|penalty|fixed penalty|hygiene) )?(?:notices|orders|warnings) at $/i;
export const visitBefore = {
  test: (lead: string): boolean => visitedBefore.test(lead) || visitsBefore.test(lead) || noticesBefore.test(lead),
};
export const visitAfter = new RegExp(`^${premisesVisited}\\b(?! by customers)`, 'i');
export const warrantBefore = new RegExp(
  `\\bwarrants?\\b(?: under [^,;.]{1,40}?)?${filler} $|\\bwarrants? (?:were |was |have been )?(?:executed|carried out|served)[^.;:\\d]{0,70}?,? (?:at|on) $|\\bwith (?:search )?warrants? (?:searched|entered|raided|went into|visited) $`,
  'i',
);
export const warrantAfter =
  /^(?:searched|entered|raided)(?: by (?:officers|police))? (?:under|with|using|on) (?:a |search )*warrants?\b/i;

const safety =
  '(?:in)?to (?:(?:a )?(?:place of )?safety|(?:a )?(?:safe (?:place|house|accommodation)|refuge|shelter|reception centre|(?:emergency|temporary) accommodation))';

/** Passive: after "were", or straight after the noun ("12 victims identified"). */
export const peopleAfter: readonly (readonly [Treatment, RegExp])[] = [
  [
    'advised',
    new RegExp(
      `^(?:given|offered|provided with|handed|received|got)\\b (?:(?!and\\b|no\\b)[a-z-]+ ){0,4}?${help}\\b|^(?:advised|told|informed) (?:about|of|on) (?:their|the) (?:rights|help|support|options)\\b|^advised\\b (?:on|about|of|by|and)\\b|^(?:told|shown) (?:where|how|whom) (?:to|they)\\b`,
      'i',
    ),
  ],
  [
    'safeguarded',
    new RegExp(
      `^(?:safeguarded|protected|made safe|safe|(?:out of|away from) (?:harm|danger)|(?:taken |brought |moved |led |escorted |removed )?${safety}|taken into (?:police protection|(?:the )?care)|placed (?:in|into|under) (?:safeguarding|protective|protection|emergency))\\b`,
      'i',
    ),
  ],
  [
    'referred',
    new RegExp(
      `^referred (?:as (?:[a-z]+ ){1,4})?(?:in)?to (?:the |both the )?(?:UK's |government's )?${nrm}|^(?:(?:chose|agreed|asked|consented|opted) to )?(?:be )?(?:referred|entered|enter) (?:(?:in)?to )?the ${nrm}|^referred (?:to|into|through|for)\\b`,
      'i',
    ),
  ],
  [
    'referred',
    new RegExp(`^(?:supported|helped|guided|brought|taken|assisted) (?:in)?to (?:enter )?(?:the )?${nrm}`, 'i'),
  ],
  ['rescued', /^(?:rescued|freed|liberated|recovered|saved|brought out|removed from (?:harm|exploitation|danger))\b/i],
  [
    'supported',
    /^(?:found,? (?:and|who) (?:are )?(?:now |also )*(?:receiv(?:e|ing)|getting|being given|given) (?:[a-z]+ )?(?:support|care|help)|(?:supported|helped|assisted)(?! into\b| to enter\b)|looked after|cared for|getting (?:help|support|care)|given (?:care|shelter|a place to stay)|(?:now )?(?:being|receiving) (?:supported|helped|cared for|support|care|specialist (?:support|care|help)))\b/i,
  ],
  [
    'identified',
    /^(?:(?:positively )?identified|found|located|discovered|detected|encountered|uncovered|flagged|came to light|come to light|came forward|come forward|brought to light)\b(?! (?:guilty|dead|to have|to be (?!(?:potential |possible )?victims)))/i,
  ],
  [
    'spoken to',
    /^(?:spoken (?:to|with)|interviewed|encountered|engaged(?: with)?|met(?: with)?|visited|contacted|approached|talked to|seen)\b/i,
  ],
  [
    'checked',
    new RegExp(
      `^(?:checked|screened|controlled|inspected|questioned about their (?:status|right)|stopped|stop-checked|${nounAfter('checks?')})\\b`,
      'i',
    ),
  ],
  ['charged', /^charged\b/i],
];

const anyOf = (...patterns: readonly RegExp[]): RegExp =>
  new RegExp(patterns.map(({ source }) => source).join('|'), 'i');

/** Active: right before the number. */
export const peopleBefore: readonly (readonly [Treatment, RegExp])[] = [
  [
    'advised',
    anyOf(
      givenBefore(help, 'to'),
      new RegExp(
        `\\b(?:gave|giving|offered|offering|provided|providing|handed|handing) (?:out )?(?:[a-z-]+ ){0,3}${help}(?: and [a-z]+)? to $`,
      ),
    ),
  ],
  [
    'safeguarded',
    anyOf(
      /\b(?:ensur(?:ed?|ing)|secur(?:ed?|ing)) the safety of $/,
      /\b(?:safeguard(?:ed|ing)?(?: of)?|protect(?:ed|ing)) $/,
      givenBefore('safeguarding(?! (?:advice|guidance|support|information))|protection|safe accommodation', 'to|for'),
    ),
  ],
  ['referred', /\b(?:referr(?:ed|ing)|refer|referrals? (?:of|for)) $/i],
  ['rescued', /\b(?:rescu(?:ed?|ing|es?)(?: of)?|freed|freeing|liberated|liberating|recovered|recovering) $/i],
  ['supported', /\b(?:supported|supporting|assisted|assisting|helped|helping) $/i],
  [
    'identified',
    /\b(?:identif(?:ied|ying|y)|(?:identification|discovery) of|found|finding|located|locating|discovered|discovering|detected|detecting|uncovered|uncovering|encountered|encountering) $/i,
  ],
  [
    'spoken to',
    anyOf(
      /\b(?:(?:spoke|speaking|spoken|engaged|engaging|talked|talking|met|meeting|contact|(?:able|managed|went on) to (?:speak|talk)|a word|in touch) (?:to|with)|interviewed|interviewing|encountered|encountering|met|visited) $/,
      nounBefore('engagement|contact|conversations?|interviews?|discussions|chats', 'with'),
    ),
  ],
  [
    'checked',
    anyOf(/\b(?:checked|checking|screened|screening|inspected|inspecting) $/, nounBefore('checks|controls?', 'on|of')),
  ],
  ['charged', /\bcharged $/i],
];
/** The people themselves did it: "eleven women talked to officers". */
export const peopleSpoke =
  /^,? (?:also )?(?:talked|spoke|chatted) (?:to|with) (?:the )?(?:[a-z-]+ ){0,2}?(?:officers?|police|detectives?|staff|specialists?|teams?|gardaí|gardai|partners|us\b)/i;

export const thingsChecked =
  /^(?:checked|stopped|inspected|searched|examined|screened|monitored|controlled|stop-checked|scanned)\b/i;
export const thingsSeized = /^(?:seized|confiscated|recovered|impounded|taken away|removed)\b/i;
export const thingsFound = /^(?:found|discovered|located)\b/i;
export const checkedBefore =
  /\b(?:checked|checking|stopped|stopping|inspected|inspecting|searched|searching|examined|examining|screened|screening|monitored|monitoring|checks? (?:on|of)) $/i;
export const seizedBefore =
  /\b(?:seiz(?:ed|ing|e|ures? of|ures? includ(?:e|ed|es|ing):?)|confiscated|confiscating|recovered|recovering|impounded) $/i;

/** What officers do together; what is done with them, or was years ago, is another matter. */
const wholeTeam =
  '(?:took part|taking part|taking to|took to|(?:were|was|have been|are) (?:also |all )?(?:involved|deployed|mobilised|sent|drafted|assigned|there|present|on duty|on the ground|on the streets|part of|engaged in|at work|used|brought in|out)|' +
  'on duty|went|swept|swooped|made|led|ran|spoke|met|(?!(?:trained|died|retired|injured|recruited|employed|received|completed|graduated|signed|attended training|needed|armed|based|experienced|skilled|qualified|seconded|dedicated)\\b)[a-z]+(?:ed|ing))\\b';
export const tookPart = new RegExp(
  `^(?:,? and (?:[a-z]+ ){1,3}?(?=took|were|joined|together|[a-z]+ed\\b)|, (?:with|some|many|most|including|among)[^,.;:]{2,50},)?(?: (?:from|of|across|in) [^.;:]{3,200}?)?,? ?(?:all |also |have |had |who |then )?${wholeTeam}`,
  'i',
);
export const tookPartBefore =
  /\b(?:involv(?:ed|ing)|saw|deployed|deploying|mobilised|joined by|participation of|alongside|carried out by|[Tt]he (?:force|police|operation|raids?) (?:sent|used|took|needed|had)|It took|led by|supported by) (?:a total of )?$/i;
