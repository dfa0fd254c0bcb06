/** The interface of this area: “Who can see what”, for people, generated from the one policy table. */
export { disagreements } from './agreement.ts';
export { type Difference, differenceOf, isSame } from './difference.ts';
export { whoSeesWhat } from './document.ts';
export { up as policyVersionsMigration } from './migrations/0016-policy-versions.ts';
export { whoSeesWhatPolicy } from './policy.ts';
export { whoSeesWhatRoutes } from './routes.ts';
export { keepVersion } from './store.ts';
