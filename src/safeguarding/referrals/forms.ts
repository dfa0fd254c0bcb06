/** Form schemas of notes and referrals, with their error messages. */

import { z } from 'zod';
import {
  Another,
  CheckboxList,
  IdOf,
  OptionalDay,
  OptionalText,
  RequiredText,
  Sentence,
} from '../../platform/forms/forms.ts';
import { PageQuery } from '../../platform/rendering/paging.ts';
import { disclosedIds } from '../../public/signs/index.ts';
import { ages } from '../../vocabulary/age.ts';
import type { EncounterId, PersonId, VisitId } from '../../vocabulary/ids.ts';
import {
  isDocumentGroup,
  referralPurposes,
  requiredForReferral,
  type ShareableItem,
  shareableItems,
} from '../../vocabulary/information-shared.ts';
import { visitInterpreters } from '../../vocabulary/interpreting.ts';
import type { ConsentId } from '../consent/consent.ts';
import type { GrantId } from '../consent/grant.ts';
import { type Disclosure, reviewResults } from '../disclosures/disclosure.ts';
import {
  adviceKinds,
  correctionReasons,
  type NoteId,
  type NoteOutcome,
  needKinds,
  outcomes,
  understandings,
} from '../notes/note.ts';
import {
  answerDeadlines,
  grounds,
  type Message,
  type ReferralId,
  referralOutcomes,
  takeBackReasons,
} from './referral.ts';

export const EncounterPath = z.object({ encounterId: IdOf<EncounterId>() });
export const NotePath = z.object({ id: IdOf<NoteId>() });
export const ReferralPath = z.object({ id: IdOf<ReferralId>() });

const visit = z
  .uuid()
  .transform((id) => id as VisitId)
  .optional()
  .catch(undefined);
export const NotesQuery = PageQuery.extend({
  visit,
  waiting: z.literal('yes').optional().catch(undefined),
  children: z.literal('yes').optional().catch(undefined),
});

const NoteAnswerFields = {
  advice: CheckboxList(adviceKinds),
  understood: z
    .enum(['', ...understandings], 'Select whether the advice was understood')
    .optional()
    .transform((answer) => answer || null),
  needs: CheckboxList(needKinds),
  outcomes: CheckboxList(outcomes).transform((ticked): NoteOutcome[] => ticked.filter((one) => one !== 'referred')),
  disclosed: CheckboxList(disclosedIds as [string, ...string[]]),
  wants: OptionalText(2_000),
};

/** Reads the answers that do not depend on the rest of the form being valid. */
export const NoteAnswersForm = z.object({ ...NoteAnswerFields, wants: z.unknown().transform(() => null) });

export const NoteForm = z.object({
  id: IdOf<NoteId>('Open the form again'),
  ...NoteAnswerFields,
  authorPhone: OptionalText(60),
  another: Another,
  finish: Another,
});

/** What the author answered, without the form's id and its buttons. */
export const answersIn = ({
  id: _,
  another: _another,
  finish: _finish,
  authorPhone: _phone,
  ...answers
}: z.output<typeof NoteForm>) => answers;

export const NoteCorrection = z.object({
  ...NoteAnswerFields,
  age: z.enum(ages).optional().catch(undefined),
  language: OptionalText(60),
  interpreter: z
    .enum(['', ...visitInterpreters], 'Select the interpreter')
    .optional()
    .transform((answer) => answer || null),
  authorPhone: OptionalText(60),
  base: z.coerce.number('Open the form again').int(),
  why: z.enum(correctionReasons, 'Select why you correct this'),
});

const referableNeeds = needKinds.filter((need) => need !== 'nothing now') as [
  Exclude<(typeof needKinds)[number], 'nothing now'>,
  ...Exclude<(typeof needKinds)[number], 'nothing now'>[],
];

export { referableNeeds as referrable };

/** Optional items, beyond those that every referral needs. Documents are chosen one by one. */
export const optionalItems = shareableItems.filter(
  (item) => !requiredForReferral.includes(item) && !isDocumentGroup(item),
) as [(typeof shareableItems)[number], ...(typeof shareableItems)[number][]];
/** For how many days the recipient may see it, not counting today. */
export const accessDays = ['7', '28', '90'] as const;
const consentPrefix = 'consent:';
/** Names a consent as one answer to “has the person agreed?”. */
export const consentAnswer = (id: string): string => `${consentPrefix}${id}`;

export const safeContactError = 'Enter the safe contact and tick it above, or leave out both';
const maybeId = z.uuid().toLowerCase().optional().catch(undefined);
/** The consent that led here, or a preselected recipient, purpose and document. */
export const ReferralQuery = z.object({
  consent: z
    .uuid()
    .transform((id) => id as ConsentId)
    .optional()
    .catch(undefined),
  to: maybeId,
  purpose: z.enum(referralPurposes).optional().catch(undefined),
  paper: maybeId,
  /** Records that children’s services know already, and refers nobody. */
  notified: z.literal('yes').optional().catch(undefined),
});
export type ReferralPreselection = Omit<z.output<typeof ReferralQuery>, 'consent' | 'notified'>;

