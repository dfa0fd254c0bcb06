/** Hands a draft to a first responder of the partnership, and records that they submitted it. Read, decide, change, answer. */

import { pdfOf } from '../../nrm/documents/index.ts';
import { toPrintedForm } from '../../nrm/index.ts';
import { findFirstResponderEntry, nationOf } from '../../nrm/submitters/index.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type Answers, answersOf } from '../../platform/forms/forms.ts';
import {
  type App,
  type FormErrors,
  may,
  type Reply,
  type Request,
  readForm,
  saving,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { draftGroup, nrmPurpose } from '../../vocabulary/information-shared.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { refuse } from '../../vocabulary/result.ts';
import { storeGeneratedDocument } from '../documents/generated-document.ts';
import { addCountedSubmission } from '../nrm-decisions/counted-submission-store.ts';
import { type CaseListener, toClockStart } from '../nrm-decisions/routes.ts';
import { type OpenedNrmReferral, openNrmReferral } from '../nrm-drafts/audited-reads.ts';
import { buildCaseDraft } from '../nrm-drafts/draft.ts';
import { FirstResponderForm, FirstResponderQuery, NrmReferralPath, SubmittedForm } from '../nrm-drafts/forms.ts';
import { lockNrmReferral, saveNrmReferral } from '../nrm-drafts/store.ts';
import { submitterFillsIn } from '../nrm-form/known-facts.ts';
import { addRequest, type FrozenDraft, freezeDraft, recordSubmission } from './first-responder-request.ts';
import * as page from './pages.ts';

export async function firstResponderRequestRoutes(app: App, parts: AreaParts, follows: CaseListener): Promise<void> {
  await newRequestRoutes(app, parts);
  await submissionRoutes(app, parts, follows);
}

/** Null if the worker submits it personally, no recipient can be asked here, or there is nothing to hand over. */
export const findRequestDraft = ({ concern, made, person, submits, handTo }: OpenedNrmReferral, today: string) =>
  submits || handTo.length === 0 ? null : freezeDraft(made, concern, determineAgeTreatment(person, today));

/** The form for a referral to support, filled with what was chosen here. */
const requestAt = (personId: string, to: string, paper: string): string =>
  withQuery(referralPaths.ofPerson(personId), { to, purpose: nrmPurpose, paper });

const show = (reply: Reply, asked: page.RequestPage, typed: Answers, errors?: FormErrors) =>
  reply.page('safeguarding/first-responder-requests/first-responder-request', fillForm(asked, typed, errors));

async function newRequestRoutes(app: App, { keys, filesFolder }: AreaParts): Promise<void> {
  const changing = may('nrm referral.change', NrmReferralPath, FirstResponderQuery);
  app.get(nrmPaths.firstResponder.route, changing, async (request, reply) => {
    const whole = await openNrmReferral(request, keys, request.params.id);
    const now = findRequestDraft(whole, request.today);
    if (!now) return reply.redirect(nrmPaths.referral(whole.concern.id), 303);
    const { to } = request.query;
    return show(reply, page.requestPage(whole, now), to ? { to } : {});
  });

  app.post(
    nrmPaths.firstResponder.route,
    saving('Draft', may('nrm referral.change', NrmReferralPath)),
    async (request, reply) => {
      const whole = await openNrmReferral(request, keys, request.params.id);
      const { concern, person, handTo } = whole;
      const now = findRequestDraft(whole, request.today);
      if (!now) return reply.redirect(nrmPaths.referral(concern.id), 303);
      const { digest: _read, ...typed } = answersOf(request.body);
      const again = (errors: FormErrors) => show(reply, page.requestPage(whole, now), typed, errors);
      const form = readForm(FirstResponderForm, request.body);
      if (!form.ok) return again(form.errors);
      const { to, digest: read } = form.values;
      if (!handTo.some(({ id }) => id === to)) return again(page.requestRefusals.nobody);
      const there = addRequest(concern, now, { digest, read }, notedBy(request, ''));
      if (!there.ok) return again(page.requestRefusals[there.refusal]);
      if (there.value.paperId) return reply.redirect(requestAt(person.id, to, there.value.paperId), 303);
      const handed = await storeDraft(request, { keys, filesFolder }, whole, now, read);
      if (!handed.ok) return again(page.requestRefusals[handed.refusal]);
      return reply.redirect(requestAt(person.id, to, handed.value.paperId), 303);
    },
  );
}

const notedBy = ({ actor, today }: Request, paperId: string) => ({
  by: actor.memberId as MemberId,
  on: today,
  paperId,
});

/** Stores the draft as a document of the record, in files and in the database; the file goes again where the row was not added. */
async function storeDraft(
  request: Request,
  { keys, filesFolder }: Pick<AreaParts, 'keys' | 'filesFolder'>,
  { concern, earlier, person, by }: OpenedNrmReferral,
  now: FrozenDraft,
  read: string,
) {
  const { agencyId, memberId } = request.actor;
  const author = { agencyId: agencyId as AgencyId, authorId: memberId as MemberId, now: request.now };
  const about = { personId: person.id, item: draftGroup } as const;
  const pdf = await pdfOf(toPrintedForm(now.draft, submitterFillsIn));
  const kept = await storeGeneratedDocument({ keys, filesFolder }, pdf, about, author);
  let added = false;
  return request
    .change(
      'nrm referral.draft sent',
      concern.id,
      async (tx) => {
        const current = await lockNrmReferral(tx, keys, concern.id);
        // Rebuilt from current data, since another request may have come first.
        const whatNow = freezeDraft(buildCaseDraft(current, earlier, person, by), current, now.referredAs);
        const result = addRequest(current, whatNow, { digest, read }, notedBy(request, kept.id));
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
}

async function submissionRoutes(app: App, { keys }: AreaParts, follows: CaseListener): Promise<void> {
  /** Nothing can be recorded before a recipient accepts it. */
  const elsewhere = ({ concern, handedOn }: OpenedNrmReferral): string | undefined =>
    concern.submission || page.acceptedRequests(handedOn).length === 0 ? nrmPaths.referral(concern.id) : undefined;

  formRoute(app, nrmPaths.submitted.route, {
    may: may('nrm referral.change', NrmReferralPath),
    load: (request) => openNrmReferral(request, keys, request.params.id),
    instead: elsewhere,
    skip: elsewhere,
    form: SubmittedForm,
    page: page.submittedPage,
    saves: 'NRM referral',
    event: 'nrm referral.submitted by first responder',
    subject: ({ concern }) => concern.id,
    details: () => ({ fields: ['submission', ...follows.fields] }),
    change: async (tx, { concern, person, handedOn, agencies, nation }, { day, reference, request: id }, request) => {
      const asked = handedOn.find((one) => one.id === id);
      const agency = asked && agencies.get(asked.toAgency);
      const responderId = (agency && findFirstResponderEntry(agency, nationOf(nation), day)?.id) ?? null;
      const of = { by: request.actor.memberId as MemberId, today: request.today, responderId };
      const result = recordSubmission(await lockNrmReferral(tx, keys, concern.id), asked, { day, reference }, of);
      if (!result.ok) return result;
      await saveNrmReferral(tx, keys, result.value);
      const counted = { recordedBy: request.actor.agencyId, responder: agency?.kind };
      await addCountedSubmission(tx, keys, person, { way: 'referral', ...counted });
      await follows.begun(tx, keys, toClockStart(result.value, 'reasonable-grounds', day, request));
      return result;
    },
    refusals: page.submittedRefusals,
    refused: (refusal, { concern }) => (refusal === 'submitted already' ? nrmPaths.referral(concern.id) : undefined),
    next: (_, { concern }) => nrmPaths.referral(concern.id),
  });
}
