/** Corrects the number or time of what was sent, and shows what was recorded before. */
import { dayOf, timeOf } from '../../../platform/clock.ts';
import { getMemberName, type MemberNames } from '../../../platform/forms/correction.ts';
import type { FormErrors } from '../../../platform/http/server.ts';
import { backTo, type FormPage, type Section } from '../../../platform/rendering/pages.ts';
import { formatMoment } from '../../../vocabulary/calendar/moments.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import type { OpenedOfficerReferral } from '../audited-reads.ts';
import type { CorrectionRefusal, Submission } from '../nrm-referral.ts';

export const sentCorrectionPage = ({ referral: { id }, content, premises }: OpenedOfficerReferral): FormPage => {
  const sentAt = content.submission?.sentAt;
  return {
    title: 'Correct the number or time',
    caption: premises,
    ...backTo(officerReferralPaths.referral(id), 'The NRM referral'),
    lead: ['What was recorded before is kept, with your name and your reason. What was sent stays as it is.'],
    fields: (ask) => [
      ask.text('reference', 'The number that the Home Office gave', {
        hint: 'Leave it empty if there was none.',
        value: content.submission?.reference ?? '',
      }),
      ask.time('time', 'Time when it was sent', { value: sentAt && timeOf(sentAt) }),
      ask.day('day', 'Day', { value: sentAt && dayOf(sentAt) }),
      ask.text('why', 'What was wrong', { hint: 'For example: a digit of the number was mistyped.' }),
    ],
    button: 'Save the correction',
  };
};

export const sentCorrectionErrors: Record<CorrectionRefusal, FormErrors> = {
  'not sent': { '': 'Nothing was sent. Go back to the referral' },
  'nothing changed': { reference: 'Change the number or the time, or go back' },
  'in the future': { time: 'This time is in the future. Enter when it was sent' },
  'before the visit': { time: 'This is before the visit at which you met the person' },
  'after a decision': { time: 'This is after the first decision of the Home Office. Check the day' },
};

const sentWords = ({ reference, sentAt }: Pick<Submission, 'reference' | 'sentAt'>): string =>
  `${formatMoment(sentAt)}; ${reference ? `number ${reference}` : 'no number'}`;

/** What was recorded before each correction. */
export const sentCorrectionsSection = (submission: Submission | null, names: MemberNames): Section[] =>
  submission?.corrections?.length
    ? [
        {
          kind: 'table',
          id: 'corrections',
          caption: 'Corrections of the number or time',
          stack: true,
          columns: ['Recorded before', 'What was wrong', 'Corrected'].map((text) => ({ text })),
          rows: submission.corrections.map(({ by, at, why, ...before }) => [
            { text: sentWords(before) },
            { text: why },
            { text: `${formatMoment(at)} by ${getMemberName(names, by)}` },
          ]),
        },
      ]
    : [];
