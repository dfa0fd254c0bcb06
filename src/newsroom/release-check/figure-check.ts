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
import { byHarm } from './harms.ts';
import { findIdentifying } from './identifying/identifying-words.ts';
import { exactAge, isAgeOfSomebody } from './identifying/telling-details.ts';
import { findLookalikeCharacters } from './lookalike-characters.ts';
import { meanings, nounsIn } from './nouns.ts';
import { isAbout, isNumberOf, sexes, wordsAfter } from './number-context.ts';
import { type NumberFound, numbersIn } from './numbers.ts';
import { findOtherLanguage, otherLanguage } from './other-language.ts';
import { type BlockReading, type Form, readBlocks } from './reader.ts';
import { listRepeatedSentences, repeatedSentence } from './repeated-sentences.ts';
import { findSingleFigure, findTypedSingle } from './single-figures.ts';
import { readSinglePersons, type SinglePersonReader } from './single-person.ts';
import { findWatchedWords } from './watched-words.ts';
import { findWithheldNumber } from './withheld-numbers.ts';

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
  const blocks = readBlocks(source, publishable, form);
  for (const { block, reader } of blocks) {
    for (const [index, letter] of block.text.split('').entries())
      if (/[{}]/.test(letter)) seen.add(block.places[index] ?? -1);
    findings.push(...checkBlock(block, reader, source, publishable, { ...against, singlePersons }));
  }
  for (const { read, start: from, end: to } of listRepeatedSentences(blocks)) {
    const { block, reader } = read;
    const start = block.places[reader.from(from)] ?? block.end;
    const end = (block.places[reader.to(to) - 1] ?? block.end) + 1;
    findings.push({
      start,
      end,
      typed: source.slice(start, end),
      sentence: source.slice(start, end),
      ...repeatedSentence,
    });
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
  const how = 'Split it into shorter parts, each of which can be read at once.';
  const found = { kind: 'wording', must: 'change', blocks: true, message, how, offers: [] } as const;
  return { ...found, start: 0, end: typed.length, typed, sentence: typed };
};

const mostShown = 200;

/** Limits the findings, because a longer list helps no writer. Blocking findings come first, the worst of them before the rest. */
const mostUrgent = (findings: readonly Finding[]): Finding[] =>
  [...byHarm(findings.filter(({ blocks }) => blocks)), ...findings.filter(({ blocks }) => !blocks)].slice(0, mostShown);

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
    const how = 'Say the same in plain sentences.';
    return [{ start, end: block.end, typed, sentence: typed, ...fault(message), how, kind: 'wording' }];
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
    const single = piece.problem ? undefined : findSingleFigure(piece, publishable);
    if (single) add(piece.start, piece.end, single);
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
  // An age, and a count without a number, is told once: as what it is, and not as a number too.
  const toldAlready: Span[] = [];
  for (const sentence of reader.sentences) {
    const { start: at, text } = sentence;
    const typed = { start: at, text: reader.written.slice(at, at + text.length) };
    for (const { start, end } of findOtherLanguage(typed, (span) => isNamed(span, names) || reader.isBound(span)))
      add(reader.from(start), reader.to(end), otherLanguage);
    const seen = [
      ...findWatchedWords(sentence, publishable, names),
      ...findContradictedClaims(sentence, publishable, { names, agreed: agreedNames }).filter(
        (claim) => !reader.isBound(claim),
      ),
      ...against.singlePersons(sentence, reader.isBoundPerson),
      ...findWrongTense(sentence, publishable, against.publishOn),
      ...findIdentifying(
        sentence,
        publishable,
        { names, agreed: agreedNames, speakers: against.speakers },
        against,
      ).filter((one) => !reader.isBound(one)),
    ];
    toldAlready.push(
      ...seen.filter(({ harm, kind, must }) => harm === 'exact age' || (kind === 'withheld' && must === 'change')),
    );
    for (const { start, end, ...sighting } of seen) {
      const must = mayBeQuoted(sighting, against) ? 'justify' : sighting.must;
      add(reader.from(start), reader.to(end), { ...sighting, must, blocks: true, offers: [] });
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
    if (!judged || toldAlready.some(({ start, end }) => start < number.end && number.start < end)) continue;
    add(reader.from(number.start), reader.to(number.end), judged);
  }
  return findings;
}

