/** News on the public site. A process with the public site alone loads no more of the area. */
import type { Area } from '../platform/area.ts';
import { newsPublicRoutes } from './publication/routes.ts';

export const publicNews: Area = { pages: [{ public: newsPublicRoutes }] };
