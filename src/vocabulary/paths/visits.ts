/** Pure. The addresses of visits. */
import { staffPath } from './path.ts';

export const visitPaths = {
  visit: staffPath('/visits/:id'),
  arrival: staffPath('/visits/:id/arrive'),
  entry: staffPath('/visits/:id/entry'),
  departure: staffPath('/visits/:id/leave'),
  finish: staffPath('/visits/:id/finish'),
  reopen: staffPath('/visits/:id/reopen'),
  correction: staffPath('/visits/:id/correct'),
} as const;
