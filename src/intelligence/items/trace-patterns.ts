/** Words that give a source away, as patterns by kind. Add a word to its list; tests and `npm run assurance -- --only sources` say what it costs. Pure. */
import type { TraceKind } from './source-check.ts';

type TracePattern = readonly [kind: TraceKind, pattern: RegExp];

const oneOf = (...words: readonly string[]): string => `(?:${words.flatMap((line) => line.split(', ')).join('|')})`;
const { raw } = String;
/** Whole words, in small or capital letters. */
const phrases = (kind: TraceKind, ...words: readonly string[]): TracePattern => [
  kind,
  new RegExp(raw`\b${oneOf(...words)}\b`, 'gi'),
];

/** Who a source may be to the people that a text is about. */
const people = oneOf(
  'neighbours?, tenants?, landlords?, landlad(?:y|ies), flatmates?, housemates?, lodgers?, residents?, occupiers?, households?',
  'relatives?, famil(?:y|ies), friends?, partners?, wife, wives, husbands?, girlfriends?, boyfriends?, ex-partners?, in-laws?',
  'sisters?, brothers?, mothers?, fathers?, mums?, dads?, sons?, daughters?, cousins?, aunts?, uncles?, nieces?, nephews?',
  'child(?:ren)?, step-?child(?:ren)?, step-?(?:son|daughter|mother|father|brother|sister)s?, grandparents?',
  'colleagues?, co-workers?, workmates?, employees?, workers?, members? of staff, staff members?, managers?, supervisors?',
  'representatives?, assistants?, apprentices?, trainees?, volunteers?, keyholders?, cashiers?, receptionists?, security guards?',
  'cleaners?, chefs?, cooks?, bakers?, waiters?, waitress(?:es)?, bar staff, porters?, drivers?, couriers?, taxi drivers?',
  'builders?, plumbers?, electricians?, engineers?, surveyors?, scaffolders?, roofers?, fitters?, gardeners?, window cleaners?',
  'nurses?, health visitors?, paramedics?, ambulance crews?, midwi(?:fe|ves), doctors?, gps?, pharmacists?, dentists?, carers?',
  'teachers?, social workers?, housing officers?, inspectors?, officers?, firefighters?, interpreters?, translators?',
  'agents?, bookkeepers?, accountants?, barbers?, hairdressers?, meter readers?, postm[ae]n, posties?, dog walkers?',
  'customers?, clients?, shoppers?, patients?, pupils?, students?, shopkeepers?, parishioners?, priests?, vicars?, imams?',
  'passers?-by, members? of the public, persons?, someone, somebody',
);

/** What a source does and a text should not say that somebody did. */
const perceives = oneOf(
  'says?, said, tells?, told, states?, stated, reports?, reported, confirm(?:s|ed), claim(?:s|ed), alleg(?:es|ed), describes?',
  'described, has described, mention(?:s|ed), has mentioned, explain(?:s|ed), disclos(?:es|ed), complain(?:s|ed), provided',
  'hears?, heard, has heard, have heard, can hear, could hear, overhears?, overheard, is woken, are woken',
  'sees, saw, has seen, have seen, had seen, can see, could see, notices?, noticed, has noticed, have noticed, noted, has noted',
  'witness(?:es|ed), watch(?:es|ed), observes?, observed, found, attended, photographed, filmed, recognises?, recognised',
  'believes?, believed(?! to), thinks?, thought, suspects?, suspected, knows, knew, is aware, are aware, was aware, were aware',
  'is known, fears?, feared, is worried, are worried, is concerned, are concerned, is afraid, is frightened, has kept',
  'was told, were told, was shown, was asked, has been asking, has spoken, have spoken, spoke, has had to, have had to',
  'has been told, have been told, has been offered, has offered, has given, has checked in',
  'has worked, used to work, rang, called, phoned, emailed, contacted, came forward',
);

