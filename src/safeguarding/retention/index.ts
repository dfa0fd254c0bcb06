/** The interface of the retention module of the safeguarding database: how long records are kept, and their erasure. */
export { retentionChores } from './chores.ts';
