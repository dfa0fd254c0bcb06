/** What other modules use of people’s records: a record by its id for later modules, and the persons that a member may know for earlier ones. */

export { inLatin } from '../../vocabulary/languages/latin-spelling.ts';
export type { HelpBegun } from '../help/help.ts';
export type { HelpFollows } from '../help/routes.ts';
export { PersonPath } from './forms.ts';
export { people, reachWords } from './known-facts.ts';
export { up as personsMigration } from './migrations/0042-persons.ts';
export { up as helpOfferedMigration } from './migrations/0053-help-offered.ts';
export { up as peopleAlikeMigration } from './migrations/0060-alike.ts';
export { up as shortListsMigration } from './migrations/0066-short-lists.ts';
export { up as longMarksMigration } from './migrations/0086-long-marks.ts';
export { type Known, type Person, type PersonId, type Treated, treated } from './person.ts';
export { personsPolicy } from './policy.ts';
export type { Beside, Line, Told } from './record-sections.ts';
export { personRoutes } from './routes.ts';
export { emailOf, openEmail, openTelephone } from './safe-contact.ts';
export {
  findPeople,
  getPerson,
  keyOfPerson,
  listPeople,
  listPersonsOf,
  markAnew,
  type PersonTables,
} from './store.ts';
export { heldOfPersons, listRecordsOf } from './subject-access-store.ts';
