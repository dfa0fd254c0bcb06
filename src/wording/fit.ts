/** Holds a text to the figures: every number typed by hand, every claim and every word that the records do not bear out. */
import { isDay, longDay, weekdayOf } from '../vocabulary/days.ts';
import type { Breakdown, Cell, Figures, Indicator, Quantity } from '../vocabulary/figures.ts';
import { releaseLimits, tooMuchOf } from '../vocabulary/text-structure.ts';
import { contactKey } from './contact-key.ts';
import { type Block, blocksOf, linksOf } from './markdown.ts';
import { meanings, nounsIn, type Thing } from './nouns.ts';
import { months, type NumberFound, numbersIn } from './numbers.ts';
import { fill, type Piece } from './placeholder.ts';
import type { Told } from './tell.ts';
import { type Sighting, sightingsIn } from './watched-words.ts';

export type Source = { readonly text: string; readonly url: string; readonly date: string };

/** Why words typed by hand may stand. It holds for the sentence as it stood: a changed sentence is judged afresh. */
export type Justification = {
  readonly typed: string;
  readonly sentence: string;
  readonly reason: string;
  readonly by: string;
  readonly source?: Source;
};

export type Finding = {
  /** Where it stands in the Markdown as typed. */
  readonly start: number;
  readonly end: number;
  readonly typed: string;
  readonly sentence: string;
  readonly kind: 'placeholder' | 'number' | 'withheld' | Sighting['kind'];
  readonly must: 'may bind' | 'bind or justify' | Sighting['must'];
  /** Whether the release must wait until this is put right. */
  readonly blocks: boolean;
  readonly message: string;
  /** Placeholders that say the same and stay true when the return is revised. */
  readonly offers: readonly string[];
  readonly justified?: Justification;
};

export type Against = {
  readonly publishOn: string;
  readonly justifications: readonly Justification[];
  /** Numbers and addresses of the contacts that hold on that day. */
  readonly contacts: readonly string[];
};

