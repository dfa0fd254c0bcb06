/** Pure. The addresses of the staff site's own pages. */
import { staffPath } from './path.ts';

export const notificationPaths = {
  notifications: staffPath('/notifications'),
  open: staffPath('/notifications/:id/open'),
} as const;

/** Messages outside Safelight: where a member wants them, and how they arrive. */
export const messagePaths = {
  channels: staffPath('/notifications/outside'),
  address: staffPath('/notifications/outside/:channel'),
  code: staffPath('/notifications/outside/:channel/code'),
  switched: staffPath('/notifications/outside/:channel/switch'),
  remove: staffPath('/notifications/outside/:channel/remove'),
  quiet: staffPath('/notifications/outside/quiet-hours'),
  delivery: staffPath('/notifications/delivery'),
} as const;

/** The first page of a demonstration; there is none in live mode. */
export const tourPath = staffPath('/try');

export const menuPaths = { more: staffPath('/more'), potentialVictim: staffPath('/potential-victim') } as const;

export const searchPaths = { search: staffPath('/search') } as const;
