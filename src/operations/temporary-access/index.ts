/** Public interface of temporary access: volunteers who sign in for one shift. */

export { findOwnTemporaryAccess } from './store.ts';
