/** Reads whom to call: numbers, addresses and handles, with the hours where the release gives them. */
import type { ClaimContent, ContactRoute, OpeningHours, Weekday } from './parsed-release.ts';
import { weekdays } from './parsed-release.ts';

const domain =
  '(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\\.){1,5}(?:uk|org|com|net|eu|info|police|scot|wales|gov|help|charity|london|ie|nl|ca|au|nz|sg|my|ph|ng|za|tt|us|int|edu|mil|africa)';
const email = new RegExp(`\\b[a-z0-9][\\w.+-]{0,63}@${domain}\\b`, 'gi');
const website = new RegExp(
  `(?<![@\\p{L}\\w.-])(?:https?://)?(?:www\\.)?${domain}(?![\\w@])(?::\\d{2,5})?(?:/[^\\s"<>)\\]]*)?`,
  'giu',
);
const phone = /(?<![\w+/.-])(?:\+44 ?(?:\(0\) ?)?\d|\(?0\d)[\d ()-]{5,16}\d(?![\w/]|-\d)/g;
/** Freephone numbers of Ireland and North America. */
const freephone =
  /(?<![\d\w/.+-])(?:1-8\d{2}-\d{3}-\d{4}|1 ?8[05]0[ -]?\d{3}[ -]?\d{3}|(?:1-)?\(?8\d{2}\)?[- ]\d{3}-\d{4})(?![\d\w/-])/g;
/** Short numbers of Australia, only right behind a word of calling: "call 131 237", "call 131 AFP (131 237)". */
const australian =
  /(?<=\b(?:[Cc]all|[Cc]alling|[Pp]hone|[Rr]ing|[Dd]ial|on) (?:\d{3} [A-Z]{2,6} \()?)(?:13\d ?\d{3}|1[38]00 \d{3} \d{3})(?=[).,;]|$| (?:or|if|to|and)\b)/g;
/** A number of any country, where a word of calling or another number stands right before it. */
const anyNumber =
  /(?<=\b(?:[Cc]all(?:ing)?|[Dd]ial(?:ling)?|[Pp]hone|[Tt]el(?:ephone)?|[Rr]ing|[Hh]otlines?|[Hh]elplines?|[Ll]ines?|[Nn]umbers|[Nn]umber(?! of)|WhatsApp|SMS|[Tt]ip ?line)\b[^.;\d]{0,50}|\d{3,4},? (?:or|and|,) |\d{3,4}, )(?<![\w£$€#/.-])(?:\d{3}-\d{4}|\+?\(?\d(?:[ ()-]{0,3}\d){6,13})(?![\w/-]|[.,]\d)/g;
/** "dial 627", "short code 922": a short number right behind its word. */
const shortCode =
  /(?<=\b(?:[Dd]ial(?:ling)?|[Ss]hort ?code|[Tt]oll[- ]free(?: (?:line|number))?|[Hh]otline|[Cc]all)(?: (?:on|at|number|is))?:? )[1-9]\d{2,4}(?![\w%/-]|[.,]\d| \d| [A-Z]{2}| (?:people|men|women|officers|times|businesses|premises))/g;
const calling = /\b(?:[Cc]all|[Dd]ial|[Pp]hone|[Hh]otline|[Hh]elpline|[Tt]oll|[Cc]rime ?[Ss]top\w*)\b/;
/** "call the police at 999, 555": a short number in a row behind the first. */
const nextShort =
  /(?<=\b(?:[Cc]all|[Dd]ial|[Pp]hone)\b[^.;\d]{0,30} (?:at|on) \d{3}, )[1-9]\d{2}(?=,| or | and |[.;]|$)/g;
/** "Crime Stop on 10111". */
const onShort = /(?<=\b(?:on|number|is) )(?!(?:19|20)\d\d\b)[1-9]\d{2,4}(?![\w%/-]|[.,]\d| \d)/g;
/** "800-4CTU". */
const vanity = /(?<![\w-])(?:1-)?8\d{2}-(?=[\d-]*[A-Z])[A-Z\d]{4,9}(?:-[A-Z\d]{4,6})?(?![\w-])(?: \(\d{4,7}\))?/g;
const european = /(?<![\d\w/.-])116 ?\d{3}(?![\d\w/-])/g;
const handle = /(?<![\w.@/])@(?<handle>[A-Za-z0-9_]{3,30})\b(?!\.[a-z])/g;
/** Three digits are a number to call only beside the words of calling: officers may also check 112 cars. */
const beforeShort = new RegExp(
  '(?:^|\\b(?:call(?:ing)?|dial(?:ling)?|phone|phoning|ring(?:ing)?|contact(?:ing)?|text(?:ing)?|police|on|' +
    'via|or|and|to|is|number|emergency)|[:(]) ?(?:us |(?:the )?police )?(?:on |via |at )?$',
  'i',
);
const afterShort =
  /^(?:[.,;:)!?"'/]|$| ?-| \(| (?:in|if|or|and|to|for|when|where|now|immediately|straight|at|with|as|quoting|unless)\b)/;
const emergency = /(?<![\d\w£/.-])(?:999|112)(?![\d\w%]|-\d)/g;
const police = /(?<![\d\w£/.-]|1800\d )101(?![\d\w%]|-\d)/g;
const textNumber = new RegExp(
  '\\btext(?:ing)?(?: (?:us|the word \\w+|\\w+ to|[A-Z]+))?(?: (?:on|to))? (?<number>\\d{5,6}|07\\d{3} ?\\d{6}|' +
    '07\\d{3} ?\\d{3} ?\\d{3})(?!\\d)',
  'gi',
);

const contactWords = new RegExp(
  '\\b(?:call(?:ing|ed)?|phone|phoning|ring|ringing|dial|dialling|contact(?:ing)?|report(?:ing)?|helpline|' +
    'hotline|line|telephone|tel|on|via|reach|number|text(?:ing)?|open)\\b',
  'i',
);
const webWords = new RegExp(
  '\\b(?:visit|website|web|site|online|information|advice|help|support|find out|go to|details|report|' +
    'contact|call|email|learn|form)\\b',
  'i',
);
/** Numbers for journalists are not for the public. */
const notForThePublic = new RegExp(
  '\\b(?:media|press) (?:enquir\\w+|office|team|contact)|\\bnotes? to editors?\\b|\\beditors\\b|\\b(?:crime|' +
    'incident) (?:reference|number)|\\breference\\b',
  'i',
);

type FoundContact = {
  readonly told: Extract<ClaimContent, { kind: 'contact' }>;
  readonly start: number;
  readonly end: number;
};

const nameBefore = new RegExp(
  `(?:^|[\\s("])(?<name>(?:[A-Z][\\w'&-]*)(?: (?:and|&|of|for|the|[A-Z][\\w'&-]*|[Hh]elpline|[Hh]otline|` +
    `line)){0,7})(?: (?:[a-z-]+ly|anonymously|team|free|in confidence|helpline|hotline|number|` +
    `line))*,?(?: (?:on|at|via|is|number|:)|:)? ?:? ?$`,
);
const openings = new RegExp(
  '^(?:Anyone|Call|Contact|Phone|Ring|Dial|If|In|Or|You|Tel|Telephone|Email|Website|Report|To|For|Text|' +
    'Always|The|Please|Follow|Visit|Alternatively|Calling|We)\\b[ ,:]*',
);

function nameOf(text: string, start: number): string | null {
  const before = text.slice(Math.max(0, start - 90), start);
  let name = nameBefore.exec(before)?.groups?.['name'] ?? '';
  for (let last = ''; last !== name; ) {
    last = name;
    name = name
      .replace(openings, '')
      .replace(/^(?:the|and|of|for) /, '')
      .trim();
  }
  return name.length > 2 && !/^\d/.test(name) ? name : null;
}

/** Contacts and handles of one sentence. `ahead` is what its block or heading says, for a number that stands alone. */
export function contactsIn(whole: string, ahead = ''): ClaimContent[] {
  const text = whole.replace(/,? (?:and )?quot(?:e|ing)\b(?:(?!, or [A-Z]).)*/, '');
  if (!/[@.]\w|\d{3}/.test(text) || notForThePublic.test(text) || notForThePublic.test(ahead)) return [];
  const found: FoundContact[] = [];
  const add = (route: ContactRoute, match: RegExpExecArray, value: string, written = match[0]) => {
    const start = match.index;
    if (found.some((one) => start < one.end && start + match[0].length > one.start)) return;
    const name = route === 'emergency' || route === 'police' ? null : nameOf(text, start);
    found.push({
      told: { kind: 'contact', route, name, value, asWritten: written, hours: null },
      start,
      end: start + match[0].length,
    });
  };

  for (const match of text.matchAll(email)) add('email', match, match[0].toLowerCase());
  const pointing = webWords.test(text) || contactWords.test(ahead);
  for (const match of pointing ? text.matchAll(website) : []) {
    const written = match[0].replace(/[.,;:!?'")]+$/, '');
    if (!/^(?:https?:|www\.)/i.test(written) && !/[a-z-]{3}/.test(written)) continue;
    add('website', match, written.replace(/^https?:\/\//i, '').replace(/\/$/, ''), written);
  }
  const public_ = contactWords.test(text) || contactWords.test(ahead);
  if (public_) {
    for (const match of text.matchAll(textNumber))
      add('text message', match, match.groups?.['number']?.replaceAll(' ', '') ?? '', match.groups?.['number']);
    for (const match of text.matchAll(phone)) {
      const digits = match[0].replace(/\(0\)/, '').replace(/\D/g, '');
      if (digits.length < 9) continue;
      add('phone', match, match[0].startsWith('+44') ? `0${digits.slice(2)}` : digits);
    }
    for (const match of text.matchAll(freephone)) add('phone', match, match[0].replace(/\D/g, ''));
    for (const match of text.matchAll(australian)) add('phone', match, match[0].replaceAll(' ', ''));
    for (const match of text.matchAll(anyNumber)) {
      const digits = match[0].replace(/\D/g, '');
      if (/[ ()-]/.test(match[0]) || digits.length > 8)
        add('phone', match, match[0].startsWith('+44') ? `0${digits.slice(2)}` : digits);
    }
    for (const match of text.matchAll(european)) add('phone', match, match[0].replaceAll(' ', ''));
    const called = ({ index }: RegExpExecArray) =>
      beforeShort.test(text.slice(Math.max(0, index - 40), index)) && afterShort.test(text.slice(index + 3));
    for (const match of text.matchAll(emergency)) if (called(match)) add('emergency', match, match[0]);
    for (const match of text.matchAll(police)) if (called(match)) add('police', match, match[0]);
    for (const match of text.matchAll(shortCode)) add('phone', match, match[0]);
    if (calling.test(text))
      for (const match of text.matchAll(onShort))
        if (afterShort.test(text.slice(match.index + match[0].length))) add('phone', match, match[0]);
    for (const match of text.matchAll(nextShort)) add('phone', match, match[0]);
    for (const match of text.matchAll(vanity)) add('phone', match, match[0]);
  }
  found.sort((one, other) => one.start - other.start);
  const timed = withHours(text, found);
  return [...timed, ...handlesIn(text, found)];
}

const handlesIn = (text: string, found: readonly FoundContact[]): ClaimContent[] =>
  [...text.matchAll(handle)].flatMap((match): ClaimContent[] => {
    if (found.some((one) => match.index < one.end && match.index + match[0].length > one.start)) return [];
    const network = /\b(?:Twitter|Facebook|Instagram|TikTok|Threads|Bluesky|X)\b/.exec(text)?.[0] ?? null;
    return [{ kind: 'social', handle: `@${match.groups?.['handle']}`, network }];
  });

/** Hours belong to the last telephone before them; where two stand side by side without words between, to neither. */
function withHours(text: string, found: readonly FoundContact[]): ClaimContent[] {
  const hours = hoursIn(text);
  const phones = found.filter(({ told }) => told.route === 'phone');
  const owner =
    hours && (phones.findLast(({ end }) => end <= hours.start) ?? (phones.length === 1 ? phones[0] : undefined));
  return found.map((one) => (hours && one === owner ? { ...one.told, hours: hours.openings } : one.told));
}

const dayNames = `(?:${weekdays.join('|')}|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)s?`;
const clock =
  '(?:noon|midday|midnight|\\d{1,2}(?:[.:]\\d{2})? ?(?:am|pm|a\\.m\\.?|p\\.m\\.?)|\\d{1,2}[.:]\\d{2}|' +
  '\\d{1,2}(?= ?(?:-|to|until) ?\\d{1,2}(?:[.:]\\d{2})? ?(?:am|pm))|[0-2]\\d[0-5]\\d)';
const span = `(?:from |between )?(?<from>${clock})(?: ?- ?| (?:to|until|till|and) )(?<to>${clock})(?!\\d)`;
const everyDay = 'weekdays|every weekday|weekends|(?:every|each) day|daily|seven days a week|7 days a week|all week';
const daySpan =
  `(?:(?<first>${dayNames})(?: ?- ?| (?:to|until|through) )(?<last>${dayNames})|(?<every>${everyDay})|` +
  `(?<row>${dayNames}(?:(?:, and |, | and | & )${dayNames}\\b)*))`;
const daysThenHours = new RegExp(`(?:from |on |open )?\\b${daySpan},?:? (?:\\()?(?:from |between )?${span}`, 'gi');
const hoursThenDays = new RegExp(`${span},? (?:on |from )?(?:\\()?\\b${daySpan}`, 'gi');
const always = new RegExp(
  '\\b24/7\\b|\\b(?:24 hours|twenty-four hours|24 hrs)(?: a day|-a-day|, 7)?(?:,? (?:and )?(?:seven|' +
    '7) days(?: a week)?|,? 365 days(?: a year)?|,? every day)?|\\bround the clock\\b|' +
    '\\bat any time of (?:the )?day or night\\b',
  'i',
);

/** When a line is open, as weekly hours; null where the sentence does not say, or says what does not add up to hours. */
export function hoursIn(text: string): { openings: OpeningHours[]; start: number } | null {
  const matches = [...text.matchAll(daysThenHours)];
  const read = matches.length > 0 ? matches : [...text.matchAll(hoursThenDays)];
  const openings = read.flatMap(({ groups = {} }) => {
    const days = daysOf(groups);
    const [from, to] = hoursOf(groups['from'] ?? '', groups['to'] ?? '');
    return days.length > 0 && from && to && from < to ? [{ days, from, to }] : [];
  });
  const [first] = read;
  if (first && openings.length === read.length) return { openings, start: first.index };
  if (first) return null;
  const dayAndNight = always.exec(text);
  if (
    !dayAndNight ||
    /\b(?:staff|work|works|hours? notice|within) [^.;]{0,20}$/i.test(text.slice(0, dayAndNight.index))
  )
    return null;
  return { openings: [{ days: [...weekdays], from: '00:00', to: '24:00' }], start: dayAndNight.index };
}

const dayNumber = (name: string): number =>
  weekdays.findIndex((day) => day.toLowerCase().startsWith(name.toLowerCase().slice(0, 3)));

function daysOf(groups: Record<string, string | undefined>): Weekday[] {
  const { first, last, every, row = '' } = groups;
  if (first && last) {
    const [from, to] = [dayNumber(first), dayNumber(last)];
    return from <= to ? weekdays.slice(from, to + 1) : [...weekdays.slice(0, to + 1), ...weekdays.slice(from)];
  }
  if (every) {
    if (/weekday/i.test(every)) return weekdays.slice(0, 5);
    return /weekend/i.test(every) ? weekdays.slice(5) : [...weekdays];
  }
  return weekdays.filter((day) =>
    row.split(/\W+/).some((name) => name !== '' && name !== 'and' && day === weekdays[dayNumber(name)]),
  );
}

/** "8am", "8.30pm", "0800", "noon" on a 24-hour clock; "9-5pm" takes the morning for its start. */
const hoursOf = (from: string, to: string): [string | null, string | null] => [hourOf(from, 'am'), hourOf(to, 'pm')];

function hourOf(text: string, half: 'am' | 'pm'): string | null {
  if (/^(?:noon|midday)$/i.test(text)) return '12:00';
  if (/^midnight$/i.test(text)) return half === 'pm' ? '24:00' : '00:00';
  const [, hours, minutes = '00', said] = /^(\d{1,2})(?:[.:]?(\d{2}))? ?([ap])?/i.exec(text) ?? [];
  if (!hours) return null;
  let hour = Number(hours);
  const fullClock = !said && (text.length === 4 || /[.:]/.test(text));
  if (said || !fullClock) {
    const evening = (said?.toLowerCase() ?? half.charAt(0)) === 'p';
    if (hour > 12) return null;
    hour = (hour % 12) + (evening ? 12 : 0);
  }
  return hour > 24 || Number(minutes) > 59 ? null : `${String(hour).padStart(2, '0')}:${minutes}`;
}
