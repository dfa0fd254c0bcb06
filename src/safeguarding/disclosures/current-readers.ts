/** On the page of consents and disclosures: who can see what now, and what the page leaves out. */

import type { Section } from '../../platform/rendering/pages.ts';
import { draftGroup } from '../../vocabulary/information-shared.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';
import type { ConsentOverview } from '../consent/account-pages.ts';
import { deriveGrantStatus } from '../consent/grant.ts';
import { agencyOf, formatLastDay } from '../consent/pages.ts';

/** Who keeps the record, and who can see parts of it today. */
export function readersSections({
  grants,
  elsewhere,
  leftOut,
  agencies,
  names,
  now,
  keptBy,
  met,
}: ConsentOverview): Section[] {
  if (!keptBy) return [];
  const known = new Set(elsewhere.flatMap(({ say }) => say(agencies, names).known ?? []));
  const open = grants.filter((grant) => deriveGrantStatus(grant, now) === 'open');
  return [
    {
      kind: 'list',
      id: 'readers',
      title: 'Access to the record now',
      items: [
        `${agencyOf(agencies, keptBy)} keeps the record. Its support staff can read it, and every view is logged.`,
        ...(met
          ? [
              'The person was encountered in an operation. The safeguarding leads of that operation can read the record too.',
            ]
          : []),
        ...open.map(
          ({ recipient, items, until }) =>
            `${agencyOf(agencies, recipient)} cannot see the record. Until ${formatLastDay(until)} it can see only this: ${listOf(wordsOfAll(items))}.`,
        ),
        ...open
          .filter(({ items }) => items.includes(draftGroup))
          .map(
            ({ recipient }) =>
              `If ${agencyOf(agencies, recipient)} submits the draft of the NRM referral, the Home Office is told who the person is. The Home Office notifies police.`,
          ),
        ...known,
        ...(open.length === 0 ? ['No other agency can open any part of the record now.'] : []),
        `Police and immigration officers cannot open the record. They can know shared information, and anything that the person said to an officer. See ${leftOut.length > 0 ? '“Disclosures” and “Not on this page”' : '“Disclosures”'}.`,
      ],
    },
  ];
}

/** Always shown, even if nothing is left out, so that nobody takes the page as complete. */
export function omissionsSection({ keptBy, own, agencies, leftOut }: ConsentOverview): Section[] {
  if (!keptBy) return [];
  return [
    {
      kind: 'list',
      id: 'left-out',
      title: 'Not on this page',
      items: [
        ...(keptBy === own
          ? []
          : [
              `You see what your agency may see. ${agencyOf(agencies, keptBy)} keeps the record and can show the rest.`,
            ]),
        ...leftOut,
        'Conversations that nobody wrote down.',
        'Copies exported as a file or printed. The access log lists these copies. The person can make a subject access request to see them.',
        'Other agencies’ own records of the help that they gave.',
      ],
    },
  ];
}
