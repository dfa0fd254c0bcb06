/** The interface of this area: “Who can see what”, for people, generated from the one policy table. */
export { findInconsistencies as disagreements } from './agreement.ts';
export { compareAccessRules as differenceOf, isUnchanged as isSame } from './difference.ts';
export { formatAccessRules as whoSeesWhat } from './document.ts';

export { savePolicyVersion as keepVersion } from './store.ts';
