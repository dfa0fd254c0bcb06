/** The interface of the journey: one address through which readers reach the public pages, and leave them. */

export { journeyRoutes } from './routes.ts';
export { Journeys } from './steps.ts';
