/** The interface of the module: concerns about a person, and their results. */

export { peopleWithDrafts } from '../first-responder-requests/approved-drafts.ts';
export { handedDesk } from '../first-responder-requests/home-items.ts';
export { submissionsTold } from '../nrm-decisions/disclosures.ts';
export { up as concernsMigration } from './migrations/0050-concerns.ts';
export { concernsBeside } from './person-summary.ts';
export { concernsPolicy } from './policy.ts';
export { concernRoutes } from './routes.ts';
export { heldOfConcerns } from './subject-access-store.ts';
