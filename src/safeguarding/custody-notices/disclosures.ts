/** Lists notices to custody or immigration among what was shared about a person. Reads nothing from the main database for it. */

import { getMemberName } from '../../platform/forms/correction.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import type { OtherDisclosure, OtherDisclosureSource } from '../disclosures/elsewhere.ts';
import { agencyOf } from '../notes/pages.ts';
import type { Notice } from './notice.ts';
import { sentences } from './sentence.ts';
import { listNotices } from './store.ts';

const grounds: Record<Notice['ground'], string> = {
  'the person agreed': 'with consent',
  'child’s best interests': 'in the best interests of a child',
};

const toDisclosureEntry = ({
  id,
  recipient,
  sentence,
  ground,
  authorId,
  givenAt,
  withdrawnAt,
}: Notice): OtherDisclosure => ({
  at: givenAt,
  people: [authorId],
  say: (agencies, names) => ({
    who: agencyOf(agencies, recipient),
    what: `one short message, with the custody or case number and without a name: “${sentences.find(({ name }) => name === sentence)?.words ?? sentence}”`,
    how: `A custody safeguarding notice, sent by ${getMemberName(names, authorId)}, ${grounds[ground]}`,
    when: formatHour(givenAt),
    now: withdrawnAt ? `withdrawn ${formatHour(withdrawnAt)}` : 'they hold it',
    href: custodyNoticePaths.notice(id),
    known: `${agencyOf(agencies, recipient)} has the short message. The officers who decide about the person receive it.`,
  }),
});

export const noticeDisclosures: OtherDisclosureSource = {
  action: 'custody safeguarding notice.read',
  otherwise: 'Custody safeguarding notices. Ask the agency that keeps the record.',
  tell: (request, keys, ids) =>
    request.under('custody safeguarding notice.read', async (_db, look) => {
      const db = look('custody safeguarding notices.listed', null, { fields: ['recipient', 'sentence', 'ground'] });
      const all: Notice[] = [];
      for (const personId of ids) all.push(...(await listNotices(db, keys, { personId })));
      request.returned(all.map(({ id }) => id));
      return all.map(toDisclosureEntry);
    }),
};
