/** Names for the pages that show stops: who stopped a text, and in which words. */
import { listAgencies, memberNames } from '../../identity/agencies/index.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { type Stop, stopWords } from './stops.ts';

/** Names of members and of their agencies. */
export type StopNames = {
  readonly members: ReadonlyMap<string, string>;
  readonly agencies: ReadonlyMap<string, string>;
};

export async function readStopNames(db: Reader<AnyTables>, stops: readonly Stop[]): Promise<StopNames> {
  if (stops.length === 0) return { members: new Map(), agencies: new Map() };
  const members = await memberNames(
    db,
    stops.map(({ memberId }) => memberId),
  );
  const agencies = new Map((await listAgencies(db)).map(({ id, name }) => [id as string, name]));
  return { members, agencies };
}

/** “A person could be recognised. Ines Castell, an agency, 2pm on 30 November 2026” */
export const stopLine = ({ reason, at, ...by }: Stop, names: StopNames): string =>
  `${stopWords[reason]}. ${nameOf(by, names)}, ${formatMoment(at)}`;

const nameOf = (
  { memberId, agencyId }: Pick<Stop, 'memberId' | 'agencyId'>,
  { members, agencies }: StopNames,
): string => [members.get(memberId) ?? 'Somebody who has left', agencies.get(agencyId)].filter(Boolean).join(', ');

/** In words, the latest first: those of the text as it is, and those of earlier texts. */
export type ShownStops = {
  readonly now: readonly string[];
  readonly earlier: readonly string[];
  /** For the history of the release. */
  readonly acts: readonly { readonly at: Date; readonly by: string; readonly revision: number; readonly why: string }[];
};

/** What safeguarding leads said of this text and of earlier ones. */
export async function readShownStops(
  db: Reader<AnyTables>,
  { now, earlier }: { readonly now: readonly Stop[]; readonly earlier: readonly Stop[] },
): Promise<ShownStops> {
  const names = await readStopNames(db, [...now, ...earlier]);
  const linesOf = (some: readonly Stop[]): string[] => some.map((stop) => stopLine(stop, names));
  const acts = [...now, ...earlier].map(({ at, revision, reason, ...by }) => ({
    ...{ at, revision, by: nameOf(by, names), why: stopWords[reason] },
  }));
  return { now: linesOf(now), earlier: linesOf(earlier), acts };
}
