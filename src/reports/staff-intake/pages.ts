/** The pages by which staff take a report for a caller and a professional hands one in: one page each, then the receipt, then nothing but that it was sent. */

import { dayOf } from '../../platform/clock.ts';
import type { Field as Asked, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type ListPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { groupSigns, isControlSign, type Kind, kinds, type Sign } from '../../public/signs/index.ts';
import { reportedAges } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { policeReportPaths, reportPaths } from '../../vocabulary/paths/reports.ts';
import type { Attendance } from '../attendance/attendance.ts';
import { formatAnswer, labels } from '../intake/question-words.ts';
import { choices, mostLetters, steps } from '../intake/questions.ts';
import type { ReceiptText } from '../intake/sent-pages.ts';
import { numberOf, text } from '../page-parts.ts';
import type { IntakeLine } from '../report.ts';
import { partnerLabels } from './labels.ts';
import { callers, consents, mustOfferSupportFirst, observations, type StaffIntakeWay } from './staff-intake.ts';
import type { StaffIntake } from './store.ts';

const lineLabels: Record<IntakeLine, string> = { police: 'police', help: 'support agencies' };

export const notAttendedErrors: FormErrors = {
  '': 'Your agency cannot take a report on this line now. Your text is below and is not sent. If somebody is in danger, call 999. The page “Get help or report” lists other services.',
};

/** The partnership’s own dated texts, for staff to read out or to know before the report begins. */
const attendanceTexts = (attendance: Attendance): string[] => [
  `Readers: ${attendance.readers}`,
  `Duties: ${attendance.mustAct}`,
  `Immigration: ${attendance.immigration}`,
  `Privacy notice: ${attendance.notice} (as of ${longDay(dayOf(attendance.setAt))})`,
];

const options = (field: 'who' | 'now' | 'receipt', values: readonly string[], words: Record<string, string> = {}) =>
  values.map((value) => ({ value, text: words[value] ?? formatAnswer(field, { [field]: value }) }));

const callerWords = {
  worried: 'They noticed something about somebody else',
  me: 'It is happening to the caller',
  professional: 'They work with people, and report it as part of their work',
};
const receiptWords = {
  words: 'A shopping list of eight lines, read out',
  digits: 'A row of digits, read out',
  none: 'No receipt: they cannot or do not want to keep one',
};
const ownReceiptWords = {
  words: 'A shopping list of eight lines',
  digits: 'A row of digits',
  none: 'Nothing',
};

const reportQuestion = {
  label: 'The report, in the words of the person who made it',
  hint: 'This is the only question that you must answer. Write observations, not conclusions.',
};
const descriptionFields = (ask: FieldBuilder, { label, hint } = reportQuestion): Asked[] => [
  ask.words('what', label, {
    hint,
    most: mostLetters,
    rows: 6,
  }),
  ask.text('place', labels.place),
  ask.text('postcode', labels.postcode, { classes: 'govuk-input--width-10' }),
  ask.text('when', labels.when),
  ask.words('people', labels.people, {
    hint: 'Record how many people, their appearance and the names that were used. Do not draw conclusions from where people come from.',
    most: mostLetters,
  }),
  ask.words('vehicles', labels.vehicles, { most: mostLetters }),
  ask.words('knows', labels.knows, { most: mostLetters }),
];

const observationQuestion = {
  label: 'The observation, yours or your colleague’s',
  hint: 'Write observations, not conclusions. Answer this question and the one before it; leave the others empty if you do not know.',
};

/** What an officer writes down for triage of their own agency: the questions of a report, and how they know it. */
export const internalLogPage = ({ id, attendance }: Omit<Form, 'line'>): FormPage => ({
  title: 'Internal log',
  caption: 'For triage of your agency',
  ...backTo(staffSite, 'Your work'),
  lead: attendance
    ? [
        'Write what you saw, or what a colleague told you. If somebody is in danger now, call 999 first.',
        'It goes into the same queue as the public reports. You cannot read it again after you send it.',
      ]
    : [],
  ...(!attendance && { warning: notAttendedErrors[''], closed: true }),
  action: policeReportPaths.internalLog(),
  button: 'Send the log to the queue',
  fields: (ask) => [
    ask.hidden('id', id),
    ask.one('now', 'Is somebody in danger now?', options('now', choices.now)),
    ask.one(
      'observed',
      'How do you know it?',
      observations.map((value) => ({ value, text: ownObservedWords[value] })),
    ),
    ...descriptionFields(ask, observationQuestion).filter(({ name }) => name !== 'knows'),
    ask.text('name', 'Name of the colleague, if they are the source', {
      hint: 'Safelight keeps it apart from the log. Only a custodian can open it.',
    }),
  ],
});
const ownObservedWords: Readonly<Record<(typeof observations)[number], string>> = {
  self: 'I saw or heard it myself',
  colleague: 'A colleague told me',
};

const contactInputs = (ask: FieldBuilder, label: string): Asked[] => [
  ask.heading(
    'reached',
    label,
    'Safelight keeps the source identity apart from the report and encrypts it with a separate key. Only a custodian can open the source identity, and must give reasons. Leave these boxes empty if the caller gave no contact.',
  ),
  ...steps.contact.map((field) => ask.text(field, labels[field], hints[field] ? { hint: hints[field] } : {})),
];
const hints: Readonly<Partial<Record<string, string>>> = {
  channel: 'A number or address that only the person can see.',
  safely: 'Days and hours.',
  never: 'For example: no voicemail, no letter, no text message.',
};

const receiptField = (ask: FieldBuilder, who: string, words: Record<string, string>): Asked =>
  ask.one('receipt', `A way for ${who} to come back, without a name`, options('receipt', choices.receipt, words), {
    hint: 'Offer the receipt, but do not insist. The next page shows the receipt, and shows it only once.',
  });

type Form = { readonly line: IntakeLine; readonly id: string; readonly attendance: Attendance | undefined };

export const phonePage = ({ line, id, attendance }: Form): FormPage => ({
  title: 'Take a report by phone',
  caption: `For ${lineLabels[line]}`,
  ...backTo(reportPaths[line].queue(), 'Reports'),
  lead: attendance
    ? [
        'Ask first whether somebody is in danger now, and whether it is safe to talk. Then read this to the caller:',
        ...attendanceTexts(attendance),
        ...(mustOfferSupportFirst(line)
          ? ['If it is happening to the caller, say that a support agency can take the report instead of the police.']
          : []),
      ]
    : [],
  ...(!attendance && { warning: notAttendedErrors[''], closed: true }),
  action: reportPaths[line].phone(),
  button: 'Send the report to the queue',
  fields: (ask) => [
    ask.hidden('id', id),
    ask.one('now', 'Is somebody in danger now?', options('now', choices.now), {
      hint: 'If somebody is in danger, give the emergency number first: 999.',
    }),
    ask.one('who', 'Who calls?', options('who', callers, callerWords)),
    ...descriptionFields(ask),
    ...contactInputs(ask, 'Can we call you back, and how can we do that safely?'),
    receiptField(ask, 'the caller', receiptWords),
  ],
});

const consentWords: Record<(typeof consents)[number], string> = {
  yes: 'Yes, and the person knows who will read it',
  no: 'No',
  'not asked': 'Was not asked',
  'not safe to ask': 'It would not be safe to ask',
};

const groupHeading = (of: string): string =>
  of === 'every kind' ? 'Signs of control' : of === 'means nothing alone' ? 'Mean nothing alone' : capital(of);

/** Signs of control before those that mean nothing alone, as everywhere. */
const signOptions = (signs: readonly Sign[]) =>
  groupSigns(signs).flatMap(({ of, signs: some }) =>
    some.map((sign) => ({
      value: sign.text,
      text: sign.text,
      hint: { text: isControlSign(sign) ? groupHeading(of) : `Means nothing alone. ${sign.innocent}` },
    })),
  );

type PartnerForm = Form & { readonly kind: Kind; readonly signs: readonly Sign[] };

export function partnerPage({ line, id, attendance, kind, signs }: PartnerForm): FormPage {
  const address = reportPaths[line].partnerForm();
  return {
    title: `Partner intelligence form to ${lineLabels[line]}`,
    caption: capital(kind === 'not known' ? 'kind not known' : kind),
    back: { href: address, text: 'Another kind of exploitation' },
    lead: attendance
      ? [
          'If somebody is in danger now, call 999 first. This form goes into the same queue as the public reports. You cannot read the form again after you send it.',
          ...attendanceTexts(attendance),
        ]
      : [],
    ...(!attendance && { warning: notAttendedErrors[''], closed: true }),
    action: address,
    cancel: staffSite,
    button: 'Send the form',
    fields: (ask) => [
      ask.hidden('id', id),
      ask.hidden('kind', kind),
      ask.one('now', 'Is somebody in danger now?', options('now', choices.now)),
      ask.many('signs', 'Which signs did you notice?', signOptions(signs), {
        hint: 'Safelight does not turn indicators into a score. Select observations, not conclusions.',
      }),
      ...descriptionFields(ask),
      ask.heading('person', 'The person'),
      ask.one('age', partnerLabels.age, reportedAges, {
        hint: 'If you do not know, treat the person as a child until an assessment.',
      }),
      ask.one(
        'consent',
        partnerLabels.consent,
        consents.map((value) => ({ value, text: consentWords[value] })),
      ),
      ask.words('done', partnerLabels.done, {
        hint: 'Include the people informed, the arrangements made and the advice given.',
        most: mostLetters,
      }),
      ask.text('reference', partnerLabels.reference, { hint: 'No name.' }),
      ...contactInputs(ask, 'How can the person be reached safely?'),
      receiptField(ask, 'you', ownReceiptWords),
    ],
  };
}

/** The kind first: each asks for signs of its own. */
export const kindPage = (line: IntakeLine): SectionsPage => ({
  title: `Partner intelligence form to ${lineLabels[line]}`,
  back: { href: staffSite, text: 'Your work' },
  lead: ['If somebody is in danger now, call 999 first. What is it about?'],
  sections: [
    {
      kind: 'list',
      items: kinds.map((kind) => ({
        text: capital(kind === 'not known' ? 'something else, or not known' : kind),
        href: `${reportPaths[line].partnerForm()}?kind=${encodeURIComponent(kind)}`,
      })),
      links: [{ href: reportPaths[line].sent(), text: 'Sent forms' }],
    },
  ],
});

export const alreadyReceivedMessage =
  'This form had already arrived. It is kept once. Use the receipt from the first time.';

export function receivedPage(
  line: IntakeLine,
  way: 'take' | 'hand-in' | 'log',
  kept: ReceiptText | undefined,
  before: boolean,
): SectionsPage {
  const lines = kept?.words ?? (kept?.digits ? [kept.digits] : []);
  const next = way === 'take' ? reportPaths[line].queue() : reportPaths[line].sent();
  return {
    title: 'Sealed, and in the queue',
    back: { href: next, text: way === 'take' ? 'Reports' : 'Sent forms' },
    lead: [
      before ? alreadyReceivedMessage : 'It is in the queue of reports. This page cannot show it again.',
      ...(lines.length > 0
        ? [
            way === 'take'
              ? 'Read this out slowly, in this order. Ask the caller to repeat it. It is shown once. The caller can return with it under “I have told you something before”. Do not write it down yourself.'
              : 'Keep this in this order. It is shown once. Use it on the public pages, under “I have told you something before”, to read an answer or add to your report.',
          ]
        : []),
    ],
    sections:
      lines.length > 0
        ? [
            {
              kind: 'table',
              caption: 'Receipt',
              columns: ['Line', 'To keep'].map(text),
              rows: lines.map((line, index) => [text(String(index + 1)), text(line)]),
            },
          ]
        : [],
  };
}

const wayWords: Readonly<Record<StaffIntakeWay, string>> = {
  'by phone': 'by phone',
  partner: 'handed in',
  'internal log': 'internal log',
};

export const sentReportsPage = (line: IntakeLine, sent: readonly StaffIntake[]): ListPage => ({
  title: 'Sent forms',
  back: { href: reportPaths[line].partnerForm(), text: 'Send a partner intelligence form' },
  lead: ['This page lists the forms and when they were sent. Only the recipients can read the forms.'],
  list: {
    kind: 'table',
    caption: `Sent to ${lineLabels[line]}, the latest first`,
    columns: ['Report', 'How', 'When'].map(text),
    rows: sent.map(({ id, way, takenAt }) => [text(numberOf(id)), text(wayWords[way]), text(formatHour(takenAt))]),
    empty: 'You have sent no forms yet.',
  },
});
