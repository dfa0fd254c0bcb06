/** Downloads a draft, records its submission, and records the decisions on it. */

import { pdfOf } from '../../nrm/documents/index.ts';
import {
  type DecisionKind,
  decisionTests,
  draftJson,
  periods,
  recordDecision,
  toPrintedForm,
} from '../../nrm/index.ts';
import { holidaysOf, nationOf } from '../../nrm/submitters/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formatExportReason } from '../../platform/exports/export-reason.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm, saving } from '../../platform/http/server.ts';
import { type AgeTreatment, determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { whyNotWords } from '../first-responder-requests/pages.ts';
import { nrmReferralFields, type OpenedNrmReferral, openNrmReferral } from '../nrm-drafts/audited-reads.ts';
import { buildCaseDraft } from '../nrm-drafts/draft.ts';
import { DraftExportForm, EventForm, type events, NrmReferralPath, SubmitForm } from '../nrm-drafts/forms.ts';
import { type ClockStart, caseOf, type NrmReferral, type Submission } from '../nrm-drafts/nrm-referral.ts';
import { lockNrmReferral, type NrmReferralTables, saveNrmReferral } from '../nrm-drafts/store.ts';
import { factsOf } from '../nrm-form/known-facts.ts';

import { keyOfPerson } from '../people/store.ts';
import { addCountedSubmission } from './counted-submission-store.ts';
import { blockedPage, digestOf, exportDraftPage, missingIn, submitPage } from './export-pages.ts';
import { type EventRefusal, eventPage, eventRefusals, isDecision, mustAskToStay } from './pages.ts';

/** The actions module turns a clock that starts into an action, in the same transaction. */
export type CaseListener = {
  readonly begun: (tx: Writer<AnyTables>, keys: UnitKeys, begun: ClockStart) => Promise<void>;
  /** The person's fields that it reads, for the log. */
  readonly fields: readonly string[];
};

export async function nrmDecisionRoutes(app: App, keys: UnitKeys, follows: CaseListener): Promise<void> {
  await exportRoutes(app, keys);
  await submissionRoutes(app, keys, follows);
  await eventRoutes(app, keys, follows);
}

/** For the agency of the author, from midday on the recorded day. */
export function toClockStart(
  concern: NrmReferral,
  clock: ClockStart['clock'],
  day: string,
  { actor, now }: Request,
): ClockStart {
  const nation = holidaysOf[nationOf(concern.answers.nation?.value)];
  const by = { agencyId: actor.agencyId as AgencyId, authorId: actor.memberId as MemberId };
  const { id: concernId, personId } = concern;
  return { clock, concernId, personId, ...by, nation, from: instantAt(day, '12:00'), at: floorToHour(now) };
}

async function exportRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(nrmPaths.export.route, may('nrm referral.export', NrmReferralPath), async (request, reply) => {
    const { concern, made, person } = await openNrmReferral(request, keys, request.params.id);
    if (!made.leaving) return reply.case(blockedPage(concern, made, person.called));
    return reply.form(exportDraftPage(concern, made, person.called));
  });
  app.post(nrmPaths.export.route, may('nrm referral.export', NrmReferralPath), async (request, reply) => {
    const { concern, made, person } = await openNrmReferral(request, keys, request.params.id);
    const { leaving } = made;
    if (!leaving) return reply.case(blockedPage(concern, made, person.called));
    const form = readForm(DraftExportForm, request.body);
    if (!form.ok)
      return reply.form(exportDraftPage(concern, made, person.called), answersOf(request.body), form.errors);
    const { shape } = form.values;
    const taken = {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: formatExportReason(form.values),
      fields: nrmReferralFields,
    } as const;
    await request.under('nrm referral.export', async (_db, look) => look('nrm referral exported', concern.id, taken));
    return reply.export({
      fileName: `concern-${concern.id.slice(0, 8)}.${shape}`,
      type: shape === 'pdf' ? 'application/pdf' : 'application/json',
      content: shape === 'pdf' ? await pdfOf(toPrintedForm(leaving, made.left)) : draftJson(leaving),
      isStillAvailable: () =>
        request.under('nrm referral.export', async (db) => (await keyOfPerson(db, keys, person.id)).length > 0),
    });
  });
}

async function submissionRoutes(app: App, keys: UnitKeys, follows: CaseListener): Promise<void> {
  app.get(nrmPaths.submit.route, may('nrm referral.submit', NrmReferralPath), async (request, reply) => {
    const whole = await openNrmReferral(request, keys, request.params.id);
    const { concern, made, person, submits, takers } = whole;
    if (concern.submission) return reply.redirect(nrmPaths.referral(concern.id), 303);
    if (!made.leaving) return reply.case(blockedPage(concern, made, person.called));
    const page = submitPage(whole);
    return reply.form(submits ? page : { ...page, closed: true, warning: whyNotWords(takers) });
  });

  app.post(
    nrmPaths.submit.route,
    saving('NRM referral', may('nrm referral.submit', NrmReferralPath)),
    async (request, reply) => {
      const whole = await openNrmReferral(request, keys, request.params.id);
      const { concern, made, person, submits, takers, by } = whole;
      if (concern.submission) return reply.redirect(nrmPaths.referral(concern.id), 303);
      if (!made.leaving || !made.way) return reply.code(422).case(blockedPage(concern, made, person.called));
      const again = (errors: FormErrors) => reply.form(submitPage(whole), answersOf(request.body), errors);
      const { responderId } = by;
      if (!submits || !responderId) return again({ sent: whyNotWords(takers) });
      const form = readForm(SubmitForm, request.body);
      if (!form.ok) return again(form.errors);
      if (missingIn(made) > 0 && form.values.short !== 'yes') return again({ short: incompleteDraft });
      const submitted = await request.change(
        'nrm referral.submitted',
        concern.id,
        (tx) => submit(tx, keys, request, whole, { ...form.values, responderId }, follows),
        {
          kind: 'disclosure',
          fields: ['submission', made.way.kind, ...follows.fields],
          reason: 'for the National Referral Mechanism',
        },
      );
      if (submitted.ok) return reply.redirect(nrmPaths.referral(concern.id), 303);
      if (submitted.refusal !== 'another draft') return reply.redirect(nrmPaths.draft(concern.id), 303);
      return again({ sent: anotherDraft });
    },
  );
}

