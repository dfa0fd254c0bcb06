/** Where a visit stands: postponed, waiting for a decision, finished, corrected; and whose safeguarding notes were left to a colleague. */

import type { EarlierVersion } from '../platform/database/earlier-versions.ts';
import { getMemberName } from '../platform/forms/correction.ts';
import type { StateItem } from '../platform/rendering/pages.ts';
import { formatMoment } from '../vocabulary/calendar/moments.ts';
import { listOf, plural } from '../vocabulary/languages/english.ts';
import { findStopNotice } from './decision-to-proceed.ts';
import { lateCorrectionNotices } from './late-corrections/late-correction.ts';
import type { VisitPageData } from './pages.ts';
import type { Encounter, Visit } from './visit.ts';

/** Opening a visit again is no correction: it ended what the version calls finished. */
const isReopening = (versions: readonly EarlierVersion[], visit: Visit, index: number): boolean => {
  const next = index === 0 ? visit.finishedAt : versions[index - 1]?.record.finished_at;
  return Boolean(versions[index]?.record.finished_at) && !next;
};

const correctionNotices = ({ versions, firstFinishedAt, names }: VisitPageData, visit: Visit): StateItem[] =>
  lateCorrectionNotices(
    versions.filter((_, index) => !isReopening(versions, visit, index)),
    firstFinishedAt,
    names,
  );

/** Whether the note exists is known only to its author and to safeguarding leads, so this stays. */
export const describeNotesLeft = (met: readonly Pick<Encounter, 'number' | 'noteLeftToColleague'>[]): string[] => {
  const numbers = met.flatMap(({ number, noteLeftToColleague }) => (noteLeftToColleague ? [`person ${number}`] : []));
  return numbers.length === 0
    ? []
    : [
        `The safeguarding ${plural(numbers.length, 'note', 'notes')} about ${listOf(numbers)} ${plural(numbers.length, 'was', 'were')} left to a colleague. This page cannot show whether it is written. Ask your colleague.`,
      ];
};

export function listStateNotices(shown: VisitPageData): StateItem[] {
  const { planned, stage, visit, names, go, notice, commanders } = shown;
  if (stage === 'postponed' || stage === 'called off')
    return [{ kind: 'waiting', title: `This visit was ${stage}`, text: planned.reason ?? '' }];
  if (visit) {
    const left = shown.writesNotes ? describeNotesLeft(shown.encounters) : [];
    return [
      ...(visit.finishedAt
        ? [
            {
              kind: 'good' as const,
              text: `Finished at ${formatMoment(visit.finishedAt)}. Recorded by ${getMemberName(names, visit.recordedBy)}.`,
            },
          ]
        : []),
      ...correctionNotices(shown, visit),
      ...left.map((text) => ({ kind: 'waiting' as const, title: 'A colleague writes the note', text })),
    ];
  }
  const stop = findStopNotice(go);
  const withNames = <Item extends { readonly text: string }>(item: Item): Item =>
    commanders && /commander/.test(item.text) ? { ...item, text: `${item.text} ${commanders}` } : item;
  return [
    ...(stop ? [withNames({ kind: go === 'no-go' ? ('unlawful' as const) : ('waiting' as const), ...stop })] : []),
    ...(notice ? [withNames(notice)] : []),
  ];
}
