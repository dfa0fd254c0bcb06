/** Finds what each number of a sentence counts: premises, people, victims, officers, vehicles, money. */

import type { Count, Currency, Scope } from '../parsed-release.ts';
import { type Numeral, numberWords, numeralsIn } from './numbers.ts';

export type NounClass =
  | 'premises'
  | 'people'
  | 'victims'
  | 'officers'
  | 'travellers'
  | 'vehicles'
  | 'documents'
  | 'goods'
  | 'money'
  | 'arrests'
  | 'warrants'
  | 'visits'
  | 'referrals'
  | 'interviews'
  | 'countries'
  | 'agencies';

const lists: Readonly<Record<Exclude<NounClass, 'money'>, string>> = {
  premises:
    'premises address addresses property properties business businesses venue venues location locations site sites ' +
    'establishment establishments building buildings residence residences brothel brothels parlour parlours bar bars ' +
    'salon salons wash washes farm farms restaurant restaurants takeaway takeaways shop shops store stores factory ' +
    'factories warehouse warehouses hotel hotels house houses guesthouse guesthouses home homes flat flats barbers barbershop barbershops ' +
    'hairdressers cafe cafes kitchen kitchens packhouse packhouses spa spas sauna saunas bakery bakeries laundry ' +
    'laundries workshop workshops garage garages pub pubs workplace workplaces companies employers apartments apartment ' +
    'plant plants households dwellings outlets nurseries motels hotspots clubs nightclubs greengrocers estate_agents letting_agents travel_agents recruitment_agencies employment_agencies supermarkets yards yard depots depot parks park ' +
    'markets market stalls kiosks studios studio clinics clinic gyms gym eateries diners cafés café bistros off-licences newsagents butchers laundrettes launderettes ' +
    'casinos casino barns barn fields greenhouses quarries quarry marinas abattoirs abattoir slaughterhouses breweries dairies fisheries tailors sweatshops mills mill ' +
    'labour_providers labour_provider labour_users labour_user bedsits hmos hostels hostel b&bs caravans campsites campsite scrapyards encampments encampment lodgings bakers grocers',
  people:
    'people person persons individual individuals man men woman women male males female females suspect suspects worker ' +
    'workers adult adults national nationals employee employees driver drivers resident residents teenager teenagers ' +
    'boy boys girl girls child children youth youths juveniles juvenile minors minor migrants facilitators traffickers smugglers ' +
    'labourers occupants tenants offenders masseuses staff members members_of_staff students seekers youngsters others ' +
    'pickers cleaners carers nurses crew fishermen seafarers builders technicians customers clients punters beggars teens brothers sisters ' +
    'manager managers owner owners chefs waiters mothers fathers inmates detainees associates ' +
    'romanians albanians bulgarians poles lithuanians latvians slovaks czechs hungarians nigerians ethiopians eritreans indians pakistanis bangladeshis brazilians thais vietnamese ukrainians moldovans sudanese',
  victims: 'victim victims survivor survivors',
  officers: 'officer officers police detectives investigators personnel gardaí gardai inspectors agents officials',
  travellers: 'passenger passengers travellers traveller pedestrians',
  vehicles:
    'vehicle vehicles car cars van vans lorry lorries truck trucks bus buses coaches trains train flights flight ships ' +
    'boats vessels aircraft minibuses trailers containers motorcycles motorbikes',
  documents: 'document documents passport passports cards visas',
  goods:
    'phone phones mobiles telephones devices computers laptops weapons weapon knives firearms cigarettes plants wraps tablets SIM packets bags',
  arrests: 'arrest arrests',
  warrants: 'warrant warrants',
  visits: 'visit visits check checks inspection inspections raid raids search searches',
  referrals: 'referral referrals',
  interviews: 'interview interviews conversation conversations',
  countries: 'country countries nations states',
  agencies: 'agencies forces organisations organizations partners authorities charities',
};
const classOf = new Map<string, NounClass>(
  Object.entries(lists).flatMap(([name, words]) =>
    words.split(' ').map((word) => [word.toLowerCase(), name as NounClass]),
  ),
);

