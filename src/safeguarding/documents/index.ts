/** The documents module's interface for other modules, and its part of a subject access request. */
export { peopleWithPapers } from './download.ts';
export { keepWritten } from './generated-document.ts';
export { up as papersMigration } from './migrations/0069-papers.ts';
export { up as draftsMigration } from './migrations/0087-drafts.ts';
export { papersPolicy } from './policy.ts';
export { paperRoutes } from './routes.ts';
export { heldOfPapers } from './subject-access-store.ts';
export { sweepPapers } from './sweep.ts';
