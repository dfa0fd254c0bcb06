/** Role approval: a second person confirms a member's identity before their roles begin. */

export { addDecision, listConfirmations } from './store.ts';
