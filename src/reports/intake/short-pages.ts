/** What the two pages of the short way show: what, where, when and the reply; then what can be added. Each ends with a button for each line, which says who reads it. Texts are HTML, in the reader's language. */
import type { TextKey, Translator } from '../../public/languages/index.ts';
import type { DraftFile } from '../attachments/received-files.ts';
import type { LineStatus } from '../attendance/line-status.ts';
import { listPlacesIn, type View } from '../map/map.ts';
import type { IntakeLine } from '../report.ts';
import type { SealedPart } from '../sealing/envelope.ts';
import { type Extra, extras } from './next-page.ts';
import {
  type Errors,
  fieldModel,
  type LineModel,
  lineModel,
  type SealingTarget,
  type ShownField,
  type Work,
} from './pages.ts';
import { questionOf, translateChoice } from './question-words.ts';
import {
  type Answers,
  askedSteps,
  choices,
  type Field,
  fields,
  isSealedInBrowser,
  sealedPartOf,
  steps,
} from './questions.ts';
import type { SentBefore } from './sent-pages.ts';

export type ShortPageInput = {
  readonly draft: string;
  readonly id: SealingTarget['id'];
  readonly answers: Answers;
  readonly files: readonly DraftFile[];
  readonly plainly?: boolean | undefined;
  readonly errors: Errors;
  /** Whether the receipt can be words of the reader’s language. */
  readonly wordsOffered: boolean;
  readonly lines: readonly { readonly status: LineStatus; readonly keys: SealingTarget['keys'] }[];
};

/** A line as a button that sends to it, with what its browser needs to seal to it. */
type LineButton = LineModel & {
  readonly reader: 'support' | 'police';
  readonly press: string;
  readonly line: IntakeLine;
  readonly key: string;
  readonly publicKey: string;
};

/** A written answer that a browser may hold back until it sends. */
type HeldAnswer = { readonly field: Field; readonly part: SealedPart; readonly answered: boolean };

type ShortPage = {
  readonly title: string;
  readonly draft: string;
  readonly id: string;
  readonly errors: Errors;
  readonly buttons: readonly LineButton[];
  readonly held: readonly HeldAnswer[];
  /** Of what can be added: as HTML, with the number in a place of its own. */
  readonly progress: string;
  readonly mixed: boolean;
  readonly work?: Work;
  readonly sentBefore?: SentBefore;
};

/** Whether a reply is wanted. Both pages ask it: nothing is chosen until the reporter does. */
type ReplyQuestion = { readonly receipt: ShownField; readonly comeBack: string };

type TellPage = ShortPage &
  ReplyQuestion & {
    readonly here: string;
    readonly telling: boolean;
    readonly unopened: boolean;
    readonly carried: boolean;
    readonly danger: boolean;
    readonly fields: readonly (ShownField & { readonly strong: true; readonly list?: readonly string[] })[];
  };

type ExtraRow = { readonly step: Extra; readonly text: string; readonly held: Extra | false; readonly added: boolean };

type AddPage = ShortPage &
  ReplyQuestion & {
    readonly telling: true;
    readonly extras: readonly ExtraRow[];
  };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'reports/public-tell': TellPage;
    'reports/public-add': AddPage;
  }
}

const readers = { police: 'police', help: 'support' } as const satisfies Record<IntakeLine, string>;
const presses: Record<IntakeLine, TextKey> = { police: 'short.police', help: 'short.support' };

const extraTexts: Record<Extra, TextKey> = {
  map: 'map.title',
  sightings: questionOf('sightings').ask,
  people: questionOf('people').ask,
  vehicles: questionOf('vehicles').ask,
  knows: questionOf('knows').ask,
  files: questionOf('files').ask,
  reach: questionOf('reach').ask,
};

/** What the server itself has of it; what a browser holds back, its script counts. */
const isAdded = (extra: Extra, answers: Answers, files: readonly DraftFile[]): boolean => {
  if (extra === 'files') return files.length > 0;
  if (extra === 'reach') return answers.reach === 'yes';
  return Boolean(answers[extra === 'map' ? 'point' : extra]);
};

