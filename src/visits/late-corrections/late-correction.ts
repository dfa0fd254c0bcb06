/** Corrections of a person encountered, an arrest, its screening, who was told about a child, or a search record after the visit was finished. Pure. */

import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { StateItem } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';

type Replaced = Pick<EarlierVersion, 'replacedBy' | 'replacedAt' | 'reason'>;

/** Corrections alone have a reason: a later status of an arrest has none. Changes before the visit was first finished are no late ones. */
export const listLateCorrections = <One extends Replaced>(
  versions: readonly One[],
  firstFinishedAt: Date | undefined,
): One[] =>
  versions.filter(
    ({ reason, replacedAt }) => reason !== null && firstFinishedAt !== undefined && replacedAt > firstFinishedAt,
  );

export const formatLateCorrection = ({ replacedBy, replacedAt, reason }: Replaced, names: MemberNames): string =>
  `By ${getMemberName(names, replacedBy)} at ${formatMoment(replacedAt)}, because: ${reason}`;

/** One notice for each late correction, newest first. The earlier versions stand below on the same page. */
export const lateCorrectionNotices = (
  versions: readonly EarlierVersion[],
  firstFinishedAt: Date | undefined,
  names: MemberNames,
): StateItem[] =>
  listLateCorrections(versions, firstFinishedAt).map((version) => ({
    kind: 'unwise',
    title: 'Corrected after the visit',
    text: formatLateCorrection(version, names),
  }));
