/** What the public form shows: who reads before the first question, one question a page, what will be sent, and what comes of it. Texts are HTML, in the reader's language. */

import { maxFiles } from '../../platform/files/index.ts';
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
import type { SentBefore } from './sent-pages.ts';

export const lineTitles: Record<IntakeLine, TextKey> = { police: 'choice.police', help: 'choice.support' };

export const describeNextReading = ({ t, time, day }: Translator, next: NextReading): string => {
  if (next.read === 'now') return t('tell.now', { time: time(next.until) });
  return next.read === 'later' ? t('tell.next', { day: day(next.from), time: time(next.from) }) : t('tell.unknown');
};

/** A line as its reporters see it: texts as HTML. */
export type LineModel = {
  readonly title: string;
  readonly open: boolean;
  readonly late: string | false;
  readonly next: string | false;
  readonly readers?: string;
  readonly mustAct?: string;
  readonly immigration?: string;
  readonly notice?: string;
  readonly dated?: string;
};

/** The partnership's own texts are shown in the wording that it approved. */
export function lineModel(words: Translator, { line, standing, attendance, next }: LineStatus): LineModel {
  const { t, day, said } = words;
  const open = standing !== 'not open';
  return {
    title: t(lineTitles[line]),
    open,
    late: standing === 'lies unopened' && t('tell.late', { hours: attendance?.promisedHours ?? 0 }),
    next: open && describeNextReading(words, next),
    ...(attendance && {
      readers: said(attendance.readers),
      mustAct: said(attendance.mustAct, 'grave'),
      immigration: said(attendance.immigration, 'grave'),
      notice: said(attendance.notice),
      dated: t('tell.dated', { day: day(attendance.setAt) }),
    }),
  };
}

type ReportStartPage = {
  readonly title: string;
  readonly here: string;
  readonly lines: readonly LineModel[];
  readonly open: boolean;
  readonly unopened: boolean;
};

/** Before the first question, in the partnership's own dated words. */
export function reportStartPage(words: Translator, lines: readonly LineStatus[]): ReportStartPage {
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

type ShownOption = { readonly value: string; readonly text: string | undefined; readonly checked: boolean };
export type ShownField = {
  readonly name: Field;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly kind: 'choice' | 'line' | 'text';
  readonly options: readonly ShownOption[] | undefined;
  readonly hint?: string | undefined;
};

/** What a script of the page works out while somebody types. */
export type Work = { readonly challenge: string; readonly noughts: number };

type QuestionPage = {
  readonly sentBefore?: SentBefore;
  readonly short?: boolean | undefined;
  readonly title: string;
  readonly draft: string;
  readonly step: Step;
  readonly telling: true;
  readonly before: readonly string[];
  /** Its one field bears the title. */
  readonly alone: boolean;
  readonly fields: readonly ShownField[];
  readonly first: boolean;
  readonly checked: boolean;
  readonly errors: Errors;
  readonly line: LineModel | undefined;
  readonly police: LineModel | undefined;
  readonly point?: string;
  readonly pointWords?: string;
  readonly files: false | readonly { readonly id: string; readonly name: string; readonly text: string }[];
  readonly work?: Work;
};

export const fieldModel = (
  words: Translator,
  field: Field,
  { answers, errors = {} }: Pick<QuestionInput, 'answers' | 'errors'>,
): ShownField => {
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

export function questionPage(words: Translator, asked: QuestionInput): QuestionPage {
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
    before: [...said, ...(step === 'reach' && line ? [confidentialityKey(line, police)] : [])].map((key) =>
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

/** Offered only by a body that can keep it, and by both where the reporter has yet to choose; to say nothing of oneself is always offered. */
const confidentialityKey = (...lines: readonly (LineStatus | undefined)[]): TextKey =>
  lines.every((line) => !line || line.attendance?.keepsConfidence) ? 'confidentiality.keeps' : 'confidentiality.cannot';

export const tooLongErrors = ({ t }: Translator, fields: readonly Field[]): Errors =>
  Object.fromEntries(fields.map((field) => [field, t('ask.long', { most: mostLetters.toLocaleString('en-GB') })]));
export const missingSentenceErrors = ({ t }: Translator): Errors => ({ what: t('ask.one') });
export const missingChoiceErrors = ({ t }: Translator): Errors => ({ receipt: t('check.choose') });
export const invalidSealErrors = ({ t }: Translator): Errors => ({ receipt: t('sealing.unfit') });

type ShownAnswer = {
  readonly html?: string | undefined;
  readonly lines?: readonly string[];
  readonly text?: string | undefined;
  /** Sealed by the browser: which field, of which part. */
  readonly held?: { readonly field: Field; readonly part: ReturnType<typeof sealedPartOf> } | false;
};

/** What was answered, each a paragraph: as it was typed, or as HTML. */
function answerModel(words: Translator, field: Field, told: Answers): ShownAnswer {
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

type AnswerRow = ShownAnswer & {
  readonly label: string;
  readonly many?: readonly string[];
  /** The question that a change leads back to. */
  readonly step: Step | false;
};

type CheckPage = {
  readonly sentBefore?: SentBefore;
  readonly title: string;
  readonly draft: string;
  readonly telling: true;
  readonly step: 'check';
  readonly errors: Errors;
  readonly line: LineModel;
  readonly seals: {
    readonly id: ReportId;
    readonly line: IntakeLine;
    readonly key: string;
    readonly publicKey: string;
    readonly says: string;
  };
  readonly rows: readonly AnswerRow[];
  readonly list: string;
  readonly receipt: ShownField;
  readonly work?: Work;
};

function answerRows(words: Translator, { answers, files = [] }: CheckPageInput): AnswerRow[] {
  const told = askedAnswers(answers);
  return askedSteps(answers).flatMap((step) => {
    const rows: Omit<AnswerRow, 'step'>[] =
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
): CheckPage['seals'] {
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
export function checkPage(words: Translator, asked: CheckPageInput): CheckPage {
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

type DraftGonePage = { readonly title: string; readonly says: string };

/** What became of a draft that is not there: it ended, its writer deleted it or closed the mailbox, nothing of it was sent, or a report that was just sent may have arrived. */
export type DraftEnd = 'gone' | 'deleted' | 'closed' | 'unsent' | 'unsure';
export const draftGonePage = ({ t }: Translator, end: DraftEnd = 'gone'): DraftGonePage => ({
  title: t('sent.over'),
  says: t(`sent.${end}`),
});

type LineClosedPage = {
  readonly title: string;
  readonly draft: string;
  readonly telling: true;
  readonly step: Step;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'reports/public-begin': ReportStartPage;
    'reports/public-question': QuestionPage;
    'reports/public-check': CheckPage;
    'reports/public-closed': LineClosedPage;
    'reports/public-ended': DraftGonePage;
  }
}

/** Keeps what was written so far while the reporter looks for another way to report. */
export const lineClosedPage = ({ t }: Translator, draft: string, answers: Answers): LineClosedPage => ({
  title: t('sent.shut'),
  draft,
  telling: true,
  step: answers.who === 'me' ? 'reader' : 'who',
});
