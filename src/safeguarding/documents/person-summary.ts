/** When documents were added to a person's record, for the page of the case. */

import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import type { RecordSectionSource } from '../people/record-sections.ts';
import { listDocumentTimes } from './store.ts';

export const documentsSource: RecordSectionSource = {
  action: 'paper.read',
  tell: (request, _keys, personId) =>
    request.under('paper.read', async (_db, look) => {
      const documents = await listDocumentTimes(look('papers.listed', personId, { fields: ['papers'] }), personId);
      request.returned(documents.map(({ id }) => id));
      return {
        events: documents.map(({ id, authorId, addedAt }) => ({
          at: addedAt,
          title: 'Document added',
          by: authorId,
          href: documentPaths.document(id),
        })),
      };
    }),
};
