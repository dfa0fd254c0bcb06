/** Numbers, addresses and online names that identify one person by themselves. */

import { isEnglish, small } from '../../vocabulary/languages/english-text.ts';
import { isImpersonalWord } from './capitals.ts';
import { type DirectIdentifier, exactDate, findSpots, numberWords } from './found.ts';

const counted =
  '(?: ?(?:women|men|people|persons|others?|workers|girls|boys|children|hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|times|euros?|pounds?|dollars?|lek|leke|lei|dong|naira|taka|rupees|yuan|rmb|birr|nakfa|dinars?|zloty|forints?|leva|hryvnias?|francs?|k|kg|km|miles?|metres?|%|percent|per cent|eur|usd|gbp|ngn|vnd|ron|grams?|plants?|gallons?|litres?|beds?|rooms?|a (?:day|week|month|year)|each|million|thousand))\\b';
/** At most seven digits without a leading zero: a longer amount is no wage, and a pound sign must not hide a telephone number. */
const money =
  /(?:[£$€₦₫] ?|\b(?:eur|usd|gbp|ngn|vnd|ron|lek) ?)(?!0\d)\d{1,3}(?:[, ]?\d{3}){0,2}(?:\.\d\d?)?(?![\d]|[ ,.-]\d)|(?<![\d,.-])(?!0)\d{1,3}(?:,\d{3}){1,2}(?:\.\d\d)?(?![\d]|[ ,.-]\d)/gi;
const spans = /(?<![\d-])\b(?:19|20)\d\d ?(?:-|\/|to|and|or|until) ?(?:(?:19|20)?\d\d)\b(?!-\d)/g;
const streets =
  'road|rd|street|avenue|ave|lane|close|drive|crescent|terrace|gardens|grove|mews|parade|boulevard|cottages?|rise|view|villas|wharf|quay|estate|court|house|place|square|walk|hill|way|row|green|park|towers?';
const digitWord = '(?:zero|oh|nought|nil|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|\\d)';
const spelling =
  'alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|xray|x-ray|yankee|zulu';

const longFigures = new RegExp(`(?<![\\d~.,])\\d{5,}(?![\\d~])(?!${counted})`, 'gi');
const spokenDigits = new RegExp(`\\b${digitWord}(?:[ ,.-]+${digitWord}){4,}\\b`, 'gi');
/** Long numbers as people read them out; £20,500 in words is shorter. */
const spokenNumbers = new RegExp(
  `\\b(?:${digitWord}|hundred|thousand|${numberWords})(?:[ ,.-]+(?:(?:and|then) )?(?:${digitWord}|hundred|thousand|million|${numberWords})){6,}\\b`,
  'gi',
);
/** Letters and digits read out one by one. */
const spokenCharacters = new RegExp(`\\b(?:[b-hj-z]|${digitWord})(?:[ ,.-]+(?:[a-z]|${digitWord})){4,}\\b`, 'gi');
const spokenAddress = new RegExp(
  `\\b(?:flat|apartment|unit|room|door|house|number|block) (?:number )?(?!one\\b)${numberWords}\\b(?! ?(?:hundred|thousand|women|men|people|persons|others?|workers|girls|boys|children|hours?|days|times|years|months|weeks|nights|beds|of|or|to)\\b)`,
  'gi',
);
const spokenStreet = new RegExp(`\\bat ${numberWords}(?: [a-z']+){1,2} (?:${streets})\\b`, 'gi');
const spelledLetters = new RegExp(`\\b(?:${spelling})(?:[ ,.-]+(?:for |as in )?(?:${spelling})){2,}\\b`, 'gi');

/** Groups of digits with a word between them: "077 then 00 then 900". */
const spokenDigitGroups = /\b\d{2,5}(?:[ ,]+(?:and then|then|and|dash|space|followed by|next)[ ,]+\d{2,5}){2,}\b/gi;
const spokenEnding = new RegExp(
  `\\b(?:ends?|ending) (?:in|with) (?<spot>${digitWord}(?:[ ,-]+${digitWord})+)\\b`,
  'gi',
);
const spokenSlash = new RegExp(`\\b(?:${numberWords}|\\d+)(?:[ ,-]+${numberWords})* slash [\\w-]+`, 'gi');
const advertised =
  /\bon (?:vivastreet|adultwork|insta(?:gram)?|snap(?:chat)?|tik ?tok|onlyfans|facebook|telegram) (?:under|as) [^.\n]{2,40}/gi;

