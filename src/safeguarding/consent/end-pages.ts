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
function grantEndNotice({ ended, endedAt, heardAt }: GrantEnd, told: boolean): StateItem {
  const when = capital(formatHour(endedAt));
  if (ended !== 'taken back') return { kind: 'sealed', title: capital(ended), text: `${when}.` };
  if (heardAt)
    return {
      kind: 'good',
      title: 'Taken back',
      text: `${when}. ${told ? 'Your agency has said that it knows' : 'They have said that they know'}.`,
    };
  const nobody = told
    ? 'Nobody at your agency has said yet that they know'
    : 'Nobody there has said yet that they know';
  return { kind: 'unwise', title: 'Taken back', text: `${when}. ${nobody}.` };
}

/** What kind of grant it was, without its content. */
const whatWas = ({ referralId }: GrantEnd): string => (referralId ? 'A referral' : 'Shared information');

const stopUsingText = 'The recipient must stop using it. They must destroy copies unless a law makes them keep them.';

export const withdrawnGrantsPage = (ends: readonly GrantEnd[], agencies: Agencies, agencyId: string): SectionsPage => ({
  title: 'Access that has ended',
  back: { href: referralPaths.list(), text: 'Referrals' },
  lead: [`A person can withdraw consent at any time. ${stopUsingText}`],
  sections:
    ends.length === 0
      ? [{ kind: 'states', items: [{ kind: 'empty', text: 'Nothing has been taken back, declined or finished yet.' }] }]
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
                      text: end.heardAt ? 'View what was withdrawn' : 'We know, and have stopped using it',
                    },
                  ]
                : [],
          };
        }),
});

/** An ended request without its content: that it is over, what follows, and which of the reader’s own records it concerns. */
export const grantEndPage = (end: GrantEnd, agencies: Agencies, records: readonly OpenedRecord[]): FormPage => ({
  title: end.ended === 'taken back' ? `${whatWas(end)}: taken back` : `${whatWas(end)}: ${end.ended}`,
  caption: `From ${agencyOf(agencies, end.fromAgency)}, of ${longDay(end.day)}`,
  closed: end.ended !== 'taken back' || end.heardAt !== null,
  lead: [
    `${end.ended === 'taken back' ? 'The person took it back' : capital(end.ended)}, ${formatHour(end.endedAt)}. Nothing of it is shown any more.`,
    ...(end.ended !== 'taken back'
      ? []
      : [
          stopUsingText,
          ...(records.length > 0
            ? ['A record of your own was opened from it. Ask the person before you go on with it.']
            : []),
          end.heardAt
            ? 'Your agency has said that it knows.'
            : 'Say that your agency knows, when whoever works with the person has been told.',
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
          title: 'The request that brought the person',
          items: [
            {
              kind: 'unwise',
              title: 'Taken back',
              text: `The person took back what you were shown, ${formatHour(end.endedAt)}. ${stopUsingText} Ask the person what may stand in this record.`,
            },
          ],
        },
      ]
    : [];