const toldBy = oneOf(
  'according to, comes from, came from, learned from, learnt from, received from, obtained from, information from, supplied by',
  'provided by, passed on by, reported by, confirmed by, given by, seen by, heard by, noticed by, witnessed by, overheard by',
  'observed by, photographed by, filmed by, told, told to, said to, shown to, spoke to, spoken to, in conversation with',
  'disclosed to, disclosed (?:this|it|that) to, confided in, confided to',
);
const toldByName = oneOf(
  'According to, according to, obtained from, witnessed by, given by, held by, kept by, seen by, heard by, noticed by, known to',
  'spoken to, spoken with, talked to, talked with, spoke to, told, shown to, said to, asked, confided in, messaged, messages',
  raw`contact with, came to, (?:given|shown|sent)\b[^.;]{0,30}\bby`,
);

/** Not “Type I”, “Elizabeth I” or “flat I”: there a capital stands for a number or a letter. */
const beforeNumeral = oneOf(
  'type, class, grade, category, part, phase, level, tier, unit, flat, block, apartment, room, bay, gate, lot, plot',
  'schedule, annex, zone, world war, [A-Z][a-z]+',
);

const firstPerson: readonly TracePattern[] = [
  [
    'first person',
    new RegExp(
      raw`(?<!\b${beforeNumeral}\s)(?<![\w.&'’-])[Ii](?=\s+[a-z]|[’']|[,.]?\s*$)(?!\s+(?:street|road|avenue|lane|works)\b)`,
      'g',
    ),
  ],
  ['first person', /(?<![\w’'-])(?:I[’'](?:m|ve|d|ll)|myself|ourselves|we[’'](?:re|ve|d|ll))\b/gi],
  ['first person', /(?<![\w&.’'-])(?:me|my|our|ours|we|us)\b(?![\w’'-]|\s*&)/g],
  ['first person', /(?<=(?:^|[.!?:;“"‘]\s*))(?:My|Our|We)\b(?!\s+[A-Z])/gm],
  [
    'first person',
    /(?<=\b(?:of|is|was|were|are|than|like|as|and|to|by|from|with|near|opposite|behind|above|below)\s)mine\b/g,
  ],
];

const aboutTheReport: readonly TracePattern[] = [
  phrases(
    'about the report',
    raw`(?:informant|informer|RP|CHIS|caller|witness|referrer)s?\s+(?:says?|states?|advises?|reports?|describes?|believes?|fears?)`,
    raw`(?:informant|informer|RP|CHIS|caller|witness|referrer)s?\s+(?:confirms?|adds?|sounds?|sounded|has|was|is|said|stated)`,
    raw`(?:the|this|an?|our|anonymous|that|by)\s+(?:callers?|informants?|reporters?|complainants?|witness(?:es)?)(?!\s+id\b)`,
    'whistle-?blowers?, tipsters?, referrers?, person reporting, same person, anonymity',
    raw`(?:the|this|our|that|same|unnamed|anonymous|a|one)\s+sources?(?!\s+of\b)`,
    raw`source\s+(?:is|was|has|had|states|says|said|fears|lives|works|believes|heard|saw|reports|told|wishes|asks|can|knows)`,
    raw`(?:the|this|an? (?:online|anonymous|phone|telephone|web))\s+(?:report|call|tip-?off|message|form|e-?mail|submission)` +
      raw`\s+(?:was|came|says|said|states|reads|arrived|is|has been|from|sent|made|received|submitted)`,
    'reported (?:by|this|it|in|online|that|through|via|anonymously|on|at), submitted, disclosed in person, front counter',
    raw`(?:(?:has|have|is|was) )?passed (?:(?:this|it|the information) )?on`,
    'phoned in, rang in, emailed in, wrote in, called in, came forward, tipped off, made (?:the|this|a) report',
    '(?:told|contacted|rang|called|phoned|spoke to|spoken to|came to) (?:the )?police, who made (?:the|this), sent (?:the|this|in)',
    '(?:details|information) (?:is|are|can be) (?:available|obtained|had) (?:from|via|through), further to (?:the|previous|earlier)',
    '(?:handwritten|typed|anonymous|unsigned) (?:letter|note), letter posted, screenshots? of, to 101, same (?:number|caller)',
    '(?:was|were) (?:overheard|witnessed), (?:mr|mrs|ms|miss|dr) \\w+ (?:has|says|said|saw|heard|witnessed|told|states)',
    'footage (?:of|showing|is|was), photographs? taken (?:from|by), raised internally, (?:come|comes) forward',
    '(?:person|people|man|woman|male|female) who (?:gave|provided|sent|passed), willing to (?:make|give|sign), rival',
  ),
  // What the source wants, fears or may gain.
  phrases(
    'about the report',
    '(?:does not|do not) want (?:to (?:be|remain|stay) \\w+|(?:their|his|her) name|police)',
    '(?:wish|wishes|asked|asks|wants|want|prefers) (?:to (?:be|remain|stay) (?:named|identified|anonymous|contacted|known|called))',
    '(?:wish|wishes|asked|asks|wants|want|prefers) (?:not to be|to stay out)',
    'for fear of, (?:fears?|afraid of|scared of|worried about) (?:reprisals?|retaliation|for (?:her|his|their) (?:own )?safety)',
    '(?:afraid|scared|frightened|worried) of being (?:found out|identified|named|recognised)',
    'callable, contactable, can be (?:reached|contacted|rung|called|emailed), call-?back, call back, ring back',
    'best (?:reached|contacted), available (?:to|for) (?:speak|talk|interview|statement)',
    'grudge, grievance, guilt, motive, reward, dismissal, sacked, fell out, falling[- ]out, dispute with, owed money by',
    '(?:led|leads|leading) to this (?:disclosure|report|information), losing sleep, (?:found|finds?) (?:it )?(?:upsetting|distressing)',
  ),
];

const relation: readonly TracePattern[] = [
  [
    'relation',
    new RegExp(
      raw`(?:\b(?:the|a|an|his|her|their|one|another|two|some|this|that|local|former|\w+[’']s)\s+|(?<=(?:^|[.!?]\s)))` +
        raw`(?:[\w-]+\s+){0,2}?${people}(?:\s+(?:who|that|which)\b[^.;]{0,80}?)?` +
        raw`(?:\s+(?:of|at|in|on|opposite|above|below|from|next door|across|working|living|used|employed by)\b[^.;,]{0,50}?)?` +
        raw`,?\s+(?:(?:also|often|has|have|had|regularly|then|now|recently|once|later)\s+)?${perceives}\b`,
      'gi',
    ),
  ],
  [
    'relation',
    new RegExp(raw`\b(?:male|female|man|woman) who\b[^.;]{0,60}?\s(?:found|says|said|saw|heard|noticed|told)\b`, 'gi'),
  ],
  [
    'relation',
    new RegExp(raw`\b${toldBy}\s+(?:the|a|an|his|her|their|one|another)\s+(?:[\w-]+\s+){0,2}?${people}\b`, 'gi'),
  ],
  [
    'relation',
    new RegExp(raw`\b${toldByName}\s+(?!(?:Mr|Mrs|Ms|The|Police|HMRC|GLAA)\b)\p{Lu}\p{Ll}+\b(?!\s+\p{Lu})`, 'gu'),
  ],
  [
    'relation',
    new RegExp(
      raw`(?:(?<=^|[.!?:;,\n]\s*)|(?<=\b(?:that|and)\s))(?!(?:Men|Women|Males|Females|Children|Workers|They)\b)\p{Lu}[\p{Ll}’'-]+` +
        raw`(?:['’]s (?:family|friends?|parents?|colleagues?|neighbours?|partner))?,?(?:\s+who [^.,;]{1,40},)?` +
        raw`\s+(?:has|have|had|is|are|was)\s+(?:also |often |twice |since )?` +
        raw`(?:noticed|seen|heard|noted|mentioned|spoken|aware|been told|been asking|been shown|filmed|reported|described|kept)\b`,
      'gu',
    ),
  ],
];

/** Sanitised text says what is known, not who says it. */
const attribution: TracePattern = [
  'relation',
  /\b(?:\w+\s+)?(?:says|states|alleges|claims|advises)\b(?!\s+(?:to|from)\b)/gi,
];

const known: readonly TracePattern[] = [
  phrases(
    'only the source knows',
    raw`only (?:\w+\s+){0,3}?(?:people|persons?|members?|staff|family|friends?|one|someone|somebody|those)` +
      raw`(?:\s+\w+){0,4}?\s+(?:knows?|knew|can|could|would|sees?|saw|hears?|has|have|was|were|holds?)`,
    raw`only (?:the|a|an) [\w ]{1,60}? (?:knows?|holds?|has|have|can|could)`,
    'nobody else, no one else, no-one else, sole (?:person|witness), known only to, (?:only|to|with) one person, with one (?:passenger|other person|witness)',
    'the only (?:one|person|man|woman|male|female|other) (?:to|who), only (?:visible|audible|someone|somebody)',
    'only be (?:seen|heard|known), visible only from, audible (?:in|from|through) (?:the|a|an)',
    'only (?:a |the )?(?:relative|neighbour|employee|resident)s?, in private, in confidence, confided, alone with, one-to-one',
    '(?:told|has told) no(?: one|body), not told anyone, has not told, never told any, got away',
    "(?:outside|opposite|near|beside|behind|next to) [A-Z][a-z]+[’']s (?:home|house|flat|door|window|drive|garden|shop)",
  ),
  // Where only somebody who lives or works there can look and listen.
  phrases(
    'only the source knows',
    raw`from (?:\w+\s+){0,4}?(?:windows?|balcon(?:y|ies)|desk|till|counter|garden|doorstep|porch|terrace|workstation|driveway)` +
      raw`\s(?:opposite|across|above|below|overlooking|next door|behind|facing|of)`,
    '(?:his|her|their|the) (?:own )?(?:kitchen|bedroom|bathroom|landing|living[- ]room|sitting[- ]room|attic|loft|office) window',
    raw`through (?:the|a|an|his|her|their) (?:\w+\s+)?(?:party |shared )?(?:walls?|ceilings?|floor(?:boards)?|fence|hedge|letterbox)`,
    'through (?:thin|party|shared) walls, (?:directly|immediately) opposite',
    '(?:at|from|in) the (?:flat|house|property|shop|window|desk|address) (?:directly )?(?:opposite|next door|above|below|across)',
    raw`(?:lives?|living|works?|working|parks?|employed|staying) (?:directly )?(?:opposite|next door|above|below|upstairs|downstairs)`,
  ),
];

const clock = raw`(?:[01]?\d|2[0-3])`;
const exactTimes: readonly TracePattern[] = [
  [
    'exact time',
    new RegExp(
      raw`(?<![£$€]\s?)\b${clock}[:.][0-5]\d(?:[:.][0-5]\d)?\s?(?:am|pm|hrs?|hours)?\b(?!\s?(?:%|p\b|(?:an?|per) (?:hour|day|week)))`,
      'gi',
    ),
  ],
  ['exact time', /\b(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs?|hours|h)\b|\bat (?:[01]\d|2[0-3])[0-5]\d(?=[\s.,](?!\d))/gi],
  ['exact time', /\bat (?:exactly |precisely )?(?:\d{1,2}\s?(?:am|pm)|noon|midnight|midday)\b/gi],
  [
    'exact time',
    /\b(?:\w+|\d{1,2}) (?:minutes? )?(?:past|to) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|noon|\d{1,2})\b(?=\s*(?:[.,;]|in the|on|at night|am|pm|$|that|and|yesterday|this))/gi,
  ],
  [
    'exact time',
    /\bat (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o[’']clock)?(?=[\s.,;](?!\w*(?:\s(?:addresses|places|sites|houses|premises|men|women|females|males|people|workers))))/gi,
  ],
  ['exact time', /\b(?:half|quarter) (?:past|to) \w+/gi],
];

export const tracePatterns: readonly TracePattern[] = [
  ...firstPerson,
  ...aboutTheReport,
  ...relation,
  attribution,
  ...known,
  ...exactTimes,
];
