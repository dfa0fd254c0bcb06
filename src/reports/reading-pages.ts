/** What staff see of reports: the queue by its clocks, one report, the words to write to who told it, and who that is. */
import { momentOf, type Names, nameOf } from '../platform/earlier.ts';
import { Asking } from '../platform/fields.ts';
import type { FormErrors, Answers as Typed } from '../platform/http.ts';
import type { Model } from '../platform/views.ts';
import { capital, countWord, plural } from '../vocabulary/english.ts';
import { filesSection, type OpenFile } from './file-pages.ts';
import { mostMessage } from './forms.ts';
import type { Said } from './intake.ts';
import { type Field, fields, steps } from './journey.ts';
import {
  isOverdue,
  type Line,
  type MessageKind,
  type MessageRefusal,
  type Part,
  type PartKind,
  type Report,
  waits,
} from './report.ts';
import { labels, shownAnswer } from './words.ts';

export const addressOf: Record<Line, string> = { police: '/staff/reports', help: '/staff/safeguarding/reports' };
const titles: Record<Line, string> = { police: 'Reports', help: 'Reports to the support side' };

const text = (words: string): Model => ({ text: words });
const row = (key: string, value: string): Model => ({ key: text(key), value: text(value) });

/** Enough to tell two apart aloud, and nothing of what was told. */
const numberOf = ({ id }: Pick<Report, 'id'>): string => `Report ${id.slice(-6)}`;
const hourWords = (at: Date): string => `in the hour from ${momentOf(at)}`;

const standing = ({ state, unread, answerable }: Report): string => {
  if (state === 'withdrawn') return 'taken back';
  if (unread && state === 'open') return 'not answered';
  if (unread) return 'something new';
  if (state === 'asked') return 'asked, waits for the reporter';
  return state === 'closed' ? 'closed' : answerable ? 'answered' : 'read';
};

export function queuePage(
  line: Line,
  queue: { readonly reports: readonly Report[]; readonly waiting: number },
  now: Date,
  sets: boolean,
): Model {
  return {
    title: titles[line],
    lead: [
      queue.waiting === 0
        ? 'Nothing waits.'
        : `${capital(countWord(queue.waiting))} ${plural(queue.waiting, 'report waits', 'reports wait')} for somebody of your agency.`,
      'That you opened this page is what the public is told of: whether anybody reads.',
    ],
    actions: sets ? [{ href: `${addressOf[line]}/attendance`, text: 'Who reads, and when', secondary: true }] : [],
    sections: [
      {
        kind: 'table',
        caption: 'What waits, danger first',
        stack: true,
        columns: ['Report', 'Danger', 'To be answered by', 'Came in', 'State', 'Queue'].map(text),
        rows: queue.reports.map((report) => [
          { text: numberOf(report), href: `${addressOf[line]}/${report.id}` },
          report.danger ? { text: 'Danger', tag: 'red' } : text('No'),
          isOverdue(report, now)
            ? { text: `Late: ${momentOf(report.dueAt)}`, tag: 'red' }
            : text(waits(report) ? momentOf(report.dueAt) : 'nothing to do'),
          text(hourWords(report.receivedAt)),
          { text: capital(standing(report)), tag: waits(report) ? 'yellow' : 'grey' },
          text(report.queue),
        ]),
        empty: 'Nothing has been told yet.',
      },
    ],
  };
}

export type OpenPart = Part & { readonly said: Said };

const partTitles: Record<PartKind, string> = {
  told: 'Told',
  added: 'The reporter wrote more',
  asked: 'You asked',
  replied: 'You wrote',
  closed: 'Closed, with these words',
};

const toldRows = (said: Said): Model[] =>
  fields.flatMap((field: Field) => (said[field] ? [row(labels[field], shownAnswer(field, said))] : []));

export type Shown = {
  readonly line: Line;
  readonly report: Report;
  readonly parts: readonly OpenPart[];
  readonly files: readonly OpenFile[];
  readonly names: Names;
  readonly now: Date;
};

