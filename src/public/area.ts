/** The public site: the private journey, the signs and the contacts. */
import type { Area } from '../platform/area.ts';
import { journeyRoutes } from './private-journey/index.ts';
import { signsRoutes } from './signs/index.ts';

export const publicSite: Area = { policies: [], pages: [{ public: journeyRoutes }, { public: signsRoutes }] };
