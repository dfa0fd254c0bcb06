/** The demonstration: an invented partnership that plays a week like the model's. */

export { seedDemonstration, signInList } from './make-demonstration.ts';
