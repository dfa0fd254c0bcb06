/** The interface of emergency access: opening an operation in an emergency, with notification and review. */
export { findings } from './break-glass.ts';
export { glassColumns, glassRow } from './pages.ts';

export { countGlassToReview, listGlass, type ToldGlass } from './store.ts';
