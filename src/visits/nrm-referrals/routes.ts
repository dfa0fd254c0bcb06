/** Begins an officer's referral and shows it: whole to who writes it, its state to colleagues of the agency, whole for a stated reason to who directs the visit. */
import { memberNames } from '../../identity/agencies/index.ts';
import { pdfOf } from '../../nrm/documents/index.ts';
import { type Draft, toPrintedForm } from '../../nrm/index.ts';
import { findPlannedVisit } from '../../operations/plan/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formatExportReason } from '../../platform/exports/export-reason.ts';
import { buttonRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { Link } from '../../platform/rendering/pages.ts';
import type { AgencyId, EncounterId, VisitId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import { officerReferralPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { lockArrest } from '../arrests/store.ts';
import { EncounterPath, RecordPath } from '../forms.ts';
import { createRecorded, lockEncounter, lockVisit } from '../store.ts';
import { contentFields, findResponder, openOfficerReferral, readSubject, stateFields } from './audited-reads.ts';
import { referralDecisionRoutes } from './decisions/decision-routes.ts';
import { referralFormRoutes } from './form/form-routes.ts';
import { ReferralExportForm, ReferralPath, ReviewForm } from './forms.ts';
import { findReferralOf, type OfficerReferral, type OfficerReferralId, writerOf } from './nrm-referral.ts';
import { referralPage, statePage } from './pages.ts';
import { referralQuestionRoutes } from './questions/question-routes.ts';
import { addOfficerReferral, getOfficerReferral, listOfficerReferrals } from './store.ts';
import { blockedPage, referralExportPage, reviewPage } from './submission/submission-pages.ts';
import { referralSubmissionRoutes } from './submission/submission-routes.ts';
import { takeOverRoutes } from './take-over/take-over-routes.ts';

export async function officerReferralRoutes(app: App, { keys }: AreaParts): Promise<void> {
  beginRoutes(app, keys);
  readingRoutes(app, keys);
  reviewRoutes(app, keys);
  exportRoutes(app, keys);
  await referralQuestionRoutes(app, keys);
  await referralFormRoutes(app, keys);
  await referralSubmissionRoutes(app, keys);
  referralDecisionRoutes(app, keys);
  takeOverRoutes(app);
}

type Begun = {
  readonly id: OfficerReferralId;
  readonly visitId: VisitId;
  readonly arrestId: string | null;
  readonly encounterId: EncounterId | null;
  readonly submits: boolean;
  /** The one that there is already. */
  there?: OfficerReferralId | undefined;
};

/** What a referral is begun about, as the member may see it. Not found where they may not. */
async function readBegun(
  request: Request,
  of: Pick<OfficerReferral, 'arrestId' | 'encounterId'>,
  event: 'arrest.shown' | 'encounter.shown',
): Promise<Begun> {
  const db = request.look(event, of.arrestId ?? of.encounterId, { fields: ['age'] });
  const { arrest, met } = await readSubject(db, of);
  const visitId = arrest?.visitId ?? met?.visitId;
  if (!visitId) throw notFound('record');
  const { entry } = await findResponder(db, request.actor, request.today);
  return {
    id: newId(),
    visitId,
    arrestId: of.arrestId,
    encounterId: of.encounterId ?? arrest?.encounterId ?? null,
    submits: entry !== undefined,
  };
}

const beginning = (keys: UnitKeys) => ({
  saves: 'NRM referral' as const,
  event: 'officer referral.begun',
  subject: ({ id }: Begun) => id,
  details: () => ({ kind: 'collection' as const, fields: stateFields }),
  change: async (tx: Writer<AnyTables>, begun: Begun, _: unknown, request: Request) => {
    if (!begun.submits) return refuse('not a first responder' as const);
    const { visitId, id } = begun;
    await lockVisit(tx, visitId);
    const { arrestId, encounterId } = await lockSubject(tx, begun);
    const there = findReferralOf(await listOfficerReferrals(tx, visitId), { arrestId, encounterId });
    begun.there = there?.id;
    if (there) return refuse('begun already' as const);
    const agencyId = request.actor.agencyId as AgencyId;
    await addOfficerReferral(tx, keys, {
      ...{ id, visitId, arrestId, encounterId, agencyId },
      ...{ outcome: null, closedAt: null, decisionDue: null },
      ...{ takenOverBy: null, takenOverAt: null, takenOverWhy: null },
      ...createRecorded(request),
    });
    return accept(id);
  },
  refused: (refusal: 'not a first responder' | 'begun already', { there }: Begun) =>
    refusal === 'begun already' && there ? officerReferralPaths.referral(there) : undefined,
  next: (id: OfficerReferralId) => officerReferralPaths.referral(id),
});

/** Held until the end of the transaction, so that two presses begin one referral. */
async function lockSubject(tx: Writer<AnyTables>, { arrestId, encounterId }: Begun) {
  const arrest = arrestId ? await lockArrest(tx, arrestId) : undefined;
  const met = arrest ? arrest.encounterId : encounterId;
  if (met) await lockEncounter(tx, met);
  return { arrestId, encounterId: met };
}

function beginRoutes(app: App, keys: UnitKeys): void {
  buttonRoute(app, officerReferralPaths.beginFromArrest.route, {
    ...beginning(keys),
    may: may('officer referral.begin', RecordPath),
    load: (request) => readBegun(request, { arrestId: request.params.id, encounterId: null }, 'arrest.shown'),
  });
  buttonRoute(app, officerReferralPaths.beginFromEncounter.route, {
    ...beginning(keys),
    may: may('officer referral.begin', EncounterPath),
    load: (request) => readBegun(request, { arrestId: null, encounterId: request.params.id }, 'encounter.shown'),
  });
}

function readingRoutes(app: App, keys: UnitKeys): void {
  app.get(officerReferralPaths.referral.route, may('officer referral.read', ReferralPath), async (request, reply) => {
    const { id } = request.params;
    const db = request.look('officer referral.state shown', id, { fields: stateFields });
    const referral = await getOfficerReferral(db, id);
    if (writerOf(referral) === request.actor.memberId && request.can('officer referral.write'))
      return reply.case(referralPage(await openOfficerReferral(request, keys, id), request.today, true));
    const planned = await findPlannedVisit(db, referral.visitId);
    const names = await memberNames(db, [referral.recordedBy, referral.takenOverBy]);
    const may = { reviews: request.can('officer referral.review'), takes: request.can('officer referral.take over') };
    return reply.case(statePage(referral, { premises: planned?.premises.name ?? '', names, ...may }));
  });

  app.get(officerReferralPaths.draft.route, may('officer referral.write', ReferralPath), async (request, reply) => {
    const opened = await openOfficerReferral(request, keys, request.params.id);
    const { leaving } = opened.made;
    return leaving
      ? reply.page('visits/nrm-referrals/draft', draftPage(request.params.id, leaving))
      : reply.case(blockedPage(opened));
  });
}

/** Not found where the member may not know of it, so that the question itself reveals nothing. */
const readState = (request: Request, id: OfficerReferralId): Promise<OfficerReferral> =>
  request.under('officer referral.read', (_db, look) =>
    getOfficerReferral(look('officer referral.state shown', id, { fields: stateFields }), id),
  );

function reviewRoutes(app: App, keys: UnitKeys): void {
  app.get(officerReferralPaths.review.route, may('officer referral.review', ReferralPath), async (request, reply) => {
    return reply.form(reviewPage(await readState(request, request.params.id)));
  });

  // What is sent opens the referral: the answer is a page, and nothing is changed.
  app.post(officerReferralPaths.review.route, may('officer referral.review', ReferralPath), async (request, reply) => {
    const { id } = request.params;
    const form = readForm(ReviewForm, request.body);
    if (!form.ok) {
      return reply.form(reviewPage(await readState(request, id)), answersOf(request.body), form.errors);
    }
    const opened = await openOfficerReferral(request, keys, id, form.values.why);
    const { leaving } = opened.made;
    if (leaving) return reply.page('visits/nrm-referrals/draft', draftPage(id, leaving));
    const page = referralPage(opened, request.today, false);
    return reply.case({ ...page, actions: [] });
  });
}

function exportRoutes(app: App, keys: UnitKeys): void {
  app.get(officerReferralPaths.export.route, may('officer referral.write', ReferralPath), async (request, reply) => {
    const opened = await openOfficerReferral(request, keys, request.params.id);
    return opened.made.leaving ? reply.form(referralExportPage(opened)) : reply.case(blockedPage(opened));
  });
  app.post(officerReferralPaths.export.route, may('officer referral.write', ReferralPath), async (request, reply) => {
    const { id } = request.params;
    const opened = await openOfficerReferral(request, keys, id);
    const { leaving } = opened.made;
    if (!leaving) return reply.case(blockedPage(opened));
    const form = readForm(ReferralExportForm, request.body);
    if (!form.ok) return reply.form(referralExportPage(opened), answersOf(request.body), form.errors);
    request.look('officer referral exported', id, {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: formatExportReason(form.values),
      fields: contentFields,
    });
    return reply.export({
      fileName: `nrm-${id.slice(-8)}.pdf`,
      type: 'application/pdf',
      content: await pdfOf(toPrintedForm(leaving)),
    });
  });
}

/** The draft on a page, to be typed from or printed. */
export type OfficerDraftPage = {
  readonly title: string;
  readonly back: Link;
  /** The officer’s own paper: printed to be typed from. */
  readonly notForPaper: undefined;
  readonly paper: ReturnType<typeof toPrintedForm>;
};
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'visits/nrm-referrals/draft': OfficerDraftPage;
  }
}

const draftPage = (id: OfficerReferralId, draft: Draft): OfficerDraftPage => ({
  title: draft.branch === 'referral' ? 'Draft of a referral' : 'Draft of a Duty to Notify',
  back: { href: officerReferralPaths.referral(id), text: 'The NRM referral' },
  notForPaper: undefined,
  paper: toPrintedForm(draft),
});
