/** What the forms of this room accept, and what they say when they do not. */

import { z } from 'zod';
import { MaybeDay, MaybeWords, Sentence, Ticked, Words } from '../../platform/forms.ts';
import { PageQuery } from '../../platform/paging.ts';
import { disclosedIds } from '../../public/signs/index.ts';
import { isPaperGroup, neededToRefer, type PersonId, referringPurposes, shareable } from '../../vocabulary/agreed.ts';
import type { EncounterId, VisitId } from '../../vocabulary/ids.ts';
import { type ConsentId, type Disclosure, type GrantId, looks } from '../consent/index.ts';
import {
  adviceKinds,
  ages,
  correctionReasons,
  type NoteId,
  type NoteOutcome,
  needKinds,
  outcomes,
  understandings,
} from './note.ts';
import { answerTimes, grounds, helpEndings, type Message, type ReferralId, takeBackReasons } from './referral.ts';

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
/** It was written just now. */
export const SavedQuery = z.object({ saved: z.literal('yes').optional().catch(undefined) });
export const NotesQuery = PageQuery.extend({
  visit,
  waiting: z.literal('yes').optional().catch(undefined),
  children: z.literal('yes').optional().catch(undefined),
});

const Said = {
  advice: Ticked(adviceKinds),
  understood: z
    .enum(['', ...understandings], 'Select whether the advice was understood')
    .optional()
    .transform((answer) => answer || null),
  needs: Ticked(needKinds),
  outcomes: Ticked(outcomes).transform((ticked): NoteOutcome[] => ticked.filter((one) => one !== 'referred')),
  disclosed: Ticked(disclosedIds as [string, ...string[]]),
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
  age: z.enum(ages).optional().catch(undefined),
  base: z.coerce.number('Open the form again').int(),
  why: z.enum(correctionReasons, 'Select why you correct this'),
});

const referrable = needKinds.filter((need) => need !== 'nothing now') as [
  Exclude<(typeof needKinds)[number], 'nothing now'>,
  ...Exclude<(typeof needKinds)[number], 'nothing now'>[],
];

export { referrable };

/** What may be told besides what nobody can be asked to help without; papers are chosen one by one. */
export const tellable = shareable.filter((item) => !neededToRefer.includes(item) && !isPaperGroup(item)) as [
  (typeof shareable)[number],
  ...(typeof shareable)[number][],
];
/** For how many days they may see it, today not counted. */
export const seenFor = ['7', '28', '90'] as const;
const agreedTo = 'consent:';
/** Which consent is meant, as one of the answers to whether the person has agreed. */
export const byConsent = (id: string): string => `${agreedTo}${id}`;

export const tickReach = 'Say how to reach the person safely, and tick above that they may be told; or neither';
const maybeId = z.uuid().toLowerCase().optional().catch(undefined);
/** Which consent somebody comes from; or whom to ask, what for and with which paper, where that was chosen before. */
export const ConsentQuery = z.object({
  consent: z
    .uuid()
    .transform((id) => id as ConsentId)
    .optional()
    .catch(undefined),
  to: maybeId,
  purpose: z.enum(referringPurposes).optional().catch(undefined),
  paper: maybeId,
});
export type Wanted = Omit<z.output<typeof ConsentQuery>, 'consent'>;
export const ConsentPath = z.object({
  id: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as ConsentId),
});
export const GrantPath = z.object({
  id: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as GrantId),
});
export const SubjectPath = z.object({
  personId: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as PersonId),
});

/** Papers that go along, ticked one by one. */
const Papers = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : [value].flat()),
  z.array(z.uuid('Select papers of the list')).max(200),
);

/** What is told where nobody is asked to do anything: of what was agreed, what nobody has written down yet. */
export const TellForm = z.object({
  id: z
    .uuid('Open the form again')
    .toLowerCase()
    .transform((id) => id as GrantId),
  words: MaybeWords(2_000),
  reach: MaybeWords(500),
  papers: Papers,
  step: z.enum(['preview', 'change', 'send']).catch('preview'),
});

