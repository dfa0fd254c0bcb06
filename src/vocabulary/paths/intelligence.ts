/** Pure. The addresses of intelligence for staff. */
import { staffPath } from './path.ts';

export const intelligencePaths = {
  list: staffPath('/intelligence'),
  newItem: staffPath('/intelligence/new'),
  fromReport: staffPath('/intelligence/from-report/:id'),
  item: staffPath('/intelligence/:id'),
  correction: staffPath('/intelligence/:id/correct'),
  systemReference: staffPath('/intelligence/:id/system-reference'),
  export: staffPath('/intelligence/:id/export'),
  review: staffPath('/intelligence/:id/review'),
  disposal: staffPath('/intelligence/:id/dispose'),
} as const;
