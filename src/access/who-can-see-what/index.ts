/** The interface of this area: “Who can see what”, for people, generated from the one policy table. */
export { findInconsistencies } from './agreement.ts';
export { compareAccessRules, isUnchanged } from './difference.ts';
export { formatAccessRules } from './document.ts';

export { savePolicyVersion } from './store.ts';
