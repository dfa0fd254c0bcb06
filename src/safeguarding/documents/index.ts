/** The documents module's interface for other modules, and its part of a subject access request. */
export { peopleWithPapers } from './handing-out.ts';
export { heldOfPapers } from './held-store.ts';
export { up as papersMigration } from './migrations/0069-papers.ts';
export { up as draftsMigration } from './migrations/0087-drafts.ts';
export { papersPolicy } from './policy.ts';
export { paperRoutes } from './routes.ts';
export { sweepPapers } from './sweep.ts';
export { keepWritten } from './written.ts';
