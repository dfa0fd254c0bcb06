/** What the public form shows: who reads before the first question, one question a page, what will be sent, and what comes of it. Texts are HTML, in the reader's language. */
import type { TextKey, Words } from '../languages/index.ts';
import type { Model } from '../platform/views.ts';
import type { LineNow, NextRead } from './attended.ts';
import { type Answers, choices, type Field, mostLetters, pathOf, type Step, steps, toldIn } from './journey.ts';
import { nearestPlace, numbersOf, readPoint } from './map.ts';
import type { Line } from './report.ts';
import { sightingInWords, sightingsIn } from './sightings.ts';
import { choiceIn, choiceKeys, labelOf, questions } from './words.ts';

const lineTitles: Record<Line, TextKey> = { police: 'tell.other', help: 'tell.self' };

export const nextInWords = ({ t, time, day }: Words, next: NextRead): string => {
  if (next.read === 'now') return t('tell.now', { time: time(next.until) });
  return next.read === 'later' ? t('tell.next', { day: day(next.from), time: time(next.from) }) : t('tell.unknown');
};

/** What the partnership wrote stands in the words in which it answers for them. */
function shownLine(words: Words, { line, standing, attendance, next }: LineNow): Model {
  const { t, day, kept } = words;
  const open = standing !== 'not open';
  return {
    title: t(lineTitles[line]),
    open,
    late: standing === 'lies unopened' && t('tell.late', { hours: attendance?.promisedHours ?? 0 }),
    next: open && nextInWords(words, next),
    ...(attendance && {
      readers: kept(attendance.readers),
      mustAct: kept(attendance.mustAct),
      immigration: kept(attendance.immigration),
      notice: kept(attendance.notice),
      dated: t('tell.dated', { day: day(attendance.setAt) }),
    }),
  };
}

/** Before the first question, in the partnership's own dated words. */
export function frontPage(words: Words, lines: readonly LineNow[]): Model {
  const shown = lines.map((line) => shownLine(words, line));
  return {
    title: words.t('shell.tell'),
    here: '/report',
    lines: shown,
    open: shown.some(({ open }) => open),
    unopened: shown.some(({ late }) => late),
  };
}

const textFields: Readonly<Partial<Record<Field, 'line'>>> = {
  postcode: 'line',
  name: 'line',
  channel: 'line',
};

export type Errors = Readonly<Partial<Record<Field, TextKey>>>;
export type Asked = {
  readonly draft: string;
  readonly step: Step;
  readonly answers: Answers;
  readonly checked: boolean;
  readonly errors?: Errors;
  /** Of the line that it goes to, where the answer was just given. */
  readonly line?: LineNow | undefined;
};

const errorTexts = ({ t }: Words, errors: Errors): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(errors).map(([field, key]) => [field, t(key, { most: mostLetters.toLocaleString('en-GB') })]),
  );

const shownField = (words: Words, field: Field, { answers, errors = {} }: Pick<Asked, 'answers' | 'errors'>): Model => {
  const options = (choices as Readonly<Partial<Record<Field, readonly string[]>>>)[field];
  const value = answers[field] ?? '';
  return {
    name: field,
    label: words.t(labelOf(field)),
    value,
    error: errorTexts(words, errors)[field],
    kind: options ? 'choice' : (textFields[field] ?? 'text'),
    options: options?.map((option) => ({
      value: option,
      text: choiceIn(words, field, option),
      checked: option === value,
    })),
  };
};

export function questionPage(words: Words, asked: Asked): Model {
  const { draft, step, answers, checked, errors = {}, line } = asked;
  const { t } = words;
  const { ask, before = [], hints = {} } = questions[step];
  const fields = steps[step].filter((field) => field !== 'point' && field !== 'sightings');
  const shown = fields.map((field: Field) => {
    const hint = hints[field];
    return { ...shownField(words, field, asked), hint: hint && t(hint) };
  });
  return {
    title: t(ask),
    draft,
    step,
    before: [...before, ...(step === 'reach' && line ? [confidence(line)] : [])].map((key) => t(key)),
    alone: shown.length === 1,
    fields: shown,
    first: pathOf(answers)[0] === step,
    checked,
    errors: errorTexts(words, errors),
    line: line && shownLine(words, line),
    ...(step === 'where' && { point: answers.point ?? '', pointWords: pointIn(words, answers.point) }),
  };
}

