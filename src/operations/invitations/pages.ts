/** The page of an invitation, the form that declines it, and how states and refusals are worded. */
import {
  type Agreement,
  type AgreementGap,
  agreementGapTexts,
  agreementKeepers,
  describeAgreement,
} from '../../identity/agreements/index.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import { notifiedState, type Standing } from '../../platform/notifications/index.ts';
import {
  backTo,
  type FormPage,
  type PageAction,
  type SectionsPage,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { operationPaths, partnerInvitationPaths } from '../../vocabulary/paths/operations.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { OperationInWeek, Partner } from '../weeks/operation.ts';
import type { AnswerRefusal, Invitation } from './invitation.ts';
import { formatResources } from './partners-section.ts';

const gapError = (gap: AgreementGap): FormErrors => ({
  '': `You cannot accept yet. ${agreementGapTexts[gap]} ${agreementKeepers}`,
});

export const answerErrors: Record<AnswerRefusal, FormErrors> = {
  'answered already': { '': 'This invitation has been answered already.' },
  'not confirmed': gapError('not confirmed'),
  'no agreement': gapError('no agreement'),
  'review overdue': gapError('review overdue'),
  'no DPIA': gapError('no DPIA'),
};

export type InvitationView = {
  readonly operation: OperationInWeek;
  readonly partner: Partner;
  readonly invitation: Invitation;
  readonly agreement: Result<Agreement, AgreementGap>;
  /** Names by member. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether the reader answers for the agency that is invited. */
  readonly answers: boolean;
  /** Whether the reader plans for the agency that leads: records what was answered by telephone. */
  readonly records: boolean;
  /** Whether somebody of the agency can answer here; undefined where the reader need not know. */
  readonly reachable: boolean | undefined;
  /** Whether they were notified, for the agency that leads, until they answer. */
  readonly standing: Standing | undefined;
};

/** What a partner needs to decide. The plan itself stays closed until its people are added. */
export function invitationPage(view: InvitationView, errors: FormErrors | undefined): SectionsPage {
  const { operation, partner, invitation, agreement, names, standing } = view;
  const { reason } = invitation;
  const row = (key: string, value: string): SummaryRow => ({ key: { text: key }, value: { text: value } });
  const nameOf = (id: string | null) => (id && names.get(id)) || 'somebody who has left';
  return {
    title: `Invitation to ${operation.codeName}`,
    caption: partner.officialName,
    back: { href: operationPaths.operation(operation.id), text: operation.codeName },
    errors,
    lead: [...describeAnswer(invitation, nameOf, view.answers), ...describeReach(view)],
    actions: listActions(view),
    sections: [
      ...(standing
        ? [
            {
              kind: 'states' as const,
              title: 'Notification',
              items: [notifiedState({ agency: partner.officialName, what: 'the invitation', standing })],
            },
          ]
        : []),
      {
        kind: 'summary',
        title: 'What is asked',
        rows: [
          row('Led by', `${operation.unit}, ${operation.agencyName}`),
          row('Dates', dayRange(operation.startsOn, operation.endsOn)),
          row('Area', operation.area),
          row('Week of action', operation.weekName),
          row('Resources', formatResources(partner.resources)),
          row('Name in print', partner.printedName),
          row(
            'Agreement on file',
            agreement.ok
              ? describeAgreement(agreement.value)
              : `${agreementGapTexts[agreement.refusal]} ${agreementKeepers}`,
          ),
          row('Invited by', `${nameOf(invitation.invitedBy)}, ${formatMoment(invitation.invitedAt)}`),
          ...(reason ? [row('Reason for declining', reason)] : []),
        ],
      },
    ],
  };
}

function listActions({ partner, invitation: { answer }, answers, records }: InvitationView): PageAction[] {
  if (answer === 'accepted') return [];
  if (records) return [{ href: partnerInvitationPaths.telephone(partner.id), text: 'Record an answer by telephone' }];
  if (!answers) return [];
  return [
    { post: partnerInvitationPaths.accept(partner.id), text: 'Accept the invitation' },
    ...(answer === null
      ? [{ href: partnerInvitationPaths.decline(partner.id), text: 'Decline', secondary: true }]
      : []),
  ];
}

const describeReach = ({ partner, invitation: { answer }, reachable }: InvitationView): string[] =>
  answer === null && reachable === false ? [describeUnreachable([partner.printedName])] : [];

const mostNamed = 3;

/** An agency can only answer here through one of three roles. More than three are counted: the list of agencies marks each. */
export const describeUnreachable = (names: readonly string[]): string =>
  `These cannot answer in Safelight, because no planner, commander or safeguarding lead is there: ${names.length > mostNamed ? `${names.length} agencies` : names.join('; ')}. Ask by telephone, and record the answer on the page of the invitation.`;

function describeAnswer(
  { answer, answeredBy, answeredAt, saidBy, saidAt }: Invitation,
  nameOf: (id: string | null) => string,
  answers: boolean,
): string[] {
  const recorded = answeredAt ? `${nameOf(answeredBy)}, ${formatMoment(answeredAt)}` : '';
  const by = saidAt ? `${saidBy} by telephone, ${formatMoment(saidAt)}. Recorded by ${recorded}` : recorded;
  if (answer === 'accepted')
    return [`Accepted by ${by}.`, ...(answers ? ['If your agency can no longer take part, tell the planner.'] : [])];
  if (answer === 'declined')
    return [`Declined by ${by}.`, ...(answers ? ['Your agency can still accept.'] : ['The agency can still accept.'])];
  return answers
    ? ['Accept or decline for all people of your agency. They see nothing of the plan before you accept.']
    : ['The agency has not answered yet. Its people see nothing of the plan before it accepts.'];
}

export const declinePage = ({ operation, partner }: Pick<InvitationView, 'operation' | 'partner'>): FormPage => ({
  title: 'Decline the invitation',
  caption: operation.codeName,
  ...backTo(partnerInvitationPaths.invitation(partner.id), 'The invitation'),
  lead: ['The planner reads your reason. People of your agency lose access to this operation.'],
  action: partnerInvitationPaths.decline(partner.id),
  button: 'Decline',
  fields: (ask) => [
    ask.words('reason', 'Why your agency cannot take part', {
      hint: 'For the planner, like “No nurses free in that week”. Do not name people who may be exploited.',
    }),
  ],
});

/** For a planner of the agency that leads. What was said becomes the answer of the agency. */
export const telephonePage = (
  { operation, partner, invitation: { answer } }: InvitationView,
  { today, time }: { readonly today: string; readonly time: string },
): FormPage => ({
  title: 'Record an answer by telephone',
  caption: `${partner.printedName}, ${operation.codeName}`,
  ...backTo(partnerInvitationPaths.invitation(partner.id), 'The invitation'),
  lead: [
    'Record only what somebody who decides for the agency told you. If they accepted, its people see their part of the plan at once.',
  ],
  action: partnerInvitationPaths.telephone(partner.id),
  button: 'Record the answer',
  fields: (ask) => [
    ask.one('answer', 'Answer', [
      { value: 'accepted', text: 'The agency takes part' },
      ...(answer === null ? [{ value: 'declined', text: 'The agency declines' }] : []),
    ]),
    ask.text('saidBy', 'Who said so', { hint: 'Name and job, like “Dr Sam Okoro, duty manager”' }),
    ask.day('day', 'Day of the call', { value: today }),
    ask.time('time', 'Time of the call', { value: time }),
    ...(answer === null
      ? [
          ask.words('reason', 'If they declined, why', {
            hint: 'Do not name people who may be exploited.',
            most: 500,
          }),
        ]
      : []),
  ],
});