export const notifiedWays = ['by telephone', 'in person', 'by e-mail or letter'] as const;
/** What can be told by word of mouth. */
export const notifiedItems = [
  ...(['when we met', 'where we met', 'help needed', 'essential information'] as const),
  ...(['wishes', 'given advice', 'contact details'] as const),
] as const satisfies readonly ShareableItem[];
export const ChildrenNotifiedForm = z.object({
  id: IdOf<ReferralId>('Open the form again'),
  to: z.string('Select the council').min(1, 'Select the council'),
  how: z.enum(notifiedWays, 'Select how you notified them'),
  whom: RequiredText('Enter whom you notified', 200).regex(/\p{L}/u, 'Enter whom you notified'),
  when: RequiredText('Enter the day and the time', 120).regex(/[\p{L}\p{N}]/u, 'Enter the day and the time'),
  items: CheckboxList(notifiedItems).refine((chosen) => chosen.length > 0, 'Select what you told them'),
});
export const ConsentPath = z.object({ id: IdOf<ConsentId>() });
export const GrantPath = z.object({ id: IdOf<GrantId>() });
export const SubjectPath = z.object({ personId: IdOf<PersonId>() });

/** Documents to send, each with its own tick box. */
const DocumentIds = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : [value].flat()),
  z.array(z.uuid('Select documents from the list')).max(200),
);

/** For telling an agency without asking for help. It asks only for agreed items that no record contains. */
export const InformationSharingForm = z.object({
  id: IdOf<GrantId>('Open the form again'),
  words: OptionalText(2_000),
  reach: OptionalText(500),
  papers: DocumentIds,
  step: z.enum(['preview', 'change', 'send']).catch('preview'),
});

/** Disclosed at once because of danger, with the reason, by a member who could approve for colleagues. */
export const ImmediateDisclosureFields = {
  atOnce: CheckboxList(['yes']).transform((ticked) => ticked.length > 0),
  cannotWait: z
    .union([z.literal('').transform(() => null), Sentence('Say why it cannot wait')])
    .nullish()
    .transform((why) => why ?? null),
};
/** A member who gives the reason but does not tick “at once” would wait for approval without noticing. */
export const immediateDisclosureRule = [
  ({ atOnce, cannotWait }: { readonly atOnce: boolean; readonly cannotWait: string | null }) =>
    atOnce || cannotWait === null,
  { path: ['atOnce'] as PropertyKey[], message: 'Select “Share it now”, or delete the reason why it cannot wait' },
] as const;

export const ReferralForm = z
  .object({
    id: IdOf<ReferralId>('Open the form again'),
    to: z.string().default(''),
    needs: CheckboxList(referableNeeds).refine((needs) => needs.length > 0, 'Select the help that is needed'),
    words: OptionalText(2_000),
    senderPhone: OptionalText(60),
    also: CheckboxList(optionalItems),
    reach: OptionalText(500),
    papers: DocumentIds,
    purpose: z.enum(referralPurposes, 'Select what it is for').default(referralPurposes[0]),
    days: z.enum(accessDays, 'Select for how long they may see it').default('28').transform(Number),
    answer: z.enum(answerDeadlines, 'Select the deadline for their answer').default('by the next working day'),
    handOver: CheckboxList(['yes']).transform((ticked) => ticked.length > 0),
    agreed: z.union(
      [
        z.enum([...grounds, 'not agreed']),
        z
          .templateLiteral([consentPrefix, z.uuid()])
          .transform((text) => ({ consent: text.slice(consentPrefix.length) as ConsentId })),
      ],
      'Select whether the person has agreed',
    ),
    reasons: OptionalText(1_000),
    ...ImmediateDisclosureFields,
    step: z.enum(['preview', 'change', 'send']).catch('preview'),
  })
  .refine(({ to, agreed }) => to !== '' || typeof agreed === 'object', {
    path: ['to'],
    message: 'Select who is asked to help',
  })
  .refine(
    ({ also, reach, agreed }) => reach === null || typeof agreed === 'object' || also.includes('contact details'),
    { path: ['reach'], message: safeContactError },
  )
  .refine(...immediateDisclosureRule);

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
/** The drafts shown on the page: a draft that was not read cannot be approved. */
const ReadDrafts = { read: z.string().max(2_000).catch('') };
export const ApprovalForm = z.object({
  answer: z.enum(['approve', 'refuse'], 'Select whether you approve it'),
  said: MaybeSentence,
  ...ReadDrafts,
});
export const ReviewForm = z.object({
  answer: z.enum(reviewResults, 'Select what you found'),
  said: MaybeSentence,
  ...ReadDrafts,
});

export const MessageForm = z.object({
  id: z
    .uuid('Open the form again')
    .toLowerCase()
    .transform((id) => id as Message['id']),
  words: RequiredText('Write what you want to say', 1_000),
  item: z.enum(shareableItems, 'Select the agreed item this is about').optional(),
});
export const FinishForm = z.object({
  outcome: z.enum(referralOutcomes, 'Select how it ended'),
  /** Day and reference number of the submission to the NRM, or why it was not submitted. */
  day: OptionalDay(),
  number: OptionalText(60),
  why: MaybeSentence,
});
/** Which success message the next page shows. */
export const DoneQuery = z.object({
  done: z.enum(['sent', 'said', 'accepted', 'declined', 'finished', 'answered']).optional().catch(undefined),
});
export const ListQuery = PageQuery.extend(DoneQuery.shape);

export const TakeBackForm = z.object({ why: z.enum(takeBackReasons, 'Select the reason for withdrawing') });

export const DecisionForm = z.object({
  decision: z.enum(['accepted', 'declined'], 'Select whether your agency takes this on'),
  reason: OptionalText(1_000),
});
