/** Pure. The addresses of the staff site's own pages. */
import { staffPath } from './path.ts';

export const notificationPaths = { notifications: staffPath('/notifications') } as const;

export const menuPaths = { more: staffPath('/more') } as const;
