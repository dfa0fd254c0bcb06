/** The interface of this area: “Who can see what”, for people, generated from the one policy table. */
export { disagreements } from './agreement.ts';
export { differenceOf, isSame } from './difference.ts';
export { whoSeesWhat } from './document.ts';

export { keepVersion } from './store.ts';
