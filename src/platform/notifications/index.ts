/** The interface of notifications: which members are notified of an event. */
export { announce, announceCaseNews, announceCaseNewsTo } from './announce.ts';
export { type NotificationKind, notificationKinds } from './notification.ts';

export { notificationsHomeItems } from './routes.ts';
export { isStillToTelephone, type Notified, notifiedState, type Standing, wordsOfNotified } from './standing.ts';
export {
  findStanding,
  listSubjectsRead,
  markNotificationsRead,
  markSubjectRead,
  type NotificationTables,
  notify,
  notifyOnce,
  readStandings,
} from './store.ts';
