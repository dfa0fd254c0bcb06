/** The door of the briefings: what a team was told, a version at a time, and who has read it. */
export { briefingsPolicy } from './policy.ts';
