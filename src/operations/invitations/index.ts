/** Public interface of the invitations of partners. */

export { listInvitations, saveAnswer } from './store.ts';
