/** Pure. The addresses of returns that instances exchange: a coordinator's weeks, the keys, and what programs ask. */
import { staffPath } from './path.ts';

export const exchangePaths = {
  weeks: staffPath('/returns/exchange'),
  addWeek: staffPath('/returns/exchange/weeks/new'),
  week: staffPath('/returns/exchange/weeks/:id'),
  changeWeek: staffPath('/returns/exchange/weeks/:id/edit'),
  upload: staffPath('/returns/exchange/weeks/:id/upload'),
  documents: staffPath('/returns/exchange/weeks/:id/documents'),
  totals: staffPath('/returns/exchange/weeks/:id/totals'),
  breakdowns: staffPath('/returns/exchange/weeks/:id/breakdowns'),
  export: staffPath('/returns/exchange/weeks/:id/export'),
  map: staffPath('/returns/exchange/weeks/:id/map'),
  districts: staffPath('/returns/exchange/districts'),
  joint: staffPath('/returns/exchange/weeks/:id/joint-visits'),
  tasking: staffPath('/returns/exchange/weeks/:id/tasking'),
  document: staffPath('/returns/exchange/documents/:id'),
  keys: staffPath('/returns/exchange/keys'),
  addKey: staffPath('/returns/exchange/keys/new'),
  endKey: staffPath('/returns/exchange/keys/:id/end'),
  ownKey: staffPath('/returns/exchange/own-key'),
  /** Where a program sends a signed return, with the week in the query. */
  receive: staffPath('/exchange/returns'),
  schema: staffPath('/exchange/schemas/:name'),
} as const;

/** Of what a coordinator sends back to a partnership. */
export const taskingPaths = {
  list: staffPath('/taskings'),
  import: staffPath('/taskings/new'),
  tasking: staffPath('/taskings/:id'),
  compare: staffPath('/taskings/:id/key'),
  addWeek: staffPath('/taskings/:id/new-week'),
  useWeek: staffPath('/taskings/:id/week'),
  endKey: staffPath('/taskings/keys/:id/end'),
  /** Where a coordinator’s program sends a signed tasking, with the agency in the query. */
  receive: staffPath('/exchange/taskings'),
} as const;
