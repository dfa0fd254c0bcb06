/** Public interface of files on plans: those of premises, for the page of a visit there. */
export { planFilesSection } from './pages.ts';
export { listPlanFiles } from './store.ts';
