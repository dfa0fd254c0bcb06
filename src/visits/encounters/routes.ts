/** Routes for people encountered. */
import { memberNames } from '../../identity/agencies/index.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type Answers, type App, type FormErrors, may } from '../../platform/http/server.ts';
import { listSignsOfVisits } from '../../public/signs/index.ts';
import { visitInterpreters } from '../../vocabulary/interpreting.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { encounterPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import {
  encounterFieldNames,
  findFullResult,
  readEncounter,
  readEncounterWithPlan,
  readPlannedVisitUnderWay,
} from '../audited-reads.ts';
import { childrenMetRoutes } from '../children-met/routes.ts';
import { EncounterCorrection, EncounterForm, EncounterPath, readFormId, VisitPath } from '../forms.ts';
import { findFirstFinish } from '../late-corrections/store.ts';
import { encounterReferralAction } from '../nrm-referrals/visit-sections.ts';
import { mayWrite } from '../pages.ts';
import {
  addEncounter,
  announceChangedRecords,
  countAttachedRecords,
  createRecorded,
  isNameHeld,
  listLanguagesUsed,
  listObservations,
  lockEncounter,
  lockVisit,
  lookUpNameReason,
  saveEncounter,
} from '../store.ts';
import { checkEncounter, findEncounterContradictions, listMissingSteps } from '../visit.ts';
import { indicatorsSection } from './indicator-pages.ts';
import { indicatorRoutes } from './indicator-routes.ts';
import * as page from './pages.ts';
import { listSpokenLanguages, readSpokenTo } from './spoken-language.ts';
import { findKeepingRecords, findRetentionStart } from './store.ts';

export async function encounterRoutes(app: App): Promise<void> {
  newEncounterRoutes(app);
  encounterPageRoutes(app);
  encounterCorrectionRoutes(app);
  await indicatorRoutes(app);
  await childrenMetRoutes(app);
}

/** What contradicts itself in a meeting as it was typed, whatever else is wrong with the form. */
function listContradictionErrors({ spokenTo, language, interpreter }: Answers): FormErrors[] {
  const known = readSpokenTo(spokenTo);
  const typed = { language: String(language ?? '').trim(), interpreter: String(interpreter ?? '') };
  if (known)
    return [
      ...(['', known.language].includes(typed.language) ? [] : [page.encounterErrors['said twice']]),
      ...(['', known.interpreter].includes(typed.interpreter) ? [] : [page.encounterErrors['said twice']]),
    ];
  const how = visitInterpreters.find((one) => one === interpreter);
  if (!spokenTo || !how) return [];
  return findEncounterContradictions({
    spokenTo: spokenTo === 'spoken to',
    language: String(language ?? '').trim() || null,
    interpreter: how,
  }).map((wrong) => page.encounterErrors[wrong]);
}

function newEncounterRoutes(app: App): void {
  formRoute(app, visitPaths.newEncounter.route, {
    may: may('encounter.record', VisitPath),
    load: async (request) => {
      const planned = await readPlannedVisitUnderWay(request);
      const db = request.look('encounters.listed', planned.id, { fields: ['language', 'interpreter'] });
      const used = await listLanguagesUsed(db, planned.id);
      return { ...planned, ways: listSpokenLanguages(used, planned.premises.languages) };
    },
    form: EncounterForm,
    contradictions: listContradictionErrors,
    page: ({ id, premises, ways }, typed, _errors, request) =>
      page.encounterFormPage(id, premises, ways, readFormId(typed), request.can('note.write')),
    saves: 'Person met',
    event: 'encounter.recorded',
    subject: (_, { id }) => id,
    details: () => ({ kind: 'collection', fields: encounterFieldNames }),
    change: async (tx, { id: visitId }, { colleague, ...said }, request) => {
      const visit = await lockVisit(tx, visitId);
      const may = checkEncounter(visit, said);
      if (!may.ok) return may;
      await addEncounter(tx, {
        ...said,
        visitId,
        noteLeftToColleague: Boolean(colleague) && request.can('note.write'),
        ...createRecorded(request),
      });
      await announceChangedRecords(tx, visit.operationId, 'encounter');
      return may;
    },
    refusals: page.encounterErrors,
    next: (_value, planned, { id, spokenTo, colleague }, request) => {
      if (colleague) return `${visitPaths.visit(planned.id)}#people`;
      return spokenTo && request.can('note.write') ? notePaths.writing(id) : encounterPaths.encounter(id);
    },
  });
}

