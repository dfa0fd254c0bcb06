/** The words of the link to notifications in the header. Pure. */

/** It counts no further. */
export const mostCounted = 99;

/** With how many are unread. */
export const bellText = (unread: number): string => {
  if (unread === 0) return 'Notifications';
  return `Notifications (${unread > mostCounted ? `${mostCounted}+` : unread})`;
};
