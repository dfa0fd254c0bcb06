/** Details that identify a person only in combination: which ones there are, and how many may occur together. */
import { cities, commonOrigins, counties, rareOrigins } from './capitals.ts';
import { exactDate, findSpots, monthWords, numberWords, ordinalWords, type Spot } from './found.ts';

/** Few people share such a detail, even in a whole country. */
export const sharpDetails = [
  'exact age',
  'exact day',
  'rare origin',
  'small place',
  'mark on the body',
  'height or hair',
  'rare family',
  'rare work',
  'told apart from all others',
] as const;
/** Many people share it; it identifies only in combination. */
export const softDetails = [
  'origin',
  'city or county',
  'work',
  'family',
  'health',
  'faith or language',
  'month',
  'studies',
  'journey',
] as const;
export type SharpDetail = (typeof sharpDetails)[number];
export type SoftDetail = (typeof softDetails)[number];
export type Detail = SharpDetail | SoftDetail;
export type QuasiIdentifier = Spot<Detail>;

const isSharp = (detail: Detail): detail is SharpDetail => (sharpDetails as readonly string[]).includes(detail);

const listed = (words: ReadonlySet<string>): RegExp => new RegExp(`\\b(?:${[...words].join('|')})\\b`, 'gi');
/** Countries and peoples whose names are also other words count only with a capital letter. */
const ambiguous = new Set('chad jordan georgia guinea sierra leone niger turkey china polish roma thai'.split(' '));
const named = (words: ReadonlySet<string>): RegExp =>
  new RegExp(
    `\\b(?:${[...words]
      .map((word) => (ambiguous.has(word) ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : insensitive(word)))
      .join('|')})\\b`,
    'g',
  );
const insensitive = (word: string): string =>
  `[${word.charAt(0)}${word.charAt(0).toUpperCase()}](?:${word.slice(1)}|${word.slice(1).toUpperCase()})`;

const age = `(?:\\d\\d|${numberWords})`;
const exactAge = new RegExp(
  [
    `\\b${age}[- ]?(?:years?|yrs?|y)[- /]?(?:old|o)\\b`,
    `\\b${age} ?(?:yo|y\\.o\\.)(?!\\w)`,
    `\\baged? (?:of |is |was |about |around )?${age}\\b(?! ?(?:to|and|or|-) ?\\d)(?! ?- ?\\d)`,
    `\\b(?:she|he|they|who|person|woman|man|victim)(?:'s| is| was| are| were)(?: now| only| just| then| still)? ${age}\\b(?! ?(?:weeks|months|hours|days|minutes|miles|times|of|people|women|men|per|percent|%|pounds|euros|stone|feet|foot|kg|cm|metres|km|hundred|thousand|other|others|workers|girls|rooms|nights|to|in|and \\w+ (?:women|men)))`,
    `\\b(?:turn(?:ed|s|ing)|over|reached) ${age}\\b(?! ?(?:weeks|months|hours|days|men|women|people|minutes|miles|times|euros|pounds|%|percent))`,
    `\\b(?:woman|man|person|girl|boy|mother|father|lady|adult|female|male|national|victim) (?:of|aged|,) ?${age}\\b(?! ?(?:weeks|months|hours|days))`,
    `\\b(?:she|he|person|and|,) is (?:now )?${age}(?=[.,;]|$| and)`,
    `\\b(?:\\d\\d(?:st|nd|rd|th)|${ordinalWords}) birthday\\b`,
    `\\bthe ${age}[- ]year`,
    `\\bage:? ${age}\\b`,
    `\\b\\d\\d ?(?:yrs?|y)\\b(?! ?(?:in|of|as|ago|working|with|later|before|old|sentence))`,
    `(?<=[,;(/] ?)(?:1[6-9]|[2-7]\\d)(?= ?[,;)/](?! ?\\d))`,
    `\\bborn in (?:19|20)\\d\\d\\b`,
  ].join('|'),
  'gi',
);
/** A number of years of service, debt or stay is not an age. */
const notAnAge = /\b(?:for|after|over|last|past|than|about|within|nearly|almost|another|first) $/i;

const rareWork =
  'beauty queen|fashion model|violinist|pianist|musician|singer|ballet dancer|painter of|sculptor|poet|novelist|actor|actress|footballer|athlete|wrestler|gymnast|swimmer|olympic\\w*|champion|judge|magistrate|prosecutor|barrister|diplomats?|ambassador|consul|senator|mayor|politician|parliament\\w*|presenter|newsreader|journalist|broadcaster|surgeon|dentist|pharmacist|professor|lecturer|scientist|astronomer|archaeologist|architect|air hostess|stewardess|fisherman|diver|shepherd|goatherd|beekeeper|circus|acrobat|jockey|falconer|blacksmith|jeweller|goldsmith|watchmaker|organist|nun|monk|priest|imam|oyster\\w*|cockle\\w*|mushrooms?|lighthouse|zoo|stables?|racehorse\\w*|undertaker|embalmer|taxidermist|puppeteer|glassblower|weaver|tattooist|interpreter by|army officer|policewoman|footman|butler|chess';
