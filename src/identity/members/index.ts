/** Members: how they join, change roles and leave. */

export { agencyRoutes } from './agency-routes.ts';
export { exceptionRoutes } from './exception-routes.ts';
export { InvitationForm } from './forms.ts';
export { closedPage } from './invitation-pages.ts';
export { invitationRoutes, joinAddress, type SignOnOffer } from './invitation-routes.ts';
export { acceptInvitation, addInvitation, openInvitation } from './invitation-store.ts';
export { up as peopleMigration } from './migrations/0012-people.ts';
export { type Invitation, invitationEnd, invitationHours } from './person.ts';
export { peoplePolicy } from './policy.ts';
export { peopleRoutes } from './routes.ts';
export { getPerson, listPeople, seeLeaversOut } from './store.ts';
