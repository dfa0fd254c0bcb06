/** What the forms of an officer's referral accept, and their errors. */
import { z } from 'zod';
import { ShownLanguage } from '../../nrm/consent-words/index.ts';
import { decisionKinds } from '../../nrm/index.ts';
import { ExportForm } from '../../platform/exports/export-reason.ts';
import { Day, OptionalText, RequiredText } from '../../platform/forms/forms.ts';
import { ageBases } from '../../vocabulary/age.ts';
import { selectableInterpretingModes } from '../../vocabulary/interpreting.ts';
import { timeFields, toInstant } from '../forms.ts';
import { type OfficerReferralId, sentFrom } from './nrm-referral.ts';

export const ReferralPath = z.object({ id: z.uuid().transform((id) => id as OfficerReferralId) });
export const FormQuery = z.object({ all: z.enum(['yes']).optional().catch(undefined) });

/** In which language the words are shown. */
export const WordsQuery = z.object({ shown: ShownLanguage.optional().catch(undefined) });

/** Evidence that a member can give: that it was recorded at the visit is none. */
export const selectableAgeBases = ageBases.filter((basis) => basis !== 'recorded at visit');

export const consentAnswers = ['yes', 'no', 'in doubt'] as const;
/** Where somebody must assess first, nothing was explained: language and interpreter may be empty. */
export const ConsentForm = z.object({
  digest: z.string('Open the page again'),
  answer: z.enum(consentAnswers, 'Select what the person said'),
  ageBasis: z.enum(selectableAgeBases).optional().catch(undefined),
  language: OptionalText(60),
  interpreted: z.enum(['', ...selectableInterpretingModes]).catch(''),
  interpreter: OptionalText(120),
});

export const AssessmentForm = z.object({
  assessor: RequiredText('Enter who assessed it', 120),
  service: RequiredText('Enter their role, and where', 120),
  able: z.enum(['yes', 'no'], 'Select the result of the assessment'),
  decisionMaker: OptionalText(120),
  decisionService: OptionalText(120),
  decision: z.enum(['', 'refer', 'do not refer']).catch(''),
});

export const SubmissionForm = z
  .object({
    ...timeFields,
    /** Of the draft on the page: it is kept as it was read, or not at all. */
    digest: z.string('Open the page again'),
    reference: OptionalText(60),
    sentFrom: z.enum(sentFrom).optional().catch(undefined),
  })
  .transform(({ time, day, ...form }) => ({ ...form, sentAt: toInstant({ time, day }) }));

export const SentCorrectionForm = z
  .object({ ...timeFields, reference: OptionalText(60), why: RequiredText('Enter what was wrong', 500) })
  .transform(({ time, day, ...form }) => ({ ...form, sentAt: toInstant({ time, day }) }));

export const DecisionForm = z.object({
  kind: z.enum(decisionKinds, 'Select which decision it is'),
  outcome: z.enum(['positive', 'negative'], 'Select how it was decided'),
  day: Day('Enter the day on the decision'),
});

export const notSentReasons = [
  'another agency referred the person',
  'the person is not a potential victim',
  'it was begun by mistake',
] as const;
export const ClosingForm = z.object({ why: z.enum(notSentReasons, 'Select why nothing is sent') });

export const reviewReasons = [
  'to supervise the officer',
  'the officer is off duty and it is urgent',
  'for a court, a lawyer or an inquiry',
] as const;
export const ReviewForm = z.object({ why: z.enum(reviewReasons, 'Select why you read it') });

export const ReferralExportForm = ExportForm;
