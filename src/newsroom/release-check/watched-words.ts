/** Words that need support in a release: claims without a digit, words that contradict the records, words that identify a person. */
import { disclosureThreshold, type Indicator } from '../../vocabulary/figures.ts';
import { isNought } from '../drafting/english.ts';
import { isFewAddresses } from '../drafting/few-addresses.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { Harm } from './harms.ts';
import { findWithheldNames, plannedNamesWithheld } from './withheld-names.ts';

export type WatchedWord = {
  readonly start: number;
  readonly end: number;
  readonly kind: 'claim' | 'contradiction' | 'withheld' | 'wording' | 'identifying' | 'link';
  readonly must: 'give a source' | 'justify' | 'change';
  readonly message: string;
  readonly harm?: Harm;
  readonly safer?: string;
  readonly how?: string;
};

type Sentence = { readonly start: number; readonly text: string };
type WatchRule = Omit<WatchedWord, 'start' | 'end' | 'safer'> & {
  readonly pattern: RegExp;
  /** Phrases in which the words are harmless, matched with some of the surrounding text. */
  readonly unless?: RegExp;
  /** What can take the place of the words that were found. */
  readonly safer?: (typed: string) => string | undefined;
};

const claim = {
  kind: 'claim',
  must: 'give a source',
  message: 'This claims a trend or a share without a digit. Give the source, its address and its date, or take it out.',
} as const;
const wrongWord = (message: string) => ({ kind: 'wording', must: 'change', message }) as const;

const rescued: Readonly<Record<string, string>> = {
  ...{
    rescue: 'help',
    rescues: 'helps',
    rescued: 'helped',
    rescuing: 'helping',
    rescuer: 'helper',
    rescuers: 'helpers',
  },
};
const freed: Readonly<Record<string, string>> = {
  ...{ freed: 'helped', 'was freed': 'was helped', 'were freed': 'were helped', 'been freed': 'been helped' },
};
const otherWords: Readonly<Record<string, string>> = {
  ...{
    victim: 'potential victim',
    victims: 'potential victims',
    Victim: 'Potential victim',
    Victims: 'Potential victims',
  },
  ...{ criminals: 'people suspected of crimes', traffickers: 'people suspected of trafficking', offenders: 'suspects' },
  ...{
    prostitutes: 'sex workers',
    prostitute: 'sex worker',
    'illegal immigrants': 'people',
    'illegal migrants': 'people',
  },
};
const saferWord = (typed: string): string | undefined => otherWords[typed] ?? otherWords[typed.toLowerCase()];