/** Nouns that turn the noun before them into another thing: "nail bar workers" are people, "brothel adverts" nothing. */
const stops = new Set(
  (
    'in at on to of from for with by as across around throughout near within over under after before during between into through ' +
    'who whom which that whose were was is are be been being has have had will would can could may might must did do does ' +
    'when where while but than then or if because so following including involving using via per plus off about against along also ' +
    'not all both each they we he she it this these those the a an no one two three four five six seven eight nine ten more there'
  ).split(' '),
);
const afterNoun =
  /(?:ed|ing|ly|wide)$|^(?:found|taken|made|met|seen|held|left|sold|kept|brought|thought|spoke|spoken|told|said|led|began|took|gave|given|went|came|together|overall|alike|there|yesterday|today|here|so|now|believed|alone|abroad|away|out|back|overnight|locally|nationally|free|went|freed|shut|chose|got|had|left|fled|ran|stood|slept|lived|knew|felt|wrote|heard|let|put|set|paid|hid|lost|sent|spent|brought|fought|sought|drove|broke|became|among|also|later|then|still|never|who)$/;

export type Mention = Omit<Numeral, 'end'> & {
  readonly class: NounClass | null;
  /** The words between the number and the noun, and the noun, in small letters. */
  readonly words: string;
  /** The noun alone. */
  readonly noun: string;
  readonly numeralEnd: number;
  /** Where the noun ends. */
  readonly end: number;
  /** "a woman", not "one woman". */
  readonly article: boolean;
  readonly currency?: Currency;
};

