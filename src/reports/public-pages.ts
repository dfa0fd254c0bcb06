/** What the public form shows: who reads before the first question, one question a page, what will be sent, and what comes of it. */

import { dayOf } from '../platform/clock.ts';
import type { Model } from '../platform/views.ts';
import { longDay } from '../vocabulary/days.ts';
import type { LineNow } from './attended.ts';
import type { IntakeKeys } from './envelope.ts';
import { kindWords, refusalWords, sizeWords } from './files-words.ts';
import {
  type Answers,
  choices,
  type Field,
  isWritten,
  mostLetters,
  pathOf,
  type Step,
  sealedApart,
  steps,
  toldIn,
} from './journey.ts';
import type { Line, ReportId } from './report.ts';
import { type Brought, type DraftFile, isLeftOut, sentOf } from './told-files.ts';
import { choiceWords, labels, questions, shownAnswer } from './words.ts';

const lineTitles: Record<Line, string> = {
  police: 'If you noticed something about somebody else',
  help: 'If it is happening to you',
};

const shownLine = ({ line, standing, attendance, next }: LineNow): Model => ({
  title: lineTitles[line],
  open: standing !== 'not open',
  unopened: standing === 'lies unopened',
  promised: attendance?.promisedHours,
  next,
  readers: attendance?.readers,
  mustAct: attendance?.mustAct,
  immigration: attendance?.immigration,
  notice: attendance?.notice,
  keepsConfidence: attendance?.keepsConfidence,
  dated: attendance && longDay(dayOf(attendance.setAt)),
});

/** Before the first question, in the partnership's own dated words. */
export function frontPage(lines: readonly LineNow[]): Model {
  const shown = lines.map(shownLine);
  return {
    title: 'Tell us',
    here: '/report',
    lines: shown,
    open: shown.some(({ open }) => open),
    unopened: shown.some(({ unopened }) => unopened),
  };
}

const textFields: Readonly<Partial<Record<Field, 'line'>>> = {
  postcode: 'line',
  name: 'line',
  channel: 'line',
};

export type Asked = {
  readonly draft: string;
  readonly step: Step;
  readonly answers: Answers;
  readonly checked: boolean;
  readonly errors?: Readonly<Record<string, string>>;
  /** Of the line that it goes to, where the answer was just given. */
  readonly line?: LineNow | undefined;
  readonly files?: readonly DraftFile[] | undefined;
};

const shownField = (field: Field, answers: Answers, errors: Readonly<Record<string, string>>): Model => {
  const options = (choices as Readonly<Partial<Record<Field, readonly string[]>>>)[field];
  const value = answers[field] ?? '';
  return {
    name: field,
    label: labels[field],
    value,
    error: errors[field],
    kind: options ? 'choice' : (textFields[field] ?? 'text'),
    options: options?.map((option) => ({
      value: option,
      text: choiceWords[field]?.[option] ?? option,
      checked: option === value,
    })),
  };
};

export function questionPage({ draft, step, answers, checked, errors = {}, line, files = [] }: Asked): Model {
  const { ask, before = [], hints = {} } = questions[step];
  const shown = steps[step].map((field) => ({ ...shownField(field, answers, errors), hint: hints[field as never] }));
  return {
    title: ask,
    draft,
    step,
    before: step === 'reach' && line ? [...before, confidence(line)] : before,
    alone: shown.length === 1,
    fields: shown,
    first: pathOf(answers)[0] === step,
    checked,
    errors,
    line: line && shownLine(line),
    files: step === 'files' && files.map(shownFile),
  };
}

const shownFile = ({ id, name, kind, bytes }: DraftFile): Model => ({
  id,
  name,
  text: `${kindWords[kind]}, ${sizeWords(bytes)}`,
});

/** In the place where they were chosen, of those that were not kept, and of those that will not be sent as it stands. */
export function fileErrors(brought: readonly Brought[], answers: Answers): Readonly<Record<string, string>> {
  const refused = brought.flatMap((one) => ('refused' in one ? [`${one.name} ${refusalWords[one.refused]}.`] : []));
  const came = brought.flatMap((one) => ('file' in one ? [one.file] : []));
  const leftOut = isLeftOut(answers, came)
    ? ['Of one of these no clean copy can be made. Say yes below if it may be sent as it is; otherwise it is not sent.']
    : [];
  const all = [...refused, ...leftOut].join(' ');
  return all ? { files: all } : {};
}

