/** Unusual accesses, each with its reason in words and the answer of the reviewer, if there is one. */

import { getMemberName } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import { backTo, type Cell, type FormPage, type Section, type SectionsPage } from '../../platform/rendering/pages.ts';
import { type Pages, withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { oversightPaths } from '../../vocabulary/paths/audit.ts';
import { type LogNames, oversightPageFrame } from '../access-log/pages.ts';
import type { AccessAnswer } from '../store.ts';
import { isAnswerTo, listUnanswered, type SimilarAccesses } from './similar-accesses.ts';
import type { Thresholds } from './thresholds.ts';
import { type Finding, mayAnswer } from './unusual-access.ts';

export type UnusualAccessList = {
  readonly groups: readonly SimilarAccesses[];
  readonly answers: readonly AccessAnswer[];
  readonly pages: Pages;
};

/** So many records of one line are linked; the member’s page has them all. */
const maxLinks = 5;

const recordLinks = (alike: SimilarAccesses, of: string): Cell => {
  const ids = [...new Set(alike.flatMap(({ records }) => records))];
  const more = ids.length - maxLinks;
  return {
    links: ids.slice(0, maxLinks).map((id, index) => ({
      text: `Record ${index + 1}`,
      hidden: of,
      href: oversightPaths.record(id),
    })),
    text: ids.length === 0 ? 'None is named' : more > 0 ? `and ${more} more` : '',
  };
};

const unusualTable = (
  caption: string,
  { groups, answers, pages }: UnusualAccessList,
  { names }: LogNames,
  path: string,
  may: { readonly answer: boolean; readonly who: string },
): Section => ({
  kind: 'table',
  stack: true,
  caption,
  columns: ['When', 'Who', 'What stands out', 'Accesses', 'Records', 'Why', 'What was found'].map((text) => ({ text })),
  rows: groups.map((alike) => {
    const [latest] = alike;
    const { sort, memberId } = latest;
    const open = listUnanswered(alike, answers);
    const said = alike.flatMap((finding) => answers.filter(isAnswerTo(finding)));
    const found = said.map(
      (one) => `${one.words} (${getMemberName(names, one.answeredBy)}, ${formatMoment(one.answeredAt)})`,
    );
    const when = formatMoment(new Date(latest.at));
    return [
      { text: when },
      { text: getMemberName(names, memberId), href: oversightPaths.member(memberId) },
      { text: capital(sort) },
      { text: String(alike.length) },
      recordLinks(alike, `of ${sort}, ${when}`),
      { text: [...new Set(alike.map(({ words }) => words))].join(' ') },
      { text: [...new Set(found)].join(' '), ...answerCell(open, path, may, when) },
    ];
  }),
  empty: 'Nothing stands out in these days.',
  pages,
});

function answerCell(
  open: readonly Finding[],
  path: string,
  may: { readonly answer: boolean; readonly who: string },
  when: string,
): Cell {
  const [latest] = open;
  if (!latest) return {};
  if (!may.answer) return { text: 'Nobody has said yet' };
  if (!mayAnswer(latest, may.who)) return { text: 'Your own: another lead says' };
  const { sort, memberId: member, requestId: request } = latest;
  const text = open.length === 1 ? 'Say what you found' : `Say what you found of ${open.length} accesses`;
  return { links: [{ text, hidden: `of ${sort}, ${when}`, href: withQuery(path, { sort, member, request }) }] };
}

export const unusualAccessPage = (
  { main, behind }: { readonly main: UnusualAccessList; readonly behind?: UnusualAccessList | undefined },
  around: LogNames,
  { days, many, night, closedDays, newDays, why }: Thresholds,
  may: { readonly main: boolean; readonly behind: boolean; readonly who: string },
): SectionsPage => ({
  ...oversightPageFrame,
  title: 'Unusual access',
  lead: [
    `Of the last ${days} days. Nothing was blocked, and to stand out is no fault: each has a reason, and whoever looks into it says what she found. Nobody answers for her own.`,
    `What stands out: records of more than ${many.people} people within ${many.minutes} minutes; work between ${night.from} and ${night.until} without a team; a record closed more than ${closedDays} days before; an operation that one was not let into; a name like one’s own; broken glass; records of people, less than ${newDays} days after one joined or one’s roles changed. What one member did alike within an hour is one line. ${why}`,
  ],
  sections: [
    unusualTable(behind ? 'Before the wall' : 'What stands out', main, around, oversightPaths.answerUnusual(), {
      answer: may.main,
      who: may.who,
    }),
    ...(behind
      ? [
          unusualTable('Behind the wall', behind, around, oversightPaths.answerRestricted(), {
            answer: may.behind,
            who: may.who,
          }),
        ]
      : []),
  ],
});

export const ownAccessError: FormErrors = {
  '': 'This was your own access. Another data-protection lead of your agency says what was found.',
};

export const unusualAccessAnswerPage = (action: string, sort: unknown): FormPage => ({
  ...oversightPageFrame,
  ...backTo(oversightPaths.unusual(), 'Unusual access'),
  title: 'What did you find?',
  caption: capital(String(sort ?? '')),
  action,
  lead: [
    'It stays beside the access, and beside each that was alike in that hour until then, with your name. It changes nothing about the member or the record.',
  ],
  fields: (ask) => [
    ...['sort', 'member', 'request'].map((name) => ask.kept(name, '')),
    ask.words('words', 'What you found', { hint: 'No names of people whom records are about', most: 1_000 }),
  ],
});
