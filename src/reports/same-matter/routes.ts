/** Routes for deciding whether two reports to police are about the same matter, and for undoing that. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { pairOf } from '../../vocabulary/judgements.ts';
import { policeReportPaths, reportPaths } from '../../vocabulary/paths/reports.ts';
import type { IntakeLine, ReportId } from '../report.ts';
import { openWritten } from './comparing.ts';
import { decideMatter, undoMatter } from './deciding.ts';
import { describeShared, matterTerms } from './matter-terms.ts';
import { type ComparedReport, comparisonPage, decisionErrors, undoPage } from './pages.ts';
import * as store from './store.ts';

const Id = z.uuid().transform((id) => id as ReportId);
const PairPath = z.object({ one: Id, other: Id });
const DecisionForm = z.object({
  verdict: z.enum(store.matterVerdicts, 'Select what you decide'),
  base: z.string().catch(''),
});

export const sameMatterRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    if (line !== 'police') return;
    decisionRoutes(app, keys);
    undoRoutes(app);
  };

/** Both reports, opened: a look at each. Not found where one was taken back, or is no report that the member may read. */
async function loadPair(request: Request, keys: UnitKeys, first: ReportId, second: ReportId) {
  const pair = pairOf(first, second) as { readonly one: ReportId; readonly other: ReportId };
  const ids = [pair.one, pair.other];
  request.look('report.shown', pair.one, { fields: ['told'] });
  const db = request.look('report.shown', pair.other, { fields: ['told'] });
  const written = await openWritten(db, keys, ids);
  const summaries = await store.listSummaries(db, ids);
  const [one, other] = ids.map((id): ComparedReport | undefined => {
    const summary = summaries.find((report) => report.id === id);
    return summary && { ...summary, written: written.find((report) => report.id === id)?.written ?? [] };
  });
  if (!one || !other || pair.one === pair.other) throw notFound('report');
  const last = (await store.listDecisionsWith(db, [pair.one])).findLast(
    (said) => !said.undone && said.one === pair.one && said.other === pair.other,
  );
  const names = await memberNames(db, last ? [last.decidedBy] : []);
  const its = new Set(matterTerms(other.written).map(({ term }) => term));
  const reasons = describeShared(matterTerms(one.written).filter(({ term }) => its.has(term)));
  const reports = [one, other] as const;
  return { ...pair, reports, reasons, decision: last && { ...last, by: getMemberName(names, last.decidedBy) } };
}

function decisionRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, policeReportPaths.sameMatter.route, {
    may: may('same matter decision.record', PairPath),
    load: async (request) => ({
      id: newId<'same matter decision'>(),
      ...(await loadPair(request, keys, request.params.one, request.params.other)),
    }),
    form: DecisionForm,
    page: comparisonPage,
    saves: 'Decision',
    event: 'same matter.decided',
    subject: ({ one }) => one,
    details: ({ other }) => ({ kind: 'combination', fields: ['verdict'], returned: [other] }),
    change: (tx, { id, one, other }, { verdict, base }, { actor, now }) =>
      decideMatter(
        tx,
        {
          ...{ id, one, other, verdict },
          ...{ agencyId: actor.agencyId as AgencyId, decidedBy: actor.memberId as MemberId, decidedAt: now },
        },
        base,
      ),
    refusals: decisionErrors,
    next: (_, { one }) => reportPaths.police.report(one),
  });
}

function undoRoutes(app: App): void {
  formRoute(app, policeReportPaths.undoSameMatter.route, {
    may: may('same matter decision.record', IdPath),
    load: async (request) => {
      const db = request.look('same matter.shown', request.params.id, { fields: ['verdict'] });
      const decision = await store.findDecision(db, request.params.id);
      if (!decision) throw notFound('decision');
      request.returned([decision.one, decision.other]);
      const names = await memberNames(db, [decision.decidedBy]);
      return { decision, by: getMemberName(names, decision.decidedBy) };
    },
    form: NothingAsked,
    page: ({ decision, by }) => undoPage(decision, by),
    saves: 'Decision',
    event: 'same matter.undone',
    subject: ({ decision }) => decision.id,
    details: ({ decision }) => ({ kind: 'combination', fields: ['verdict'], returned: [decision.one, decision.other] }),
    change: (tx, { decision }, _, { actor, now }) => undoMatter(tx, decision, actor.memberId as MemberId, now),
    refusals: decisionErrors,
    next: (_, { decision }) => reportPaths.police.report(decision.one),
  });
}