export function reportPage({ line, report, parts, files, names, now }: Shown): Model {
  const address = `${addressOf[line]}/${report.id}`;
  const told = parts.find(({ kind }) => kind === 'told');
  const writes = report.state === 'open' || report.state === 'asked';
  const since = parts
    .filter(({ kind }) => kind !== 'told')
    .map((part) => ({
      title: partTitles[part.kind],
      ...(part.memberId && { by: nameOf(names, part.memberId) }),
      when: hourWords(part.saidAt),
      text: part.said.words,
    }));
  return {
    title: numberOf(report),
    caption: capital(standing(report)),
    back: { href: addressOf[line], text: titles[line] },
    actions: [
      ...(writes ? [{ href: `${address}/write`, text: 'Write, or close' }] : []),
      ...(report.unread ? [{ post: `${address}/seen`, text: 'I have read it', secondary: true }] : []),
    ],
    sections: [
      ...(report.danger
        ? [
            {
              kind: 'states',
              title: 'Somebody is in danger now, it was said',
              items: [
                {
                  kind: 'unwise',
                  text: 'It was said in the hour in which it came in. Act on it, or say to the person on call that you cannot.',
                },
              ],
            },
          ]
        : []),
      {
        kind: 'summary',
        rows: [
          row('Came in', `${hourWords(report.receivedAt)}, by the ${report.way}`),
          row('To be answered by', isOverdue(report, now) ? `${momentOf(report.dueAt)}: late` : momentOf(report.dueAt)),
          row('Can the reporter read an answer', report.answerable ? 'Yes, by coming back' : 'No: nothing was kept'),
          ...(told ? toldRows(told.said) : []),
        ],
      },
      ...filesSection(line, files),
      ...(since.length > 0 ? [{ kind: 'timeline', title: 'Since then', items: since }] : []),
    ],
  };
}

export const messageErrors: Record<MessageRefusal, FormErrors> = {
  withdrawn: { '': 'It was taken back. Nobody can read what you write.' },
  closed: { '': 'It is closed. It opens again when the reporter writes.' },
  'nobody can read it': { '': 'The reporter kept nothing and cannot come back. You can close it.' },
  'written meanwhile': { '': 'Something was written meanwhile. Read it, then send this again if it still holds.' },
};

const kindWords: Record<MessageKind, string> = {
  asked: 'Ask a question',
  replied: 'Write something that needs no answer',
  closed: 'Close it, with these last words',
};

export function writePage(
  line: Line,
  { report, parts }: Pick<Shown, 'report' | 'parts'>,
  typed: Typed = {},
  errors: FormErrors = {},
): Model {
  const ask = new Asking(typed, errors);
  const address = `${addressOf[line]}/${report.id}`;
  return {
    title: 'Write to who told it',
    caption: numberOf(report),
    back: { href: address, text: numberOf(report) },
    warning:
      'Whoever holds the phone or the list may read this. Write so that it harms nobody if the wrong person does: nothing of what was told, no name, no place, no time, and not that police read it.',
    action: `${address}/write`,
    cancel: address,
    button: 'Send',
    errors,
    fields: [
      ask.one(
        'kind',
        'What you write',
        Object.entries(kindWords).map(([value, words]) => ({ value, text: words })),
      ),
      ask.words('message', 'The message', {
        hint: 'Short and neutral, like “Can you tell us more about the last part?” Only the newest message can be read.',
        most: mostMessage,
      }),
      ask.hidden('base', String(parts.at(-1)?.place ?? 0)),
    ],
  };
}

export const contactsPage = (line: Line, ids: readonly string[]): Model => ({
  title: 'Who told reports',
  lead: [
    'Reports whose reporter left a way to be reached. Who that is lies apart, under a key of its own. You open one when a colleague who answers the report has to reach the person, or the law asks for it; why is written down.',
  ],
  sections: [
    {
      kind: 'table',
      caption: 'Left a way to be reached',
      columns: ['Report'].map(text),
      rows: ids.map((id) => [{ text: `Report ${id.slice(-6)}`, href: `${addressOf[line]}/contacts/${id}` }]),
      empty: 'Nobody has.',
    },
  ],
});

export function whyContactPage(line: Line, id: string, typed: Typed = {}, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    title: 'Open who told it',
    caption: `Report ${id.slice(-6)}`,
    back: { href: `${addressOf[line]}/contacts`, text: 'Who told reports' },
    action: `${addressOf[line]}/contacts/${id}`,
    button: 'Open',
    errors,
    fields: [
      ask.words('why', 'Why you open it', {
        hint: 'Who needs to reach the person, and what for. The data-protection lead reads it.',
        most: 1_000,
      }),
    ],
  };
}

export const contactPage = (line: Line, id: string, contact: Said): Model => ({
  title: 'Who told it',
  caption: `Report ${id.slice(-6)}`,
  back: { href: `${addressOf[line]}/contacts`, text: 'Who told reports' },
  lead: ['What never to do comes first: it may be what keeps the person alive.'],
  sections: [
    {
      kind: 'summary',
      rows: [...steps.contact].reverse().map((field) => row(labels[field], contact[field] ?? 'not said')),
    },
  ],
});