function encounterPageRoutes(app: App): void {
  app.get(encounterPaths.encounter.route, may('encounter.read', EncounterPath), async (request, reply) => {
    const { db, met, planned } = await readEncounterWithPlan(request, request.params.id);
    const enforcement = request.can('sign.read');
    const versions = await listEarlierVersions(db, 'encounters', met.id);
    const signs = enforcement ? await listObservations(db, { encounterId: met.id }) : [];
    const nameReason = enforcement ? findFullResult(await lookUpNameReason(db, met, request.actor.side)) : undefined;
    const nameHeld = nameReason !== undefined || (enforcement && (await isNameHeld(db, met.id)));
    const nameAskable = !nameReason && nameHeld && request.can('identity request.make');
    const keeping = enforcement ? await findKeepingRecords(db, met) : undefined;
    const names = await memberNames(db, [
      met.recordedBy,
      ...listMemberIds(versions),
      ...signs.map(({ recordedBy }) => recordedBy),
    ]);
    const writes = mayWrite(request, planned) && !met.disposedOn;
    const referral = enforcement ? await encounterReferralAction(db, request, { met, writes }) : [];
    const people = new Map([[met.id as string, met.number]]);
    const section = indicatorsSection(signs, listSignsOfVisits(request.today), people, names);
    return reply.case(
      page.encounterPage({
        met,
        premises: planned.premises.name,
        retentionStart: await findRetentionStart(db, met),
        names,
        versions,
        firstFinishedAt: await findFirstFinish(db, met.visitId),
        writes,
        writesNotes: writes && request.can('note.write'),
        enforcement: keeping && {
          nameReason,
          nameAskable,
          referral,
          signs: [section],
          kept: { ...keeping, name: nameHeld },
        },
      }),
    );
  });

  app.get(encounterPaths.brief.route, may('encounter.read', EncounterPath), async (request, reply) => {
    const { met } = await readEncounter(request, request.params.id);
    const { marking } = request.work.action;
    reply.header('vary', 'accept');
    if (request.headers.accept === 'application/json') {
      reply.type('application/json; charset=utf-8');
      return page.serialiseEncounter(met, marking);
    }
    reply.type('text/html; charset=utf-8');
    return page.renderBriefEncounter(met, marking);
  });
}

function encounterCorrectionRoutes(app: App): void {
  formRoute(app, encounterPaths.correction.route, {
    may: may('encounter.record', EncounterPath),
    load: async (request) => {
      const { db, met } = await readEncounterWithPlan(request, request.params.id);
      // A record erased after its retention period cannot be corrected.
      if (met.disposedOn) throw notFound('record');
      return { met, base: await getVersion(db, 'encounters', met.id) };
    },
    form: EncounterCorrection,
    contradictions: listContradictionErrors,
    page: ({ met, base }) => page.correctEncounterPage(met, base),
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    saves: 'Person met',
    event: 'encounter.corrected',
    subject: ({ met }) => met.id,
    details: (_, { why }) => ({ reason: why, fields: encounterFieldNames }),
    change: async (tx, { met }, { base, why: _why, ...said }) => {
      const visit = await lockVisit(tx, met.visitId);
      const current = await lockEncounter(tx, met.id);
      if ((await getVersion(tx, 'encounters', met.id)) !== base) return refuse('changed meanwhile');
      const may = checkEncounter({ ...visit, finishedAt: null }, said);
      if (!may.ok) return may;
      await saveEncounter(tx, { ...current, ...said });
      if (visit.finishedAt && listMissingSteps(visit, await countAttachedRecords(tx, visit.id)).length > 0)
        return refuse('the last one');
      await announceChangedRecords(tx, visit.operationId, 'encounter');
      return accept(true);
    },
    refusals: page.encounterErrors,
    next: (_, { met }) => encounterPaths.encounter(met.id),
  });
}
