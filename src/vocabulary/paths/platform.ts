/** Pure. The addresses of the staff site's own pages. */
import { staffPath } from './path.ts';

export const notificationPaths = { notifications: staffPath('/notifications') } as const;

/** The first page of a demonstration; there is none in live mode. */
export const tourPath = staffPath('/try');

export const menuPaths = { more: staffPath('/more'), potentialVictim: staffPath('/potential-victim') } as const;

export const searchPaths = { search: staffPath('/search') } as const;