const times = /(?<![\d/-])(?:[01]\d|2[0-4])[0-5]\d ?(?:-|to|until) ?(?:[01]\d|2[0-4])[0-5]\d(?![\d/-])/g;
/** Freephone and low-cost numbers belong to services, never to a person. */
const publicLines = /(?<![\d+])0(?:80[08]|3[0-7]\d)0?[ -]?\d{2,3}[ -]?\d{2,4}(?:[ -]?\d{2,4})?(?![ -]?\d)/g;

/** Masks money, spans of years and dates with signs that no pattern matches, so that positions stay the same. */
const masked = (text: string, ...patterns: readonly RegExp[]): string =>
  patterns.reduce((left, pattern) => left.replace(pattern, (found) => '~'.repeat(found.length)), text);

/** Reads O as zero and l as one, in a word that has digits. */
const asDigits = (text: string): string =>
  text.replace(/\b[\dOoIl]*\d[\dOoIl]*\b|\b[OIl][\dOIl]+\b/g, (word) =>
    /\d/.test(word) || /^[O]{2,}$/.test(word) ? word.replace(/[Oo]/g, '0').replace(/[Il]/g, '1') : word,
  );

export function numbersIn(plain: string): readonly DirectIdentifier[] {
  const text = masked(asDigits(plain), exactDate, money, spans, times, publicLines);
  return [
    ...findFigures(text),
    ...mixed(text),
    ...findVehicles(text),
    ...findSpelled(text),
    ...findSpots('an address', /\brooms? \d+ (?:of|at|in) the [^.\n]{3,30}/gi, text),
    ...findSpots('online', /\b[a-z\d]+ (?:underscore|hashtag) [a-z\d]+/gi, text),
    ...findSpots('online', advertised, text),
    ...findSpots(
      'disguised',
      /\b[a-z]+[*$@¡!|][a-z]+\b|\b[a-z]+(?:\d+[a-z]{2,})\b|\b[a-z]{2,}\d[a-z]+\b|\b[A-Z]\d[a-z]+\b/gi,
      plain,
    ).filter(({ from, to }) => !/^(?:[a-z]+@|f\*|s\*|b2b|p2p|mp3|h2o|4x4)/i.test(plain.slice(from, to))),
  ];
}

