/** The interface of emergency access: opening an operation in an emergency, with notification and review. */
export { endOf, findings, isOpen } from './break-glass.ts';
export { glassColumns, glassRow } from './pages.ts';
export { glassPolicy } from './policy.ts';
export { auditedDesk, glassRoutes, overdueDesk, reviewDesk } from './routes.ts';
export { countGlassToReview, listGlass, type ToldGlass } from './store.ts';
