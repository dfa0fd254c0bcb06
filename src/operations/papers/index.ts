/** Public interface of papers: how a paper of records is shown, numbered and given out as a PDF. */

export { formatRecordedMoment, lawToCheck, sourcesOf } from './paper-words.ts';
export { type PaperDefinition, paperRoutes } from './routes.ts';