const work =
  'nail (?:bar|salon|technician|shop)s?|car ?wash(?:es)?|massage (?:parlour|salon|shop)|beauty (?:salon|parlour)|barber\\w*|hairdress\\w*|takeaway|kebab shop|pizz\\w+|restaurant|caf[eé]|bakery|butcher\\w*|abattoir|slaughterhouse|chicken (?:factory|farm|plant)|poultry|fish (?:factory|plant|market)|fishing (?:boat|vessel|trawler)|trawler|cannabis|construction|building site|block paving|paving|tarmac\\w*|scrap ?yard|recycling|warehouse|food factory|packing|laundry|hotel|care home|carer|care worker|cleaner|cleaning|housekeeper|nanny|au pair|domestic worker|farm|orchard|vineyard|greenhouse|flower|fruit picking|picked|tailor\\w*|textile|sewing|garment|brothel|escort|webcam|lap ?danc\\w+|strip\\w* club|seamstress|teacher|nurse|midwife|engineer|accountant|lawyer|electrician|plumber|mechanic|welder|carpenter|cook|chef|waitress|waiter|bar ?maid|factory|shop|salon|driver|courier|student';
const family =
  'pregnan\\w+|(?:mother|father|parent) of (?:a |an |one|two|three|four|five|six|seven|eight|\\d)|(?:has|have|had|with|her|his|their) (?:a |an |one |two |three |four |five |six |\\d )?(?:young |small |baby |newborn |infant )?(?:sons?|daughters?|child(?:ren)?|bab(?:y|ies)|toddler)|widow\\w*|orphan\\w*|divorc\\w+|married|(?:twin |half-|older |younger |elder )(?:brother|sister)|adopted|grandmother|grandfather';
const health =
  "wheelchair|crutches|deaf\\w*|blind|mute|stammer\\w*|stutter\\w*|epilep\\w+|diabet\\w+|asthma\\w*|hiv|tubercul\\w+|hepatitis|cancer|dialysis|kidney\\w*|heart (?:condition|disease|problem)s?|schizophreni\\w+|bipolar|psycho(?:sis|tic)|autis\\w+|learning (?:disability|difficult\\w+)|down'?s syndrome|cerebral palsy|polio|limp(?:s|ing)?|stroke|sickle cell|lupus|miscarriage|fgm|paralys\\w+|multiple sclerosis|thalassaemia|haemophilia";
const marks =
  'tattoo\\w*|scars?|scarred|scarring|birthmark|burn (?:on|across|down|mark)|burns (?:on|across)|gold (?:tooth|teeth)|missing (?:a |an |one |two |three |her |his |the )?(?:\\w+ )?(?:finger|fingers|toe|toes|ear|eye|tooth|teeth|hand|arm|leg|foot|thumb|fingertip)s?|lost (?:a |an |one|two|three|her|his|the|part of)(?: \\w+){0,2} (?:finger|fingers|toe|toes|ear|eye|teeth|hand|arm|leg|foot|thumb)|one (?:eye|arm|leg|hand)\\b|glass eye|amput\\w+|prosthe\\w+|albin\\w+|dwarf\\w*|cleft|piercings?|webbed|hunchback\\w*|vitiligo|one leg shorter|six fingers|(?:one|her|his|an?|the left|the right) (?:ear|eye|finger|thumb|hand|foot|tooth|arm|leg) missing';
const appearance =
  "dreadlocks|shaved head|(?:dyed|red|blue|pink|green|purple|ginger|bleached) hair|hair (?:dyed|coloured)|(?:four|five|six|seven) (?:foot|feet|ft)\\b|\\b\\d(?:'|ft) ?\\d|\\d{3} ?cm tall";
const uniqueRole =
  'the only (?!thing|way|day|time|food|reason|person (?:she|he|they)|one who (?:helped|spoke|could)|place|money|help|rest|break|contact|clothes|drink|meal|other|language|room|door|work|income|exit|key|phone|family|window|toilet|light|meals?)\\w+|\\bonly (?:(?:\\w+ )?(?:man|woman|girl|boy|person|male|female)) (?:among|in|at|there|here|on|from|who)\\b|the first (?:woman|man|person|girl|case|adult|victim|national)|the (?:youngest|oldest|tallest|eldest) (?:of|woman|man|person|worker|girl|one|in|resident|member|student)|(?:in|on) (?:the |a )?(?:\\w+ )?(?:news|newspapers?|papers|television|tv|radio|documentary)\\b|was in court|well[- ]known|famous|everybody (?:there |here )?knows (?:her|him|them)|the one who (?:escaped|jumped|fell|was stabbed|was shot|won|set)|won (?:a |the )\\w+|viral|wanted by|went missing|reported missing';
const rareFamily =
  'twins?|triplets?|quadruplets?|(?:daughter|son|wife|widow|sister|brother|niece|nephew|cousin|granddaughter|grandson) of (?:a|an|the) (?!man|woman|friend|worker|farmer|trafficker|boss|owner|landlord|person|neighbour|poor|client|customer)\\w+|(?:mother|father|parent) of (?:six|seven|eight|nine|ten|eleven|twelve|[6-9]|1\\d)\\b|(?:six|seven|eight|nine|ten|eleven|[6-9]|1\\d) (?:children|sons|daughters|brothers|sisters)\\b';
