/** The interface of emergency access: opening an operation in an emergency, with notification and review. */
export { findings } from './break-glass.ts';
export { breakGlassColumns as glassColumns, breakGlassRow as glassRow } from './pages.ts';

export {
  type BreakGlassDetails as ToldGlass,
  countBreakGlassToReview as countGlassToReview,
  listBreakGlass as listGlass,
} from './store.ts';
