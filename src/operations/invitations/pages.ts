/** The page of an invitation, the form that declines it, and how states and refusals are worded. */
import {
  type Agreement,
  type AgreementGap,
  agreementGapTexts,
  agreementKeepers,
  describeAgreement,
} from '../../identity/agreements/index.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import { backTo, type FormPage, type SectionsPage, type SummaryRow } from '../../platform/rendering/pages.ts';
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
  'answered already': { '': 'Your agency has answered this invitation already.' },
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
};

/** What a partner needs to decide. The plan itself stays closed until its people are added. */
export function invitationPage(
  { operation, partner, invitation, agreement, names, answers }: InvitationView,
  errors: FormErrors | undefined,
): SectionsPage {
  const { answer, reason } = invitation;
  const row = (key: string, value: string): SummaryRow => ({ key: { text: key }, value: { text: value } });
  const nameOf = (id: string | null) => (id && names.get(id)) || 'somebody who has left';
  return {
    title: `Invitation to ${operation.codeName}`,
    caption: partner.officialName,
    back: { href: operationPaths.operation(operation.id), text: operation.codeName },
    errors,
    lead: describeAnswer(invitation, nameOf, answers),
    actions:
      !answers || answer === 'accepted'
        ? []
        : [
            { post: partnerInvitationPaths.accept(partner.id), text: 'Accept the invitation' },
            ...(answer === null
              ? [{ href: partnerInvitationPaths.decline(partner.id), text: 'Decline', secondary: true }]
              : []),
          ],
    sections: [
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

function describeAnswer(
  { answer, answeredBy, answeredAt, accessWaits }: Invitation,
  nameOf: (id: string | null) => string,
  answers: boolean,
): string[] {
  const by = answeredAt ? `${nameOf(answeredBy)}, ${formatMoment(answeredAt)}` : '';
  if (answer === 'accepted')
    return [`Accepted by ${by}.`, ...(answers ? ['If your agency can no longer take part, tell the planner.'] : [])];
  if (answer === 'declined')
    return [`Declined by ${by}.`, ...(answers ? ['Your agency can still accept.'] : ['The agency can still accept.'])];
  if (!answers) return ['The agency has not answered yet.'];
  return accessWaits
    ? ['Your people see nothing of the plan until your agency has accepted.']
    : ['Your agency is asked to take part. Accept or decline for all of its people.'];
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
