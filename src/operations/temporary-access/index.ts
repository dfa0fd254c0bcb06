/** Public interface of temporary access: volunteers who sign in for one shift. */

export { findOwnTemporaryAccess as findOwnPass } from './store.ts';
