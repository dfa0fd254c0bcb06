/** The forms of meetings: call one, record who was present, put a case on the list, record a decision, add an action, close and correct the minutes. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { namedOptions } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { meetingPaths } from '../../vocabulary/paths/safeguarding/meetings.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import type { MeetingChoices } from './forms.ts';
import type { Meeting, MeetingCase, MeetingRefusal } from './meeting.ts';

export const noAccessText = 'A meeting opens no case to anybody. Each person sees the cases that they can read anyway.';
const knowledgeText =
  'Discuss a case only if the person knows of it. If you cannot ask safely, write why. Help never depends on the answer.';

export const meetingErrors: Record<MeetingRefusal, FormErrors> = {
  'closed already': { '': 'The minutes are closed. Add a correction instead' },
  'not the chair': { '': 'Only the chair can close the minutes' },
  'still open': { '': 'The minutes are still open. Record it in the meeting' },
};

export type MeetingStart = MeetingChoices & {
  readonly id: string;
  /** The meeting to change, or the one that a new meeting goes on with. */
  readonly known?: Partial<Meeting> | undefined;
  readonly from?: Meeting | undefined;
  readonly carried: number;
};

const meetingFields =
  ({ agencies, chairs, operations, known, id }: MeetingStart) =>
  (ask: FieldBuilder): Field[] => [
    ask.day('day', 'Date', { value: known?.day }),
    ask.time('time', 'Time', { value: known?.time }),
    ask.text('place', 'Place, or how it is held', { value: known?.place, hint: 'For example, a room or a video call' }),
    ask.choose('chairId', 'Chair', namedOptions(chairs), {
      value: known?.chairId,
      hint: 'A safeguarding lead or caseworker of your agency. The chair closes the minutes',
    }),
    ...(operations.length > 0
      ? [
          ask.choose('operationId', 'Operation, if the meeting follows one', namedOptions(operations), {
            value: known?.operationId,
            hint: 'Only members of the operation read its name',
          }),
        ]
      : []),
    ...(agencies.length > 0
      ? [
          ask.many('invited', 'Agencies to invite', namedOptions(agencies), {
            value: known?.invited,
            hint: 'Their support workers see when and where the meeting is',
          }),
        ]
      : []),
    ask.formId(id),
  ];

export const newMeetingPage = (start: MeetingStart): FormPage => ({
  title: 'Call a meeting',
  ...backTo(meetingPaths.meetings(), 'Meetings'),
  action: withQuery(meetingPaths.add(), { from: start.from?.id }),
  lead: [
    noAccessText,
    ...(start.from
      ? [
          start.carried === 0
            ? `No case with an open action comes along from the meeting on ${longDay(start.from.day)}.`
            : `Cases with open actions come along from the meeting on ${longDay(start.from.day)}: ${start.carried}.`,
        ]
      : []),
  ],
  fields: meetingFields(start),
  button: 'Call the meeting',
});

const meetingTitle = ({ day }: Pick<Meeting, 'day'>): string => `Meeting on ${longDay(day)}`;
const backToMeeting = (meeting: Pick<Meeting, 'id' | 'day'>) =>
  backTo(meetingPaths.meeting(meeting.id), meetingTitle(meeting));

export const editMeetingPage = (start: MeetingStart, meeting: Meeting): FormPage => ({
  title: 'Change the meeting',
  caption: meetingTitle(meeting),
  ...backToMeeting(meeting),
  action: meetingPaths.edit(meeting.id),
  fields: meetingFields(start),
});

export const attendancePage = (meeting: Meeting, agencies: MeetingChoices['agencies']): FormPage => ({
  title: 'Record who was present',
  caption: meetingTitle(meeting),
  ...backToMeeting(meeting),
  action: meetingPaths.attendance(meeting.id),
  lead: ['Write names of colleagues only. Do not name a person that the meeting is about.'],
  fields: (ask) => [
    ask.many('agenciesPresent', 'Agencies present', namedOptions(agencies), { value: meeting.agenciesPresent }),
    ask.words('present', 'People present', {
      value: meeting.present,
      hint: 'Name and agency of each colleague',
      rows: 4,
      most: 1_000,
    }),
    ask.words('apologies', 'Apologies', { value: meeting.apologies, rows: 2, most: 1_000 }),
    ask.day('nextDay', 'Next meeting', { value: meeting.nextDay, hint: 'Leave it empty if no date is set' }),
  ],
});

