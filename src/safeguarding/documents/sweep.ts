/** Deletes stored files whose record was erased: their key went with the record. */

import type { FilesPlace } from '../../platform/files/index.ts';
import { sweepGroup } from '../../platform/files/stored-copies.ts';
import { filterKeptFiles } from './store.ts';

export const deleteOrphanedFiles = (root: FilesPlace) => sweepGroup(root, 'papers', filterKeptFiles);
