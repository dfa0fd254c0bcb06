/** Deletes stored files whose record was erased: their key went with the record. */

import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { FilesFolder } from '../../platform/files/index.ts';
import { keptAmong } from './store.ts';

const mostAsked = 10_000;

export const sweepPapers =
  (root: string) =>
  async (tx: Reader<AnyTables>, now: Date): Promise<void> => {
    const folder = new FilesFolder(root);
    const lying = await folder.listOverdue(now, 'papers');
    for (let from = 0; from < lying.length; from += mostAsked) {
      const ids = lying.slice(from, from + mostAsked);
      const kept = await keptAmong(tx, ids);
      for (const id of ids) if (!kept.has(id)) await folder.destroy(id, 'papers');
    }
  };
