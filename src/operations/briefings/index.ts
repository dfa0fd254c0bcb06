/** Public interface of briefings: each version of a team's briefing, and who has read it. */
export { type Briefing, contentOf } from './briefing.ts';
export { operationsPlace } from './place.ts';
export { briefingsPolicy } from './policy.ts';
export { briefingRoutes } from './routes.ts';
