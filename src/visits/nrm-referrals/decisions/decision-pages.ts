/** Asks for a decision of the Home Office on an officer's referral. */
import { decisionErrors, decisionWords } from '../../../nrm/decision-words/index.ts';
import { decisionKinds } from '../../../nrm/index.ts';
import type { FormErrors } from '../../../platform/http/server.ts';
import { backTo, type FormPage } from '../../../platform/rendering/pages.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import type { OpenedOfficerReferral } from '../audited-reads.ts';
import type { OfficerDecisionRefusal } from '../nrm-referral.ts';

export const decisionPage = ({ referral: { id }, premises }: OpenedOfficerReferral): FormPage => ({
  title: 'Record a decision',
  caption: premises,
  ...backTo(officerReferralPaths.referral(id), 'The NRM referral'),
  lead: [
    'Each decision is kept with the test that was in force on its own day.',
    'Make sure that the person is told, in their language, and what they can do against it. A decision changes nothing about the help that they get.',
  ],
  fields: (ask) => [
    ask.one(
      'kind',
      'Which decision is it?',
      decisionKinds.map((value) => ({ value, text: decisionWords[value] })),
    ),
    ask.one('outcome', 'How was it decided?', ['positive', 'negative']),
    ask.day('day', 'Day on the decision'),
  ],
  button: 'Record the decision',
});

/** The shared errors name the field as the other side does. */
const shared = Object.fromEntries(
  Object.entries(decisionErrors).map(([refusal, { what, ...rest }]) => [refusal, what ? { kind: what } : rest]),
) as Record<keyof typeof decisionErrors, FormErrors>;

export const officerDecisionErrors: Record<OfficerDecisionRefusal, FormErrors> = {
  ...shared,
  'no referral': { '': 'The Home Office decides on a referral alone, not on a Duty to Notify' },
  'in the future': { day: 'This day is in the future. Enter the day on the decision' },
};