const smallPlace =
  '(?:in|at|near|outside|of|the|a|same|nearest) (?:\\w+ ){0,2}(?:village|hamlet|small town|market town|island|harbour town|fishing port|seaside town|caravan (?:park|site)|refugee camp|monastery|convent|abbey|castle|lighthouse|boarding school)\\b|the (?:vicarage|rectory|manse|priory|windmill|quarry|racecourse|marina|boatyard|golf club|barracks|airfield|allotments|showground)\\b|the (?:local|village|parish|only|nearby) (?:\\w+ )?(?:school|church|mosque|temple|pub|shop|college|hospital|surgery|library|clinic|nail bar|takeaway|post office)|(?:opposite|next (?:door )?to|behind|beside|above|over|below|under|by|across from) (?:the|a) (?:\\w+ )?(?:school|chip shop|bookmakers?|butchers?|bakers?|launderette|off[- ]licence|newsagents?|charity shop|tattoo (?:shop|parlour)|garage|church|mosque|temple|pub|shop|college|hospital|surgery|station|library|clinic|takeaway|post office|chemist|pharmacy|police station|town hall|stadium|harbour|bus station|railway|supermarket|cinema|bank|kebab shop|betting shop|car ?wash)\\b';

const patterns: readonly (readonly [Detail, RegExp])[] = [
  ['rare origin', named(rareOrigins)],
  ['small place', new RegExp(`\\b(?:${smallPlace})`, 'gi')],
  ['mark on the body', new RegExp(`(?<![\\w])(?:${marks})`, 'gi')],
  ['height or hair', new RegExp(`(?<![\\w])(?:${appearance})`, 'gi')],
  ['rare family', new RegExp(`\\b(?:${rareFamily})\\b`, 'gi')],
  ['rare work', new RegExp(`\\b(?:${rareWork})\\b`, 'gi')],
  ['told apart from all others', new RegExp(`\\b(?:${uniqueRole})`, 'gi')],
  ['origin', named(commonOrigins)],
  ['city or county', listed(new Set([...cities, ...counties]))],
  ['work', new RegExp(`\\b(?:${work})\\b`, 'gi')],
  ['family', new RegExp(`\\b(?:${family})\\b`, 'gi')],
  ['health', new RegExp(`\\b(?:${health})\\b`, 'gi')],
  [
    'faith or language',
    /\b(?:muslim|christian|hindu|sikh|buddhist|jewish|catholic|orthodox|pentecostal|jehovah\w*|speaks (?!to|up|about|with|for|of|some|no|little|good|very|only|a\b|english)\w+|dialect|mother tongue)\b/gi,
  ],
  ['studies', /\b(?:studied|degree|graduat\w+|university|diploma|college|ph\.?d|masters?)\b/gi],
  ['journey', /\b(?:lorry|small boat|dinghy|container|ferry|flew|flight|trek\w*|walked across|crossed the)\b/gi],
];
const monthSaid = new RegExp(
  `\\b(?:in|since|until|during|of|last|this|next|early|late|mid-?|from|by) ?(?:${monthWords})\\b`,
  'gi',
);

export function detailsIn(plain: string): readonly QuasiIdentifier[] {
  const days = findSpots('exact day', exactDate, plain);
  const inDay = ({ from }: { from: number }): boolean => days.some((day) => day.from <= from && from < day.to);
  return [
    ...days,
    ...findSpots('exact age', exactAge, plain).filter(
      ({ from }) => !notAnAge.test(plain.slice(Math.max(0, from - 9), from)),
    ),
    ...findSpots('month', monthSaid, plain).filter((spot) => !inDay(spot)),
    ...patterns.flatMap(([kind, pattern]) => findSpots(kind, pattern, plain)),
  ];
}

/** How many kinds of detail together could identify one person. A Duty to Notify always sends sex and nationality too. */
export const limits = { sharp: 2, oneSharpWithSoft: 3, soft: 5 } as const;

/** What must be removed: every sharp detail where there are too many; without any sharp one, the soft ones. */
export function tooMuchTogether(details: readonly QuasiIdentifier[], sent: readonly Detail[]): readonly Detail[] {
  const kinds = new Set<Detail>([...details.map(({ kind }) => kind), ...sent]);
  const [sharp, soft] = [[...kinds].filter(isSharp), [...kinds].filter((kind) => !isSharp(kind))];
  const tooClose =
    sharp.length >= limits.sharp ||
    // Somebody described as the only one of their kind is identified by that alone.
    sharp.includes('told apart from all others') ||
    // Few people share two body marks.
    details.filter(({ kind }) => kind === 'mark on the body').length > 1 ||
    (sharp.length === 1 && soft.length >= limits.oneSharpWithSoft) ||
    soft.length >= limits.soft;
  return tooClose ? [...sharp, ...soft] : [];
}