/** A quote’s own words may be kept with a reason, where they are wording alone: no law and no person is at stake. */
const mayBeQuoted = ({ kind, harm }: Pick<FindingDetails, 'kind' | 'harm'>, { voice }: CheckContext): boolean =>
  voice === 'quoted' && kind === 'wording' && harm === undefined;

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
  if (/^\d[\d ]{4,}\d$/.test(typed) && isContact(typed, against)) return findStaleContact(typed, against);
  if (number.kind === 'phone' || number.kind === 'web')
    return findStaleContact(typed, against) ?? (isContact(typed, against) ? undefined : otherContact);
  if (number.kind === 'date' || number.kind === 'month' || number.kind === 'year')
    return checkDate(number, said, publishable, against);
  if (number.kind === 'time')
    return {
      ...unsupported(
        'Hours belong to the contacts, which know when they change. Name the contact, or justify the hours.',
      ),
      harm: 'contact',
    };
  if (number.kind === 'share' || number.kind === 'money' || number.kind === 'duration') {
    return unsupported('No figure of the return says this. Use one that does, or say where it comes from.');
  }
  const supported = figuresLike(number, said, sentence, publishable.figures);
  if (supported.length > 0) {
    const single = findTypedSingle(supported, publishable);
    if (single) return single;
    return {
      kind: 'number',
      must: 'may bind',
      blocks: false,
      message: 'The return bears this out. Use the figure, and the number changes with the return.',
      offers: supported,
    };
  }
  const kept = findWithheldNumber(number, said, sentence, publishable);
  if (kept) return kept;
  if (number.kind === 'age' && isAgeOfSomebody(said.slice(number.end)))
    return { kind: 'identifying', ...exactAge, blocks: true, offers: [] };
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

/** A contact that was printed once, or that nobody has checked for long. A reader must not call a number that is gone. */
function findStaleContact(typed: string, { staleContacts = [] }: CheckContext): FindingDetails | undefined {
  const stale = staleContacts.find(({ way }) => contactKey(way) === contactKey(typed));
  return stale && { ...unsupported(stale.why), harm: 'contact' };
}

/** A handle or a mark of a topic is a name, and a key on a phone no number to call. */
const isContact = (typed: string, { contacts }: CheckContext): boolean =>
  /^(?:[@#]|\d{1,2}$)/.test(typed) || contacts.some((contact) => contactKey(contact) === contactKey(typed));

const hiddenLinkText: FindingDetails = {
  kind: 'wording',
  must: 'change',
  blocks: true,
  message: 'Write a link as [words](address), without a title or a note: those are printed where nobody checks them.',
  how: 'Keep the words of the link and its address, and leave out the rest.',
  offers: [],
};

const listNumber: FindingDetails = {
  kind: 'number',
  must: 'change',
  blocks: true,
  message:
    'This number begins a list, and the page prints it. Begin the list with 1, or write the number in a sentence.',
  how: 'Begin the list with 1, or with a dash.',
  offers: [],
};

const otherContact: FindingDetails = {
  ...unsupported(
    'This is not among the contacts of the day of publication. Take one of those, or say why it may stand.',
  ),
  harm: 'contact',
};

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

const isNamed = ({ of }: Cell, near: string): boolean =>
  Object.values(of).some((name) => sexes[name]?.test(near) ?? near.toLowerCase().includes(name.toLowerCase()));

function statesQuantity(quantity: Quantity, number: NumberFound, said: string, qualifier: string | undefined): boolean {
  if (quantity.kind === 'words')
    return number.value === null && quantity.words.toLowerCase() === said.slice(number.start, number.end).toLowerCase();
  if (quantity.kind === 'not known' || quantity.value !== number.value) return false;
  return quantity.qualifier === 'exact' ? qualifier === undefined : quantity.qualifier === qualifier;
}
