/** The public site: the private journey, the signs and the contacts. */
import type { Area } from '../platform/area.ts';
import { journeyRoutes } from './private-journey/routes.ts';
import { signsRoutes } from './signs/routes.ts';

export const publicSite: Area = {
  pages: [
    { public: journeyRoutes },
    { public: signsRoutes, indexed: ['/signs/sheet', '/signs/card', '/signs/poster'] },
  ],
};
