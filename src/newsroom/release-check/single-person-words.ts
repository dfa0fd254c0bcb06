/** Words by which a text speaks of one person without a name, and of what happened to that person. */

const alternatives = (words: string): string => words.trim().split(/\s+/).join('|').replaceAll('_', ' ');

/** Between the article and the noun: "a very frightened young woman". */
const described = String.raw`(?:(?!(?:of|an?|the|one|and|or|to|in|for|with|that|who|was|were|is|are|by|no|any|at|on|from|as|than|have|has|had|do|does|did|may|might|can|could|will|would|must|should|shall)\b)[\w’'-]{1,30},? ){0,3}?`;
const article = String.raw`\b(?:an?|one|the|another|this|that|the same)`;

/** Words that tell a sex, an age or a kin: one of them is a description. */
const describingNouns = alternatives(`
  woman man girl boy lady gentleman lad lass chap bloke schoolgirl schoolboy schoolchild teenager teen youth youngster
  juvenile infant newborn pensioner toddler baby mother mum grandmother grandfather granny grandma grandad widow widower
  father dad daughter son wife husband sister brother cousin niece nephew aunt uncle girlfriend boyfriend fiancée fiancé
  masseuse masseur waitress waiter barmaid
  young_person young_adult \\d+-year-old [a-z]+(?:-[a-z]+)?-year-old
`);
const kin = alternatives(`
  mother mum father dad daughter son wife husband sister brother aunt uncle niece nephew cousin grandmother grandfather
  grandson granddaughter stepmother stepfather child baby girlfriend boyfriend fiancée fiancé
`);
/** Words that may speak of people in general: they need something that happened. */
const otherNouns = alternatives(`
  person individual child adult worker employee victim survivor client patient tenant resident occupant migrant refugee
  asylum_seeker minor twin bride sibling lodger housemate flatmate newcomer stranger foreigner pupil apprentice
  receptionist beautician manicurist hairdresser dancer sex_worker courier driver cleaner cook chef barber technician therapist labourer picker packer carer au_pair housekeeper maid nanny
  prisoner member_of_staff staff_member member_of_the_public neighbour customer caller passer-by owner landlord landlady
  boss employer manager shopkeeper businessman businesswoman trafficker suspect student visitor guest relative
`);
/** "A woman officer", "the child protection team", "a victim navigator", "a support worker". */
const asOffice = String.raw`(?![\w’'-]{0,30}-|(?: police| support)? (?:officers?|detective|constable|sergeant|inspector|advis[eo]rs?|nurses?|interpreter|doctor|councillor|judge|navigator|liaison|protection|sexual|criminal|exploitation|slavery|labour|welfare|safeguarding|abuse|services?|support|trafficking|code|strategy|rights|helpline|force|agency|organisation|company)\b)`;
const noOffice = String.raw`(?<!\b(?:social|support|youth|health|outreach|case|charity|council|key|aid|relief|community|service|team|office|operations|project|programme|press|communications|senior|general) )`;

export type Reference = {
  readonly pattern: RegExp;
  readonly needs: 'nothing' | 'a deed' | 'something that happened';
  /** Also of people arrested: an arrest is no reason to say whose brother it was. */
  readonly evenArrested?: true;
};

