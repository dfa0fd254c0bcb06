/** What other modules use of people’s records: a record by its id for later modules, and the persons that a member may know for earlier ones. */

export type { Person } from './person.ts';

export { rebuildSearchTerms } from './store.ts';
