/** Lists answers to police among what was shared about a person. It does not read the request: a logged read in the main database would reveal the person. */

import { getMemberName } from '../../platform/forms/correction.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';
import type { OtherDisclosure, OtherDisclosureSource } from '../disclosures/elsewhere.ts';
import type { Decision } from './request.ts';
import { listDecisionsOn } from './store.ts';

const toDisclosureEntry = ({ kinds, ground, decidedBy, decidedAt }: Decision): OtherDisclosure => ({
  at: decidedAt,
  people: [decidedBy],
  say: (_agencies, names) => ({
    who: 'Police, who asked in writing',
    what: listOf(wordsOfAll(kinds)),
    how: `Answered by ${getMemberName(names, decidedBy)}, ${ground === 'the person agreed' ? 'with consent' : 'in the best interests of a child'}`,
    when: formatHour(decidedAt),
    now: 'disclosed',
    known: 'Police have the answer that is listed above, and can use it in their case.',
  }),
});

/** Refused or unread requests shared nothing, so they have no row. */
export const informationRequestDisclosures: OtherDisclosureSource = {
  action: 'information decision.read',
  otherwise: 'Answers to police. Ask the safeguarding leads of the agency that keeps the record.',
  tell: (request, keys, ids) =>
    request.under('information decision.read', async (_db, look) => {
      const db = look('information decisions.listed', null, { fields: ['outcome', 'kinds', 'ground'] });
      const all: Decision[] = [];
      for (const id of ids) all.push(...(await listDecisionsOn(db, keys, id)));
      request.returned(all.map(({ id }) => id));
      return all.filter(({ outcome }) => outcome === 'give agreed items').map(toDisclosureEntry);
    }),
};
