/** Validation of this area's forms, and their error messages. The public form refuses only answers too long to keep. */
import { z } from 'zod';
import { CheckboxList, RequiredText, Sentence, Time } from '../platform/forms/forms.ts';
import { lineStates, readingDays } from './attendance/attendance.ts';
import { type Answers, choices, type Field, mostLetters, type Step, stepNames, steps } from './intake/questions.ts';
import { readPoint, readView } from './map/map.ts';
import { messageKinds, type ReportId } from './report.ts';
import { closingOutcomes } from './retention/retention.ts';
import type { BrowserSealed } from './sealing/sealed-report.ts';
import { type IntakeKeys, isSealedTo } from './sealing/sealing.ts';
import { purposeAfterWithdrawal } from './source-identity/identity-request.ts';

export const ReportPath = z.object({ id: z.uuid().transform((id) => id as ReportId) });

/** What a button of the public form sends in addition to the answers. A field sent twice counts once. */
const SingleValue = z
  .union([z.string(), z.array(z.string()).transform((many) => many.at(-1) ?? '')])
  .catch('')
  .default('');
export const PressForm = z.object({
  draft: SingleValue,
  question: SingleValue.transform((name) => stepNames.find((step) => step === name)),
  press: SingleValue,
  /** What a browser has sealed, in letters: sent with the last page alone. */
  words: SingleValue,
  contact: SingleValue,
  work: SingleValue,
});

/** What a browser sealed to the line's key; nothing where it sent nothing, 'unfit' where it cannot be that. */
export type SealedFields = Pick<z.output<typeof PressForm>, 'words' | 'contact'>;
export function readSealed({ words, contact }: SealedFields, keys: IntakeKeys): BrowserSealed | 'unfit' | undefined {
  if (words === '' && contact === '') return undefined;
  const [box, apart] = [words, contact].map((text) => (text === '' ? undefined : Buffer.from(text, 'base64url')));
  for (const one of [box, apart]) if (one && !isSealedTo(keys, one)) return 'unfit';
  return box ? { words: box, ...(apart && { contact: apart }) } : 'unfit';
}

/** The answers to one question, as far as they are any: an unknown choice is none. */
export function readAnswers(step: Step, body: unknown): Answers {
  const sent = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return Object.fromEntries(
    steps[step].flatMap((field: Field) => {
      if (!(field in sent)) return [[field, '']];
      const text = SingleValue.parse(sent[field]).trim();
      const known: readonly string[] | undefined = (choices as Readonly<Partial<Record<Field, readonly string[]>>>)[
        field
      ];
      return [[field, known && !known.includes(text) ? '' : text]];
    }),
  ) as Answers;
}

/** What one press of the form says. Who presses again with another choice of receipt says the same. */
export function contentOf(step: Step, press: string, sealed: SealedFields, body: unknown): unknown {
  const { receipt, ...answered } = readAnswers(step, body);
  return [press, step, answered, sealed.words, sealed.contact];
}

export const findTooLong = (answers: Answers): Field[] =>
  (Object.keys(answers) as Field[]).filter((field) => (answers[field] ?? '').length > mostLetters);

/** A number of the page's own; anything else is none. */
const SmallNumber = SingleValue.transform((text) => (/^\d{1,4}$/.test(text) ? Number(text) : undefined));
/** Longer than a page shows is cut: the form says so by showing it. */
const ShortText = SingleValue.transform((text) => text.trim().slice(0, mostLetters / 4));

const MapForm = z
  .object({
    view: SingleValue.transform(readView),
    place: SingleValue.transform(readPoint),
    'at.x': SmallNumber,
    'at.y': SmallNumber,
  })
  .transform(({ view, place, 'at.x': x, 'at.y': y }) => ({ view, place, x, y }));
export type MapPress = z.infer<typeof MapForm>;
export const readMapPress = (body: unknown): MapPress => MapForm.parse(body ?? {});

const SightingForm = z
  .object({ seen: ShortText, seenwhen: ShortText, seenwhere: ShortText, at: SmallNumber })
  .transform(({ seen, seenwhen, seenwhere, at }) => ({ what: seen, when: seenwhen, where: seenwhere, at }));
export type SightingPress = z.infer<typeof SightingForm>;
export const readSightingPress = (body: unknown): SightingPress => SightingForm.parse(body ?? {});

export const MailboxForm = z.object({
  ...{
    draft: SingleValue,
    press: SingleValue,
    list: SingleValue,
    words: SingleValue,
    when: ShortText,
    where: ShortText,
  },
  /** Whether files may be kept as they came: yes alone is yes. */
  originals: SingleValue,
});

/** What fits the page of the mailbox, whatever it is made of. */
export const maxMessageLength = 1_000;

export const MessageForm = z
  .object({
    kind: z.enum(messageKinds, 'Select the kind of message'),
    message: RequiredText('Write the message', maxMessageLength),
    base: z.coerce.number().int(),
    /** The exact message in which staff have checked the words found. */
    looked: z.string().catch('').default(''),
    /** Required when a report is closed, because retention depends on it. */
    outcome: z.enum(closingOutcomes).or(z.literal('')).catch('').default(''),
  })
  .refine(({ kind, outcome }) => kind !== 'closed' || outcome !== '', {
    path: ['outcome'],
    message: 'Select the outcome',
  });

/** The exact message in which staff have checked the words found comes with it. */
export const ReferralForm = z.object({
  message: RequiredText('Write the message', maxMessageLength),
  base: z.coerce.number().int(),
  looked: z.string().catch('').default(''),
});

export const NoActionForm = z.object({
  reason: Sentence('Enter why no action is needed'),
  base: z.coerce.number().int(),
});

/** What was taken back is opened for no more than this. */
export const withdrawnPurposes = ['life or safety', purposeAfterWithdrawal] as const;
export const OpenWithdrawnForm = z.object({
  purpose: z.enum(withdrawnPurposes, 'Select the purpose of opening it'),
  why: Sentence('Enter the reason for opening it'),
});
export const ReadIdentityForm = z.object({ why: Sentence('Enter the reason why you need the source identity') });

export const AttendanceForm = z
  .object({
    state: z.enum(lineStates, 'Select whether the form is open'),
    days: CheckboxList(readingDays).refine((days) => days.length > 0, 'Select the days on which somebody reads'),
    opens: Time('Enter the time at which reading starts'),
    closes: Time('Enter the time at which reading ends'),
    promisedHours: z
      .string('Enter a number of hours')
      .trim()
      .regex(/^\d{1,2}$/, 'Enter a number of hours, like 8')
      .transform(Number)
      .refine((hours) => hours >= 1 && hours <= 48, 'Enter a number from 1 to 48'),
    readers: Sentence('Enter who reads the reports'),
    mustAct: Sentence('Enter the information that must be acted on, whatever the reporter chooses'),
    immigration: Sentence('Enter whether immigration officers receive information'),
    notice: Sentence('Enter what you keep, for how long, and the controller'),
    keepsConfidence: z
      .enum(['yes', 'no'], 'Select whether you can keep it confidential')
      .transform((said) => said === 'yes'),
    onCall: RequiredText('Enter who is on call when somebody is in danger', 200),
  })
  .refine(({ opens, closes }) => closes > opens, { path: ['closes'], message: 'Enter a time after the start' });
