/** The last page of the public form. It is rendered once for each way in which it reads; a receipt is put in as it is given, and kept nowhere. */

import { stepMark } from '../../platform/http/private-request.ts';
import type { Model, Stencil, Views } from '../../platform/rendering/views.ts';
import { wordsFor } from '../../public/languages/index.ts';
import type { LineNow } from '../attendance/line-status.ts';
import { type Kept, type SentWith, sentPage } from './pages.ts';

/** The texts of a line change with the day and the reading hours, so older pages are dropped. */
const mostKept = 60;

/** The value for each placeholder of the page; the mark of the journey's next step is left in place. */
const placed = ({ words, digits }: Kept): Readonly<Record<string, string>> => ({
  step: stepMark,
  ...Object.fromEntries((words ?? []).map((line, place) => [`line${place}`, line])),
  ...(digits !== undefined && { digits }),
});

const marked = ({ words, digits }: Kept, mark: (place: string) => string): Kept => ({
  words: words?.map((_line, place) => mark(`line${place}`)),
  digits: digits === undefined ? undefined : mark('digits'),
});

export type Sent = SentWith & { readonly kept: Kept };

export type SentPages = (language: string, line: LineNow, sent: Sent) => string;

export function openSentPages(views: Views, shellIn: (language: string) => Model): SentPages {
  const rendered = new Map<string, Stencil<string>>();
  return (language, line, { kept, ...sent }) => {
    const given = placed(kept);
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
        wordsFor(language),
        line,
        marked(kept, (place) => words[place] ?? ''),
        sent,
      ),
    });
    const page = rendered.get(key) ?? views.stencil('reports/public-sent', model, places);
    if (!rendered.has(key) && rendered.size >= mostKept) rendered.clear();
    rendered.set(key, page);
    return page(given);
  };
}
