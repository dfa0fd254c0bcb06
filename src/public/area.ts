/** The public site: the private journey, the signs, the contacts and the partnership's own pages. */
import type { Area } from '../platform/area.ts';
import { lookRoutes } from './look/routes.ts';
import { partnershipRoutes } from './partnership/routes.ts';
import { journeyRoutes } from './private-journey/routes.ts';
import { signsRoutes } from './signs/routes.ts';

export const publicSite: Area = {
  pages: [{ public: journeyRoutes }, { public: partnershipRoutes }, { public: lookRoutes }, { public: signsRoutes }],
};