/** An answer that a browser which seals keeps to itself. */
const isHeldBack = (extra: Extra): boolean => fields.some((field) => field === extra && isSealedInBrowser(field));

const heldAnswers = (answers: Answers): HeldAnswer[] =>
  askedSteps(answers)
    .flatMap((step): readonly Field[] => steps[step])
    .filter(isSealedInBrowser)
    .map((field) => ({ field, part: sealedPartOf(field), answered: Boolean(answers[field]) }));

const numberMark = '\uE001';

function shortPage(words: Translator, input: ShortPageInput): ShortPage {
  const { draft, id, answers, files, plainly = false, errors, lines } = input;
  const { t } = words;
  const added = extras.filter((extra) => isAdded(extra, answers, files));
  const others = extras.filter((extra) => !added.includes(extra)).filter(isHeldBack);
  return {
    title: t(questionOf('short').ask),
    draft,
    id,
    errors,
    buttons: lines.map(({ status, keys }) => ({
      ...lineModel(words, status),
      reader: readers[status.line],
      press: t(presses[status.line]),
      line: status.line,
      key: keys.id,
      publicKey: Buffer.from(keys.publicKey).toString('base64url'),
    })),
    held: heldAnswers(answers),
    progress: t('short.progress', { count: numberMark, all: extras.length }).replace(
      numberMark,
      `<span data-count="${others.join(' ')}">${added.length}</span>`,
    ),
    mixed: plainly,
  };
}

function replyQuestion(words: Translator, input: ShortPageInput): ReplyQuestion {
  const { answers, wordsOffered } = input;
  const offered = choices.receipt.filter((kind) => kind !== 'words' || wordsOffered);
  return {
    comeBack: words.t(wordsOffered ? 'check.list' : 'check.row'),
    receipt: {
      ...fieldModel(words, 'receipt', input),
      label: words.t('check.come'),
      options: offered.map((kind) => ({
        value: kind,
        text: translateChoice(words, 'receipt', kind),
        checked: answers.receipt === kind,
      })),
    },
  };
}

/** More do not fit a list that is looked through on a phone. */
const maxPlaces = 60;

/** The first page. It is the page of the form as it is opened, until something was sent from it. */
export function tellPage(
  words: Translator,
  input: ShortPageInput,
  { fresh, carried, area }: { readonly fresh: boolean; readonly carried: boolean; readonly area: View },
): TellPage {
  const { answers, errors, lines } = input;
  const { t } = words;
  const field = (name: Field, ask: TextKey, hint?: TextKey) => ({
    ...fieldModel(words, name, { answers, errors }),
    label: t(ask),
    hint: hint && t(hint),
    strong: true as const,
  });
  return {
    ...shortPage(words, input),
    ...replyQuestion(words, input),
    here: '/report',
    telling: !fresh,
    unopened: lines.some(({ status }) => status.standing === 'lies unopened'),
    carried,
    danger: answers.now === 'yes',
    fields: [
      field('what', 'ask.what'),
      {
        ...field('place', 'ask.where', 'short.place'),
        kind: 'line',
        list: listPlacesIn(area, maxPlaces)
          .map(({ name }) => name)
          .toSorted(),
      },
      { ...field('when', 'ask.when', 'ask.moment'), kind: 'line' },
    ],
  };
}

/** The second page: what can be added, and the reply again. */
export function addPage(words: Translator, input: ShortPageInput): AddPage {
  const { answers, files } = input;
  const { t } = words;
  return {
    ...shortPage(words, input),
    ...replyQuestion(words, input),
    title: t('short.more'),
    telling: true,
    extras: extras.map((extra) => ({
      step: extra,
      text: t(extraTexts[extra]),
      held: isHeldBack(extra) && extra,
      added: isAdded(extra, answers, files),
    })),
  };
}
