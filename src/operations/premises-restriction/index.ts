/** Public interface of the premises restriction: when each team is briefed, and who will see what, when. */
export type { BriefingTime } from './briefing-time.ts';
