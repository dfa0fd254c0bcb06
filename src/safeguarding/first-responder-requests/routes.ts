/** Hands a draft to a first responder of the partnership, and records that they submitted it. Read, decide, change, answer. */

import { toPrintedForm } from '../../nrm/index.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import type { AgencyId, MemberId, PersonId } from '../../vocabulary/ids.ts';
import { draftGroup, nrmPurpose } from '../../vocabulary/information-shared.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { storeGeneratedDocument } from '../documents/generated-document.ts';
import { type CaseListener, toClockStart } from '../nrm-decisions/routes.ts';
import { pdfOf } from '../nrm-documents/pdf.ts';
import { type OpenedNrmReferral, openNrmReferral } from '../nrm-drafts/audited-reads.ts';
import { buildCaseDraft } from '../nrm-drafts/draft.ts';
import { FirstResponderForm, FirstResponderQuery, NrmReferralPath, SubmittedForm } from '../nrm-drafts/forms.ts';
import type { NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import { nrmReferralPath } from '../nrm-drafts/route-question-pages.ts';
import { lockNrmReferral, saveNrmReferral } from '../nrm-drafts/store.ts';
import { submitterFillsIn } from '../nrm-form/known-facts.ts';

import { addRequest, freezeDraft, recordSubmission } from './first-responder-request.ts';
import * as page from './pages.ts';
import { findFirstResponderEntry, nationOf } from './who-may-submit.ts';

export async function firstResponderRequestRoutes(app: App, parts: AreaParts, follows: CaseListener): Promise<void> {
  await newRequestRoutes(app, parts);
  await submissionRoutes(app, parts, follows);
}

/** Null if the worker submits it personally, no recipient can be asked here, or there is nothing to hand over. */
export const findRequestDraft = ({ concern, made, person, submits, handTo }: OpenedNrmReferral, today: string) =>
  submits || handTo.length === 0 ? null : freezeDraft(made, concern, determineAgeTreatment(person, today));

/** The form for a referral to support, filled with what was chosen here. */
const requestAt = (personId: string, to: string, paper: string): string =>
  `/staff/safeguarding/people/${personId}/refer?${new URLSearchParams({ to, purpose: nrmPurpose, paper })}`;

async function newRequestRoutes(app: App, { keys, filesFolder }: AreaParts): Promise<void> {
  app.get(
    '/safeguarding/nrm-referrals/:id/first-responder',
    may('nrm referral.change', NrmReferralPath, FirstResponderQuery),
    async (request, reply) => {
      const whole = await openNrmReferral(request, keys, request.params.id);
      const now = findRequestDraft(whole, request.today);
      if (!now) return reply.redirect(nrmReferralPath(whole.concern.id), 303);
      const { to } = request.query;
      return reply.page(
        'safeguarding/first-responder-requests/first-responder-request',
        page.requestPage(whole, now, to ? { to } : {}),
      );
    },
  );

  app.post(
    '/safeguarding/nrm-referrals/:id/first-responder',
    may('nrm referral.change', NrmReferralPath),
    async (request, reply) => {
      const whole = await openNrmReferral(request, keys, request.params.id);
      const { concern, person, handTo, earlier, by } = whole;
      const now = findRequestDraft(whole, request.today);
      if (!now) return reply.redirect(nrmReferralPath(concern.id), 303);
      const { digest: _read, ...typed } = answersOf(request.body);
      const again = (errors: FormErrors) =>
        reply.page(
          'safeguarding/first-responder-requests/first-responder-request',
          page.requestPage(whole, now, typed, errors),
        );
      const form = readForm(FirstResponderForm, request.body);
      if (!form.ok) return again(form.errors);
      const { to, digest: read } = form.values;
      if (!handTo.some(({ id }) => id === to)) return again(page.requestRefusals.nobody);
      const said = { digest, read };
      const author = { agencyId: request.actor.agencyId as AgencyId, authorId: request.actor.memberId as MemberId };
      const noted = { by: author.authorId, on: request.today };
      const there = addRequest(concern, now, said, { ...noted, paperId: '' });
      if (!there.ok) return again(page.requestRefusals[there.refusal]);
      if (there.value.paperId) return reply.redirect(requestAt(person.id, to, there.value.paperId), 303);

      const about = { personId: person.id as unknown as PersonId, item: draftGroup } as const;
      const pdf = pdfOf(toPrintedForm(now.draft, submitterFillsIn));
      const kept = await storeGeneratedDocument({ keys, filesFolder }, pdf, about, { ...author, now: request.now });
      let added = false;
      const handed = await request
        .change(
          'nrm referral.draft sent',
          concern.id,
          async (tx) => {
            const current = await lockNrmReferral(tx, keys, concern.id);
            // Rebuilt from current data, since another request may have come first.
            const whatNow = freezeDraft(buildCaseDraft(current, earlier, person, by), current, now.referredAs);
            const result = addRequest(current, whatNow, said, { ...noted, paperId: kept.id });
            if (!result.ok || result.value.paperId !== kept.id) return result;
            const called = page.paperName(request.today, result.value.concern.handed.length);
            if (!(await kept.add(tx, called))) return refuse('too many');
            await saveNrmReferral(tx, keys, result.value.concern);
            added = true;
            return result;
          },
          { kind: 'collection', fields: ['handed', 'papers'] },
        )
        .finally(() => (added ? undefined : kept.drop()));
      if (!handed.ok) return again(page.requestRefusals[handed.refusal]);
      return reply.redirect(requestAt(person.id, to, handed.value.paperId), 303);
    },
  );
}

async function submissionRoutes(app: App, { keys }: AreaParts, follows: CaseListener): Promise<void> {
  /** Nothing can be recorded before a recipient accepts it. */
  const opened = async (request: Request, id: NrmReferral['id']) => {
    const whole = await openNrmReferral(request, keys, id);
    const able = !whole.concern.submission && page.acceptedRequests(whole.handedOn).length > 0;
    return { whole, able };
  };
  app.get(
    '/safeguarding/nrm-referrals/:id/submitted',
    may('nrm referral.change', NrmReferralPath),
    async (request, reply) => {
      const { whole, able } = await opened(request, request.params.id);
      if (!able) return reply.redirect(nrmReferralPath(whole.concern.id), 303);
      return reply.page('platform/form', page.submittedPage(whole));
    },
  );
  app.post(
    '/safeguarding/nrm-referrals/:id/submitted',
    may('nrm referral.change', NrmReferralPath),
    async (request, reply) => {
      const { whole, able } = await opened(request, request.params.id);
      const { concern, handedOn, agencies, nation } = whole;
      if (!able) return reply.redirect(nrmReferralPath(concern.id), 303);
      const again = (errors: FormErrors) =>
        reply.page('platform/form', page.submittedPage(whole, answersOf(request.body), errors));
      const form = readForm(SubmittedForm, request.body);
      if (!form.ok) return again(form.errors);
      const { day, reference } = form.values;
      const asked = handedOn.find(({ id }) => id === form.values.request);
      const agency = asked && agencies.get(asked.toAgency);
      const responderId = (agency && findFirstResponderEntry(agency, nationOf(nation), day)?.id) ?? null;
      const of = { by: request.actor.memberId as MemberId, today: request.today, responderId };
      const saved = await request.change(
        'nrm referral.submitted by first responder',
        concern.id,
        async (tx) => {
          const result = recordSubmission(await lockNrmReferral(tx, keys, concern.id), asked, { day, reference }, of);
          if (!result.ok) return result;
          await saveNrmReferral(tx, keys, result.value);
          await follows.begun(tx, keys, toClockStart(result.value, 'reasonable-grounds', day, request));
          return accept(result.value);
        },
        { fields: ['submission', ...follows.fields] },
      );
      if (!saved.ok && saved.refusal === 'submitted already') return reply.redirect(nrmReferralPath(concern.id), 303);
      if (!saved.ok) return again(page.submittedRefusals[saved.refusal]);
      return reply.redirect(nrmReferralPath(concern.id), 303);
    },
  );
}