/** Told at once in danger, by whoever could approve it for another, and why. */
export const AtOnceAnswers = {
  atOnce: Ticked(['yes']).transform((ticked) => ticked.length > 0),
  cannotWait: z
    .union([z.literal('').transform(() => null), Sentence('Say why it cannot wait')])
    .nullish()
    .transform((why) => why ?? null),
};
/** Who wrote why it cannot wait, and did not tick that it is told at once, would wait all the same and not know it. */
export const TickedAtOnce = [
  ({ atOnce, cannotWait }: { readonly atOnce: boolean; readonly cannotWait: string | null }) =>
    atOnce || cannotWait === null,
  { path: ['atOnce'] as PropertyKey[], message: 'Select that it is told at once, or leave empty why it cannot wait' },
] as const;

export const ReferForm = z
  .object({
    id: z
      .uuid('Open the form again')
      .toLowerCase()
      .transform((id) => id as ReferralId),
    to: z.string().default(''),
    needs: Ticked(referrable).refine((needs) => needs.length > 0, 'Select what help is asked for'),
    words: Words('Write what they need to know', 2_000),
    also: Ticked(tellable),
    reach: MaybeWords(500),
    papers: Papers,
    purpose: z.enum(referringPurposes, 'Select what it is for').default(referringPurposes[0]),
    days: z.enum(seenFor, 'Select for how long they may see it').default('28').transform(Number),
    answer: z.enum(answerTimes, 'Select by when they must have answered').default('by the next working day'),
    handOver: Ticked(['yes']).transform((ticked) => ticked.length > 0),
    agreed: z.union(
      [
        z.enum([...grounds, 'not agreed']),
        z
          .templateLiteral([agreedTo, z.uuid()])
          .transform((text) => ({ consent: text.slice(agreedTo.length) as ConsentId })),
      ],
      'Select whether the person has agreed',
    ),
    reasons: MaybeWords(1_000),
    ...AtOnceAnswers,
    step: z.enum(['preview', 'change', 'send']).catch('preview'),
  })
  .refine(({ to, agreed }) => to !== '' || typeof agreed === 'object', {
    path: ['to'],
    message: 'Select who is asked to help',
  })
  .refine(
    ({ also, reach, agreed }) =>
      reach === null || typeof agreed === 'object' || also.includes('how to reach the person safely'),
    { path: ['reach'], message: tickReach },
  )
  .refine(...TickedAtOnce);

export const DisclosurePath = z.object({
  id: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as Disclosure['id']),
});
const MaybeSentence = z
  .union([z.literal('').transform(() => null), Sentence('Say what was wrong')])
  .nullish()
  .transform((text) => text ?? null);
/** Of the drafts that stood on the page: what nobody read, nobody approves. */
const Read = { read: z.string().max(2_000).catch('') };
export const ApprovalForm = z.object({
  answer: z.enum(['approve', 'refuse'], 'Select whether you approve it'),
  said: MaybeSentence,
  ...Read,
});
export const LookForm = z.object({ answer: z.enum(looks, 'Select what you found'), said: MaybeSentence, ...Read });
export const SendingForm = z.object({ step: z.enum(['send']).optional().catch(undefined) });

export const MessageForm = z.object({
  id: z
    .uuid('Open the form again')
    .toLowerCase()
    .transform((id) => id as Message['id']),
  words: Words('Write what you want to say', 1_000),
  item: z.enum(shareable, 'Select which of what was agreed this is about').optional(),
});
export const FinishForm = z.object({
  outcome: z.enum(helpEndings, 'Select how it ended'),
  /** Of what was submitted for the person, the day and the number that the service gave; or why it was not. */
  day: MaybeDay(),
  number: MaybeWords(60),
  why: MaybeSentence,
});
/** What was done just now: said above the page that follows. */
export const DoneQuery = z.object({
  done: z.enum(['sent', 'said', 'accepted', 'declined', 'finished', 'answered']).optional().catch(undefined),
});
export const ListQuery = PageQuery.extend(DoneQuery.shape);

export const TakeBackForm = z.object({ why: z.enum(takeBackReasons, 'Select why you take it back') });

export const DecisionForm = z.object({
  decision: z.enum(['accepted', 'declined'], 'Select whether your agency takes this on'),
  reason: MaybeWords(1_000),
});
