/** Public interface of the premises restriction: when each team is briefed, and who will see what, when. */
export { type BriefingTime, briefingTimeOf, closesAt, openness } from './briefing-time.ts';
export { up as needToKnowMigration } from './migrations/0015-need-to-know.ts';
export { up as glassOfLeaversMigration } from './migrations/0020-glass-of-leavers.ts';
export { up as earlierTeamsMigration } from './migrations/0025-earlier-teams.ts';
export { briefedShort, briefedWords } from './pages.ts';
export { embargoPolicy } from './policy.ts';
export { embargoRoutes } from './routes.ts';
export { listBriefedBefore, listTeamDays, listTimes, type TeamDay } from './store.ts';
