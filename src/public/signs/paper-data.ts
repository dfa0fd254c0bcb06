/** The words of a paper for Typst: the same as on the page to print, in plain text, each with its fonts, language and direction. */

import { forPaper } from '../../platform/look/logo.ts';
import { type PaperPart, toPaperText } from '../../platform/paper/paper-text.ts';
import { mainFont } from '../../platform/paper/scripts.ts';
import type { Translator } from '../languages/language.ts';
import { languageOf, translatorFor } from '../languages/load.ts';
import { contentKey, createReviewCheck } from '../languages/reviews.ts';
import { translationOf } from '../languages/shell.ts';
import type { DayContent } from './pages-lists.ts';
import { leafletPage, type Paper, type Printer, posterPage, sheetPage } from './pages-paper.ts';

/** Stands before a line that is English in every language. No text has it. */
const englishMark = '\uE001';
const inEnglish = (text: string): string => (text === '' ? '' : englishMark + text);

/** Texts alone, where a page has HTML. Grave sentences that nobody has reviewed have their English on the next line. */
function inPlainText(words: Translator): Translator {
  const { content } = languageOf(words.language);
  const isReviewed = createReviewCheck(languageOf(words.language));
  return {
    ...words,
    t: words.plain,
    said: (text, grave) => {
      const own = content[text];
      if (own === undefined) return englishMark + text;
      if (!grave || isReviewed({ key: contentKey, english: text, own })) return own;
      return `${own}\n${englishMark}${text}`;
    },
    kept: (text) => text,
  };
}

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** Hours are written as HTML in every language. */
const withoutEscapes = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => signs[name] ?? '');

type Parts = (text: string) => readonly PaperPart[];
/** Our own words, so their language is known, they need no break inside a word, and an address must not have one. */
function partsIn(language: string): Parts {
  const fromTheRight = languageOf(language).direction === 'rtl';
  const partsOfLine = (line: string): readonly PaperPart[] => {
    const english = line.startsWith(englishMark);
    return toPaperText(line.replace(englishMark, '')).parts.map((part) => ({
      lines: part.lines.map((one) => one.replaceAll('\u200b', '')),
      fonts: part.fonts,
      language: english ? 'en' : language,
      fromTheRight: !english && fromTheRight,
    }));
  };
  return (text) => (text === '' ? [] : withoutEscapes(text).split('\n').flatMap(partsOfLine));
}

/** Runs of dark squares in each row: where one begins, and how long it is. */
const runsIn = (row: readonly boolean[]): readonly (readonly [at: number, length: number])[] => {
  const runs: [number, number][] = [];
  for (const [at, dark] of row.entries()) {
    const last = runs.at(-1);
    if (!dark) continue;
    if (last && last[0] + last[1] === at) last[1] += 1;
    else runs.push([at, 1]);
  }
  return runs;
};

export async function pictureOf(address: string): Promise<ReturnType<typeof runsIn>[]> {
  const { encode } = await import('uqr');
  return encode(address, { ecc: 'M', border: 4 }).data.map(runsIn);
}

type Numbers = ReturnType<typeof posterPage>['numbers'];
const numbersOf = (numbers: Numbers, partsOf: Parts) =>
  numbers.map(({ number, name, hours, side }) => ({
    number,
    name: partsOf(name),
    more: partsOf(hours),
    side: partsOf(side),
  }));

type PaperRequest = {
  readonly paper: Paper;
  readonly size: 'A4' | 'A3';
  readonly language: string;
  readonly printer: Printer;
  readonly content: DayContent;
  readonly picture: Awaited<ReturnType<typeof pictureOf>>;
};

/** In millimetres. Its text alternative is left out where it would repeat the printed name. */
function logoOf({ settings, partnership }: Printer) {
  const logo = settings?.look.logo;
  if (!logo) return null;
  const { alternative = '' } = logo;
  return { ...forPaper(logo, { width: 40, height: 11 }), says: alternative === partnership?.name ? '' : alternative };
}

/** The words of every paper. */
function commonData(
  words: Translator,
  partsOf: Parts,
  { paper, size, language, printer, content, picture }: PaperRequest,
) {
  const { direction } = languageOf(language);
  const page = posterPage(words, content, printer, '');
  const translation = translationOf(language);
  return {
    paper,
    size: size.toLowerCase(),
    language,
    fromTheRight: direction === 'rtl',
    fonts: [...new Set([...partsOf(words.t('paper.lead')).flatMap(({ fonts }) => fonts), mainFont.family])],
    title: `${words.t(`print.${paper}`)}: ${words.t('paper.title')}`,
    question: partsOf(words.t('paper.title')),
    danger: partsOf(words.t('paper.danger')),
    notes: page.numbers[0]?.notes.map(partsOf) ?? [],
    opens: page.opens,
    opensWords: partsOf(page.opens),
    address: page.address,
    logo: logoOf(printer),
    partnership: partsOf(inEnglish(paper === 'card' ? page.shortName : page.partnership)),
    made: partsOf(page.made),
    by: partsOf(page.by),
    foot: [
      page.known,
      page.by,
      words.t('paper.traces'),
      ...(translation ? [translation.own, englishMark + translation.english] : []),
    ].map(partsOf),
    picture,
  };
}

function leafletData(words: Translator, partsOf: Parts, { content, printer }: PaperRequest) {
  const { control, alone, framing } = leafletPage(words, content, printer);
  return {
    heading: partsOf(words.t('ten.title')),
    framing: framing.map(partsOf),
    controlTitle: partsOf(words.t('ten.control')),
    aloneTitle: partsOf(words.t('ten.alone')),
    control: control.map(({ text, innocent }) => ({ text: partsOf(text), says: partsOf(innocent) })),
    alone: alone.map(({ text, why }) => ({ text: partsOf(text), says: partsOf(why) })),
    from: partsOf(words.t('ten.from')),
  };
}

function sheetData(words: Translator, partsOf: Parts, { content, printer }: PaperRequest) {
  const { todo, notToDo, law, numbers, sources } = sheetPage(words, content, printer);
  return {
    heading: partsOf(words.t('paper.meet')),
    proof: partsOf(words.t('paper.proof')),
    talk: partsOf(words.t('paper.whom')),
    numbers: numbersOf(numbers, partsOf),
    groups: [
      { title: partsOf(words.t('answer.do')), says: todo.map(partsOf) },
      { title: partsOf(words.t('answer.dont')), says: notToDo.map(partsOf) },
      { title: partsOf(words.t('answer.law')), says: law.map(partsOf) },
    ],
    sources: partsOf(`${words.t('answer.sources')}:\n${englishMark}${sources.join('; ')}.`),
  };
}

export function paperData(asked: PaperRequest) {
  const words = inPlainText(translatorFor(asked.language));
  const partsOf = partsIn(asked.language);
  const page = posterPage(words, asked.content, asked.printer, '');
  return {
    ...commonData(words, partsOf, asked),
    lead: partsOf(words.t('paper.lead')),
    talk: partsOf(words.t('paper.talk')),
    numbers: numbersOf(page.numbers.slice(1), partsOf),
    ...(asked.paper === 'leaflet' && leafletData(words, partsOf, asked)),
    ...(asked.paper === 'sheet' && sheetData(words, partsOf, asked)),
  };
}
