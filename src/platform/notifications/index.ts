/** The interface of notifications: which members are notified of an event. */
export { type Notice, type NoticeKind, noticeKinds } from './notification.ts';
export { noticesPolicy } from './policy.ts';
export { noticesDesk, noticesRoutes } from './routes.ts';
export { type NoticeTables, tell } from './store.ts';
