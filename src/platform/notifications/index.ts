/** The door of notices: who was told that something happened. */
export { type Notice, type NoticeKind, noticeKinds } from './notice.ts';
export { noticesPolicy } from './policy.ts';
export { noticesDesk, noticesRoutes } from './routes.ts';
export { type NoticeTables, tell } from './store.ts';