/** Freezes the draft as submitted and starts the clock of a referral. Refuses a draft that is another than the one that was read. */
async function submit(
  tx: Writer<NrmReferralTables>,
  keys: UnitKeys,
  request: Request,
  { concern, earlier, person, by, agencies }: OpenedNrmReferral,
  said: { readonly digest: string; readonly reference: string | null; readonly responderId: string },
  follows: CaseListener,
): Promise<Result<NrmReferral, 'submitted already' | 'held back' | 'another draft'>> {
  const current = await lockNrmReferral(tx, keys, concern.id);
  if (current.submission) return refuse('submitted already');
  // Rebuilt and checked again from current data.
  const now = buildCaseDraft(current, earlier, person, by);
  if (!now.leaving || !now.way) return refuse('held back');
  if (said.digest !== digestOf(now.leaving)) return refuse('another draft');
  const submission: Submission = {
    by: request.actor.memberId as MemberId,
    on: request.today,
    agencyId: request.actor.agencyId as AgencyId,
    way: now.way.kind,
    ground: now.way.ground,
    referredAs: determineAgeTreatment(person, request.today),
    responderId: said.responderId,
    formId: now.form.id,
    facts: factsOf(now.known),
    digest: digestOf(now.leaving),
    reference: said.reference,
  };
  const next = { ...current, submission };
  await saveNrmReferral(tx, keys, next);
  const { agencyId } = request.actor;
  const counted = { way: submission.way, recordedBy: agencyId, responder: agencies.get(agencyId)?.kind };
  await addCountedSubmission(tx, keys, person, counted);
  if (submission.way === 'referral')
    await follows.begun(tx, keys, toClockStart(next, 'reasonable-grounds', request.today, request));
  return accept(next);
}

const incompleteDraft = 'Fill in what is missing first, or say that it was sent without it';
const anotherDraft =
  'The draft is another than when you opened this page. Read it again. If what you typed into the service differs from it, ring the service and have that corrected, then say here that it has gone';

async function eventRoutes(app: App, keys: UnitKeys, follows: CaseListener): Promise<void> {
  formRoute(app, nrmPaths.decision.route, {
    may: may('nrm referral.change', NrmReferralPath),
    load: (request) => openNrmReferral(request, keys, request.params.id),
    instead: ({ concern }) => (caseOf(concern) ? undefined : nrmPaths.referral(concern.id)),
    form: EventForm,
    page: ({ concern, person }) => eventPage(concern, person.called),
    saves: 'Decision',
    event: 'nrm referral.decision recorded',
    subject: ({ concern }) => concern.id,
    details: () => ({ fields: ['decisions', ...follows.fields] }),
    change: async (tx, { concern, person }, event, request) => {
      const { today } = request;
      const by = request.actor.memberId as MemberId;
      const age = determineAgeTreatment(person, today);
      const result = recordEvent(await lockNrmReferral(tx, keys, concern.id), event, { age, by, today });
      if (result.ok) await saveNrmReferral(tx, keys, result.value);
      const { what, outcome, day } = event;
      if (result.ok && what === 'reasonable grounds' && outcome === 'positive')
        await follows.begun(tx, keys, toClockStart(result.value, 'recovery-period', day, request));
      return result;
    },
    refusals: eventRefusals,
    next: (_, { concern }) => nrmPaths.referral(concern.id),
  });
}

type NrmEvent = {
  readonly what: (typeof events)[number];
  readonly outcome?: 'positive' | 'negative' | undefined;
  readonly day: string;
};

function recordEvent(
  concern: NrmReferral,
  { what, outcome, day }: NrmEvent,
  { age, by, today }: { readonly age: AgeTreatment; readonly by: MemberId; readonly today: string },
): Result<NrmReferral, EventRefusal> {
  const held = caseOf(concern);
  if (!held) return refuse('no referral');
  if (day > today) return refuse('in the future');
  if (day < held.referredOn) return refuse('before the referral');
  if (held.withdrawnOn) return refuse('withdrawn');
  if (isDecision(what)) return addDecision(concern, what, outcome ?? 'negative', day, by);
  if (what === 'withdrawn') return accept({ ...concern, withdrawnOn: day });
  if (what === 'suspended') return accept({ ...concern, suspendedOn: day });
  return mustAskToStay(concern, age)
    ? accept({ ...concern, agreedToStay: { by, on: day } })
    : refuse('nothing to agree to');
}

function addDecision(
  concern: NrmReferral,
  kind: DecisionKind,
  outcome: 'positive' | 'negative',
  day: string,
  by: MemberId,
): Result<NrmReferral, EventRefusal> {
  const held = caseOf(concern);
  if (!held) return refuse('no referral');
  const result = recordDecision(held, kind, outcome, day, { tests: decisionTests, periods });
  if (!result.ok) return refuse(result.refusal);
  const decision = result.value.decisions.at(-1);
  return decision
    ? accept({ ...concern, decisions: [...concern.decisions, { ...decision, by }] })
    : refuse('no referral');
}
