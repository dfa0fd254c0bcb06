/** The interface of notifications: which members are notified of an event. */
export { type NotificationKind, notificationKinds } from './notification.ts';

export { notificationsHomeItems } from './routes.ts';
export { type NotificationTables, notify } from './store.ts';
