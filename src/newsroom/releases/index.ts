/** Public interface of releases: writing them, and publishing them. */

import type { App } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { pictureRoutes } from '../release-picture/routes.ts';
import { approvalRoutes } from './approval-routes.ts';
import { newsroomRoutes as listRoutes } from './routes.ts';
import { writingRoutes } from './writing-routes.ts';

export { exportPublished, newsPublicRoutes } from '../publication/routes.ts';
export { newsroomHomeItems } from './home-items.ts';
export { newsroomPolicy } from './policy.ts';
export { exportRelease } from './reading.ts';

export async function newsroomRoutes(app: App, parts: AreaParts): Promise<void> {
  await listRoutes(app, parts);
  await writingRoutes(app, parts);
  await approvalRoutes(app, parts);
  await pictureRoutes(app, parts);
}