export const watchRules: readonly WatchRule[] = [
  { ...claim, pattern: /\b(?:grow(?:s|n|ing|th)?|grew)\b/gi, unless: /\bgrow(?:s|n|ing)? up\b/i },
  {
    ...claim,
    pattern: /\b(?:increas(?:e|es|ed|ing|ingly)|decreas(?:e|es|ed|ing))\b/gi,
    unless: /\bto (?:increase|decrease)\b/i,
  },
  {
    ...claim,
    pattern:
      /\b(?:ris(?:e|es|ing|en)|rose|soar(?:s|ed|ing)?|surg(?:e|es|ed|ing)|doubl(?:ed|ing)|trebled|tripled|escalat(?:es|ed|ing)|worsen(?:s|ed|ing)?|epidemic)\b/gi,
    unless: /\bgiv\w+ rise\b|\bto rise\b/i,
  },
  { ...claim, pattern: /\b(?:falling|fell|shrinking|shrunk|dwindling|declining|fewer(?! than \d)|in decline)\b/gi },
  {
    ...claim,
    pattern:
      /\b(?:more and more|ever more|more than ever|never before|unprecedented|record (?:number|level|year|high|low)s?|highest|lowest|largest|biggest|widespread|rife|endemic|trend)\b/gi,
  },
  { ...claim, pattern: /\bmost(?= (?:of|people|women|men|children)\b| [a-z]+s\b)/gi, unless: /\bat most\b/i },
  {
    ...claim,
    pattern: /\b(?:many|majority|minority|proportion|lots of|plenty of|large numbers? of)\b/gi,
    unless: /\bhow many\b/i,
  },
  {
    ...claim,
    pattern:
      /\bmore(?= (?:likely|potential|vulnerable|common|often|frequent|people|victims|cases|women|men|children|reports)\b)/gi,
  },
  {
    ...wrongWord('"Rescued" is not our word: say what was done, such as "offered help".'),
    pattern: /\brescu(?:e|es|ed|ing|ers?)\b/gi,
    safer: (typed) => rescued[typed.toLowerCase()],
  },
  {
    ...wrongWord('"Freed" and "captors" say what nobody has decided. Say what was done, such as "offered help".'),
    pattern:
      /\b(?:freed|liberat(?:e|es|ed|ing)|saved|released)(?= (?:from (?:the(?:ir|m|se|ir own)?|his|her|a|an|exploitation|slavery|traffick\w+|captiv\w+|modern|those|abus\w+)|people|women|men|workers|children|girls|boys|victims|them|him|her|by|the (?:people|women|men|workers|children|girls|boys|victims))\b)|\b(?:was|were|been|being) (?:freed|liberated|saved)\b|\bcaptors?\b|\b(?:held|kept) captive\b/gi,
    unless: /\breleased (?:from|by) (?:custody|the (?:force|police|council|office))/i,
    safer: (typed) => freed[typed.toLowerCase()],
  },
  {
    ...wrongWord('Say what happened to people, or what they are suspected of, not what they are called.'),
    pattern: /\b(?:illegal (?:im)?migrants?|illegals|prostitutes?|sex slaves?|vice girls?)\b/gi,
    safer: saferWord,
  },
  {
    kind: 'wording',
    must: 'justify',
    message:
      'Nobody has decided that these people are victims. Write "potential victim", or say why this speaks of somebody else.',
    pattern: /\bvictims?\b/gi,
    safer: saferWord,
    unless:
      /\b(?:potential|possible|alleged)\s+(?:\w+\s+)?victims?\b|\bVictim Support\b|\bVictims['’] (?:Code|Commissioner)\b/i,
  },
  {
    ...wrongWord(
      'Nobody here has been found guilty. From an arrest on, words that take it for granted can be contempt of court (Contempt of Court Act 1981, sections 1 and 2 and schedule 1). Say what people are suspected of.',
    ),
    harm: 'active proceedings',
    pattern:
      /\b(?:guilty|vile|evil|wicked|monsters?|scum|villains?|behind bars|jailed|imprisoned|(?:go(?:es|ing)?|sent|send(?:ing)?|face|facing) (?:to )?(?:prison|jail))\b/gi,
    unless: /\bnot guilty\b/i,
  },
  {
    kind: 'wording',
    must: 'justify',
    message:
      'This calls people by a crime that no court has found. Write "people suspected of", or explain whom else this describes.',
    harm: 'active proceedings',
    safer: saferWord,
    pattern:
      /\b(?:criminals|traffickers?|offenders?|perpetrators?|pimps?|gangs?|gangsters?|gang[\s-]?masters?|ring[\s-]?leaders?|slave[\s-]?masters?|convict(?:ed|ions?|s)?|brought to justice)\b/gi,
    unless: /\bGangmasters (?:and Labour|Licensing)\b/,
  },
  {
    kind: 'contradiction',
    must: 'justify',
    message: 'No record here says that anybody was charged. Take it out, or say where the charge is recorded.',
    harm: 'active proceedings',
    pattern: /\bcharged\b/gi,
    unless: /\bcharged (?:for|too|more|extra|rent|high|less)\b/i,
  },
  {
    kind: 'identifying',
    must: 'change',
    message: 'A street, a building, a road or a postcode leads to the people there. Name the town or the area.',
    harm: 'one address',
    pattern:
      /\b(?:[A-Z][a-z'’]+ ){1,3}(?:Street|Road|Lane|Avenue|Close|Drive|Court|Parade|Square|Terrace|Gardens|Crescent|Row|Mews|Grove|Arcade|House|Spa|Massage|Nails)\b|\b[A-Z]{1,2} ?\d[A-Z\d]? ?\d ?[A-Z] ?[A-Z]\b|(?<=\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Aa]round|[Oo]f|[Pp]ostcodes?|[Dd]istrict|[Aa]rea) )[A-Z]{1,2}\d{1,2}[A-Z]?\b(?! ?\d)|\b[ABM]\d{1,4}\b/g,
    unless: /\b(?:Crown|High|Magistrates['’]?|Supreme|County|District|Family|Sheriff) Court\b/,
  },
];

/** What cannot be said to have happened when the return counted none of it. */
const eventClaims: readonly (readonly [Indicator, RegExp, string])[] = [
  ['warrants.executed', /\bwarrants?\b/gi, 'No warrant was executed: the addresses were visited.'],
  [
    'warrants.executed',
    /\b(?:raid(?:s|ed|ing)?|stormed|swoop(?:s|ed)?)\b/gi,
    'No warrant was executed: the addresses were visited.',
  ],
  ['arrests.made', /\b(?:arrest(?:s|ed)?|detained)\b/gi, 'The return counts no arrest.'],
  [
    'people.advised',
    /\badvice\b(?= (?:was|has been) given)|\bgiven (?:\w+ )?advice\b/gi,
    'The return counts nobody who was given advice.',
  ],
  ['referrals.made', /\breferr(?:ed|als?)\b/gi, 'The return counts no referral.'],
  ['people.advised', /\bsafeguarded\b/gi, 'The return has no figure for people safeguarded.'],
  ['seizures.made', /\bsei[sz](?:ed|ures?)\b/gi, 'The return counts no seizure.'],
];

const events: Readonly<Record<string, string>> = {
  ...{ warrant: 'visit', warrants: 'visits', raid: 'visit', raids: 'visits', raided: 'visited', stormed: 'visited' },
  ...{ raiding: 'visiting', swooped: 'came', swoops: 'visits', swoop: 'visit' },
};
const saferEvent = (typed: string): { readonly safer?: string } => {
  const safer = events[typed.toLowerCase()];
  if (safer === undefined) return {};
  return { safer: /^\p{Lu}/u.test(typed) ? `${safer.charAt(0).toUpperCase()}${safer.slice(1)}` : safer };
};

const noWarrants = 'The return counts no warrants: say that the addresses were visited.';
const contradicted = (message: string, typed: string) =>
  ({ kind: 'contradiction', must: 'change', message, ...saferEvent(typed) }) as const;
const notTold = {
  kind: 'withheld',
  must: 'change',
  message: 'The release does not say whether this happened, by the publication policy. Take it out.',
} as const;
/** Said of what was done, and not of what can be. */
const isDone = (before: string, after: string): boolean =>
  (/\b(?:was|were|has|have|had)\b/i.test(`${before.slice(-40)} ${after.slice(0, 24)}`) ||
    /\b(?:made|gave|got|sent) (?:\w+ ){0,2}$/i.test(before.slice(-40))) &&
  !/\b(?:can|could|may|might|must|should|will|would|to|if|when|whether|how|about)\b[^,;:]*$/i.test(before.slice(-40));

const negated = /\b(?:no|nobody|none|nothing|not|never|without|nor)\b/i;
const arrested = /\b(?:arrest(?:s|ed)?|detained|in custody)\b/i;
/** What enforcement ends in, for somebody. */
const enforced =
  /\b(?:arrest(?:s|ed)?|detained|in(?:to)? custody|charged|bailed|cautioned|fined|(?<!\bbe(?:ing)? )deported|closed down|closure (?:orders?|notices?)|removed from (?:the|this) (?:country|UK))\b/i;
const helped =
  /\b(?:victims?|survivors?|safeguard(?:ed|ing)|advice|advised|referr(?:ed|als?)|rescued|refuge|offered (?:help|support)|safe accommodation)\b/i;

/** What one sentence says that it may not, or not without reason. `names` are spans that are names of partners and places. */
export function findWatchedWords(
  sentence: Sentence,
  publishable: PublishableReturn,
  names: readonly (readonly [number, number])[],
): WatchedWord[] {
  const { start, text } = sentence;
  const found: WatchedWord[] = [];
  const inName = (at: number): boolean => names.some(([from, to]) => from <= at && at < to);
  const see = (match: RegExpExecArray, rest: Omit<WatchedWord, 'start' | 'end'>): void => {
    found.push({ start: start + match.index, end: start + match.index + match[0].length, ...rest });
  };

  for (const { pattern, unless, safer, ...rule } of watchRules) {
    for (const match of text.matchAll(pattern)) {
      if (inName(start + match.index)) continue;
      const around = text.slice(Math.max(0, match.index - 24), match.index + match[0].length + 12);
      if (unless?.test(around)) continue;
      const words = safer?.(match[0]);
      see(match, words === undefined ? rule : { ...rule, safer: words });
    }
  }
  for (const [indicator, pattern, message] of eventClaims) {
    const figure = publishable.counted.figures[indicator];
    const isKept = publishable.withheld.some(({ key, effect }) => key === indicator && effect === 'withheld');
    if (!isKept && (figure ? !isNought(figure.total) : indicator !== 'warrants.executed')) continue;
    for (const match of text.matchAll(pattern)) {
      const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
      if (inName(start + match.index) || negated.test(`${before.slice(-48)}${match[0]}${after.slice(0, 16)}`)) continue;
      // One answer for some and for none: the figure stays in.
      if (isKept && !isDone(before, after)) continue;
      see(match, isKept ? notTold : contradicted(figure ? message : noWarrants, match[0]));
    }
  }
  const link = enforced.test(text) && !/\b(?:nobody|no one)\b[^,;]*\barrested\b/i.test(text) ? helped.exec(text) : null;
  if (link && !inName(start + link.index)) {
    see(link, {
      kind: 'link',
      must: 'change',
      message:
        'One sentence speaks of people arrested and of people helped. Keep them apart, so that nobody takes the one for the other.',
    });
  }
  const counted = kindsIn(sentence, publishable);
  const others = anyKindsIn(sentence, publishable).filter(
    (other) => !counted.some(({ start: from, end }) => from < other.end && other.start < end),
  );
  const kinds = [...counted, ...others].filter((kind) => !inName(kind.start));
  const told = tiedToAddressIn(sentence, publishable).filter(({ start: at }) => !inName(at));
  const people = [...sexIn(sentence, publishable), ...immigrationIn(sentence, publishable)];
  return [...found, ...withheldNamesIn(sentence, publishable), ...kinds, ...people, ...told];
}

/** What happened to people at the addresses, whether or not it happened: the draft leaves it out where few were visited. */
const metOrHelped: readonly RegExp[] = [
  /\binterpreters? (?:\w+ )?(?:helped|came|spoke|attended|was|were)\b|\bthrough (?:an |the )?interpreters?\b/gi,
  /\badvice (?:was|has been|had been) (?:given|offered)\b|\b(?:gave|given|offered|received|got|accepted) (?:[a-z]+ ){0,3}advice\b|\b(?:was|were|been) advised\b|\badvised (?:them|people|workers|women|men|those|staff|everyone)\b/gi,
  /\breferrals? (?:was|were|has been|have been)\b|\b(?:was|were|been) referred\b|\breferred (?:them|people|workers|women|men|those|someone|somebody|everyone)\b|\bmade (?:[a-z]+ ){0,2}referrals?\b/gi,
  /\b(?:spoke|talked|spoken) (?:to|with) (?:[a-z]+ ){0,2}?(?:people|person|somebody|someone|nobody|workers?|wom[ae]n|m[ae]n|those|everyone|everybody|them|staff|employees?)\b/gi,
  /\b(?:asked for|accepted|declined|refused|received|given|offered (?:them|people|workers|women|men|those|staff|somebody|someone)) (?:[a-z]+ ){0,2}(?:help|support)\b/gi,
  /\b(?:people|workers|women|men|staff|employees|tenants|victims|some|those|several) (?:[a-z]+ ){0,4}?(?:told (?:us|officers|teams|nurses|advisers|police)|want(?:ed)? to leave|left with|(?:is|are|were) (?:now )?safe)\b/gi,
  /\bpassports? (?:was|were|had been)\b|\b(?:kept|held|took|hid) (?:their|the|all) (?:[a-z]+ )?(?:passports?|documents|wages)\b/gi,
];

function tiedToAddressIn({ start, text }: Sentence, { policy, counted }: PublishableReturn): WatchedWord[] {
  const isRule = policy.rules.some(({ withheldWhen }) => withheldWhen?.includes('few addresses visited'));
  if (!isRule || !isFewAddresses(counted.figures)) return [];
  const message = `Fewer than ${disclosureThreshold} addresses were visited, so a reader can tell where this happened and to whom. Take the sentence out.`;
  return metOrHelped.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match): WatchedWord => {
      const at = start + match.index;
      return {
        start: at,
        end: at + match[0].length,
        kind: 'identifying',
        harm: 'one address',
        must: 'change',
        message,
      };
    }),
  );
}

/** Kinds of business by their usual words: a name typed into a plan may have any of them, counted or not. */
export const anyKind = new RegExp(
  `\\b(?:${[
    'massages?|masseuses?|beauty|beauticians?|nails?|manicures?|lash(?:es)?|hair|hair ?dress(?:ers?|ing)|barbers?|barber ?shops?|salons?|spas?|saunas?|tanning|tattoos?|parlou?rs?',
    'car[\\s-]?wash(?:es)?|valeting|garages?|restaurants?|take[\\s-]?aways?|caf[eé]s?|coffee|diners?|kebabs?|pizzas?|pizzerias?|chicken|baker(?:s|y|ies)|butchers?|bars?|pubs?|(?:night[\\s-]?)?clubs?',
    'shops?|supermarkets?|news[\\s-]?agents?|off[\\s-]licen[cs]es?|vapes?|hotels?|motels?|hostels?|guest[\\s-]?houses?|b and b|launder(?:ers|ettes?)|laundr(?:y|ies)|clinics?',
    'farms?|orchards?|nurser(?:y|ies)|glass[\\s-]?houses?|green[\\s-]?houses?|factory|factories|warehouses?|abattoirs?|slaughter[\\s-]?houses?|(?:building|construction) sites?|scrap[\\s-]?yards?',
    'brothels?|escorts?|(?:care|nursing) homes?|flats?|apartments?|bedsits?|caravans?',
  ].join('|')})\\b`,
  'gi',
);

/** Of "massage or beauty", either word names the kind. */
const kindWords = (business: string): string[] =>
  business
    .split(' or ')
    .filter((word) => word.length > 2 && !/\b(?:other|not known|house|flat|residential)\b/.test(word));

/** The one shop of its kind in a town needs no name. */
function kindsIn({ start, text }: Sentence, { counted, figures }: PublishableReturn): WatchedWord[] {
  if (figures['premises.visited']?.breakdowns.byBusiness) return [];
  const visited = counted.figures['premises.visited']?.breakdowns.byBusiness ?? [];
  const kinds = new Set(
    visited.filter(({ quantity }) => !isNought(quantity)).flatMap(({ of }) => kindWords(of.business ?? '')),
  );
  const message =
    'The kinds of business that were visited are not told, by the publication policy. Write "business", or say why this speaks of others.';
  const told = [...kinds].flatMap((kind) =>
    [
      ...text.matchAll(
        new RegExp(`\\b${kind.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[\\s-]?')}(?:e?s)?\\b`, 'gi'),
      ),
    ].map((match): WatchedWord => {
      const at = start + match.index;
      return { start: at, end: at + match[0].length, ...ofKind, message };
    }),
  );
  // Another word for a kind is no safer: "parlour" for massage, in a sentence about the places.
  const others = aboutPlaces.test(text)
    ? [...text.matchAll(anyKind)].map(({ index, 0: { length } }): WatchedWord => {
        const at = start + index;
        return { start: at, end: at + length, ...ofKind, message };
      })
    : [];
  return [...told, ...others.filter((other) => !told.some((one) => one.start < other.end && other.start < one.end))];
}
const ofKind = { kind: 'identifying', harm: 'one address', must: 'justify' } as const;
const aboutPlaces =
  /\b(?:visit(?:ed|s)?|address(?:es)?|premises|warrants?|search(?:ed|es)?|raid(?:ed|s)?|entered|attended)\b/i;

/** "A man was arrested" tells a sex, and a number too, without a digit. */
function sexIn({ start, text }: Sentence, { counted, figures }: PublishableReturn): WatchedWord[] {
  const known = counted.figures['arrests.made']?.breakdowns;
  const said = figures['arrests.made']?.breakdowns;
  if (!arrested.test(text) || !(known?.bySex || known?.bySexAgeResidence)) return [];
  if (said?.bySex || said?.bySexAgeResidence) return [];
  const message = 'The sex and age of those arrested are not told, by the publication policy. Write "people".';
  return [...text.matchAll(/\b(?:wom[ae]n|m[ae]n|girls?|boys?|females?|males?|teenagers?)\b/gi)].map(
    (match): WatchedWord => {
      const at = start + match.index;
      const one = /^(?:wom|m)an$|^(?:girl|boy|female|male|teenager)$/i.test(match[0]);
      const safer = one ? 'person' : 'people';
      return { start: at, end: at + match[0].length, kind: 'identifying', must: 'change', message, safer };
    },
  );
}

/** While immigration officers stay unnamed, an arrest over immigration would tell of them. */
function immigrationIn({ start, text }: Sentence, { counted, figures, unnamed }: PublishableReturn): WatchedWord[] {
  const isWithheld =
    counted.figures['arrests.made']?.breakdowns.byMatter && !figures['arrests.made']?.breakdowns.byMatter;
  if (unnamed.length === 0 || !isWithheld || !arrested.test(text)) return [];
  const message = 'Immigration officers are not named, so the release does not say that arrests were over immigration.';
  return [...text.matchAll(/\bimmigration\b/gi)].map((match): WatchedWord => {
    const at = start + match.index;
    return { start: at, end: at + match[0].length, kind: 'identifying', harm: 'kept in', must: 'change', message };
  });
}

/** While a name of the plan stays out, a word for a kind of business may be a part of it. */
function anyKindsIn({ start, text }: Sentence, publishable: PublishableReturn): WatchedWord[] {
  if (publishable.figures['premises.visited']?.breakdowns.byBusiness) return [];
  if (plannedNamesWithheld(publishable).length === 0) return [];
  const message =
    'A name of the plan is not printed, and this word may be a part of it. Write "business", or say why this speaks of others.';
  return [...text.matchAll(anyKind)].map((match): WatchedWord => {
    const at = start + match.index;
    return { start: at, end: at + match[0].length, ...ofKind, message };
  });
}

/** Partners, towns and names of the plan that stay unnamed; towns of arrest only where the sentence speaks of arrests. */
const withheldNamesIn = ({ start, text }: Sentence, publishable: PublishableReturn): WatchedWord[] =>
  findWithheldNames(text, publishable, arrested.test(text)).map(({ start: from, end, name }) => {
    const message = `"${name}" is not named here, by the publication policy: see what was withheld and why.`;
    return { start: start + from, end: start + end, kind: 'identifying', harm: 'kept in', must: 'change', message };
  });