/** Numbers of telephones, documents, accounts and cases, in digits. */
const findFigures = (text: string): DirectIdentifier[] => [
  ...findSpots('a phone number', /(?<![\d~])(?:\+ ?)?\(?\d(?:[ ().,\-/_]{0,3}\d){6,}/g, text),
  ...findSpots('a phone number', spokenDigits, text),
  ...findSpots('a number', longFigures, text),
  ...findSpots('a number', /\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b/gi, text),
  ...findSpots(
    'a number',
    /\b\d{3}[ -]\d{3}[ -]\d{4}\b|\b\d\d-\d\d-\d\d\b|\b\d{3,}-\d{2,}\b|\b\d{2,}\/\d{3,}(?:\/\d{2,4})?\b/g,
    text,
  ),
  ...findSpots('a number', /(?<![\d.])-?\d{1,3}\.\d{3,}/g, text),
  ...findSpots(
    'a number',
    /\b(?!(?:IN|OF|TO|BY|AT|ON|AND|THE|FROM|FOR|WAS|OR|OVER|TILL) )(?![A-Z]+ (?:19|20)\d\d\b)[A-Z]{1,4} ?[/-]? ?\d{4,}\b/g,
    text,
  ),
  ...findSpots('a number', /\b(?=[A-Z\d/-]*[A-Z])(?=(?:[A-Z/-]*\d){3})[A-Z\d]+(?:[-/][A-Z\d]+)+\b/g, text),
  ...findSpots('a number', /\bflight (?:number |no\.? )?[A-Z][A-Z\d] ?\d{2,4}\b/gi, text),
  ...findSpots(
    'a number',
    /\b(?:number|no\.?|ref(?:erence)?|passport|card|account|registration|licen[cs]e|badge|crime|case|file|id|policy|employee|payslip|visa|permit|log|cad|urn|urm|hospital|ward|prison)(?: (?:number|no\.?|ref(?:erence)?|id|is|was|given|ending(?: in)?|ends))*[ :#=-]*(?<spot>(?=[A-Z/-]*\d{2})[A-Z\d/-]*\d[A-Z\d/-]*)\b(?! ?(?:women|men|people|workers|girls|hours|days|weeks|months|years))/gi,
    text,
  ),
];

const findVehicles = (text: string): DirectIdentifier[] => [
  ...findSpots(
    'a vehicle',
    /\b[A-Za-z]{2}\d\d ?[A-Za-z]{3}\b|\b[A-Z]\d{1,3} ?[A-Z]{3}\b|\b[A-Z]{3} ?\d{1,3} ?[A-Z]\b/g,
    text,
  ).filter(
    ({ from, to }) =>
      /\d/.test(text.slice(from, to)) &&
      !/\d ?(?:days?|kgs?|pm|am|yrs?|and|the|was|for|per|men|had)\b/i.test(text.slice(from, to)),
  ),
  ...findSpots('a vehicle', /\b[A-Z]{1,3}[ -]\d{2,4}[ -][A-Z]{2,3}\b/g, text),
  ...findSpots(
    'a vehicle',
    /\b(?:plate|plates|registration|reg|vrm|index)(?: (?:number|mark|is|was|of))*[ :]*(?<spot>(?=[A-Z]*\d)[A-Z\d]{2,8}(?: [A-Z\d]{2,4})?)\b/gi,
    text,
  ),
];

/** Letter by letter, or digit by digit in words. */
const findSpelled = (text: string): DirectIdentifier[] => [
  ...findSpots(
    'spelled out',
    /(?<![\p{L}\p{N}'])[a-z\d](?:[ .\-_*/,]{1,3}[a-z\d]){3,}(?![\p{L}\p{N}])/giu,
    text,
  ).filter(({ from, to }) => /[a-z]/i.test(text.slice(from, to))),
  ...findSpots('spelled out', spelledLetters, text),
  ...findSpots('spelled out', spokenCharacters, text).filter(
    ({ from, to }) => (text.slice(from, to).match(/\b[b-hj-z]\b/gi) ?? []).length >= 2,
  ),
  ...findSpots('a phone number', spokenNumbers, text),
  ...findSpots('a phone number', spokenDigitGroups, text),
  ...findSpots('a phone number', spokenEnding, text),
  ...findSpots('a number', spokenSlash, text),
];

/** Letters and digits in one word, as in document numbers; not a time, a size or an age. */
const mixed = (text: string): DirectIdentifier[] =>
  findSpots('a number', /\b(?=[a-z\d]*\d[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,}\b/gi, text).filter(({ from, to }) => {
    const word = text.slice(from, to);
    return !/^\d+(?:st|nd|rd|th|s|am|pm|kg|km|mg|ml|hrs?|hours?|days?|weeks?|months?|years?|yrs?|yo|mins?|euros?|eur|usd|gbp|pounds?|k|cm|mph|x\d+)$/i.test(
      word,
    );
  });

const numberedStreet = new RegExp(`\\b\\d+[a-h]?,? (?:[a-z']+ ){0,3}(?:${streets})\\b`, 'gi');
const namedStreet = new RegExp(
  `\\b[A-Z][A-Za-z']+ (?:${streets.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())})\\b`,
  'g',
);

/** "the Elms refuge": a capital before the word for a house, in the middle of a sentence. */
const namedBuilding =
  /(?<=[a-z,] )[A-Z][a-z']+ (?:refuge|hostel|pub|hotel|house|estate|park|shop|restaurant|takeaway|club|bar|farm|school|college|church|mosque|temple|spa|salon|hospital|surgery|nursery|caf[eé]|market|station|clinic|camp|prison|centre|flats?|caravan site|car ?wash)\b/g;

export const addressesIn = (plain: string): readonly DirectIdentifier[] => [
  ...findSpots('an address', /\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b/gi, plain).filter(
    ({ from, to }) => !/^\w?\d+ ?\d?(?:am|pm)$/i.test(plain.slice(from, to)),
  ),
  ...findSpots('a place', /\b[AB]\d{3,4}\b(?:\([M]\))?/g, plain),
  ...findSpots('an address', /\b(?![AMB]\d+\b)[A-Z]{1,2}\d[\dA-Z]?\b(?: \d\b)?/g, plain),
  ...findSpots('an address', /\bpost ?code[ :]*(?:is |was )?(?<spot>[a-z]{1,2}\d[\da-z]?)\b/gi, plain),
  ...findSpots(
    'an address',
    /\b(?:flat|apartment|apt|unit|door|(?:room|house|number|no\.?|caravan|plot|suite|cell|hut|container|block)(?!(?: number)? ?\d+ of\b))(?: number| no\.?)? ?\d+ ?[a-h]?\b(?! ?(?:women|men|people|persons|others?|workers|girls|boys|children|hours?|days|times|years|months|weeks|nights|beds)\b)(?![\d,.]*\d)/gi,
    plain,
  ),
  ...findSpots('a place', namedBuilding, plain).filter(({ from, to }) => {
    const [name = ''] = plain.slice(from, to).toLowerCase().split(' ');
    return !small.has(name) && !isImpersonalWord(name);
  }),
  ...findSpots('an address', spokenAddress, plain),
  ...findSpots('an address', spokenStreet, plain),
  ...findSpots('an address', numberedStreet, plain).filter(({ from, to }) =>
    /\d[a-h]?,? (?!.*\b(?:in|on|to|of|the|a|from|at|and|year|old|different|other|women|men|people|hours|days|weeks|months|times)\b)/i.test(
      plain.slice(from, to),
    ),
  ),
  ...findSpots('an address', namedStreet, plain).filter(
    ({ from, to }) =>
      !/^(?:The|A|His|Her|Their|This|That|Main|One|Another|Each|Every|Safe|Care|Private|Town|Public|In|Which|No)\b|^Home Office/.test(
        plain.slice(from, to),
      ),
  ),
  ...findSpots(
    'a place',
    /\b(?!(?:The|A|An|This|That|Her|His|Their|Our|One|Each|Every|Another|No|Which|Safe|Reception|Police|Removal|Detention|Health|Drop-In|Referral|Cross|Medical|Day|Assault|Bus|Fire|Train|Care|Primary|Secondary|High|Local|Private|Catholic|Town|City)\b)[A-Z][A-Za-z']+ (?:Hotel|Inn|Spa|Nails|Massage|Restaurant|Takeaway|Caf[eé]|Bar|Club|Farm|Church|Mosque|Temple|School|College|University|Hospital|Lodge|Guesthouse|Hostel|Station|Centre|Arms|Pub|Estate|City|Province|District|Island|Village|Valley|Bay|Beach|Town|Bridge|Hill)\b/g,
    plain,
  ),
  ...findSpots('an address', /\b(?<spot>[a-z']+ (?:road|street|avenue|lane|crescent|terrace|drive))\b/gi, plain).filter(
    ({ from, to }) => {
      const [word = ''] = plain.slice(from, to).toLowerCase().split(' ');
      return !isEnglish(word);
    },
  ),
];

const endings = 'com|org|net|uk|io|ly|co|info|xyz|example|biz|online|site|app|ru|ro|al|pl|vn|de|fr|eu|gg|tv|to|link|me';
const spokenOnlineAddress = new RegExp(
  `\\b\\w+(?: dot \\w+)* at \\w+ dot \\w+|\\b\\w+ ?[([{]? ?dot ?[)\\]}]? ?(?:${endings})\\b`,
  'gi',
);
const domain = new RegExp(`\\b[a-z\\d-]+(?:\\.[a-z\\d-]+)*\\.(?:${endings})\\b(?:/\\S*)?`, 'gi');

export const onlineIn = (plain: string): readonly DirectIdentifier[] => [
  ...findSpots('online', /[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)*/g, plain),
  ...findSpots('online', /(?<![\w.])@[\w.]{2,}/g, plain),
  ...findSpots('online', /\b[\w.]+ ?[([{] ?at ?[)\]}] ?[\w.]+(?: ?[([{]? ?(?:dot|\.) ?[)\]}]? ?\w+)*/gi, plain),
  ...findSpots('online', spokenOnlineAddress, plain),
  ...findSpots('online', /\b(?:https?:\/\/|hxxps?:\/\/|www\.)\S+/gi, plain),
  ...findSpots('online', domain, plain).filter(
    ({ from, to }) =>
      !/\.(?:me|to|al|co|de|so|tv)$/i.test(plain.slice(from, to)) || plain.slice(from, to).includes('/'),
  ),
  ...findSpots('online', /\b[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}\b/g, plain),
  ...findSpots(
    'online',
    /\b(?:fb|ig|insta|snap|tg|tt|wa)\/[\w.]{2,}|\b\w{2,}#\d{3,}\b|(?:[\da-f]{0,4}:){3,}[\da-f:]*/gi,
    plain,
  ),
  ...findSpots('online', /\b[a-z\d]+(?:_[a-z\d]+)+\b/gi, plain),
  ...findSpots(
    'online',
    /\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|telegram|whatsapp|facebook|fb|twitter|signal|viber|skype|onlyfans|messenger|imo|discord|wechat|zalo|vk)(?: (?:account|name|handle|profile|user|username|id|page))?(?: ?[:=] ?| is | as | under | called | named )(?!a\b|an\b|the\b|well\b|used\b|how\b)(?<spot>[\w.]{3,})/gi,
    plain,
  ),
  ...findSpots(
    'online',
    /\b(?:user ?name|screen ?name|login|handle|user id|profile name)(?: is| was|:)? (?!for\b|and\b|to\b|of\b|the\b|or\b|that\b)(?<spot>[\w.]{3,})/gi,
    plain,
  ),
];
