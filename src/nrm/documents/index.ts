/** The draft as a document. */
export { pdfOf } from './pdf.ts';
