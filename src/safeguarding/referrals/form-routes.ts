/** Routes for asking an agency to help: from a note or from a record. What they will see is shown before anything is sent. */
import type { z } from 'zod';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Answers, answersOf, type FormResult, formIdIn } from '../../platform/forms/forms.ts';
import {
  type App,
  type FormErrors,
  may,
  type Reply,
  type Request,
  readForm,
  saving,
} from '../../platform/http/server.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { childPurpose } from '../../vocabulary/information-shared.ts';
import { disclosurePaths, referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import type { Consent } from '../consent/consent.ts';
import type { Disclosure } from '../disclosures/disclosure.ts';
import * as disclosures from '../disclosures/store.ts';
import { prepareReferralDisclosure } from '../disclosures/without-consent.ts';
import { childrenNotifiedPage, isForChild, recordChildrenNotified } from './children-notified.ts';
import { createReferral, type PreparedReferral, prepareReferral, type ReferralBasis } from './create-referral.ts';
import { describeSecondPersons, type ReferralFormData, referralFormPage, referralOnConsentPage } from './form-pages.ts';
import * as input from './forms.ts';
import { referralRefusals, sentReferralPath, unreachableRecipientError } from './pages.ts';
import { referralPreviewPage } from './preview-page.ts';
import { basisByGround, checkReferral, isDuplicateReferral, selectDocuments } from './referral.ts';
import { describeUrgency, isTreatedAsChild } from './subject.ts';
import type { SubjectReader } from './subject-reader.ts';

/** Not form routes: the preview stands between the form and sending, and what is told without consent waits for approval. */
export async function referralFormRoutes(app: App, keys: UnitKeys, read: SubjectReader): Promise<void> {
  app.get(
    referralPaths.ofNote.route,
    may('referral.make', input.NotePath, input.ReferralQuery),
    async (request, reply) => {
      const found = await read.ofNote(request, request.params.id);
      return reply.form(choosePage(found, request.query));
    },
  );
  app.post(
    referralPaths.ofNote.route,
    saving('Referral', may('referral.make', input.NotePath)),
    async (request, reply) => answerForm(request, reply, keys, await read.ofNote(request, request.params.id)),
  );
  app.get(
    referralPaths.ofPerson.route,
    may('referral.make', input.SubjectPath, input.ReferralQuery),
    async (request, reply) => {
      const found = await read.ofPerson(request, request.params.personId);
      return reply.form(choosePage(found, request.query));
    },
  );
  app.post(
    referralPaths.ofPerson.route,
    saving('Referral', may('referral.make', input.SubjectPath)),
    async (request, reply) => answerForm(request, reply, keys, await read.ofPerson(request, request.params.personId)),
  );
}

type Values = z.output<typeof input.ReferralForm>;
/** What would be sent, and the disclosure that it rests on where nobody agreed. */
type Prepared = { readonly made: PreparedReferral; readonly disclosure: Disclosure | undefined };
const refused = (errors: FormErrors) => ({ ok: false, errors }) as const;

/** For a child, a notification outside Safelight can be recorded in place of a referral. */
const choosePage = (found: ReferralFormData, { notified, ...chosen }: z.output<typeof input.ReferralQuery>) =>
  notified && isForChild(found)
    ? childrenNotifiedPage(found, newTimelessId())
    : chooseReferralPage(found, newTimelessId(), chosen);

async function answerForm(request: Request, reply: Reply, keys: UnitKeys, found: ReferralFormData): Promise<unknown> {
  const typed = answersOf(request.body);
  if (typed.step === 'notified' && isForChild(found)) return recordChildrenNotified(request, reply, keys, found);
  const again = (errors: FormErrors, id = formIdIn(typed)) =>
    reply.form(chooseReferralPage(found, id, { consent: parseConsentId(typed) }, typed), typed, errors);
  const form = readForm(input.ReferralForm, request.body);
  if (!form.ok) return again(form.errors);
  if (form.values.step === 'change') return again({});
  const ready = await prepareAnswer(request, found, form.values);
  if (!ready.ok) return again(ready.errors);
  const { made, disclosure } = ready.values;
  const approval = disclosure?.timing === 'after approval' ? describeSecondPersons(found.seconds) : undefined;
  if (form.values.step === 'preview') {
    const preview = {
      ...found.frame,
      ...referralPreviewPage(made, found.subject, found.agencies, request.body, approval),
    };
    return reply.page('safeguarding/referrals/preview', preview);
  }
  if (disclosure && approval) {
    const added = await askForApproval(request, keys, disclosure);
    return added.ok
      ? reply.redirect(disclosurePaths.disclosure(disclosure.id), 303)
      : again(referralRefusals[added.refusal], newTimelessId());
  }
  const sent = await request.change(
    'referral.made',
    made.referral.id,
    (tx) => createReferral(tx, keys, request, made, { subject: found.subject, form: form.values, disclosure }),
    { kind: 'disclosure', recipient: made.referral.toAgency, fields: made.shown.map(({ item }) => item) },
  );
  return sent.ok
    ? reply.redirect(sentReferralPath(made.referral), 303)
    : again(referralRefusals[sent.refusal], sent.refusal === 'asked before' ? newTimelessId() : undefined);
}

const askForApproval = (request: Request, keys: UnitKeys, disclosure: Disclosure) =>
  request.change('disclosure.asked for', disclosure.id, (tx) => disclosures.addRequestOnce(tx, keys, disclosure), {
    kind: 'collection',
    fields: ['recipient', 'basis', 'items', 'reasons'],
  });

/** On what it rests, and which papers go along. */
function checkBasis(
  { subject, consents, recipients, outside }: ReferralFormData,
  { agreed, to, words, also, reach, papers, purpose }: Values,
): FormResult<ReferralBasis> {
  if (!words && !describeUrgency(subject)) return refused(referralRefusals['nothing to show']);
  const consent = typeof agreed === 'object' ? consents.find(({ id }) => id === agreed.consent) : undefined;
  if (typeof agreed === 'object' && !consent) return refused(referralRefusals['taken back']);
  if (consent && purpose === childPurpose && consent.purpose !== childPurpose && isTreatedAsChild(subject))
    return refused(referralRefusals['consent to something else']);
  if (!consent && also.includes('contact details') && !(reach ?? subject.safeContact))
    return refused({ reach: input.safeContactError });
  const may = checkReferral(consent?.recipient ?? to, agreed, recipients, subject.age);
  if (!may.ok)
    return refused(
      consent && may.refusal === 'not a recipient' ? unreachableRecipientError : referralRefusals[may.refusal],
    );
  const chosen = selectDocuments(subject.documents, papers, consent?.items);
  if (!chosen.ok) return refused(referralRefusals[chosen.refusal]);
  return { ok: true, values: { ground: may.value, consent, outside, papers: chosen.value } };
}

/** What would be sent now, if nothing stands against it. */
async function prepareAnswer(request: Request, found: ReferralFormData, form: Values): Promise<FormResult<Prepared>> {
  const { subject, asked, drafts } = found;
  const resting = checkBasis(found, form);
  if (!resting.ok) return resting;
  const made = await prepareReferral(request, subject, form, resting.values);
  const earlier = asked.filter((one) => one.id !== made.referral.id);
  if (isDuplicateReferral(made.referral, resting.values.papers, earlier))
    return refused(referralRefusals['asked already']);
  const basis = basisByGround[made.referral.ground];
  if (!basis) return { ok: true, values: { made, disclosure: undefined } };
  const disclosure = await prepareReferralDisclosure(request, made, { subject, form, drafts }, basis);
  return disclosure.ok
    ? { ok: true, values: { made, disclosure: disclosure.value } }
    : refused(referralRefusals[disclosure.refusal]);
}

/** With an existing consent, asks only for what is missing. */
function chooseReferralPage(
  found: ReferralFormData,
  id: string,
  { consent: consentId, ...wanted }: input.ReferralPreselection & { readonly consent?: string | undefined } = {},
  typed?: Answers,
) {
  const paper = found.subject.documents.find((one) => one.id === wanted.paper);
  const consent = found.consents.find((one) =>
    consentId ? one.id === consentId : coversPreselection(one, wanted, paper?.item),
  );
  const all = { ...found, wanted };
  return consent ? referralOnConsentPage(all, consent, id) : referralFormPage(all, id, typed);
}
/** If the earlier choices are already covered by a consent, they are not asked again. */
const coversPreselection = (
  consent: Consent,
  { to, purpose }: input.ReferralPreselection,
  item: string | undefined,
): boolean => consent.recipient === to && consent.purpose === purpose && consent.items.some((one) => one === item);
const parseConsentId = ({ short, agreed }: Answers): string | undefined =>
  short === 'yes' ? /^consent:(.+)$/.exec(String(agreed))?.[1] : undefined;
