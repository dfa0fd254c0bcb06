/** The interface of the custody notices module: one sentence about a person in custody, sent across the wall to a custodian. */
export { custodyDesk, custodyRoutes } from '../custody-notices-received/routes.ts';
export { ringCustodians } from '../custody-notices-received/store.ts';
export { noticesTold } from './disclosures.ts';
export {
  up as protectiveNoticesMigration,
  upApart as protectiveNoticesApartMigration,
} from './migrations/0054-protective-notices.ts';
export { up as notReachedMigration } from './migrations/0095-not-reached.ts';
export { protectiveNoticesPolicy } from './policy.ts';
export { givingRoutes } from './routes.ts';
export { protectiveNoticeListeners } from './store.ts';
export { heldOfNotices } from './subject-access-store.ts';
