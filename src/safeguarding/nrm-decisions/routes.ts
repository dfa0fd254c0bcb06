/** Downloads a draft, records its submission, and records the decisions on it. */

import {
  type DecisionKind,
  decisionTests,
  draftJson,
  periods,
  recordDecision,
  toPrintedForm,
} from '../../nrm/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formatExportReason } from '../../platform/exports/export-reason.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { type AgeTreatment, determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { holidaysOf, nationOf } from '../first-responder-requests/who-may-submit.ts';
import { pdfOf } from '../nrm-documents/pdf.ts';
import { nrmReferralFields, openNrmReferral } from '../nrm-drafts/audited-reads.ts';
import { buildCaseDraft } from '../nrm-drafts/draft.ts';
import { DraftExportForm, EventForm, type events, NrmReferralPath, SubmitForm } from '../nrm-drafts/forms.ts';
import { type ClockStart, caseOf, type NrmReferral, type Submission } from '../nrm-drafts/nrm-referral.ts';
import { whyNotWords } from '../nrm-drafts/pages.ts';
import { nrmReferralPath } from '../nrm-drafts/route-question-pages.ts';
import { lockNrmReferral, saveNrmReferral } from '../nrm-drafts/store.ts';
import { factsOf } from '../nrm-form/known-facts.ts';

import { keyOfPerson } from '../people/store.ts';
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
  app.get(
    '/safeguarding/nrm-referrals/:id/export',
    may('nrm referral.export', NrmReferralPath),
    async (request, reply) => {
      const { concern, made, person } = await openNrmReferral(request, keys, request.params.id);
      if (!made.leaving) return reply.page('platform/page', blockedPage(concern, made, person.called));
      return reply.page('platform/form', exportDraftPage(concern, made, person.called));
    },
  );
  app.post(
    '/safeguarding/nrm-referrals/:id/export',
    may('nrm referral.export', NrmReferralPath),
    async (request, reply) => {
      const { concern, made, person } = await openNrmReferral(request, keys, request.params.id);
      const { leaving } = made;
      if (!leaving) return reply.page('platform/page', blockedPage(concern, made, person.called));
      const form = readForm(DraftExportForm, request.body);
      if (!form.ok)
        return reply.page(
          'platform/form',
          exportDraftPage(concern, made, person.called, answersOf(request.body), form.errors),
        );
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
        content: shape === 'pdf' ? pdfOf(toPrintedForm(leaving, made.left)) : draftJson(leaving),
        isStillAvailable: () =>
          request.under(
            'nrm referral.export',
            async (db) => (await keyOfPerson(db as never, keys, person.id)).length > 0,
          ),
      });
    },
  );
}

