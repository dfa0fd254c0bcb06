/** What the queue and the page of a report say of reports about the same matter, and of those that became intelligence. Of the police line alone. */
import { memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Request } from '../../platform/http/server.ts';
import type { Section } from '../../platform/rendering/pages.ts';
import { inForce, pairOf } from '../../vocabulary/judgements.ts';
import type { Report, ReportId } from '../report.ts';
import { findAlike, makeTerms } from './comparing.ts';
import type { WrittenPart } from './matter-terms.ts';
import { matterSections } from './pages.ts';
import * as store from './store.ts';

type Made = { readonly made: readonly store.TermSet[] };

export const noMatters: Made & {
  readonly accepted: ReadonlySet<ReportId>;
  readonly matters: ReadonlyMap<ReportId, number>;
} = { made: [], accepted: new Set(), matters: new Map() };

const isShown = ({ state }: Pick<Report, 'state'>): boolean => state !== 'withdrawn';

/** For one page of the queue. A report that was taken back counts with no other. */
export async function loadQueueMatters(
  request: Request,
  keys: UnitKeys,
  reports: readonly Pick<Report, 'id' | 'state'>[],
): Promise<typeof noMatters> {
  const accepted = await store.listAccepted(
    request.db,
    reports.map(({ id }) => id),
  );
  const compared = reports.filter(isShown).map(({ id }) => id);
  const joined = await store.listJoined(request.db, compared);
  const matters = new Map([...joined].map(([id, others]) => [id, 1 + others.filter(isShown).length]));
  return { accepted, matters, made: await makeTerms(request, keys) };
}

export const noMatter: Made & { readonly accepted: boolean; readonly sections: readonly Section[] } = {
  made: [],
  accepted: false,
  sections: [],
};

/** For the page of one report: what it is joined with, what it may be about, and what was decided. Nothing where it was taken back. */
export async function loadReportMatter(
  request: Request,
  keys: UnitKeys,
  { id, state, agencyId }: Pick<Report, 'id' | 'state' | 'agencyId'>,
  parts: readonly { readonly memberId: string | null; readonly said: WrittenPart }[],
): Promise<typeof noMatter> {
  const accepted = (await store.listAccepted(request.db, [id])).has(id);
  if (state === 'withdrawn') return { ...noMatter, accepted };
  const made = await makeTerms(request, keys);
  const db = request.look('same matter.listed', id, { fields: ['state'] });
  const written = parts.filter(({ memberId }) => memberId === null).map(({ said }) => said);
  const alike = await findAlike(db, keys, { id, agencyId, written }, made);
  const joined = (await store.listJoined(db, [id])).get(id) ?? [];
  const decisions = await store.listDecisionsWith(db, [id]);
  const decided = decisions.map(({ one, other }) => (one === id ? other : one));
  const shown = [...new Set([...joined, ...alike].map((one) => one.id)), ...decided];
  const summaries = new Map((await store.listSummaries(db, shown)).map((one) => [one.id, one]));
  request.returned([...summaries.keys()]);
  const apart = new Set(inForce(decisions).map(({ one, other }) => `${one} ${other}`));
  const isDecided = (other: ReportId): boolean => {
    const pair = pairOf(id, other);
    return apart.has(`${pair.one} ${pair.other}`) || joined.some((one) => one.id === other);
  };
  const names = await memberNames(
    db,
    decisions.flatMap(({ decidedBy, undoneBy }) => [decidedBy, undoneBy]),
  );
  const sections = matterSections({
    id,
    joined: joined.flatMap((one) => summaries.get(one.id) ?? []),
    alike: [...summaries.values()].flatMap((summary) => {
      const found = alike.find((one) => one.id === summary.id && !isDecided(one.id));
      return found ? [{ ...summary, reasons: found.reasons }] : [];
    }),
    decisions: decisions.filter(({ one, other }) => summaries.has(one === id ? other : one)),
    names,
    decides: request.can('same matter decision.record'),
  });
  return { made, accepted, sections };
}
