/** Who may ask what of seizures and the search record: enforcement alone. */
import { memberNames } from '../../identity/agencies/index.ts';
import { getPlannedVisit } from '../../operations/plan/index.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds, reasonMissing } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, type FormErrors, may, type Request } from '../../platform/http/server.ts';
import { seizurePaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { findSearch, getSeizure, lockSeizure, saveSearch, saveSeizure } from '../arrests/store.ts';
import { saveVisitChange } from '../arrival-and-departure/departure-routes.ts';
import { visitErrors } from '../arrival-and-departure/pages.ts';
import { readPlannedVisit, readPlannedVisitUnderWay } from '../audited-reads.ts';
import { mergeErrors, RecordPath, readFormId, SeizureCorrection, SeizureForm, VisitPath } from '../forms.ts';
import { mayWrite } from '../pages.ts';
import { addRecord, announceChangedRecords, createRecorded, getVisit, lockVisit } from '../store.ts';
import { isSearchWithoutEntry } from '../visit.ts';
import { addSeizurePage, correctSeizurePage, searchPage, seizurePage } from './pages.ts';
import { getForcedAnswer, isByConsent, isByWarrant, listSearchErrors, SearchForm, toSearch } from './search-form.ts';

const seizureFields = ['kind', 'description', 'pence', 'currency', 'exhibitRef', 'foundWhere', 'foundBy'];
const searchFields = [
  ...['searched', 'rooms', 'forceUsed', 'damage', 'noticeLeft', 'officerInCharge', 'roles'],
  ...['beganAt', 'endedAt', 'articlesFound', 'witnessRefused'],
  ...['peopleChecked', 'vehiclesChecked', 'documentsChecked', 'suspects'],
  ...['consentFrom', 'consentWay', 'consentByWordBecause', 'consentLanguage', 'consentWithdrawnAt'],
];

export async function searchAndSeizureRoutes(app: App): Promise<void> {
  newSeizureRoutes(app);
  seizurePageRoutes(app);
  searchRoutes(app);
}

function newSeizureRoutes(app: App): void {
  formRoute(app, visitPaths.newSeizure.route, {
    may: may('seizure.record', VisitPath),
    load: readPlannedVisitUnderWay,
    form: SeizureForm,
    page: ({ id, premises }, typed) => addSeizurePage(id, premises.name, readFormId(typed)),
    saves: 'Seizure',
    event: 'seizure.recorded',
    subject: (_, { id }) => id,
    details: () => ({ kind: 'collection', fields: seizureFields }),
    change: async (tx, { id: visitId }, said, request) => {
      const visit = await lockVisit(tx, visitId);
      if (visit.finishedAt) return refuse('finished');
      await addRecord(tx, 'seizures', { ...said, visitId, ...createRecorded(request) });
      await announceChangedRecords(tx, visit.operationId, 'seizure');
      return accept(true);
    },
    refusals: visitErrors,
    next: (_, { id }) => `${visitPaths.visit(id)}#seizures`,
  });
}

async function readSeizure(request: Request, id: string) {
  const db = request.look('seizure.shown', id, { fields: seizureFields });
  return { db, seizure: await getSeizure(db, id) };
}

function seizurePageRoutes(app: App): void {
  app.get(seizurePaths.seizure.route, may('seizure.read', RecordPath), async (request, reply) => {
    const { db, seizure } = await readSeizure(request, request.params.id);
    const planned = await getPlannedVisit(db, seizure.visitId);
    const versions = await listEarlierVersions(db, 'seizures', seizure.id);
    const names = await memberNames(db, [seizure.recordedBy, ...listMemberIds(versions)]);
    return reply.case(seizurePage(seizure, planned.premises.name, names, versions, mayWrite(request, planned)));
  });

  formRoute(app, seizurePaths.correction.route, {
    may: may('seizure.record', RecordPath),
    load: async (request) => {
      const { db, seizure } = await readSeizure(request, request.params.id);
      return { seizure, base: await getVersion(db, 'seizures', seizure.id) };
    },
    form: SeizureCorrection,
    page: ({ seizure, base }) => correctSeizurePage(seizure, base),
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    saves: 'Seizure',
    event: 'seizure.corrected',
    subject: ({ seizure }) => seizure.id,
    details: (_, { why }) => ({ reason: why, fields: seizureFields }),
    change: async (tx, { seizure }, { base, why: _why, ...said }) => {
      const visit = await lockVisit(tx, seizure.visitId);
      await lockSeizure(tx, seizure.id);
      if ((await getVersion(tx, 'seizures', seizure.id)) !== base) return refuse('changed meanwhile');
      await saveSeizure(tx, { id: seizure.id, ...said });
      await announceChangedRecords(tx, visit.operationId, 'seizure');
      return accept(true);
    },
    refusals: visitErrors,
    next: (_, { seizure }) => seizurePaths.seizure(seizure.id),
  });
}

function searchRoutes(app: App): void {
  formRoute(app, visitPaths.search.route, {
    may: may('search.record', VisitPath),
    load: async (request) => {
      const planned = await readPlannedVisit(request, request.params.id);
      const visit = await getVisit(request.db, planned.id);
      const db = request.look('search.shown', visit.id, { fields: searchFields });
      const known = await findSearch(db, visit.id);
      return { planned, visit, known, base: await getVersion(db, 'searches', visit.id) };
    },
    form: SearchForm,
    check: ({ planned, visit, known }, said, { now }) => {
      const errors: FormErrors[] = [...listSearchErrors(said, { visit, known, day: planned.day, now })];
      if (known && !said.why) errors.push(reasonMissing);
      return errors.length > 0 ? mergeErrors([], errors) : undefined;
    },
    page: ({ planned, visit, known, base }, typed, errors) =>
      searchPage(planned.id, {
        ...{ premises: planned.premises.name, known, base },
        byConsent: isByConsent(visit, planned.day),
        byWarrant: isByWarrant(visit, planned.day),
        asksForce: Boolean(errors?.door ?? typed?.door),
      }),
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    saves: 'Search',
    event: ({ known }) => (known ? 'search.corrected' : 'search.recorded'),
    subject: ({ planned }) => planned.id,
    details: ({ known }, { why }) => ({
      fields: searchFields,
      ...(why && { reason: why }),
      ...(!known && { kind: 'collection' }),
    }),
    change: async (tx, { planned: { id }, known }, said, request) => {
      const visit = await lockVisit(tx, id);
      if (visit.finishedAt && !known) return refuse('finished');
      if (isSearchWithoutEntry(said.searched, visit.answer)) return refuse('search without entry');
      const first = (await findSearch(tx, id)) === undefined;
      if (first === Boolean(known) || (await getVersion(tx, 'searches', id)) !== said.base)
        return refuse('changed meanwhile');
      const answer = getForcedAnswer(said, visit.answer);
      if (answer && visit.finishedAt) return refuse('finished');
      if (answer) await saveVisitChange(tx, { ...visit, answer }, 'visit');
      await saveSearch(tx, { id, ...toSearch(said, visit), ...createRecorded(request) });
      await announceChangedRecords(tx, visit.operationId, 'search');
      return accept(true);
    },
    refusals: visitErrors,
    next: (_, { planned }, { finish }) =>
      finish ? visitPaths.finish(planned.id) : `${visitPaths.visit(planned.id)}#search`,
  });
}
