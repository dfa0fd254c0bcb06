/** What other modules use of safeguarding and consent: counts for returns, and the person met for people’s records. */

export { type CountableFact, readHelp, type SubmittedNrmReferral } from '../notes/counts.ts';
export { adviceKinds, needKinds } from '../notes/note.ts';
export { addProtectedCounts, listProtectedCounts, type ProtectedCount } from '../notes/protected-counts.ts';
export { supportResponderKinds } from '../nrm-decisions/counted-submission.ts';
