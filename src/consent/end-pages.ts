/** What is over, to whoever was told and to whoever told it, and saying that one knows. */
import type { Model } from '../platform/views.ts';
import { longDay } from '../vocabulary/days.ts';
import { capital } from '../vocabulary/english.ts';
import type { GrantEnd } from './grant.ts';
import { type Agencies, agencyOf, hourWords } from './pages.ts';

/** How one stands, to the agency that was told and to the one that told it. */
function endState({ ended, endedAt, heardAt }: GrantEnd, told: boolean): Model {
  const when = capital(hourWords(endedAt));
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

export const endsPage = (ends: readonly GrantEnd[], agencies: Agencies, agencyId: string): Model => ({
  title: 'What is over',
  back: { href: '/staff/safeguarding/referrals', text: 'Referrals' },
  lead: [
    'When a person takes something back, whoever was shown it stops using it, and destroys what was copied unless a law makes them keep it.',
  ],
  sections:
    ends.length === 0
      ? [{ kind: 'states', items: [{ kind: 'empty', text: 'Nothing has been taken back, declined or finished yet.' }] }]
      : ends.map((end) => {
          const told = end.recipient === agencyId;
          const who = told ? `From ${agencyOf(agencies, end.fromAgency)}` : `To ${agencyOf(agencies, end.recipient)}`;
          return {
            kind: 'states',
            title: `${who}, of ${longDay(end.day)}`,
            items: [endState(end, told)],
            links:
              told && end.ended === 'taken back' && !end.heardAt
                ? [{ href: `/staff/safeguarding/ended/${end.id}`, text: 'We know, and have stopped using it' }]
                : [],
          };
        }),
});

export const hearPage = (end: GrantEnd, agencies: Agencies): Model => ({
  title: 'It was taken back',
  caption: `From ${agencyOf(agencies, end.fromAgency)}, of ${longDay(end.day)}`,
  lead: [
    'Say that your agency knows, when whoever works with the person has been told and what was copied is destroyed, or kept because a law says so.',
  ],
  button: 'We know, and have stopped using it',
  cancel: '/staff/safeguarding/ended',
  fields: [],
});
