/** What the forms of this room accept, and what they say when they do not. */
import { z } from 'zod';
import { MaybeWords, Ticked, Words } from '../platform/forms.ts';
import { PageQuery } from '../platform/paging.ts';
import type { EncounterId, VisitId } from '../vocabulary/ids.ts';
import {
  adviceKinds,
  correctionReasons,
  type NoteId,
  type NoteOutcome,
  needKinds,
  outcomes,
  understandings,
} from './note.ts';
import { grounds, type ReferralId } from './referral.ts';

export const EncounterPath = z.object({
  encounterId: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as EncounterId),
});
export const NotePath = z.object({
  id: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as NoteId),
});
export const ReferralPath = z.object({
  id: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as ReferralId),
});

const visit = z
  .uuid()
  .transform((id) => id as VisitId)
  .optional()
  .catch(undefined);
export const NotesQuery = PageQuery.extend({
  visit,
  saved: z.literal('yes').optional().catch(undefined),
  waiting: z.literal('yes').optional().catch(undefined),
});

const Said = {
  advice: Ticked(adviceKinds),
  understood: z
    .enum(['', ...understandings], 'Select whether the advice was understood')
    .optional()
    .transform((answer) => answer || null),
  needs: Ticked(needKinds),
  outcomes: Ticked(outcomes).transform((ticked): NoteOutcome[] => ticked.filter((one) => one !== 'referred')),
  wants: MaybeWords(2_000),
};

/** What was said, whatever else is wrong with its form. */
export const SaidForm = z.object({ ...Said, wants: z.unknown().transform(() => null) });

export const NoteForm = z.object({
  id: z
    .uuid('Open the form again')
    .toLowerCase()
    .transform((id) => id as NoteId),
  ...Said,
});

export const NoteCorrection = z.object({
  ...Said,
  base: z.coerce.number('Open the form again').int(),
  why: z.enum(correctionReasons, 'Select why you correct this'),
});

const referrable = needKinds.filter((need) => need !== 'nothing now') as [
  Exclude<(typeof needKinds)[number], 'nothing now'>,
  ...Exclude<(typeof needKinds)[number], 'nothing now'>[],
];

export { referrable };

export const ReferForm = z.object({
  id: z
    .uuid('Open the form again')
    .toLowerCase()
    .transform((id) => id as ReferralId),
  to: z.string('Select who is asked to help').min(1, 'Select who is asked to help'),
  needs: Ticked(referrable).refine((needs) => needs.length > 0, 'Select what help is asked for'),
  words: Words('Write what they need to know', 2_000),
  agreed: z.enum([...grounds, 'not agreed'], 'Select whether the person has agreed'),
  step: z.enum(['preview', 'change', 'send']).catch('preview'),
});

export const DecisionForm = z.object({
  decision: z.enum(['accepted', 'declined'], 'Select whether your agency takes this on'),
  reason: MaybeWords(1_000),
});
