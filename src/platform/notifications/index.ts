/** The interface of notifications: which members are notified of an event. */
export { type NoticeKind, noticeKinds } from './notification.ts';

export { noticesDesk } from './routes.ts';
export { tell } from './store.ts';
