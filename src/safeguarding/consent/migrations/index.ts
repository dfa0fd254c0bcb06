/** Migrations of consent, for the list of the safeguarding store. */
export { up as consent } from './0045-consent.ts';
export { up as languagesAndRequests } from './0071-languages-and-requests.ts';
export { up as secondPerson } from './0076-a-second-person.ts';
export { up as toldAgain } from './0090-told-again.ts';
export { up as toldAcross } from './0093-told-across.ts';
