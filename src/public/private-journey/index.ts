/** The door of the journey: one address through which the public pages are walked, and left. */

export { journeyRoutes } from './routes.ts';
export { Journeys } from './steps.ts';
