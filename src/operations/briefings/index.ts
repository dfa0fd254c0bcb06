/** The door of the briefings: what a team was told, a version at a time, and who has read it. */
export { type Briefing, contentOf } from './briefing.ts';
export { operationsPlace } from './place.ts';
export { briefingsPolicy } from './policy.ts';
export { briefingRoutes } from './routes.ts';
