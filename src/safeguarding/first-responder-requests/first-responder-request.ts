/** Hands a draft to a first responder, once for each version, so that they submit that version. Pure: no clock, no database. */
import { buildDraft, type Draft, draftJson, type FactName } from '../../nrm/index.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { ReferredDocument } from '../documents/referred-documents.ts';
import type { CaseDraft } from '../nrm-drafts/draft.ts';
import type { FirstResponderDraft, NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import { aboutSender, factsOf } from '../nrm-form/known-facts.ts';

export type FrozenDraft = Omit<FirstResponderDraft, 'by' | 'on' | 'paperId' | 'digest'> & { readonly draft: Draft };

/** The draft to hand over: a whole referral without facts about the submitter, who is from another agency. Null while the way is open, and for a notification, which never goes with a record. */
export function freezeDraft(
  { form, known, way, leaving }: CaseDraft,
  { submission }: NrmReferral,
  age: FirstResponderDraft['referredAs'],
) {
  if (submission || way?.kind !== 'referral' || !leaving) return null;
  const facts = Object.fromEntries(
    Object.entries(factsOf(known)).filter(([name]) => !aboutSender.has(name as FactName)),
  ) as FirstResponderDraft['facts'];
  const frozen: FrozenDraft = {
    draft: buildDraft(form, 'referral', facts),
    ...{ ground: way.ground, referredAs: age, formId: form.id, facts },
  };
  return frozen;
}

export type RequestRefusal = 'nothing to hand' | 'another draft';

/** Freezes the draft under its document. If that draft already is a document, the concern stays unchanged. */
export function addRequest(
  concern: NrmReferral,
  now: FrozenDraft | null,
  { digest, read }: { readonly digest: (text: string) => string; readonly read: string },
  noted: Pick<FirstResponderDraft, 'by' | 'on' | 'paperId'>,
): Result<{ readonly concern: NrmReferral; readonly paperId: string }, RequestRefusal> {
  if (!now) return refuse('nothing to hand');
  const { draft, ...frozen } = now;
  const said = digest(draftJson(draft));
  if (said !== read) return refuse('another draft');
  const there = concern.handed.find((one) => one.digest === said);
  if (there) return accept({ concern, paperId: there.paperId });
  const handed = [...concern.handed, { ...noted, ...frozen, digest: said }];
  return accept({ concern: { ...concern, handed }, paperId: noted.paperId });
}

export type SubmittedRefusal =
  | 'submitted already'
  | 'not taken on'
  | 'before it was handed'
  | 'in the future'
  | 'not a first responder';

/** Accepted, and not ended without submission. */
export const isAccepted = ({ state, outcome }: Pick<ReferredDocument, 'state' | 'outcome'>): boolean =>
  state === 'accepted' && outcome !== 'not submitted';

/** Recorded by the sender. What they submitted is the draft that they were handed, whatever was written since. */
export function recordSubmission(
  concern: NrmReferral,
  request: Pick<ReferredDocument, 'paperId' | 'state' | 'toAgency' | 'outcome'> | undefined,
  said: { readonly day: string; readonly reference: string | null },
  of: { readonly by: MemberId; readonly today: string; readonly responderId: string | null },
): Result<NrmReferral, SubmittedRefusal> {
  if (concern.submission) return refuse('submitted already');
  const held = concern.handed.find(({ paperId }) => paperId === request?.paperId);
  if (!request || !held || !isAccepted(request)) return refuse('not taken on');
  if (said.day < held.on) return refuse('before it was handed');
  if (said.day > of.today) return refuse('in the future');
  if (!of.responderId) return refuse('not a first responder');
  const { ground, referredAs, formId, facts, digest } = held;
  return accept({
    ...concern,
    submission: {
      ...{ by: of.by, on: said.day, agencyId: request.toAgency as AgencyId, way: 'referral' },
      ...{ ground, referredAs, responderId: of.responderId, formId, facts, digest },
      ...{ reference: said.reference, handedOn: held.on },
    },
  });
}
