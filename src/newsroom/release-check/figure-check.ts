/** Holds a text to the figures: every number typed by hand, every claim and every word that the records do not bear out. */
import { isDay } from '../../vocabulary/calendar/days.ts';
import {
  type Breakdown,
  type Cell,
  type Figures,
  type Indicator,
  type Quantity,
  safeguardingIndicators,
} from '../../vocabulary/figures.ts';
import { findExceededLimit, releaseLimits } from '../../vocabulary/text-structure.ts';
import { type Block, linksOf, listNumbersOf } from '../drafting/markdown.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { checkBoundFigure, findInForms, findTouching, isOfTotal } from './bound-figures.ts';
import { contactKey } from './contact-key.ts';
import { findContradictedClaims } from './contradicted-claims.ts';
import { checkDate, findWrongTense } from './date-check.ts';
import { type CheckContext, type Finding, type FindingDetails, type Justification, unsupported } from './finding.ts';
import { findLookalikeCharacters } from './lookalike-characters.ts';
import { meanings, nounsIn, type Thing } from './nouns.ts';
import { type NumberFound, numbersIn } from './numbers.ts';
import { type BlockReading, type Form, readBlocks } from './reader.ts';
import { readSinglePersons, type SinglePersonReader } from './single-person.ts';
import { findWatchedWords } from './watched-words.ts';

type Span = { readonly start: number; readonly end: number };

