/** The last page of the public form. It is rendered once for each way in which it reads; a receipt is put in as it is given, and kept nowhere. */

import { stepMark } from '../../platform/http/private-request.ts';
import type { Model, Stencil, Views } from '../../platform/rendering/views.ts';
import { translatorFor } from '../../public/languages/index.ts';
import type { LineStatus } from '../attendance/line-status.ts';
import { type ReceiptText, type SentDetails, sentPage } from './pages.ts';

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

export function openSentPages(views: Views, shellIn: (language: string) => Model): SentPages {
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
    const model = (words: Readonly<Record<string, string>>): Model => ({
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
