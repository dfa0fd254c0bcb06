/** The interface of notifications: which members are notified of an event. */
export { type NotificationKind as NoticeKind, notificationKinds as noticeKinds } from './notification.ts';

export { notificationsHomeItems as noticesDesk } from './routes.ts';
export { notify as tell } from './store.ts';
