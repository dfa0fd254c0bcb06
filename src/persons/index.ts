/** The door of people who may need help: to later rooms, a record by its id. */
export { heldOfPersons } from './held-store.ts';
export { up as personsMigration } from './migrations/0042-persons.ts';
export { up as peopleAlikeMigration } from './migrations/0060-alike.ts';
export { type Known, type Person, type PersonId, type Treated, treated } from './person.ts';
export { personsPolicy } from './policy.ts';
export { personRoutes } from './routes.ts';
export { getPerson, keyOfPerson, listPeople, listPersonsOf, markAnew, type PersonTables } from './store.ts';