/** A point as its reader reads it; nothing where there is none. The numbers keep their order in every direction. */
export function pointIn({ t, plain }: Words, text: string | undefined): string {
  const point = readPoint(text);
  if (!point) return '';
  const near = plain('map.near', { place: nearestPlace(point).name });
  return t('map.point', { where: `\u2066${numbersOf(point)}\u2069, ${near}` });
}

/** Offered only by a body that can keep it; to say nothing of oneself is always offered. */
const confidence = ({ attendance }: LineNow): TextKey =>
  attendance?.keepsConfidence ? 'confidentiality.keeps' : 'confidentiality.cannot';

export const tooLongErrors = (fields: readonly Field[]): Errors =>
  Object.fromEntries(fields.map((field) => [field, 'ask.long'] as const));

export const saysNothing: Errors = { what: 'ask.one' };

const shownInWords = (field: Field, told: Answers): readonly string[] | undefined => {
  const typed = told[field];
  if (typed === undefined) return undefined;
  if (field === 'sightings') return sightingsIn(typed).map(sightingInWords);
  return choiceKeys[field] ? undefined : [typed];
};

/** All that will be sent, each with the way back to it; and how the reporter may come back. */
export function checkPage(words: Words, asked: Asked & { readonly line: LineNow }, wordsOffered: boolean): Model {
  const { draft, answers, errors = {}, line } = asked;
  const { t } = words;
  const told = toldIn(answers);
  const offered = choices.receipt.filter((kind) => kind !== 'words' || wordsOffered);
  const row = (step: Step, field: Field, place: number): Model => ({
    step: place === 0 ? step : undefined,
    label: t(labelOf(field)),
    lines: field === 'point' ? undefined : shownInWords(field, told),
    html: field === 'point' ? pointIn(words, told.point) : choiceIn(words, field, told[field] ?? ''),
  });
  return {
    title: t(questions.check.ask),
    draft,
    step: 'check',
    errors: errorTexts(words, errors),
    line: shownLine(words, line),
    rows: pathOf(answers).flatMap((step) =>
      step === 'check' ? [] : steps[step].map((field, place) => row(step, field, place)),
    ),
    receipt: {
      ...shownField(words, 'receipt', asked),
      options: offered.map((kind) => ({
        value: kind,
        text: choiceIn(words, 'receipt', kind),
        checked: (answers.receipt || offered[0]) === kind,
      })),
    },
  };
}

export type Kept = { readonly words?: readonly string[] | undefined; readonly digits?: string | undefined };

export const sentPage = (words: Words, { next, attendance }: LineNow, kept: Kept): Model => ({
  title: words.t('sent.title'),
  next: nextInWords(words, next),
  readers: attendance && words.kept(attendance.readers),
  words: kept.words,
  digits: kept.digits,
  none: !kept.words && !kept.digits,
});

export const overPage = ({ t }: Words): Model => ({ title: t('sent.over') });

export type Returned =
  | { readonly at: 'front' }
  | { readonly at: 'asking'; readonly draft: string; readonly missed?: boolean }
  | {
      readonly at: 'open';
      readonly draft: string;
      readonly message: string | undefined;
      readonly asked: boolean;
      readonly done?: 'added' | 'nothing written';
    }
  | { readonly at: 'withdrawn' };

export const returnPage = ({ t }: Words, returned: Returned): Model => ({ title: t('mailbox.title'), ...returned });

/** What was written so far is kept while whoever wrote it looks for another way. */
export const shutPage = ({ t }: Words, draft: string, answers: Answers): Model => ({
  title: t('sent.shut'),
  draft,
  step: answers.who === 'me' ? 'reader' : 'who',
});