const knowledgeFields = (ask: FieldBuilder, known?: Pick<MeetingCase, 'knows' | 'reason'>): Field[] => [
  ask.yesNo('knows', 'Does the person know that this meeting talks about them?', { value: known?.knows }),
  ask.words('reason', 'If not, why', {
    value: known?.reason,
    hint: 'For example, it is not safe to ask',
    rows: 2,
    most: 300,
  }),
];

export const addCasePage = (
  meeting: Meeting,
  people: readonly { readonly id: string; readonly name: string }[],
  id: string,
): FormPage => ({
  title: 'Put a case on the list',
  caption: meetingTitle(meeting),
  ...backToMeeting(meeting),
  action: meetingPaths.addCase(meeting.id),
  lead: [noAccessText, knowledgeText],
  fields: (ask) => [
    ...(people.length > 0
      ? [ask.choose('personId', 'Case', namedOptions(people), { hint: 'The newest cases that you can read' })]
      : []),
    ask.text('reference', people.length > 0 ? 'Or the reference of another case' : 'Reference of the case', {
      hint: 'Like C-4F7-K2Q',
      classes: 'govuk-input--width-10',
      spellcheck: false,
    }),
    ...knowledgeFields(ask),
    ask.formId(id),
  ],
  button: 'Put it on the list',
});

export type CaseStart = {
  readonly meeting: Meeting;
  readonly one: MeetingCase;
  readonly called: string;
  readonly reference: string;
};

export const decisionPage = ({ meeting, one, called, reference }: CaseStart): FormPage => ({
  title: meeting.closedAt ? 'Add a correction' : 'Record a decision',
  caption: `${called}, ${reference}`,
  ...backToMeeting(meeting),
  action: meetingPaths.decide(one.id),
  lead: [
    knowledgeText,
    ...(meeting.closedAt
      ? ['The minutes are closed. Your text is added as a correction, with your name and the hour.']
      : []),
  ],
  fields: (ask) => [
    ...knowledgeFields(ask, one),
    ask.words('words', meeting.closedAt ? 'Correction' : 'Decision', {
      hint: 'Write no names. Everybody who can read the case and takes part in the meeting reads it. The person can ask to see it',
      rows: 4,
      most: 2_000,
    }),
  ],
});

export const meetingActionPage = ({ meeting, one, called, reference }: CaseStart, id: string): FormPage => ({
  title: 'Add an action',
  caption: `${called}, ${reference}`,
  ...backToMeeting(meeting),
  action: meetingPaths.addAction(one.id),
  lead: [
    'Add actions of your own agency. Each agency adds its own.',
    'Members of agencies that take part see this action if they can read the case.',
  ],
  fields: (ask) => [
    ask.words('what', 'Action', { rows: 2, most: 500 }),
    ask.day('due', 'By when', { hint: 'Until the end of that day' }),
    ask.one('owner', 'Owner', [
      { value: 'me', text: 'I take it' },
      { value: 'a colleague', text: 'A colleague of my agency takes it', hint: { text: 'It has no owner until then' } },
    ]),
    ask.formId(id),
  ],
  button: 'Add it',
});

export const removeCasePage = ({ meeting, one, called, reference }: CaseStart): FormPage => ({
  title: 'Take this case off the list?',
  caption: `${called}, ${reference}`,
  ...backToMeeting(meeting),
  action: meetingPaths.removeCase(one.id),
  lead: ['The record of the person and its actions stay as they are.'],
  button: 'Take it off the list',
});

export const closePage = (meeting: Meeting): FormPage => ({
  title: 'Close the minutes?',
  caption: meetingTitle(meeting),
  ...backToMeeting(meeting),
  action: meetingPaths.close(meeting.id),
  lead: [
    'After that nobody changes the minutes. Members can add corrections, each with a name and the hour.',
    'Actions stay open until somebody ends them.',
  ],
  button: 'Close the minutes',
});

export const correctionPage = (meeting: Meeting): FormPage => ({
  title: 'Correct the minutes',
  caption: meetingTitle(meeting),
  ...backToMeeting(meeting),
  action: meetingPaths.correct(meeting.id),
  lead: [
    'Use this for the date, the place and attendance. Write no names of people that the meeting is about.',
    'Correct a decision at its case instead.',
  ],
  fields: (ask) => [ask.words('words', 'Correction', { rows: 4, most: 2_000 })],
  button: 'Add the correction',
});

/** An agency speaks about a case only where the person agreed, or a law allows it. */
export const sharingLinks = (personId: string) => [
  { href: referralPaths.listOfPerson(personId), text: 'Refer' },
  { href: consentPaths.overview(personId), text: 'Consent' },
];
