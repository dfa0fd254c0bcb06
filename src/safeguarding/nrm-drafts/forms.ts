/** Input that the forms of this module accept, and their errors. */

import { z } from 'zod';
import { ShownLanguage } from '../../nrm/consent-words/index.ts';
import { decisionKinds, isName, isService } from '../../nrm/index.ts';
import { ExportForm } from '../../platform/exports/export-reason.ts';
import { Day, OptionalText, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { consentSources } from '../consent/consent.ts';
import { ExplanationSchema } from '../interpreting/pages.ts';
import { type NrmReferralId, questions } from './nrm-referral.ts';

const uuid = z.uuid().toLowerCase();
export const PersonPath = z.object({ id: uuid.transform((id) => id as PersonId) });
export const NrmReferralPath = z.object({ id: uuid.transform((id) => id as NrmReferralId) });
export const PartPath = NrmReferralPath.extend({
  number: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number),
});
export const PartQuery = z.object({ all: z.enum(['yes']).optional().catch(undefined) });
export const QuestionQuery = z.object({
  of: z.enum(questions).optional().catch(undefined),
  /** The language of the words, where the member picked another than the record suggests. */
  shown: ShownLanguage.optional().catch(undefined),
});

const longestName = 120;
const Named = (missing: string) =>
  z.object({
    name: RequiredText(missing, longestName).refine(isName, 'Enter the name as people know it, in letters'),
    service: RequiredText('Enter the role, and where', longestName).refine(
      isService,
      'Enter the role, and where, in words',
    ),
  });

/** One for each question of the fork. */
export const DoubtForm = z.object({
  answer: z.enum(['no', 'yes'], 'Select whether it is in doubt that the person can decide this'),
  why: z
    .union([z.literal('').transform(() => null), Sentence('Say why there is no doubt')])
    .nullish()
    .transform((why) => why ?? null),
});
export const AssessorForm = Named('Name who assesses it');
export const AbleForm = z.object({
  answer: z.enum(['yes', 'no'], 'Select what was found when it was assessed'),
});
export const DecisionMakerForm = Named('Name who decides in the person’s best interests');
export const DecisionForm = z.object({
  answer: z.enum(['refer', 'do not refer'], 'Select the decision'),
});
export const ConsentForm = z.object({
  digest: z.string('Open the page again'),
  answer: z.enum(['yes', 'no'], 'Select the answer of the person'),
  how: z.enum(consentSources, 'Select who said so'),
  ...ExplanationSchema,
});

export const SubmitForm = z.object({
  /** The digest of the draft on the page: a submission is stored as it was read, or not at all. */
  digest: z.string('Open the page again'),
  sent: z.enum(['yes'], 'Send it through the service first, then say so here'),
  short: z.enum(['yes', 'no']).optional().catch(undefined),
  reference: OptionalText(60),
});

export const shapes = { pdf: 'paper (PDF)', json: 'data (JSON)' } as const;
export const DraftExportForm = ExportForm.extend({ shape: z.enum(['pdf', 'json'], 'Select paper or data') });

/** Only whole years: two counts of nearby days would reveal who was added between them. */
const Year = z.string().regex(/^20\d\d$/);
export const YearQuery = z.object({ year: Year.optional().catch(undefined) });
export const countShapes = { csv: 'a table (CSV)', json: 'data (JSON)' } as const;
export const CountExportForm = ExportForm.extend({
  shape: z.enum(['csv', 'json'], 'Select a table or data'),
  year: Year.catch(''),
});

export const FirstResponderQuery = z.object({ to: uuid.optional().catch(undefined) });
export const FirstResponderForm = z.object({
  digest: z.string('Open the page again'),
  to: uuid.catch(''),
});
export const SubmittedForm = z.object({
  request: z.string('Select who submitted it'),
  day: Day('Enter the day on which it was submitted'),
  reference: OptionalText(60),
});

export const events = [...decisionKinds, 'agreed to stay', 'suspended', 'withdrawn'] as const;
export const EventForm = z
  .object({
    what: z.enum(events, 'Select what came'),
    outcome: z.enum(['positive', 'negative']).optional().catch(undefined),
    day: Day('Enter the day that stands on it'),
  })
  .refine(({ what, outcome }) => outcome !== undefined || !decisionKinds.some((kind) => kind === what), {
    path: ['outcome'],
    message: 'Select how it was decided',
  });