async function submissionRoutes(app: App, keys: UnitKeys, follows: CaseListener): Promise<void> {
  app.get(
    '/safeguarding/nrm-referrals/:id/submit',
    may('nrm referral.submit', NrmReferralPath),
    async (request, reply) => {
      const whole = await openNrmReferral(request, keys, request.params.id);
      const { concern, made, person, submits, takers } = whole;
      if (concern.submission) return reply.redirect(nrmReferralPath(concern.id), 303);
      if (!made.leaving) return reply.page('platform/page', blockedPage(concern, made, person.called));
      const page = submitPage(whole);
      return reply.page('platform/form', submits ? page : { ...page, closed: true, warning: whyNotWords(takers) });
    },
  );

  app.post(
    '/safeguarding/nrm-referrals/:id/submit',
    may('nrm referral.submit', NrmReferralPath),
    async (request, reply) => {
      const whole = await openNrmReferral(request, keys, request.params.id);
      const { concern, made, person, submits, takers, by, earlier } = whole;
      if (concern.submission) return reply.redirect(nrmReferralPath(concern.id), 303);
      if (!made.leaving || !made.way) {
        return reply.code(422).page('platform/page', blockedPage(concern, made, person.called));
      }
      const again = (errors: FormErrors) =>
        reply.page('platform/form', submitPage(whole, answersOf(request.body), errors));
      if (!submits || !by.responderId) return again({ sent: whyNotWords(takers) });
      const form = readForm(SubmitForm, request.body);
      if (!form.ok) return again(form.errors);
      if (missingIn(made) > 0 && form.values.short !== 'yes') return again({ short: incompleteDraft });
      const responderId = by.responderId;
      const age = determineAgeTreatment(person, request.today);
      const submitted = await request.change(
        'nrm referral.submitted',
        concern.id,
        async (tx): Promise<Result<NrmReferral, 'submitted already' | 'held back' | 'another draft'>> => {
          const current = await lockNrmReferral(tx, keys, concern.id);
          if (current.submission) return refuse('submitted already');
          // Rebuilt and checked again from current data.
          const now = buildCaseDraft(current, earlier, person, by);
          if (!now.leaving || !now.way) return refuse('held back');
          if (form.values.digest !== digestOf(now.leaving)) return refuse('another draft');
          const submission: Submission = {
            by: request.actor.memberId as MemberId,
            on: request.today,
            agencyId: request.actor.agencyId as AgencyId,
            way: now.way.kind,
            ground: now.way.ground,
            referredAs: age,
            responderId,
            formId: now.form.id,
            facts: factsOf(now.known),
            digest: digestOf(now.leaving),
            reference: form.values.reference,
          };
          const next = { ...current, submission };
          await saveNrmReferral(tx, keys, next);
          if (submission.way === 'referral')
            await follows.begun(tx, keys, toClockStart(next, 'reasonable-grounds', request.today, request));
          return accept(next);
        },
        {
          kind: 'disclosure',
          fields: ['submission', made.way.kind, ...follows.fields],
          reason: 'for the National Referral Mechanism',
        },
      );
      if (!submitted.ok && submitted.refusal === 'another draft') {
        const { digest: _digest, ...typed } = answersOf(request.body);
        return reply.page('platform/form', submitPage(whole, typed, { sent: anotherDraft }));
      }
      if (!submitted.ok) return reply.redirect(`${nrmReferralPath(concern.id)}/draft`, 303);
      return reply.redirect(nrmReferralPath(concern.id), 303);
    },
  );
}

const incompleteDraft = 'Fill in what is missing first, or say that it was sent without it';
const anotherDraft =
  'The draft is another than when you opened this page. Read it again. If what you typed into the service differs from it, ring the service and have that corrected, then say here that it has gone';

async function eventRoutes(app: App, keys: UnitKeys, follows: CaseListener): Promise<void> {
  app.get(
    '/safeguarding/nrm-referrals/:id/decision',
    may('nrm referral.change', NrmReferralPath),
    async (request, reply) => {
      const { concern, person } = await openNrmReferral(request, keys, request.params.id);
      if (!caseOf(concern)) return reply.redirect(nrmReferralPath(concern.id), 303);
      return reply.page('platform/form', eventPage(concern, person.called));
    },
  );
  app.post(
    '/safeguarding/nrm-referrals/:id/decision',
    may('nrm referral.change', NrmReferralPath),
    async (request, reply) => {
      const { concern, person } = await openNrmReferral(request, keys, request.params.id);
      const again = (errors: FormErrors) =>
        reply.page('platform/form', eventPage(concern, person.called, answersOf(request.body), errors));
      const form = readForm(EventForm, request.body);
      if (!form.ok) return again(form.errors);
      const age = determineAgeTreatment(person, request.today);
      const by = request.actor.memberId as MemberId;
      const saved = await request.change(
        'nrm referral.decision recorded',
        concern.id,
        async (tx) => {
          const result = recordEvent(await lockNrmReferral(tx, keys, concern.id), form.values, {
            age,
            by,
            today: request.today,
          });
          if (result.ok) await saveNrmReferral(tx, keys, result.value);
          const { what, outcome, day } = form.values;
          if (result.ok && what === 'reasonable grounds' && outcome === 'positive')
            await follows.begun(tx, keys, toClockStart(result.value, 'recovery-period', day, request));
          return result;
        },
        { fields: ['decisions', ...follows.fields] },
      );
      if (!saved.ok) return again(eventRefusals[saved.refusal]);
      return reply.redirect(nrmReferralPath(concern.id), 303);
    },
  );
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
