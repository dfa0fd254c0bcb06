/** Public interface of certificates of published figures. */
export { verifyPublished } from '../../../returns/index.ts';