/** Findings in the order of the text. None that blocks: the text may go on to approval. */
export function checkText(source: string, told: Told, against: Against): Finding[] {
  const tooMuch = tooMuchOf(source, releaseLimits);
  if (tooMuch) return [outOfBounds(source, tooMuch)];
  const findings: Finding[] = [];
  const seen = new Set<number>();
  for (const block of blocksOf(source)) {
    for (const [index, letter] of [...block.text].entries())
      if (/[{}]/.test(letter)) seen.add(block.places[index] ?? -1);
    findings.push(...checkBlock(block, source, told, against));
  }
  for (const { address, start, end } of linksOf(source)) {
    const typed = source.slice(start, end);
    const leadsAway = /^(?:https?|mailto|tel):/i.test(address) && !isContact(address, against);
    if (leadsAway) findings.push(weigh({ start, end, typed, sentence: typed, ...otherContact }, against));
  }
  for (const { index, 0: typed } of source.matchAll(/\{\{|\}\}/g)) {
    if (seen.has(index)) continue;
    findings.push(strayBrace(index, typed));
  }
  return mostPressing(findings).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A text of an earlier time, when there were no limits: it is not read, and waits until somebody divides it. */
const outOfBounds = (source: string, message: string): Finding => {
  const typed = source.slice(0, 100);
  const found = { kind: 'wording', must: 'change', blocks: true, message, offers: [] } as const;
  return { ...found, start: 0, end: typed.length, typed, sentence: typed };
};

const mostShown = 200;

/** More at once is no help to whoever mends them, and a page without end; what blocks is never left out for what does not. */
const mostPressing = (findings: readonly Finding[]): Finding[] =>
  [...findings.filter(({ blocks }) => blocks), ...findings.filter(({ blocks }) => !blocks)].slice(0, mostShown);

const strayBrace = (start: number, typed: string): Finding => ({
  start,
  end: start + typed.length,
  typed,
  sentence: typed,
  kind: 'placeholder',
  must: 'change',
  blocks: true,
  message: 'A placeholder cannot stand in an address, a picture or the title of a link. Write it in a sentence.',
  offers: [],
});

type Judged = Omit<Finding, 'start' | 'end' | 'typed' | 'sentence' | 'justified'>;

function checkBlock(block: Block, source: string, told: Told, against: Against): Finding[] {
  if (block.kind !== 'prose') {
    const start = block.places[0] ?? block.end;
    const message = 'Code and HTML are not shown in a release. Write it as plain Markdown.';
    const typed = source.slice(start, block.end);
    return [
      {
        start,
        end: block.end,
        typed,
        sentence: typed,
        kind: 'wording',
        must: 'change',
        blocks: true,
        message,
        offers: [],
      },
    ];
  }
  const pieces = fill(block.text, told);
  const reader = readerOf(pieces);
  const findings: Finding[] = [];
  const add = (from: number, to: number, judged: Judged): void => {
    const [start, end] = [block.places[from] ?? block.end, (block.places[to - 1] ?? block.end) + 1];
    const sentence = reader.typedSentenceAt(from, block.text);
    findings.push(weigh({ start, end, typed: source.slice(start, end), sentence, ...judged }, against));
  };

  for (const piece of pieces) {
    const [start, end] = [block.places[piece.start] ?? 0, (block.places[piece.end - 1] ?? 0) + 1];
    const whole = source.slice(start, end) === block.text.slice(piece.start, piece.end);
    if (piece.problem) add(piece.start, piece.end, fault(piece.problem));
    else if (piece.key && !whole)
      add(
        piece.start,
        piece.end,
        fault('A placeholder stands in one piece: no emphasis or link inside it, and no picture around it.'),
      );
  }
  const names = namesIn(reader.said, told);
  for (const sentence of reader.sentences) {
    for (const { start, end, ...sighting } of sightingsIn(sentence, told, names)) {
      add(reader.from(start), reader.to(end), { ...sighting, blocks: true, offers: [] });
    }
  }
  for (const number of numbersIn(reader.said)) {
    if (reader.isBound(number) || names.some(([from, to]) => from <= number.start && number.end <= to)) continue;
    const sentence = reader.sentences.find(({ start, text }) => number.start < start + text.length) ?? {
      start: 0,
      text: reader.said,
    };
    const judged = judge(number, reader.said, sentence.text, told, against);
    if (judged) add(reader.from(number.start), reader.to(number.end), judged);
  }
  return findings;
}

const fault = (message: string): Judged => ({ kind: 'placeholder', must: 'change', blocks: true, message, offers: [] });

/** A text with its figures filled in, and the way back from each letter to what was typed. */
function readerOf(pieces: readonly Piece[]) {
  const said = pieces.map(({ text }) => text).join('');
  const spans: { readonly from: number; readonly to: number; readonly piece: Piece }[] = [];
  let at = 0;
  for (const piece of pieces) {
    spans.push({ from: at, to: at + piece.text.length, piece });
    at += piece.text.length;
  }
  const spanAt = (index: number) => spans.find(({ from, to }) => from <= index && index < to);
  const isFilled = (piece: Piece): boolean => piece.key !== undefined || piece.problem !== undefined;
  const from = (index: number): number => {
    const span = spanAt(index);
    if (!span) return spans.at(-1)?.piece.end ?? 0;
    return isFilled(span.piece) ? span.piece.start : span.piece.start + index - span.from;
  };
  const to = (index: number): number => {
    const span = spanAt(index - 1);
    if (!span) return spans.at(-1)?.piece.end ?? 0;
    return isFilled(span.piece) ? span.piece.end : span.piece.start + index - span.from;
  };
  const sentences: { start: number; text: string }[] = [];
  for (const match of said.matchAll(/\S.*?(?:[.!?]+["”’)]*(?=\s)|$)/gs))
    sentences.push({ start: match.index, text: match[0] });
  return {
    said,
    sentences,
    from,
    to,
    isBound: ({ start, end }: NumberFound): boolean => {
      for (let index = start; index < end; index += 1)
        if (!isFilled(spanAt(index)?.piece ?? { start: 0, end: 0, text: '' })) return false;
      return true;
    },
    typedSentenceAt: (typedAt: number, typed: string): string => {
      const around = sentences.find(({ start, text }) => typedAt < to(start + text.length)) ?? { start: 0, text: said };
      return typed.slice(from(around.start), to(around.start + around.text.length)).trim();
    },
  };
}

/** Where the text says a name that the return itself carries: a force, a unit, a partner, an area. */
function namesIn(said: string, { facts }: Told): (readonly [number, number])[] {
  const names = [facts.area, facts.leadAgency, facts.codeName, facts.unit, facts.weekName, facts.parentWeekName ?? ''];
  return [...names, ...facts.partners, ...facts.ownUnits].flatMap((name) => {
    const found: (readonly [number, number])[] = [];
    for (let at = name ? said.indexOf(name) : -1; at >= 0; at = said.indexOf(name, at + 1))
      found.push([at, at + name.length]);
    return found;
  });
}

function weigh(finding: Finding, { justifications }: Against): Finding {
  const justified = justifications.find((one) => holds(one, finding));
  return justified ? { ...finding, blocks: false, justified } : finding;
}

function holds({ typed, sentence, reason, by, source }: Justification, finding: Finding): boolean {
  if (typed !== finding.typed || sentence !== finding.sentence || by.trim() === '') return false;
  if (finding.must === 'give a source') {
    return (
      source !== undefined &&
      source.text.trim() !== '' &&
      /^https:\/\//.test(source.url) &&
      URL.canParse(source.url) &&
      isDay(source.date)
    );
  }
  return (finding.must === 'bind or justify' || finding.must === 'justify') && reason.trim() !== '';
}

function judge(number: NumberFound, said: string, sentence: string, told: Told, against: Against): Judged | undefined {
  if (number.kind === 'law') return undefined;
  if (number.kind === 'phone' || number.kind === 'web')
    return isContact(said.slice(number.start, number.end), against) ? undefined : otherContact;
  if (number.kind === 'date' || number.kind === 'month' || number.kind === 'year')
    return judgeDate(number, said, told, against);
  if (number.kind === 'time')
    return unsupported(
      'Hours belong to the contacts, which know when they change. Name the contact, or justify the hours.',
    );
  if (number.kind === 'share' || number.kind === 'money' || number.kind === 'duration') {
    return unsupported('No figure of the return says this. Bind it to one that does, or say where it comes from.');
  }
  const supported = figuresLike(number, said, sentence, told.figures);
  if (supported.length > 0) {
    return {
      kind: 'number',
      must: 'may bind',
      blocks: false,
      message: 'The return bears this out. Bound, it would change with the return.',
      offers: supported,
    };
  }
  const kept = figuresLike(number, said, sentence, told.counted.figures);
  const rule = kept
    .map((offer) => told.withheld.find(({ key }) => offer === `{{${key}}}`))
    .find((one) => one !== undefined);
  if (rule) {
    return {
      kind: 'withheld',
      must: 'change',
      blocks: true,
      message: `Not told, by the rule "${rule.rule}": ${rule.why} Told instead: ${rule.instead}.`,
      offers: [],
    };
  }
  const meant = (Object.keys(meanings) as Indicator[]).filter(
    (indicator) => told.figures[indicator] && isAbout(indicator, sentence),
  );
  return unsupported(
    'No figure of the return says this number here. Bind it, or say where it comes from.',
    meant.map((indicator) => `{{${indicator}}}`),
  );
}

/** A handle or a mark of a topic is a name, and a key on a phone no number to call. */
const isContact = (typed: string, { contacts }: Against): boolean =>
  /^(?:[@#]|\d{1,2}$)/.test(typed) || contacts.some((contact) => contactKey(contact) === contactKey(typed));

const unsupported = (message: string, offers: readonly string[] = []): Judged => ({
  kind: 'number',
  must: 'bind or justify',
  blocks: true,
  message,
  offers,
});

const otherContact = unsupported(
  'This number or address is not among the contacts that hold on the day of publication. Take one of these, name the page “Get help or report”, or say why it may stand.',
);

function isAbout(indicator: Indicator, sentence: string): boolean {
  const { things, hint } = meanings[indicator];
  return hint.test(sentence) && thingsIn(sentence).some((thing) => things.includes(thing));
}

/** Of a sentence with many numbers it is asked for each number and each figure: the last answer is kept. */
const thingsIn = (() => {
  let last = { sentence: '', things: [] as readonly Thing[] };
  return (sentence: string): readonly Thing[] => {
    if (last.sentence !== sentence) last = { sentence, things: nounsIn(sentence).map(({ thing }) => thing) };
    return last.things;
  };
})();

/** The placeholders of the figures that say this number in such a sentence. */
function figuresLike(number: NumberFound, said: string, sentence: string, figures: Figures): string[] {
  const near = /^[^.;!?]*?(?=,| and |[.;!?]|$)/.exec(said.slice(number.end, number.end + 80))?.[0] ?? '';
  const qualifier = /\b(at least|about|more than|over|nearly|almost|fewer than|less than|up to|around)\s+$/i.exec(
    said.slice(Math.max(0, number.start - 14), number.start),
  )?.[1];
  const [noun] = nounsIn(near, 3);
  const fits = (quantity: Quantity): boolean => says(quantity, number, said, qualifier?.toLowerCase());
  return Object.values(figures).flatMap(({ indicator, total, breakdowns }) => {
    if (noun && !meanings[indicator].things.includes(noun.thing)) return [];
    const whole = number.kind !== 'age' && fits(total) && isAbout(indicator, sentence) ? [`{{${indicator}}}`] : [];
    const parts = (Object.entries(breakdowns) as [Breakdown, readonly Cell[]][])
      .filter(([, cells]) =>
        cells.some((cell) =>
          number.kind === 'age' ? cell.of.age === `${number.value}` : fits(cell.quantity) && isNamed(cell, near),
        ),
      )
      .map(([breakdown]) => `{{${indicator}.${breakdown}}}`);
    return [...whole, ...parts];
  });
}

const sexes: Readonly<Record<string, RegExp>> = {
  female: /\b(?:wom[ae]n|girls?|females?)\b/i,
  male: /\b(?:m[ae]n|boys?|males?)\b/i,
};
const isNamed = ({ of }: Cell, near: string): boolean =>
  Object.values(of).some((name) => sexes[name]?.test(near) ?? near.toLowerCase().includes(name.toLowerCase()));

function says(quantity: Quantity, number: NumberFound, said: string, qualifier: string | undefined): boolean {
  if (quantity.kind === 'words')
    return number.value === null && quantity.words.toLowerCase() === said.slice(number.start, number.end).toLowerCase();
  if (quantity.kind === 'not known' || quantity.value !== number.value) return false;
  return quantity.qualifier === 'exact' ? qualifier === undefined : quantity.qualifier === qualifier;
}

/** The operation's own days, the day of publication and the days of sources may be typed; a weekday must be right. */
function judgeDate(
  number: NumberFound,
  said: string,
  { facts }: Told,
  { publishOn, justifications }: Against,
): Judged | undefined {
  const typed = said.slice(number.start, number.end);
  const spans = [
    facts.officialDates,
    facts.localDates,
    [publishOn, publishOn] as const,
    ...justifications.flatMap(({ source }) => (source ? [[source.date, source.date] as const] : [])),
  ];
  const own = (day: string): boolean =>
    spans.some(([from, to]) => from.slice(0, day.length) <= day && day <= to.slice(0, day.length));
  if (number.kind === 'year') {
    if (own(typed) || /\([A-Z][^()]*$/.test(said.slice(0, number.start))) return undefined;
  } else if (number.kind === 'month') {
    const [word = '', year = ''] = typed.split(' ');
    if (own(`${year}-${monthNumber(word)}`)) return undefined;
  } else {
    const days = daysOf(typed, facts.officialDates[0].slice(0, 4));
    const weekday = /^[a-z]+day/i.exec(typed)?.[0];
    const [first] = days;
    if (first && weekday && weekdayOf(first).toLowerCase() !== weekday.toLowerCase()) {
      return {
        kind: 'contradiction',
        must: 'change',
        blocks: true,
        message: `${longDay(first)} is a ${weekdayOf(first)}.`,
        offers: [],
      };
    }
    if (days.length > 0 && days.every(own)) return undefined;
  }
  return unsupported(
    "This is no day of the operation, nor the day of publication. Bind the operation's days, or say where it comes from.",
    ['{{week.dates}}', '{{week.localDates}}'],
  );
}

const monthNumber = (word: string): string =>
  `${months.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3))) + 1}`.padStart(2, '0');

function daysOf(typed: string, year: string): string[] {
  if (isDay(typed)) return [typed];
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed);
  if (slashed) return [`${slashed[3]}-${slashed[2]?.padStart(2, '0')}-${slashed[1]?.padStart(2, '0')}`].filter(isDay);
  const word = /[a-z]{3,}(?= \d{4}|,? \d{4}|$)/i.exec(typed)?.[0] ?? '';
  const inYear = /\d{4}$/.exec(typed)?.[0] ?? year;
  return [...typed.replace(/\d{4}$/, '').matchAll(/\d{1,2}/g)]
    .map(([day]) => `${inYear}-${monthNumber(word)}-${day.padStart(2, '0')}`)
    .filter(isDay);
}
