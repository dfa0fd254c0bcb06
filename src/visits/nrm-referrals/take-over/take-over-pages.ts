/** Asks a colleague why they take over an officer's referral, and says what follows. */
import { getMemberName, type MemberNames } from '../../../platform/forms/correction.ts';
import type { FormErrors } from '../../../platform/http/server.ts';
import { backTo, type FormPage } from '../../../platform/rendering/pages.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import { type OfficerReferral, takeOverReasons, writerOf } from '../nrm-referral.ts';

export function takeOverPage({
  referral,
  premises,
  names,
}: {
  readonly referral: OfficerReferral;
  readonly premises: string;
  readonly names: MemberNames;
}): FormPage {
  const officer = getMemberName(names, writerOf(referral));
  return {
    title: 'Take over the NRM referral',
    caption: premises,
    ...backTo(officerReferralPaths.referral(referral.id), 'The NRM referral'),
    lead: [
      `You read all of it and go on with it in your name. ${officer} can no longer open what it says. ${officer} gets a notification.`,
      ...(referral.outcome ? [] : ['The duty to send it as soon as possible stays the same.']),
      'Your reason is logged, and your agency can see it.',
    ],
    fields: (ask) => [ask.one('why', 'Why do you take it over?', takeOverReasons)],
    button: 'Take it over',
  };
}

export const takeOverErrors: Record<'not now', FormErrors> = {
  'not now': { '': 'A colleague took it over before you. Go back and look who writes it now' },
};
