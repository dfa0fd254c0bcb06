/** The last page of the public form. It is rendered once for each way in which it reads; a receipt is put in as it is given, and kept nowhere. */

import { stepMark } from '../../platform/http/private-request.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { Stencil, Views } from '../../platform/rendering/views.ts';
import { type Translator, translatorFor } from '../../public/languages/index.ts';
import type { LineStatus } from '../attendance/line-status.ts';
import type { ReportDraft } from './draft.ts';
import { describeNextReading, lineTitles } from './pages.ts';

export type ReceiptText = { readonly words?: readonly string[] | undefined; readonly digits?: string | undefined };

/** Where what was written was sealed: the last page says it. */
export type SealingPlace = 'browser' | 'arrival' | 'both';

/** What the last page adds to the receipt: where the report was sealed, how many files went with it and how many did not. Reporters of danger also learn whether anybody is on call. The page promises no more than there is. */
export type SentDetails = {
  readonly sealed: SealingPlace;
  readonly files?: number;
  readonly leftOut?: number;
  readonly onCall?: boolean | undefined;
};

/** Says on a page of the form that an earlier report was sent from it, and to whom. */
export type SentBefore = { readonly first: string; readonly later: string | false; readonly danger: boolean };

export const sentBeforeModel = (
  { t, plain }: Translator,
  { sentBefore, answers }: ReportDraft,
): { readonly sentBefore?: SentBefore } =>
  sentBefore
    ? {
        sentBefore: {
          ...(sentBefore === 'unsure'
            ? { first: t('sent.unsure'), later: false }
            : { first: t('sent.first', { reader: plain(lineTitles[sentBefore]) }), later: t('sent.later') }),
          danger: answers.now === 'yes',
        },
      }
    : {};

const sentPage = (
  words: Translator,
  { next, attendance }: LineStatus,
  kept: ReceiptText,
  { sealed, files = 0, leftOut = 0, onCall }: SentDetails,
): SentPage => ({
  title: words.t('sent.title'),
  sealed: words.t(`sealing.${sealed}`),
  next: describeNextReading(words, next),
  readers: attendance && words.said(attendance.readers),
  words: kept.words,
  digits: kept.digits,
  nothingKept: !kept.words && !kept.digits,
  files: files > 0 && words.t(files === 1 ? 'file.one' : 'file.several', { count: files }),
  leftOut: leftOut > 0 && words.t(leftOut === 1 ? 'file.left' : 'file.lefts', { count: leftOut }),
  called: onCall !== undefined && words.t(onCall ? 'emergency.oncall' : 'emergency.nobody'),
});

type SentPage = {
  readonly title: string;
  readonly sealed: string;
  readonly next: string;
  readonly readers: string | undefined;
  readonly words: readonly string[] | undefined;
  readonly digits: string | undefined;
  readonly nothingKept: boolean;
  readonly files: string | false;
  readonly leftOut: string | false;
  readonly called: string | false;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'reports/public-sent': SentPage;
  }
}

/** The texts of a line change with the day and the reading hours, so older pages are dropped. */
const maxKept = 60;

/** The value for each placeholder of the page; the mark of the journey's next step is left in place. */
const placeholderValues = ({ words, digits }: ReceiptText): Readonly<Record<string, string>> => ({
  step: stepMark,
  ...Object.fromEntries((words ?? []).map((line, place) => [`line${place}`, line])),
  ...(digits !== undefined && { digits }),
});

const withPlaceholders = ({ words, digits }: ReceiptText, mark: (place: string) => string): ReceiptText => ({
  words: words?.map((_line, place) => mark(`line${place}`)),
  digits: digits === undefined ? undefined : mark('digits'),
});

export type Sent = SentDetails & { readonly kept: ReceiptText };

export type SentPages = (language: string, line: LineStatus, sent: Sent) => string;

export function openSentPages(views: Views, shellIn: AreaParts['getShell']): SentPages {
  const rendered = new Map<string, Stencil<string>>();
  return (language, line, { kept, ...sent }) => {
    const given = placeholderValues(kept);
    const places = Object.keys(given);
    const key = JSON.stringify([
      language,
      line.attendance?.id,
      line.next,
      sent.sealed,
      sent.files,
      sent.leftOut,
      String(sent.onCall),
      places,
    ]);
    const model = (words: Readonly<Record<string, string>>) => ({
      ...shellIn(language),
      ...sentPage(
        translatorFor(language),
        line,
        withPlaceholders(kept, (place) => words[place] ?? ''),
        sent,
      ),
    });
    const page = rendered.get(key) ?? views.stencil('reports/public-sent', model, places);
    if (!rendered.has(key) && rendered.size >= maxKept) rendered.clear();
    rendered.set(key, page);
    return page(given);
  };
}
