/** Adds to the page of disclosures that children’s services were told, as a note states. This was usually by telephone, so no referral shows it. */

import { getMemberName } from '../../platform/forms/correction.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import type { OtherDisclosureSource } from '../disclosures/elsewhere.ts';
import { statesCouncilNotified } from './note.ts';
import { listNoteOutcomes } from './store.ts';

export const councilNotifications: OtherDisclosureSource = {
  action: 'note.read',
  otherwise: 'Calls to the council’s children’s services. Ask the author of the note.',
  tell: (request, _keys, ids) =>
    request.under('note.read', async (_db, look) => {
      const notes = (await listNoteOutcomes(look('notes.listed', null, { fields: ['outcomes'] }), ids)).filter(
        statesCouncilNotified,
      );
      request.returned(notes.map(({ id }) => id));
      return notes.map(({ id, authorId, writtenAt, day }) => ({
        at: floorToHour(writtenAt),
        people: [authorId],
        say: (_agencies, names) => ({
          who: 'The council’s children’s services',
          what: 'which words, is not written down',
          how: `By ${getMemberName(names, authorId)}, as the note of the meeting says: under 18, or age not known`,
          when: `on or after ${longDay(day)}`,
          now: 'disclosed',
          href: notePaths.note(id),
        }),
      }));
    }),
};
