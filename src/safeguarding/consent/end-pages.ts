/** Pages of ended grants for the recipient and the sender, and the recipient’s confirmation. */
import type { FormPage, Section, SectionsPage, StateItem } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import type { GrantEnd } from './grant.ts';
import { type Agencies, agencyOf } from './pages.ts';

/** A record that the recipient opened because of a request. */
export type OpenedRecord = { readonly id: string; readonly called: string; readonly href: string };

/** How a grant ended, worded for the recipient or for the sender. */
function grantEndNotice({ ended, endedAt, confirmedAt }: GrantEnd, told: boolean): StateItem {
  const when = `Access ended ${formatHour(endedAt)}`;
  if (ended !== 'taken back') return { kind: 'sealed', title: capital(ended), text: `${when}.` };
  if (confirmedAt)
    return {
      kind: 'good',
      title: 'Withdrawn',
      text: `${when}. ${told ? 'Your agency confirmed it' : 'They confirmed it'}.`,
    };
  const nobody = told ? 'Your agency has not confirmed it yet' : 'They have not confirmed it yet';
  return { kind: 'unwise', title: 'Withdrawn', text: `${when}. ${nobody}.` };
}

/** What kind of grant it was, without its content. */
const whatWas = ({ referralId }: GrantEnd): string => (referralId ? 'A referral' : 'Shared information');

const stopUsingText =
  'The recipient must stop using the information. The recipient must destroy copies, unless a law says that copies must be kept.';

export const withdrawnGrantsPage = (ends: readonly GrantEnd[], agencies: Agencies, agencyId: string): SectionsPage => ({
  title: 'Access that has ended',
  back: { href: referralPaths.list(), text: 'Referrals' },
  lead: [`A person can withdraw consent at any time. ${stopUsingText}`],
  sections:
    ends.length === 0
      ? [
          {
            kind: 'states',
            items: [
              {
                kind: 'empty',
                text: 'No agency’s access to a referral or to shared information has ended yet. Withdrawn, declined and finished items appear here.',
              },
            ],
          },
        ]
      : ends.map((end) => {
          const told = end.recipient === agencyId;
          const who = told ? `from ${agencyOf(agencies, end.fromAgency)}` : `to ${agencyOf(agencies, end.recipient)}`;
          return {
            kind: 'states',
            title: `${whatWas(end)} ${who}, of ${longDay(end.day)}`,
            items: [grantEndNotice(end, told)],
            links:
              told && end.ended === 'taken back'
                ? [
                    {
                      href: consentPaths.end(end.id),
                      text: end.confirmedAt ? 'View what was withdrawn' : 'We know, and have stopped using it',
                    },
                  ]
                : [],
          };
        }),
});

/** An ended request without its content: that it is over, what follows, and which of the reader’s own records it concerns. */
export const grantEndPage = (end: GrantEnd, agencies: Agencies, records: readonly OpenedRecord[]): FormPage => ({
  title: end.ended === 'taken back' ? `${whatWas(end)}: withdrawn` : `${whatWas(end)}: ${end.ended}`,
  caption: `From ${agencyOf(agencies, end.fromAgency)}, of ${longDay(end.day)}`,
  closed: end.ended !== 'taken back' || end.confirmedAt !== null,
  lead: [
    `${end.ended === 'taken back' ? 'The person withdrew consent' : capital(end.ended)}, ${formatHour(end.endedAt)}. You can no longer see it.`,
    ...(end.ended !== 'taken back'
      ? []
      : [
          stopUsingText,
          ...(records.length > 0
            ? ['A record of your own was opened from it. Ask the person before you go on with it.']
            : []),
          end.confirmedAt
            ? 'Your agency has confirmed it.'
            : 'Confirm this once the colleagues who work with the person know it.',
        ]),
  ],
  button: 'We know, and have stopped using it',
  cancel: consentPaths.ends(),
  more: records[0]
    ? { href: records[0].href, text: `The record that was opened from it: ${records[0].called}` }
    : { href: consentPaths.ends(), text: 'Access that has ended' },
});

/** Shown first on every record that was opened from the request. */
export const withdrawnNotices = (end: GrantEnd | undefined): Section[] =>
  end
    ? [
        {
          kind: 'states',
          title: 'Referral that this record was opened from',
          items: [
            {
              kind: 'unwise',
              title: 'Withdrawn',
              text: `The person withdrew consent, ${formatHour(end.endedAt)}. ${stopUsingText} Ask the person what this record may keep.`,
            },
          ],
        },
      ]
    : [];
