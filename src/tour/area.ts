/** The first page of a demonstration; there is none in live mode. */
import type { Area } from '../platform/area.ts';
import { tourRoutes } from './routes.ts';

export const tour: Area = { pages: [{ staff: tourRoutes }] };