const isNumber = new RegExp(`^${numberWords}$`, 'i');
const word = / (?<word>[A-Za-zÀ-ž_][\wÀ-ž'-]*)/y;

/** The noun that is counted from here on, with the words before it. */
export function phraseAt(
  text: string,
  from: number,
): { class: NounClass | null; words: string; noun: string; end: number } {
  let last: { class: NounClass; noun: string; end: number } | undefined;
  let at = from;
  for (let read = 0; read < 8; read += 1) {
    word.lastIndex = at;
    const match = word.exec(text);
    const said = match?.groups?.['word'];
    if (!match || !said) {
      // "five suspected, potential victims": adjectives in a row.
      if (
        !last &&
        text[at] === ',' &&
        read > 0 &&
        read < 3 &&
        /^, [a-z]+ (?:[a-z]+ )?(?:victims|women|men|people)/.test(text.slice(at, at + 40))
      ) {
        at += 1;
        continue;
      }
      break;
    }
    const small = said.toLowerCase();
    if (small === 'and') {
      const next = /^ and (?<next>[A-Za-z]+(?: [a-z]+){0,3})/.exec(text.slice(at, at + 60))?.groups?.['next'] ?? '';
      const nextWords = next.toLowerCase().split(' ');
      const [head = ''] = nextWords;
      if (stops.has(head) || isNumber.test(head) || /^\d/.test(head) || (last && afterNoun.test(head))) break;
      const sameKind = nextWords.some((one) => last !== undefined && classOf.get(one) === last.class);
      if (
        last &&
        !(['premises', 'vehicles', 'documents', 'travellers'].includes(last.class) && sameKind) &&
        !(last.class === 'people' && /^(?:wom[ae]n|girls?|children|females?)$/.test(head))
      )
        break;
      at = word.lastIndex;
      continue;
    }
    if (stops.has(small) && !(small === 'more' && read === 0)) break;
    const isClass = classOf.get(small);
    if (isClass) {
      last = { class: isClass, noun: small, end: word.lastIndex };
      at = word.lastIndex;
      continue;
    }
    if (last) {
      if (afterNoun.test(small) || (/^[A-ZÀ-Ž_]/.test(said) && last.noun !== 'police')) break;
      // Another noun follows: it is the one that is counted.
      last = undefined;
    }
    if (/^(?:said|says|went|took|came|made)$/.test(small)) break;
    at = word.lastIndex;
  }
  if (!last) return { class: null, words: '', noun: '', end: from };
  return {
    ...last,
    words: text
      .slice(from, last.end)
      .trim()
      .toLowerCase()
      .replace('members_of_staff', 'members of staff')
      .replace(/(labour|estate|letting|travel|recruitment|employment)_/, '$1 '),
  };
}

/** "people" counts who is called a victim: "potential trafficking victims", "victims of". */
const victimish = /\bvictims?\b/;

/** Behind a number without a noun: what is done with people alone. */
const ofPeople =
  /^ (?:more )?(?:(?:(?:were|was|are|is) |(?:have|has) been )(?:also |then |later )?)?(?:safeguarded|rescued|referred (?:in)?to|spoken to|interviewed|identified as|given (?:advice|support|help)|offered (?:advice|support|help)|(?:brought|taken) (?:in)?to|entered the (?:NRM|National)|found to be)\b/;
/** What is said of nobody but people, whatever stands before. */
const ofPeopleAlone =
  /^ (?:(?:were|was|have been|has been) )?(?:referred (?:in)?to|entered) (?:the )?["']?(?:NRM|National Referral)\b/;
const ofThosePeople =
  /(?:^|[.;] )(?:Of|Among) (?:those|these|the|all)(?: [a-z]+)? (?:people|women|men|workers|individuals|persons|staff),? $/;
const wordBefore = /\b(?<verb>(?!the\b|and\b|in\b|at\b|of\b|to\b|with\b|for\b|by\b|from\b|than\b)[a-z]{3,}) $/;

/** Whether a number without a noun counts what the number before it counts: by its own verb, or by the same verb again. */
function isOfNounBefore(text: string, start: number, end: number, before: Mention): boolean {
  const after = text.slice(end, end + 60);
  const ofPerson = before.class === 'people' || before.class === 'victims' || before.class === 'arrests';
  if (ofPerson && before.class !== 'arrests' && ofPeople.test(after)) return true;
  if (!/^(?:[.,;]|$| (?:(?:in)?to|in|at|for|on|and|over|across) )/.test(after)) return false;
  const verb = wordBefore.exec(text.slice(Math.max(0, start - 24), start))?.groups?.['verb'];
  if (verb === undefined || before.class === null) return false;
  if (ofPerson && before.class !== 'arrests' && /^(?:referred|safeguarded|rescued|arrested|charged)$/.test(verb))
    return true;
  return verb === wordBefore.exec(text.slice(Math.max(0, before.start - 24), before.start))?.groups?.['verb'];
}

const ofThem = /^ of (?:them|these|those|which)(?: (?:were|are))?(?= [a-z])/;

/** "seven addresses, four of them brothels", "of which four were brothels": the kind of some of those before. */
function kindOfThem(
  text: string,
  start: number,
  end: number,
): Pick<Mention, 'class' | 'words' | 'noun' | 'end'> | null {
  const after = text.slice(end, end + 24);
  const skip = /\bof which $/.test(text.slice(0, start)) ? /^ (?:were|are)(?= [a-z])/.exec(after) : ofThem.exec(after);
  const phrase = skip ? phraseAt(text, end + skip[0].length) : null;
  return phrase?.class === 'premises' && phrase.words.split(' ').length < 4 ? phrase : null;
}

/** Every count of a masked sentence, from left to right, with the noun it counts. */
export function mentionsIn(text: string): Mention[] {
  const found: Mention[] = [];
  for (const { end, ...numeral } of numeralsIn(text)) {
    if (found.some((one) => one.end > numeral.start + 1 && one.class !== null)) continue;
    const skip =
      /^(?: of (?:the|these|those|our|their|its|his|her|them)\b| or more| plus|\+)/.exec(
        text.slice(end, end + 20),
      )?.[0] ?? '';
    const phrase = phraseAt(text, end + (skip === ' of them' ? 0 : skip.length));
    const whom =
      phrase.class === null
        ? /^ of (?:whom|them|these|those)\b(?= (?:were|was|have|had|are|is)\b)/.exec(text.slice(end, end + 30))?.[0]
        : undefined;
    // "12 people were arrested and 20 brought to safety", "spoke to 12 women and referred two": of the noun before.
    const before = found.at(-1);
    const same = phrase.class === null && before !== undefined && isOfNounBefore(text, numeral.start, end, before);
    const surely =
      phrase.class === null &&
      (ofPeopleAlone.test(text.slice(end, end + 70)) ||
        // "Of those people, 5 were found to be potential victims".
        (ofThosePeople.test(text.slice(0, numeral.start)) && ofPeople.test(text.slice(end, end + 60))));
    // "The remaining 18 were given advice": of the people before.
    const remaining =
      phrase.class === null &&
      /\b[Tt]he (?:remaining|other) $/.test(text.slice(Math.max(0, numeral.start - 16), numeral.start)) &&
      /^ (?:were|was|have been) (?:given|offered|provided with|spoken to|handed|safeguarded|referred|supported)\b/.test(
        text.slice(end, end + 40),
      );
    const kinds = phrase.class === null ? kindOfThem(text, numeral.start, end) : null;
    if (kinds) Object.assign(phrase, kinds);
    const byChoice =
      phrase.class === null &&
      /^ (?:chose|agreed|asked|consented|opted) to (?:enter|be referred (?:in)?to) the (?:NRM|National Referral Mechanism)\b/.test(
        text.slice(end, end + 70),
      );
    if (byChoice) Object.assign(phrase, { class: 'people', words: 'people', noun: 'people', end });
    if (remaining) Object.assign(phrase, { class: 'people', words: 'people', noun: 'people', end });
    if (surely) Object.assign(phrase, { class: 'people', words: 'people', noun: 'people', end });
    if (same && before)
      Object.assign(phrase, {
        class: before.class === 'victims' ? 'people' : before.class,
        words: before.class === 'victims' ? 'people' : before.words,
        noun: before.noun,
        end,
      });
    if (whom) Object.assign(phrase, { class: 'people', words: 'people', noun: 'people', end: end + whom.length });
    // "fewer than ten" is no number of people.
    if (/^(?:fewer than|less than|under) /i.test(text.slice(numeral.start))) Object.assign(phrase, { class: null });
    const isVictim = phrase.class === 'people' && victimish.test(phrase.words);
    found.push({ ...numeral, ...phrase, class: isVictim ? 'victims' : phrase.class, numeralEnd: end, article: false });
  }
  found.push(...nobodyIn(text), ...articlesIn(text), ...moneyIn(text), ...onePlaceIn(text));
  return withSharedQualifiers(text, found)
    .filter((one) => !(one.class === 'officers' && one.noun === 'police' && !/^police officers/.test(one.words)))
    .sort((one, other) => one.start - other.start);
}

/** "over 127 000 people, 63 800 vehicles and 1 100 places": round numbers of one row are all said roughly. */
function withSharedQualifiers(text: string, mentions: readonly Mention[]): Mention[] {
  const sorted = mentions.toSorted((one, other) => one.start - other.start);
  return sorted.map((one, index) => {
    const isRound = one.count.qualifier === 'exact' && one.count.value >= 100 && one.count.value % 100 === 0;
    const before = sorted[index - 1];
    if (!isRound || !before || !/^(?:,? and |, )$/.test(text.slice(before.end, one.start))) return one;
    const { qualifier } = before.count;
    if (!/^(?:more than|about|almost)$/.test(qualifier)) return one;
    const shared: Mention = { ...one, count: { ...one.count, qualifier } };
    sorted[index] = shared;
    return shared;
  });
}

const exact = (value: number): Count => ({ kind: 'number', value, qualifier: 'exact' });

const nobodyIn = (text: string): Mention[] =>
  [...text.matchAll(/\b(?:nobody|no[- ]one)\b/gi)].map((match) => ({
    count: exact(0),
    scope: undefined,
    definite: false,
    nought: true,
    start: match.index,
    at: match.index,
    numeralEnd: match.index + match[0].length,
    end: match.index + match[0].length,
    class: 'people',
    words: 'people',
    noun: 'people',
    article: false,
  }));

const article =
  /(?<![\w-])(?<more>another|an?) (?=(?:[A-Za-z_][\w-]*,? ){0,4}?(?:man|woman|boy|girl|child|teenager|victim|suspect|person|male|female|national)\b)/gi;

const articlesIn = (text: string): Mention[] =>
  [...text.matchAll(article)].flatMap((match) => {
    const from = match.index + match[0].length - 1;
    const phrase = phraseAt(text, from);
    if (phrase.class !== 'people' && phrase.class !== 'victims') return [];
    const scope: Scope | undefined = /^another/i.test(match[0]) ? 'further' : undefined;
    const { start } = { start: match.index };
    const isVictim = victimish.test(phrase.words);
    return [
      {
        count: exact(1),
        scope,
        definite: false,
        nought: false,
        start,
        at: start,
        numeralEnd: from,
        ...phrase,
        class: isVictim ? 'victims' : phrase.class,
        article: true,
      },
    ];
  });

/** "eight farms, a caravan site and a laundry": one place each, as a part of a row. */
const onePlace = /(?<=[a-z],? (?:and )?)\ban? (?=[a-z])/g;

const onePlaceIn = (text: string): Mention[] =>
  [...text.matchAll(onePlace)].flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - 6), match.index);
    const from = match.index + match[0].length - 1;
    const phrase = phraseAt(text, from);
    if (!/(?:,|\band) $/.test(before) || phrase.class !== 'premises' || phrase.noun.endsWith('s')) return [];
    const { index: start } = match;
    return [
      {
        count: exact(1),
        scope: undefined,
        definite: true,
        nought: false,
        start,
        at: start,
        numeralEnd: from,
        ...phrase,
        article: true,
      },
    ];
  });

