/** Who may ask for the papers of a visit, and for the debrief of an operation: enforcement alone. */
import { type PaperDefinition, paperRoutes } from '../../operations/papers/index.ts';
import { getOperation, listPlannedVisits, listPowers } from '../../operations/plan/index.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { App, Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { StaffPaper } from '../../platform/paper/staff-paper.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { visitPaperPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { listVisitStates } from '../visit-list-store.ts';
import { debriefPaper } from './debrief.ts';
import { countResults } from './debrief-store.ts';
import { consentToSearch, noticeOfPowers } from './notice-and-consent.ts';
import { searchRecord } from './search-record.ts';
import { readVisitFile, type VisitFile } from './visit-file.ts';
import { isUnderWarrant, warrantReturn } from './warrant-return.ts';

const ofVisit =
  (make: (file: VisitFile) => StaffPaper, exists: (file: VisitFile) => boolean = () => true) =>
  async (request: Request, id: string) => {
    const file = await readVisitFile(request, id);
    if (!exists(file)) throw notFound('paper of this visit');
    const { planned } = file;
    return {
      paper: make(file),
      operationId: planned.operationId,
      visitId: planned.id,
      back: { href: visitPaths.visit(id), text: planned.premises.name },
    };
  };

/** The debrief is for those who plan or command the operation by name. */
async function readDebrief(request: Request, id: string) {
  if (!request.actor.operations.includes(id)) throw notFound('operation');
  const db = request.look('plan paper.shown', id, { fields: ['visits', 'powers', 'arrests', 'seizures', 'searches'] });
  const operation = await getOperation(db, id);
  const planned = await listPlannedVisits(db, { operationIds: [operation.id] });
  const states = await listVisitStates(db, [operation.id]);
  const paper = debriefPaper({
    operation,
    planned,
    made: new Map(states.map((state) => [state.id, state])),
    powers: await listPowers(db, [operation.id]),
    counts: await countResults(db, operation.id),
  });
  return {
    paper,
    operationId: operation.id,
    visitId: null,
    back: { href: operationPaths.briefings(id), text: 'Briefings' },
  };
}

const papers: readonly PaperDefinition[] = [
  {
    kind: 'search record',
    of: 'visit paper',
    path: visitPaperPaths.searchRecord,
    pdf: visitPaperPaths.searchRecordPdf,
    read: ofVisit(searchRecord),
  },
  {
    kind: 'notice of powers',
    of: 'visit paper',
    path: visitPaperPaths.notice,
    pdf: visitPaperPaths.noticePdf,
    read: ofVisit(noticeOfPowers),
  },
  {
    kind: 'consent to search',
    of: 'visit paper',
    path: visitPaperPaths.consent,
    pdf: visitPaperPaths.consentPdf,
    read: ofVisit(consentToSearch),
  },
  {
    kind: 'warrant return',
    of: 'visit paper',
    path: visitPaperPaths.warrantReturn,
    pdf: visitPaperPaths.warrantReturnPdf,
    read: ofVisit(warrantReturn, isUnderWarrant),
  },
  {
    kind: 'debrief',
    of: 'plan paper',
    path: operationPaths.debrief,
    pdf: operationPaths.debriefPdf,
    read: readDebrief,
  },
];

export async function visitPaperRoutes(app: App, parts: Pick<AreaParts, 'keys'>): Promise<void> {
  for (const paper of papers) paperRoutes(app, parts, paper);
}