/** For the page before the last, and the last. */
function filesInWords(answers: Answers, files: readonly DraftFile[]): string {
  const sent = sentOf(answers, files);
  return [
    ...sent.map(({ name, kind, bytes }) => `${name} (${kindWords[kind]}, ${sizeWords(bytes)})`),
    ...(isLeftOut(answers, files)
      ? [`${files.length - sent.length} will not be sent: it may not be kept as it came`]
      : []),
  ].join('; ');
}

/** Offered only by a body that can keep it; to say nothing of oneself is always offered. */
const confidence = ({ attendance }: LineNow): string =>
  attendance?.keepsConfidence
    ? 'Whoever reads this can keep confidential who you are, but for what they must act on.'
    : 'Whoever reads this cannot promise to keep confidential who you are. You need not say it.';

export const tooLongErrors = (fields: readonly Field[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fields.map((field) => [
      field,
      `Use ${mostLetters.toLocaleString('en-GB')} letters or fewer. All that you wrote still stands here`,
    ]),
  );

export const sealedUnfit = {
  receipt: 'What your browser sealed did not arrive as it was sealed, and nothing was taken in. Send it again',
} as const;

export const saysNothing = { what: 'Write one sentence. It is all that we need' } as const;

/** What a browser needs to seal what was written: whose report it is to be, and the public key of who reads it. */
export type Seals = { readonly id: ReportId; readonly line: Line; readonly keys: IntakeKeys };

/** All that will be sent, each with the way back to it; and how the reporter may come back. */
export function checkPage(
  { draft, answers, errors = {}, line, seals, files = [] }: Asked & { readonly line: LineNow; readonly seals: Seals },
  wordsOffered: boolean,
): Model {
  const told = toldIn(answers);
  const offered = choices.receipt.filter((kind) => kind !== 'words' || wordsOffered);
  return {
    title: questions.check.ask,
    draft,
    step: 'check',
    errors,
    line: shownLine(line),
    seals: { ...seals, key: seals.keys.id, publicKey: Buffer.from(seals.keys.publicKey).toString('base64url') },
    rows: pathOf(answers).flatMap((step) =>
      step === 'check'
        ? []
        : step === 'files' && files.length === 0
          ? [{ step, label: 'Photos or files', text: 'None' }]
          : [
              ...(step === 'files' ? [{ step, label: 'Photos or files', text: filesInWords(answers, files) }] : []),
              ...steps[step].map((field, place) => ({
                step: place === 0 && step !== 'files' ? step : undefined,
                written: isWritten(field) && { field, part: sealedApart(field) },
                label: labels[field],
                text: told[field] === undefined ? '' : shownAnswer(field, told),
              })),
            ],
    ),
    receipt: {
      ...shownField('receipt', answers, errors),
      options: offered.map((kind) => ({
        value: kind,
        text: choiceWords.receipt?.[kind],
        checked: (answers.receipt || offered[0]) === kind,
      })),
    },
  };
}

export type Kept = { readonly words?: readonly string[] | undefined; readonly digits?: string | undefined };

/** Where what was written was sealed: the last page says it. */
export type SealedAt = 'browser' | 'arrival';

/** What the last page says beside how to come back: where it was sealed, how many files went with it and how many not, and, to who said that somebody is in danger, whether anybody is on call. Of nothing is promised more than there is. */
export type SentWith = {
  readonly sealed: SealedAt;
  readonly files?: number;
  readonly leftOut?: number;
  readonly onCall?: boolean | undefined;
};

export const sentPage = (
  { next, attendance }: LineNow,
  { words, digits }: Kept,
  { sealed, files = 0, leftOut = 0, onCall }: SentWith,
): Model => ({
  title: 'We have it',
  sealed: `sealing.${sealed}`,
  next,
  readers: attendance?.readers,
  words,
  digits,
  none: !words && !digits,
  danger: onCall !== undefined,
  onCall: onCall === true,
  files,
  leftOut,
});

export const overPage: Model = { title: 'Information' };

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

export const returnPage = (returned: Returned): Model => ({ title: 'Come back', ...returned });

/** What was written so far is kept while whoever wrote it looks for another way. */
export const shutPage = (draft: string, answers: Answers): Model => ({
  title: 'This is not open here',
  draft,
  step: answers.who === 'me' ? 'reader' : 'who',
});