const money =
  /(?:(?<lead>more than|over|at least|in excess of|almost|nearly|around|about|approximately|some|just over|just under|up to) )?(?:(?<sign>£|€|EUR ?|USD ?|US\$|\$)(?<value>\d{1,3}(?:[, ]\d{3})+|\d{1,9})(?:\.\d\d)?(?<size>k\b| ?million\b| ?m\b)?|(?<value2>\d{1,3}(?:[ ,]\d{3})+|\d{1,9})(?<size2> million)? (?<name>euros?|pounds|dollars)\b)(?!\.?\d)/gi;
const leads: Readonly<Record<string, Count['qualifier']>> = {
  'more than': 'more than',
  over: 'more than',
  'in excess of': 'more than',
  'just over': 'more than',
  'at least': 'at least',
  almost: 'almost',
  nearly: 'almost',
  'just under': 'almost',
  'up to': 'up to',
};

const moneyIn = (text: string): Mention[] =>
  [...text.matchAll(money)].flatMap((match) => {
    const { lead, sign, value, size, value2, size2, name } = match.groups ?? {};
    const digits = (value ?? value2 ?? '').replace(/[ ,]/g, '');
    if (digits === '') return [];
    const times = /^ ?m/i.test(size ?? size2 ?? '') ? 1_000_000 : /^k/i.test(size ?? '') ? 1000 : 1;
    const currency: Currency = /£|pounds/i.test(sign ?? name ?? '')
      ? 'GBP'
      : /€|eur/i.test(sign ?? name ?? '')
        ? 'EUR'
        : 'USD';
    const end = match.index + match[0].length;
    const after =
      /^ (?:worth of|of|in) (?<what>(?:[a-z]+ ){0,2}?(?:cash|currency|goods|drugs|cannabis|cigarettes|tobacco|assets))\b/i.exec(
        text.slice(end, end + 60),
      );
    return [
      {
        count: {
          kind: 'number',
          value: Number(digits) * times,
          qualifier: lead ? (leads[lead.toLowerCase()] ?? 'about') : 'exact',
        },
        scope: undefined,
        definite: false,
        nought: false,
        start: match.index,
        at: match.index,
        numeralEnd: end,
        end: end + (after?.[0].length ?? 0),
        class: 'money',
        words: after?.groups?.['what'] ?? 'money',
        noun: 'money',
        article: false,
        currency,
      } satisfies Mention,
    ];
  });