/** Findings in the order of the text. None that blocks: the text may go on to approval. */
export function checkText(
  source: string,
  publishable: PublishableReturn,
  against: CheckContext,
  form: Form = 'markdown',
): Finding[] {
  const tooMuch = findExceededLimit(source, releaseLimits);
  if (tooMuch) return [limitExceeded(source, tooMuch)];
  const findings: Finding[] = [];
  const seen = new Set<number>();
  const singlePersons = readSinglePersons(publishable);
  for (const { block, reader } of readBlocks(source, publishable, form)) {
    for (const [index, letter] of block.text.split('').entries())
      if (/[{}]/.test(letter)) seen.add(block.places[index] ?? -1);
    findings.push(...checkBlock(block, reader, source, publishable, { ...against, singlePersons }));
  }
  for (const { address, start, end, isHidden } of form === 'markdown' ? linksOf(source) : []) {
    const typed = source.slice(start, end);
    const leadsAway = /^(?:https?|mailto|tel):/i.test(address) && !isContact(address, against);
    if (isHidden) findings.push({ start, end, typed, sentence: typed, ...hiddenLinkText });
    else if (leadsAway)
      findings.push(applyJustification({ start, end, typed, sentence: typed, ...otherContact }, against));
  }
  for (const { start, end } of form === 'markdown' ? listNumbersOf(source) : []) {
    const typed = source.slice(start, end);
    findings.push({ start, end, typed, sentence: typed, ...listNumber });
  }
  for (const { index, 0: typed } of source.matchAll(/\{\{|\}\}/g)) {
    if (seen.has(index)) continue;
    findings.push(strayBrace(index, typed));
  }
  return mostUrgent(findings).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A text from before there were limits. It is not checked until someone splits it. */
const limitExceeded = (source: string, message: string): Finding => {
  const typed = source.slice(0, 100);
  const found = { kind: 'wording', must: 'change', blocks: true, message, offers: [] } as const;
  return { ...found, start: 0, end: typed.length, typed, sentence: typed };
};

const mostShown = 200;

/** Limits the findings, because a longer list helps no writer. Blocking findings come first. */
const mostUrgent = (findings: readonly Finding[]): Finding[] =>
  [...findings.filter(({ blocks }) => blocks), ...findings.filter(({ blocks }) => !blocks)].slice(0, mostShown);

const strayBrace = (start: number, typed: string): Finding => ({
  start,
  end: start + typed.length,
  typed,
  sentence: typed,
  kind: 'placeholder',
  must: 'change',
  blocks: true,
  message: 'A figure cannot stand in an address, a picture or the title of a link. Put it into a sentence.',
  offers: [],
});

function checkBlock(
  block: Block,
  reader: BlockReading,
  source: string,
  publishable: PublishableReturn,
  against: CheckContext & { readonly singlePersons: SinglePersonReader },
): Finding[] {
  if (block.kind !== 'prose') {
    const start = block.places[0] ?? block.end;
    const message = 'Code and HTML are not shown in a release. Write it as plain Markdown.';
    const typed = source.slice(start, block.end);
    return [{ start, end: block.end, typed, sentence: typed, ...fault(message), kind: 'wording' }];
  }
  const findings: Finding[] = [];
  const add = (from: number, to: number, judged: FindingDetails): void => {
    const [start, end] = [block.places[from] ?? block.end, (block.places[to - 1] ?? block.end) + 1];
    const sentence = reader.typedSentenceAt(from);
    const isSaid = findings.some((one) => one.start === start && one.end === end && one.message === judged.message);
    if (isSaid) return;
    findings.push(applyJustification({ start, end, typed: source.slice(start, end), sentence, ...judged }, against));
  };

  for (const piece of reader.pieces) {
    const [start, end] = [block.places[piece.start] ?? 0, (block.places[piece.end - 1] ?? 0) + 1];
    const whole = source.slice(start, end) === block.text.slice(piece.start, piece.end);
    if (piece.problem) add(piece.start, piece.end, fault(piece.problem));
    else if (piece.key && !whole)
      add(
        piece.start,
        piece.end,
        fault(
          'Keep the words of a figure in one piece: no emphasis or link inside its brackets, and no picture around them.',
        ),
      );
  }
  const { names, agreedNames, said } = reader;
  const isNamed = ({ start, end }: Span, spans: BlockReading['names'] = agreedNames): boolean =>
    spans.some(([from, to]) => from <= start && end <= to);
  // "Week 38 of action" is an announced name; "48 people week" is a figure.
  const isPartOfPlannedName = (number: NumberFound): boolean =>
    isNamed(number, names) && nounsIn(wordsAfter(number, said), 3).length === 0;
  for (const { start, end, must, message } of findLookalikeCharacters(reader.written)) {
    if (reader.isBound({ start, end }) || isNamed({ start, end })) continue;
    add(reader.from(start), reader.to(end), { kind: 'odd sign', must, blocks: true, message, offers: [] });
  }
  for (const sentence of reader.sentences) {
    const seen = [
      ...findWatchedWords(sentence, publishable, names),
      ...findContradictedClaims(sentence, publishable, { names, agreed: agreedNames }).filter(
        (claim) => !reader.isBound(claim),
      ),
      ...against.singlePersons(sentence, reader.isBoundPerson),
      ...findWrongTense(sentence, publishable, against.publishOn),
    ];
    for (const { start, end, ...sighting } of seen) {
      add(reader.from(start), reader.to(end), { ...sighting, blocks: true, offers: [] });
    }
  }
  const numbers = numbersIn(said);
  for (const figure of reader.figures) {
    const judged = [
      findTouching(block, figure.piece),
      checkBoundFigure(figure, reader, numbers),
      ...findInForms(figure.piece, publishable),
    ];
    for (const one of judged) if (one) add(figure.piece.start, figure.piece.end, one);
  }
  for (const number of numbers) {
    if (reader.isBound(number) || isNamed(number) || isPartOfPlannedName(number)) continue;
    const judged = checkNumber(number, said, reader.sentenceAt(number.start).text, publishable, against);
    if (judged) add(reader.from(number.start), reader.to(number.end), judged);
  }
  return findings;
}

const fault = (message: string): FindingDetails => ({
  kind: 'placeholder',
  must: 'change',
  blocks: true,
  message,
  offers: [],
});

/** The finding after taking the writer's reason for these words into account. */
export function applyJustification(
  finding: Finding,
  { justifications }: Pick<CheckContext, 'justifications'>,
): Finding {
  const justified = justifications.find((one) => isJustifiedBy(one, finding));
  return justified ? { ...finding, blocks: false, justified } : finding;
}

function isJustifiedBy({ typed, sentence, reason, by, source }: Justification, finding: Finding): boolean {
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

function checkNumber(
  number: NumberFound,
  said: string,
  sentence: string,
  publishable: PublishableReturn,
  against: CheckContext,
): FindingDetails | undefined {
  if (number.kind === 'law') return undefined;
  // A helpline such as 116 000 reads like a figure.
  const typed = said.slice(number.start, number.end);
  if (/^\d[\d ]{4,}\d$/.test(typed) && isContact(typed, against)) return undefined;
  if (number.kind === 'phone' || number.kind === 'web')
    return isContact(said.slice(number.start, number.end), against) ? undefined : otherContact;
  if (number.kind === 'date' || number.kind === 'month' || number.kind === 'year')
    return checkDate(number, said, publishable, against);
  if (number.kind === 'time')
    return unsupported(
      'Hours belong to the contacts, which know when they change. Name the contact, or justify the hours.',
    );
  if (number.kind === 'share' || number.kind === 'money' || number.kind === 'duration') {
    return unsupported('No figure of the return says this. Use one that does, or say where it comes from.');
  }
  const supported = figuresLike(number, said, sentence, publishable.figures);
  if (supported.length > 0) {
    return {
      kind: 'number',
      must: 'may bind',
      blocks: false,
      message: 'The return bears this out. Use the figure, and the number changes with the return.',
      offers: supported,
    };
  }
  const kept = figuresLike(number, said, sentence, publishable.counted.figures);
  const rule = kept
    .map((offer) => publishable.withheld.find(({ key }) => offer === `{{${key}}}`))
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
  const helped = safeguardingIndicators.filter((indicator) => isNumberOf(indicator, number, said, sentence));
  if (helped.length > 0) {
    return {
      kind: 'withheld',
      must: 'change',
      blocks: true,
      message: 'Counts of people helped are told rounded, or in words. Use the figure, or take the number out.',
      offers: helped.filter((indicator) => publishable.figures[indicator]).map((indicator) => `{{${indicator}}}`),
    };
  }
  const meant = (Object.keys(meanings) as Indicator[]).filter(
    (indicator) => publishable.figures[indicator] && mayMean(indicator, number, said, sentence),
  );
  return unsupported(
    'No figure of the return says this number here. Use a figure of the return, or say where it comes from.',
    meant.map((indicator) => `{{${indicator}}}`),
  );
}

/** A handle or a mark of a topic is a name, and a key on a phone no number to call. */
const isContact = (typed: string, { contacts }: CheckContext): boolean =>
  /^(?:[@#]|\d{1,2}$)/.test(typed) || contacts.some((contact) => contactKey(contact) === contactKey(typed));

const hiddenLinkText: FindingDetails = {
  kind: 'wording',
  must: 'change',
  blocks: true,
  message: 'Write a link as [words](address), without a title or a note: those are printed where nobody checks them.',
  offers: [],
};

const listNumber: FindingDetails = {
  kind: 'number',
  must: 'change',
  blocks: true,
  message:
    'This number begins a list, and the page prints it. Begin the list with 1, or write the number in a sentence.',
  offers: [],
};

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

/** The words that a number stands before, up to the next pause. */
const wordsAfter = (number: NumberFound, said: string): string =>
  /^[^.;!?]*?(?=,| and |[.;!?]|$)/.exec(said.slice(number.end, number.end + 80))?.[0] ?? '';

/** Whether a number in such a sentence is one of this figure, whatever its value. */
function isNumberOf(indicator: Indicator, number: NumberFound, said: string, sentence: string): boolean {
  const [noun] = nounsIn(wordsAfter(number, said), 3);
  return (!noun || meanings[indicator].things.includes(noun.thing)) && isAbout(indicator, sentence);
}

/** Whether a wrong number can be a slip for this figure: the word after it is what the figure counts. An age never is. */
const mayMean = (indicator: Indicator, number: NumberFound, said: string, sentence: string): boolean =>
  number.kind !== 'age' &&
  (number.kind === 'nought' || nounsIn(wordsAfter(number, said), 3).length > 0) &&
  isNumberOf(indicator, number, said, sentence);

/** The placeholders of the figures that say this number in such a sentence. */
function figuresLike(number: NumberFound, said: string, sentence: string, figures: Figures): string[] {
  const near = wordsAfter(number, said);
  const qualifier = /\b(at least|about|more than|over|nearly|almost|fewer than|less than|up to|around)\s+$/i.exec(
    said.slice(Math.max(0, number.start - 14), number.start),
  )?.[1];
  const [noun] = nounsIn(near, 3);
  const typed = said.slice(number.start, number.end);
  const fits = (quantity: Quantity): boolean => statesQuantity(quantity, number, said, qualifier?.toLowerCase());
  return Object.values(figures).flatMap(({ indicator, total, breakdowns }) => {
    if (noun && !meanings[indicator].things.includes(noun.thing)) return [];
    const isWhole =
      number.kind !== 'age' &&
      fits(total) &&
      isAbout(indicator, sentence) &&
      isOfTotal(indicator, meanings[indicator], typed, said.slice(number.end), sentence);
    const whole = isWhole ? [`{{${indicator}}}`] : [];
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

function statesQuantity(quantity: Quantity, number: NumberFound, said: string, qualifier: string | undefined): boolean {
  if (quantity.kind === 'words')
    return number.value === null && quantity.words.toLowerCase() === said.slice(number.start, number.end).toLowerCase();
  if (quantity.kind === 'not known' || quantity.value !== number.value) return false;
  return quantity.qualifier === 'exact' ? qualifier === undefined : quantity.qualifier === qualifier;
}
