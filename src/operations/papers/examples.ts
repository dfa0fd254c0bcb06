/** Invented versions of papers, for tests. Arranges with an all-powerful database. */
import type { Db } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { MadePaper } from './made-paper.ts';
import { addMadePaper as insert } from './store.ts';

type Needed = Pick<MadePaper, 'kind' | 'operationId' | 'visitId' | 'subjectId' | 'madeBy'>;

/** The first version of a paper. */
export const addMadePaper = (db: Db, paper: Needed): Promise<void> =>
  insert(db, {
    id: newId(),
    version: 1,
    parts: { Power: 'invented' },
    changes: [],
    madeAt: new Date('2026-09-18T09:40:00Z'),
    ...paper,
  });
