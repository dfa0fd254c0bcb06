/** Sweeps files under `waiting`: moves sent ones to their line, and destroys those that no draft can send any more. */

import type { Databases } from '../../platform/database/database.ts';
import { FilesFolder, type FilesPlace } from '../../platform/files/index.ts';
import { storeOf } from '../attendance/line-status.ts';
import { intakeLines } from '../report.ts';
import { findSentFiles } from './store.ts';

/** Nothing is destroyed while a store that may have it cannot be asked. */
export const sweepFiles =
  (root: FilesPlace, databases: Databases) =>
  async (_tx: unknown, now: Date): Promise<void> => {
    const folder = new FilesFolder(root);
    const overdue = await folder.listOverdue(now);
    if (overdue.length === 0) return;
    const left = new Set(overdue);
    for (const line of intakeLines) {
      if (!databases.has(storeOf[line], 'leader')) return;
      for (const id of await findSentFiles(databases.for(storeOf[line], 'leader'), overdue)) {
        await folder.moveTo(line, id);
        left.delete(id);
      }
    }
    for (const id of left) await folder.destroy(id);
  };

const maxIdsPerQuery = 10_000;

/** Destroys files under a line that belong to no report. Retention has already deleted their keys with the report. */
export const sweepDestroyed =
  (root: FilesPlace, databases: Databases) =>
  async (_tx: unknown, now: Date): Promise<void> => {
    const folder = new FilesFolder(root);
    for (const line of intakeLines) {
      if (!databases.has(storeOf[line], 'leader')) continue;
      const lying = await folder.listOverdue(now, line);
      for (let from = 0; from < lying.length; from += maxIdsPerQuery) {
        const ids = lying.slice(from, from + maxIdsPerQuery);
        const known = await findSentFiles(databases.for(storeOf[line], 'leader'), ids);
        for (const id of ids) if (!known.has(id)) await folder.destroy(id, line);
      }
    }
  };
