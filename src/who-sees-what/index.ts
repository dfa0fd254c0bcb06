/** The door of this room: “Who can see what”, for people, made from the one policy table. */
export { type Difference, differenceOf, isSame } from './difference.ts';
export { whoSeesWhat } from './document.ts';
