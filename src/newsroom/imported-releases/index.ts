/** Public interface of imported releases: releases of other agencies, stored unchanged. */
export { type CuttingId, type FileRead, type KeptCutting, webAddress } from './imported-release.ts';
export { badFileInWords } from './in-words.ts';
export { up as archiveMigration } from './migrations/0007-cuttings.ts';
export { archivePolicy } from './policy.ts';
export { cautionsFor } from './policy-today.ts';
export { openReader } from './reading.ts';
export { archiveRoutes } from './routes.ts';
export { addCuttings, type CuttingTables, getCutting } from './store.ts';
