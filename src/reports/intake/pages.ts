/** What the public form shows: who reads before the first question, one question a page, what will be sent, and what comes of it. Texts are HTML, in the reader's language. */

import { maxFiles } from '../../platform/files/index.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { escapeHtml, type TextKey, type Translator } from '../../public/languages/index.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import { type DraftFile, filesToSend, hasUnsentFiles, type UploadResult } from '../attachments/received-files.ts';
import { fileTextValues, kindKeys, refusalKeys } from '../attachments/words.ts';
import type { LineStatus, NextReading } from '../attendance/line-status.ts';
import { findNearestPlace, formatCoordinates, readPoint } from '../map/map.ts';
import { formatSighting, readSightings } from '../map/sightings.ts';
import type { IntakeLine, ReportId } from '../report.ts';
import type { IntakeKeys } from '../sealing/envelope.ts';
import { choiceKeys, labelOf, questionOf, translateChoice } from './question-words.ts';
import {
  type Answers,
  askedAnswers,
  askedSteps,
  choices,
  type Field,
  isSealedInBrowser,
  mostLetters,
  type Step,
  sealedPartOf,
  steps,
} from './questions.ts';

const lineTitles: Record<IntakeLine, TextKey> = { police: 'tell.other', help: 'tell.self' };

export const describeNextReading = ({ t, time, day }: Translator, next: NextReading): string => {
  if (next.read === 'now') return t('tell.now', { time: time(next.until) });
  return next.read === 'later' ? t('tell.next', { day: day(next.from), time: time(next.from) }) : t('tell.unknown');
};

