/** The interface of emergency access: opening an operation in an emergency, with notification and review. */
export { findings } from './break-glass.ts';
export { breakGlassColumns, breakGlassRow } from './pages.ts';

export {
  type BreakGlassDetails,
  countBreakGlassToReview,
  listBreakGlass,
} from './store.ts';
