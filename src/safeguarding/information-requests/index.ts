/** The interface of the victim information requests module: police ask a support agency, which answers with what was agreed, or not at all. */

export { answersTold } from './disclosures.ts';
export {
  up as informationRequestsMigration,
  upApart as informationRequestsApartMigration,
} from './migrations/0055-information-requests.ts';
export { up as agreedInWordsMigration } from './migrations/0077-agreed-in-words.ts';
export { informationRequestsPolicy } from './policy.ts';
export { informationDesk, informationRequestRoutes } from './routes.ts';
export { informationRequestListeners } from './store.ts';
export { heldOfDecisions } from './subject-access-store.ts';