/** The partnership's own texts are shown in the wording that it approved. */
function lineModel(words: Translator, { line, standing, attendance, next }: LineStatus): Model {
  const { t, day, kept } = words;
  const open = standing !== 'not open';
  return {
    title: t(lineTitles[line]),
    open,
    late: standing === 'lies unopened' && t('tell.late', { hours: attendance?.promisedHours ?? 0 }),
    next: open && describeNextReading(words, next),
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
export function reportStartPage(words: Translator, lines: readonly LineStatus[]): Model {
  const shown = lines.map((line) => lineModel(words, line));
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

/** By field, or `files`: as HTML. */
export type Errors = Readonly<Record<string, string>>;
export type QuestionInput = {
  readonly draft: string;
  readonly step: Step;
  readonly answers: Answers;
  readonly checked: boolean;
  readonly errors?: Errors;
  /** Of the line that it goes to, where the answer was just given. */
  readonly line?: LineStatus | undefined;
  /** Set where the reporter chooses between the two lines. */
  readonly police?: LineStatus | undefined;
  /** Whether the receipt can be words of the reader’s language. */
  readonly wordsOffered: boolean;
  readonly files?: readonly DraftFile[] | undefined;
};

const fieldModel = (
  words: Translator,
  field: Field,
  { answers, errors = {} }: Pick<QuestionInput, 'answers' | 'errors'>,
): Model => {
  const options = (choices as Readonly<Partial<Record<Field, readonly string[]>>>)[field];
  const value = answers[field] ?? '';
  return {
    name: field,
    label: words.t(labelOf(field)),
    value,
    error: errors[field],
    kind: options ? 'choice' : (textFields[field] ?? 'text'),
    options: options?.map((option) => ({
      value: option,
      text: translateChoice(words, field, option),
      checked: option === value,
    })),
  };
};

export function questionPage(words: Translator, asked: QuestionInput): Model {
  const { draft, step, answers, checked, errors = {}, line, police, wordsOffered, files = [] } = asked;
  const { t } = words;
  const { ask, before = [], hints = {} } = questionOf(step, answers);
  const said = before.map((key) => (key === 'ask.need' && !wordsOffered ? 'ask.row' : key));
  const fields = steps[step].filter((field) => field !== 'point' && field !== 'sightings');
  const shown = fields.map((field: Field) => {
    const hint = hints[field];
    return { ...fieldModel(words, field, asked), hint: hint && t(hint) };
  });
  return {
    title: t(ask),
    draft,
    step,
    telling: true,
    before: [...said, ...(step === 'reach' && line ? [confidentialityKey(line)] : [])].map((key) =>
      t(key, fileTextValues),
    ),
    alone: shown.length === 1,
    fields: shown,
    first: askedSteps(answers)[0] === step,
    checked,
    errors,
    line: line && lineModel(words, line),
    police: police && lineModel(words, police),
    ...(step === 'where' && { point: answers.point ?? '', pointWords: translatePoint(words, answers.point) }),
    files:
      step === 'files' && files.map((file) => ({ id: file.id, name: file.name, text: translateFile(words, file) })),
  };
}

/** A point as its reader reads it; nothing where there is none. The numbers keep their order in every direction. */
export function translatePoint({ t, plain }: Translator, text: string | undefined): string {
  const point = readPoint(text);
  if (!point) return '';
  const near = plain('map.near', { place: findNearestPlace(point).name });
  return t('map.point', { where: `\u2066${formatCoordinates(point)}\u2069, ${near}` });
}

const translateFile = ({ t }: Translator, { kind, bytes }: DraftFile): string =>
  `${t(kindKeys[kind])}, ${formatSize(bytes)}`;

/** Messages where files were chosen: about files that were not kept, and about those that will not be sent. */
export function fileErrors({ t }: Translator, brought: readonly UploadResult[], answers: Answers): Errors {
  const names = brought.flatMap((one) => ('refused' in one && one.refused === 'too many' ? [one.name] : []));
  const refused = brought.flatMap((one) =>
    'refused' in one && one.refused !== 'too many'
      ? [t(refusalKeys[one.refused], { ...fileTextValues, name: one.name })]
      : [],
  );
  if (names.length > 0)
    refused.push(t(refusalKeys['too many'], { ...fileTextValues, name: names.slice(0, maxFiles).join(', ') }));
  const came = brought.flatMap((one) => ('file' in one ? [one.file] : []));
  const sent = filesToSend(answers, came);
  const unclean = came.filter((file) => !sent.includes(file)).map(({ name }) => t('file.unclean', { name }));
  const all = [...refused, ...unclean];
  return all.length > 0 ? { files: all.join('<br>') } : {};
}

/** For the page before the last: those that go along, and how many do not. */
function translateFiles(words: Translator, answers: Answers, files: readonly DraftFile[]): readonly string[] {
  const { t } = words;
  if (files.length === 0) return [t('file.none')];
  const sent = filesToSend(answers, files);
  return [
    ...sent.map((file) => `<bdi>${escapeHtml(file.name)}</bdi> (${translateFile(words, file)})`),
    ...(hasUnsentFiles(answers, files) ? [t('file.unsent', { count: files.length - sent.length })] : []),
  ];
}

/** Offered only by a body that can keep it; to say nothing of oneself is always offered. */
const confidentialityKey = ({ attendance }: LineStatus): TextKey =>
  attendance?.keepsConfidence ? 'confidentiality.keeps' : 'confidentiality.cannot';

export const tooLongErrors = ({ t }: Translator, fields: readonly Field[]): Errors =>
  Object.fromEntries(fields.map((field) => [field, t('ask.long', { most: mostLetters.toLocaleString('en-GB') })]));
export const missingSentenceErrors = ({ t }: Translator): Errors => ({ what: t('ask.one') });
export const missingChoiceErrors = ({ t }: Translator): Errors => ({ receipt: t('check.choose') });
export const invalidSealErrors = ({ t }: Translator): Errors => ({ receipt: t('sealing.unfit') });

/** What was answered, each a paragraph: as it was typed, or as HTML. */
function answerModel(words: Translator, field: Field, told: Answers): Model {
  const typed = told[field];
  if (field === 'point') return { html: translatePoint(words, typed) };
  if (field === 'sightings') return { lines: readSightings(typed).map(formatSighting) };
  if (choiceKeys[field]) return { html: translateChoice(words, field, typed ?? '') };
  return { text: typed, held: isSealedInBrowser(field) && { field, part: sealedPartOf(field) } };
}

/** What a browser needs to seal what was written: whose report it is to be, and the public key of who reads it. */
export type SealingTarget = { readonly id: ReportId; readonly line: IntakeLine; readonly keys: IntakeKeys };

export type CheckPageInput = QuestionInput & {
  readonly line: LineStatus;
  readonly seals: SealingTarget;
  readonly plainly?: boolean | undefined;
};

function answerRows(words: Translator, { answers, files = [] }: CheckPageInput): Model[] {
  const told = askedAnswers(answers);
  return askedSteps(answers).flatMap((step) => {
    const rows: Model[] =
      step === 'check'
        ? []
        : steps[step].map((field) => ({
            label: words.t(labelOf(field)),
            ...answerModel(words, field, told),
          }));
    const withFiles =
      step === 'files'
        ? [
            { label: words.t('file.label'), many: translateFiles(words, answers, files) },
            ...(files.length > 0 ? rows : []),
          ]
        : rows;
    return withFiles.map((row, place) => ({ ...row, step: place === 0 && step }));
  });
}

function sealingModel(
  { t, day }: Translator,
  { seals: { id, line, keys }, line: { attendance }, plainly }: CheckPageInput,
): Model {
  const since = attendance ? day(attendance.setAt) : '';
  return {
    id,
    line,
    key: keys.id,
    publicKey: Buffer.from(keys.publicKey).toString('base64url'),
    says: `${t('sealing.seals', { key: keys.id, day: since })}${plainly ? ` ${t('sealing.before')}` : ''}`,
  };
}

/** All that will be sent, each with the way back to it; and how the reporter may come back. */
export function checkPage(words: Translator, asked: CheckPageInput): Model {
  const { draft, answers, errors = {}, line, wordsOffered } = asked;
  const { t } = words;
  const offered = choices.receipt.filter((kind) => kind !== 'words' || wordsOffered);
  return {
    title: t(questionOf('check').ask),
    draft,
    telling: true,
    step: 'check',
    errors,
    line: lineModel(words, line),
    seals: sealingModel(words, asked),
    rows: answerRows(words, asked),
    list: t(wordsOffered ? 'check.list' : 'check.row'),
    receipt: {
      ...fieldModel(words, 'receipt', asked),
      options: offered.map((kind) => ({
        value: kind,
        text: translateChoice(words, 'receipt', kind),
        checked: answers.receipt === kind,
      })),
    },
  };
}

export type ReceiptText = { readonly words?: readonly string[] | undefined; readonly digits?: string | undefined };

/** Where what was written was sealed: the last page says it. */
export type SealingPlace = 'browser' | 'arrival';

/** What the last page adds to the receipt: where the report was sealed, how many files went with it and how many did not. Reporters of danger also learn whether anybody is on call. The page promises no more than there is. */
export type SentDetails = {
  readonly sealed: SealingPlace;
  readonly files?: number;
  readonly leftOut?: number;
  readonly onCall?: boolean | undefined;
};

export const sentPage = (
  words: Translator,
  { next, attendance }: LineStatus,
  kept: ReceiptText,
  { sealed, files = 0, leftOut = 0, onCall }: SentDetails,
): Model => ({
  title: words.t('sent.title'),
  sealed: words.t(`sealing.${sealed}`),
  next: describeNextReading(words, next),
  readers: attendance && words.kept(attendance.readers),
  words: kept.words,
  digits: kept.digits,
  nothingKept: !kept.words && !kept.digits,
  files: files > 0 && words.t(files === 1 ? 'file.one' : 'file.several', { count: files }),
  leftOut: leftOut > 0 && words.t(leftOut === 1 ? 'file.left' : 'file.lefts', { count: leftOut }),
  called: onCall !== undefined && words.t(onCall ? 'emergency.oncall' : 'emergency.nobody'),
});

export const draftGonePage = ({ t }: Translator): Model => ({ title: t('sent.over') });

export type MailboxState =
  | { readonly at: 'front' }
  | { readonly at: 'asking'; readonly draft: string; readonly missed?: boolean }
  | {
      readonly at: 'open';
      readonly draft: string;
      readonly message: string | undefined;
      readonly asked: boolean;
      readonly done?: 'added' | 'nothing written';
      /** What became of files that were not kept: as HTML. */
      readonly unkept?: readonly string[];
    }
  | { readonly at: 'withdrawn' };

export const mailboxPage = (words: Translator, returned: MailboxState): Model => ({
  title: words.t('mailbox.title'),
  telling: returned.at === 'asking' || returned.at === 'open',
  ...returned,
  ...(returned.at === 'open' && { files: fileQuestionModel(words) }),
});

/** The same wording as on the report form. */
function fileQuestionModel(words: Translator): Model {
  const { ask, before = [], hints = {} } = questionOf('files');
  return {
    title: words.t(ask),
    before: before.map((key) => words.t(key, fileTextValues)),
    fields: [{ ...fieldModel(words, 'originals', { answers: {} }), hint: hints.originals && words.t(hints.originals) }],
  };
}

const maxShownName = 40;
const shortened = (name: string): string => (name.length > maxShownName ? `…${name.slice(-maxShownName)}` : name);

/** Each reason once, with the names that it holds for: all answers of the mailbox have one length, which they must fit. */
export function describeUnkeptFiles(
  { t }: Translator,
  brought: readonly UploadResult[],
  leftOut: number,
  full: boolean,
): readonly string[] {
  const names = new Map<keyof typeof refusalKeys, string[]>();
  for (const one of brought) {
    const why = 'refused' in one ? one.refused : full ? 'no room' : undefined;
    if (why) names.set(why, [...(names.get(why) ?? []), shortened('file' in one ? one.file.name : one.name)]);
  }
  return [
    ...[...names].map(([why, of]) =>
      t(refusalKeys[why], { ...fileTextValues, name: of.slice(0, maxFiles).join(', ') }),
    ),
    ...(leftOut > 0 ? [t(leftOut === 1 ? 'file.left' : 'file.lefts', { count: leftOut })] : []),
  ];
}

/** Keeps what was written so far while the reporter looks for another way to report. */
export const lineClosedPage = ({ t }: Translator, draft: string, answers: Answers): Model => ({
  title: t('sent.shut'),
  draft,
  telling: true,
  step: answers.who === 'me' ? 'reader' : 'who',
});
