/** Notes that a team left to a colleague, on the home pages of its members at support agencies until they can read one. The main database holds who was left; whether a note exists is read in the safeguarding database alone. */
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import type { Request } from '../../platform/http/server.ts';
import { listNotesLeftToColleagues } from '../../visits/index.ts';
import type { EncounterId } from '../../vocabulary/ids.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { filterWithoutNote } from './store.ts';

export const awaitedNoteHomeItems: HomeItems = {
  action: 'referral.read',
  apart: async (request) => {
    const left = await readNotesLeft(request);
    if (left.length === 0) return [];
    const awaited = await request.under('note.read', (_db, look) =>
      filterWithoutNote(
        look('notes.waiting counted', null, { fields: ['encounterId'] }),
        left.map(({ id }) => id),
      ),
    );
    return left.filter(({ id }) => awaited.has(id)).map(toHomeItem);
  },
};

async function readNotesLeft(request: Request) {
  if (!request.can('encounter.read') || !request.can('note.write')) return [];
  return request.under('encounter.read', async (db, look) => {
    look('encounters.listed', null, { fields: ['number', 'age'] });
    const left = await listNotesLeftToColleagues(db);
    request.returned(left.map(({ id }) => id));
    return left;
  });
}

type NoteLeft = Awaited<ReturnType<typeof readNotesLeft>>[number];

const toHomeItem = ({ id, number, premises, age }: NoteLeft): HomeItem => ({
  what: `Note not written yet: person met at ${premises}`,
  for: `Person ${number}`,
  detail: `${age === 'adult' ? '' : 'Treat the person as a child. '}Your team left the note to a colleague, and there is no note that you can read. Agree in your team who writes it.`,
  status: 'to do',
  ...(age !== 'adult' && { urgency: 'urgent' as const }),
  href: notePaths.writing(id as EncounterId),
  count: 1,
});
