/** Members: how they join, change roles and leave. */

export { addInvitation } from './invitation-store.ts';

export { type Invitation, invitationExpiry, invitationHours } from './person.ts';
