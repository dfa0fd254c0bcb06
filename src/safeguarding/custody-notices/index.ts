/** The interface of the custody notices module: one sentence about a person in custody, sent across the wall to a custodian. */

export { custodyNoticeListeners } from './store.ts';
