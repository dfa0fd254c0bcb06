/** Deletes stored files whose record was erased: their key went with the record. */

import type { Reader } from '../../platform/database/database.ts';
import { FilesFolder } from '../../platform/files/index.ts';
import { type DocumentTables, filterKeptFiles } from './store.ts';

const mostAsked = 10_000;

export const deleteOrphanedFiles =
  (root: string) =>
  async (tx: Reader<DocumentTables>, now: Date): Promise<void> => {
    const folder = new FilesFolder(root);
    const overdueIds = await folder.listOverdue(now, 'papers');
    for (let from = 0; from < overdueIds.length; from += mostAsked) {
      const ids = overdueIds.slice(from, from + mostAsked);
      const kept = await filterKeptFiles(tx, ids);
      for (const id of ids) if (!kept.has(id)) await folder.destroy(id, 'papers');
    }
  };
