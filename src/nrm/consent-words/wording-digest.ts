/** The digest of the words that were shown: a yes counts only for the words that the page shows now. */
import { digest } from '../../platform/crypto/crypto.ts';
import type { ShownWords } from './shown-words.ts';

/** Over both languages where two were shown, as the database checks it too. */
export const digestOfWording = ({ wording, shownLanguage, shownWording }: ShownWords): string =>
  digest(shownWording === null ? wording : `${wording}\n\n${shownLanguage}\n${shownWording}`);