export const referencePatterns: readonly Reference[] = [
  { needs: 'nothing', pattern: new RegExp(`${article} ${described}(?:${describingNouns})\\b${asOffice}`, 'gi') },
  // "Male callers" are no man.
  {
    needs: 'nothing',
    pattern: new RegExp(
      `${article} ${described}(?:female|male)\\b(?= (?:who|was|is|had|has|told|asked|said|left|in|at|from|aged|inside)\\b|[,.;:!?]|$)`,
      'gi',
    ),
  },
  // "Mother and daughter were referred": two people whom everybody near knows.
  {
    needs: 'nothing',
    pattern: new RegExp(
      `\\b(?:${kin}) and (?:(?:her|his|their|the|an?) )?(?:[a-z]+ )?(?:${kin})\\b(?= (?:who|was|were|had|have|are|is|left|spoke|said|told|got|took|came|went|fled|[a-z]{3,}ed|from|in|at)\\b)|(?<=\\b(?:helped|met|found|safeguarded|referred|supported|protected|advised|freed|moved|to|with) (?:an? |the )?)(?:${kin}) and (?:(?:her|his|their|the|an?) )?(?:[a-z]+ )?(?:${kin})\\b`,
      'gi',
    ),
  },
  {
    needs: 'nothing',
    pattern:
      /\bone of the (?:[\w’'-]{1,30} ){0,2}?(?:women|men|girls|boys|victims|survivors|teenagers|children)\b(?![’'])/gi,
  },
  {
    needs: 'something that happened',
    pattern: new RegExp(`${article} ${described}${noOffice}(?:${otherNouns})\\b${asOffice}`, 'gi'),
  },
  // "A female accepted help".
  { needs: 'a deed', pattern: new RegExp(`${article} ${described}(?:female|male)\\b`, 'gi') },
  // "The owner’s brother was arrested".
  {
    needs: 'something that happened',
    evenArrested: true,
    pattern: new RegExp(
      `\\b(?:an?|the|one|another|that) (?:[\\w’'-]{1,30} ){0,2}?[\\w-]{2,30}[’']s?s? (?:[a-z]+ )?(?:${kin}|partner)\\b|\\bthe (?:${kin}) of (?:an?|the|one) (?:[\\w’'-]{1,30} )??[\\w-]{2,30}\\b`,
      'gi',
    ),
  },
  // "The younger of the women", "the tallest of them".
  {
    needs: 'nothing',
    pattern:
      /\bthe (?:[a-z]{3,}er|(?!rest|west|best|largest|latest|biggest|most|arrest|request|interest)[a-z]{3,}est|only one|first|last) of (?:the (?:[\w’'-]{1,30} ){0,2}?(?:women|men|girls|boys|victims|survivors|teenagers|children|workers|people|sisters|brothers|siblings|pair|group)\b(?![’'])|them\b|those (?:met|helped|found)\b|these (?:women|men)\b)/gi,
  },
  {
    needs: 'a deed',
    pattern: /\bthe (?:first|last|only one|only person) (?:to [a-z]+|there|left)\b|\b(?:either|each) one\b/gi,
  },
  {
    needs: 'a deed',
    pattern:
      /\bthe (?:latter|former)\b(?= (?:is (?:now |still )?(?:safe|free|well|staying|at risk|afraid|being helped)|was|has (?:been|asked|told|left)|had|asked|told|accepted|declined|refused|agreed|left|wants|wanted|spoke|said)\b)/gi,
  },
  // Any one noun that only a person can be: "a chiropodist asked us for help".
  {
    needs: 'nothing',
    pattern:
      /\b(?:an?|the only) (?!(?:number|majority|minority|few|total|group|team|line|half|third|quarter|lot|need|target|goal|aim|plan|deadline|demand|charity|council|force|agency|partner|service|country|business|company|community|city|town|school|church|police|great|single|couple|pair|family|trio|reader|resident)\b)(?:[a-z]+[\s-])?(?!(?:number|group|team|need|target|goal|aim|demand|charity|council|force|agency|partner|service|officer|nurse|adviser|advisor|interpreter|detective|sergeant|constable|worker)\b)[a-z]{3,}(?= (?:(?:was|has been|is being|is now being) (?:helped|freed|safeguarded|comforted|rehoused|rescued|reunited|taken to (?:safety|hospital|an? (?:place of safety|refuge|hospital))|(?:offered|given) (?:[a-z]+ )?(?:help|support|advice)\b|looked after)|asked (?:us |officers |police |nurses )?for help|accepted (?:our |the )?(?:offer of )?(?:help|support|advice)|(?:wants|wanted) to leave|is (?:now|at last) safe)\b)/gi,
  },
  {
    needs: 'a deed',
    pattern:
      /\b(?:the (?:youngest|oldest|eldest)|(?:one|another) of (?:them|those|these|the (?:[\w’'-]{1,30} ){0,2}?(?:people|workers|staff|employees|clients|tenants|residents|adults|occupants)))\b/gi,
  },
  { needs: 'a deed', pattern: /\b(?:someone|somebody)\b/gi },
  { needs: 'nothing', pattern: /\b(?:someone|somebody)[’']s (?:passport|documents|wages|debts?)\b/gi },
  // The person's own words.
  {
    needs: 'nothing',
    pattern:
      /\bI (?:asked for help|want(?:ed)? to leave|(?:was|am|have been) (?:trafficked|exploited|kept|locked|beaten|freed|rescued|safe|free now))\b|\bmy (?:passport|captors?|trafficker)\b|\b(?:helped|freed|rescued|saved|kept|locked|beat|hit|found) me\b/gi,
  },
  // A headline has no article.
  {
    needs: 'nothing',
    pattern:
      /^(?:(?:Young|Teenage|Vulnerable|Frightened|Trapped|Exploited|Enslaved|Trafficked) )?(?:Woman|Man|Girl|Boy|Teenager|Teen|Mother|Worker|Victim|Child|Employee)(?=,? (?:who|was|is|has|had|asks?|asked|tells?|told|says?|said|left|leaves|freed|helped|rescued|found|offered|given|gets?|seeks?|wants?|taken|safe|escapes?|escaped|aged|in|at|from) )/g,
  },
  // The whole of a field, such as the rank beside a quote.
  {
    needs: 'nothing',
    pattern: new RegExp(
      `^(?:(?:an?|the) )?${described}(?:${describingNouns}|worker|employee|victim|survivor|client|tenant|resident)(?: (?:at|from|in) [^.]*)?$`,
      'gi',
    ),
  },
];

/** What only a person does, says, gets or suffers. */
const ownDeeds = `asked|told|tells|said|says|left|spoke|accepted|declined|agreed|refused|wants?|wanted|wishes|wished|chose|received|worked|works (?:there|here)|lived|lives (?:there|here|above)|slept|sleeps (?:there|here|above)|cried|wept|disclosed|explained|described|escaped|fled|owes|felt|knew|stayed|stays|begged|feared|fears|suffered|has (?:since |now |already |also )?(?:left|asked|told|accepted|declined|agreed|gone|been (?:helped|freed|given|offered|moved|referred|rescued|supported|taken|found|met|housed|rehoused|placed|reunited|looked after|treated))|had (?:her|his|their|no|been)|is (?:now|safe|still|being|free|afraid|scared|at risk|staying)|was (?:given|offered|helped|advised|referred|freed|rescued|taken|met|safe|supported|beaten|hurt|hit|locked|forced|kept|held|owed|paid|spoken|found|living|working|sleeping|afraid|frightened|scared|alone|crying|moved|interviewed|asked|told|released|trafficked|exploited|abused)`;
/** What a thing may do too: enough only after the word for a person. */
const anyDeeds = `got|went|came|reported|showed|gave|took|owed|paid|moved|signed|recognised|needed|needs|kept|had|has|was|is (?:with|in|known|wanted)`;
const clause = String.raw`(?:,? (?:aged|in (?:her|his|their)|who|that|whom|from|at|there|with|of|on|inside|working|living|sleeping|employed|held|kept|found|met|present|inside|(?:we|officers|teams|nurses|advisers|police) (?:met|helped|found|saw|spoke|freed|arrested|know))\b[^.;:!?]{0,60}?)?`;
const adverb = `(?:then |later |also |now |still |only |at the [a-z]+ |[a-z]+ly )?`;
const deedAfter = (deeds: string): RegExp => new RegExp(String.raw`^${clause},? ${adverb}(?:${deeds})\b`, 'i');
export const ownDeed = deedAfter(ownDeeds);
export const deed = deedAfter(`${ownDeeds}|${anyDeeds}`);
/** What was done to or for somebody, as it stands before the words for that person. */
export const happenedTo =
  /\b(?:spoke (?:to|with)|spoken to|met|meeting|helped|helping|advised|supported|freed|found|offered|gave|given to|took|moved|referred|saw|brought|interviewed|safeguarded|protected|removed|identified|thanked|told by|left with|drove|released|listened to|encountered|rescued|(?:tips?|tip-offs?|reports?|calls?|complaints?|information|intelligence) (?:had |has |have )?c[ao]me|reported|tipped off|able to (?:[a-z]+ ){0,2}(?:help|support|free|protect|safeguard|move|find|reach)) (?:by |with |from )?$/i;

/** Pronouns for one person. */
export const pronouns = /\b(?:she|he|her|hers|him|his|herself|himself)\b/i;
const auxiliaries = `(?:(?:is|was|has|had|been|being|now|also|still|then|later|never|not|only|just|already|very|does|did|both) ){0,4}`;
/** What makes a pronoun mean a person of the case even after an officer was named. */
export const pronounDeed = new RegExp(
  String.raw`^(?:(?:she|he) ${auxiliaries}(?:asked for help|asked to leave|asks for help|wants? (?:help|to leave|to go home)|wanted (?:help|to leave|to go home)|left with (?:an? |the |our )?(?:advis|nurse|officer|team|police|social|case|support)|freed|rescued|safe|given (?:[a-z]+ )?advice|advised|referred|locked|beaten|hit|hurt|raped|abused|paid nothing|owed|unpaid|trafficked|exploited|afraid|frightened|scared|pregnant|free to leave|kept|sleeping|living there|working there|works there|lives there|sleeps there)|(?:her|his) (?:own )?(?:passport|documents|papers|wages|debts?|identity card|freedom|trafficker|captors?|abuser|family back home|visa|asylum)\b)`,
  'i',
);

/** Who works for the partnership or speaks for it. The named are known by what they do: "Robin Hale said". */
export const officials: readonly RegExp[] = [
  /\b(?:detective|inspector|sergeant|constable|superintendent|commander|commissioner|officer|spokes(?:person|man|woman)|chief executive|director|head of|nurse|advis[eo]r|caseworker|(?:social|support|youth|health|outreach|case|charity|council|key|aid|relief) worker|councillor|minister|mayor|judge|magistrate|interpreter|coordinator|team leader|chair(?:man|woman|person)?|prosecutor|solicitor|lawyer|doctor|volunteer|teacher|investigator|colleague|policewoman|policeman|bishop|professor|founder|trustee|PC|DC|DS|DI|DCI|DSU)\b/gi,
  /\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Cllr|Rev) [A-Z][\w’'-]{1,30}/g,
  /\b[A-Z][\w’'-]{1,30} [A-Z][\w’'-]{1,30}(?=,? (?:who (?:leads|led|heads|runs|commands)|said|says|added|adds|told|explained|explains|asked|thanked|thanks|urged|urges|leads|led))/g,
  /(?<=\b(?:said|added|says|by) )[A-Z][\w’'-]{1,30} [A-Z][\w’'-]{1,30}/g,
];

/** Advice to the reader, or a sign: "If", "When", "Tell", "Look". */
export const genericOpening =
  /^\W*(?:if|when|whenever|where|does|do|did you|is|are|has|can|could|would|tell|call|ask|learn|look|spot|report|think|know|remember|please|never|always|signs?)\b/i;

export const arrestWords =
  /\b(?:arrest(?:s|ed|ing)?|detained|in custody|charged|bailed|on bail|under investigation)\b/i;
export const helpWords =
  /\b(?:help(?:ed|ing)?|advice|advised|advis[eo]rs?|safeguard\w*|referr\w*|support\w*|refuge|safe|freed|rescued|victims?|survivors?|wants? to leave|wanted to leave)\b/i;
export const ownThings = /\b(?:passport|documents|wages|debts?|unpaid|paid nothing)\b/i;
