/** Deletes stored files whose record was erased: their key went with the record. */

import { sweepGroup } from '../../platform/files/stored-copies.ts';
import { filterKeptFiles } from './store.ts';

export const deleteOrphanedFiles = (root: string) => sweepGroup(root, 'papers', filterKeptFiles);
