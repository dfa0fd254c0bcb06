/** Who may ask what of a visit's end: leaving, finishing, opening it again. */
import { listTeamMembers, type TeamMember, type VisitInPlan } from '../../operations/plan/index.ts';
import type { Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { VisitId } from '../../vocabulary/ids.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { sideOf } from '../../vocabulary/people.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { findSearch } from '../arrests/store.ts';
import { readOwnPlannedVisit } from '../audited-reads.ts';
import { FinishForm, LeaveForm, ReopenForm, VisitPath } from '../forms.ts';
import { isSearchDue } from '../pages.ts';
import {
  announceChangedRecords,
  countAttachedRecords,
  getVisit,
  listEncounters,
  lockVisit,
  saveVisit,
  type VisitTables,
} from '../store.ts';
import { finishVisit, mayFinish, recordDeparture, type Visit } from '../visit.ts';
import { departurePage, finishPage, reopenPage, visitErrors } from './pages.ts';

export const listSides = (team: readonly TeamMember[]) => team.flatMap(({ kind }) => (kind ? [sideOf[kind]] : []));

export async function saveVisitChange(tx: Writer<VisitTables>, visit: Visit, what: string): Promise<void> {
  await saveVisit(tx, visit);
  await announceChangedRecords(tx, visit.operationId, what);
}

/** Reads the planned visit, and that it was begun. */
async function load(request: Request & { readonly params: { readonly id: VisitId } }): Promise<VisitInPlan> {
  const planned = await readOwnPlannedVisit(request, request.params.id);
  await getVisit(request.db, planned.id);
  return planned;
}

export async function departureRoutes(app: App): Promise<void> {
  const recording = {
    may: may('visit.record', VisitPath),
    load,
    subject: ({ id }: VisitInPlan) => id,
    refusals: visitErrors,
    next: (_: unknown, { id }: VisitInPlan) => visitPaths.visit(id),
  };

  formRoute(app, visitPaths.departure.route, {
    ...recording,
    form: LeaveForm,
    page: ({ id, premises }, _typed, _errors, { now }) => departurePage(id, premises.name, now),
    saves: 'Departure',
    event: 'visit.leaving recorded',
    change: async (tx, { id }, { at }, { now }) => {
      const left = recordDeparture(await lockVisit(tx, id), at, now);
      if (left.ok) await saveVisitChange(tx, left.value, 'visit');
      return left;
    },
  });

  formRoute(app, visitPaths.finish.route, {
    ...recording,
    load: async (request) => {
      const planned = await load(request);
      const visit = await getVisit(request.db, planned.id);
      const records = request.can('search.record');
      const db = request.look('visit.opened', planned.id, { fields: ['encounters', ...(records ? ['searches'] : [])] });
      const searchMissing = records && isSearchDue(visit, planned.day) && !(await findSearch(db, planned.id));
      return { ...planned, visit, met: await listEncounters(db, planned.id), searchMissing };
    },
    form: FinishForm,
    page: ({ id, premises, ...ending }, _typed, _errors, { now }) => finishPage(id, premises.name, ending, now),
    saves: 'Visit',
    event: 'visit.finished',
    change: async (tx, { id, teamId }, { leftAt }, { actor, now }) => {
      const locked = await lockVisit(tx, id);
      const left = locked.leftAt === null && leftAt ? recordDeparture(locked, leftAt, now) : accept(locked);
      if (!left.ok) return left;
      const visit = left.value;
      const own = mayFinish(actor.side, listSides(await listTeamMembers(tx, teamId)));
      const ended = finishVisit(visit, await countAttachedRecords(tx, id), own, now);
      if (ended.ok) await saveVisitChange(tx, ended.value, 'visit');
      return ended;
    },
  });

  formRoute(app, visitPaths.reopen.route, {
    ...recording,
    form: ReopenForm,
    page: ({ id, premises }) => reopenPage(id, premises.name),
    saves: 'Visit',
    event: 'visit.opened again',
    details: (_, { why }) => ({ reason: why }),
    change: async (tx, { id, teamId }, _, { actor }) => {
      const visit = await lockVisit(tx, id);
      if (!mayFinish(actor.side, listSides(await listTeamMembers(tx, teamId)))) return refuse('not yours to finish');
      if (visit.finishedAt) await saveVisitChange(tx, { ...visit, finishedAt: null }, 'visit');
      return accept(true);
    },
  });
}
