/** Unusual accesses, each with its reason in words and the answer of the reviewer, if there is one. */

import { getMemberName } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import { backTo, type Cell, type FormPage, type Section, type SectionsPage } from '../../platform/rendering/pages.ts';
import { type Pages, withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { oversightPaths } from '../../vocabulary/paths/audit.ts';
import { type LogNames, oversightPageFrame } from '../access-log/pages.ts';
import type { AccessAnswer } from '../store.ts';
import { isAnswerTo, listUnanswered, type SimilarAccesses } from './similar-accesses.ts';
import type { Thresholds } from './thresholds.ts';
import { type Finding, mayAnswer, type UnusualKind, unusualKinds } from './unusual-access.ts';

/** The kinds by the name that pages have for them. */
const kindLabels: Record<UnusualKind, string> = {
  'outside her own operations': 'Outside the member’s operations',
  'many people in a short time': 'Many people in a short time',
  'her own name or a colleague’s': 'The name of the member or a colleague',
  'at an hour far from her shift': 'Outside the hours of a shift',
  'after the record was closed': 'After the record was closed',
  'by breaking the glass': 'Under emergency access',
  'soon after she joined': 'Soon after the member joined',
};
const isKind = (sort: unknown): sort is UnusualKind => unusualKinds.some((kind) => kind === sort);

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
  columns: ['When', 'Who', 'Reason for review', 'Accesses', 'Records', 'Why', 'Findings'].map((text) => ({ text })),
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
      { text: kindLabels[sort] },
      { text: String(alike.length) },
      recordLinks(alike, `${kindLabels[sort]}, ${when}`),
      { text: [...new Set(alike.map(({ words }) => words))].join(' ') },
      { text: [...new Set(found)].join(' '), ...answerCell(open, path, may, when) },
    ];
  }),
  empty: 'Safelight found no unusual access in the days shown.',
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
  if (!may.answer) return { text: 'No findings yet' };
  if (!mayAnswer(latest, may.who)) return { text: 'Your own access: another lead reviews it' };
  const { sort, memberId: member, requestId: request } = latest;
  const text = open.length === 1 ? 'Record findings' : `Record findings for ${open.length} accesses`;
  return {
    links: [{ text, hidden: `${kindLabels[sort]}, ${when}`, href: withQuery(path, { sort, member, request }) }],
  };
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
    `Unusual access of the last ${days} days. Safelight did not block this access. Unusual access does not mean that a member did anything wrong. Review each case and record your findings. Another lead reviews your own access.`,
    `Access is unusual if a member opened records of more than ${many.people} people within ${many.minutes} minutes. Access between ${night.from} and ${night.until} is unusual if the member was not in a team. Access is unusual if the record was closed more than ${closedDays} days before. Access is unusual if the member had no permission for the operation, or if the person’s name is like the member’s own name. Emergency access is always listed. Access to people’s records is also listed if the member joined, or their roles changed, less than ${newDays} days before. Similar accesses by one member within an hour are listed in one row. ${why}`,
  ],
  sections: [
    unusualTable(behind ? 'Main database' : 'Unusual access', main, around, oversightPaths.answerUnusual(), {
      answer: may.main,
      who: may.who,
    }),
    ...(behind
      ? [
          unusualTable('Safeguarding database', behind, around, oversightPaths.answerRestricted(), {
            answer: may.behind,
            who: may.who,
          }),
        ]
      : []),
  ],
});

export const ownAccessError: FormErrors = {
  '': 'This was your own access. Ask another data-protection lead of your agency to review it.',
};

export const unusualAccessAnswerPage = (action: string, sort: unknown): FormPage => ({
  ...oversightPageFrame,
  ...backTo(oversightPaths.unusual(), 'Unusual access'),
  title: 'Record findings',
  ...(isKind(sort) && { caption: kindLabels[sort] }),
  action,
  lead: [
    'Safelight keeps your findings and your name with this access, and with similar access in the same hour. Your findings change neither the record nor the member’s access.',
  ],
  fields: (ask) => [
    ...['sort', 'member', 'request'].map((name) => ask.kept(name, '')),
    ask.words('words', 'Findings', { hint: 'Leave out names of people in the records', most: 1_000 }),
  ],
});
