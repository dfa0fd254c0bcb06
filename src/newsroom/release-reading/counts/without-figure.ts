/** Finds a growth or a fall that is claimed without a number. */
import type { ClaimContent } from '../parsed-release.ts';

const change =
  'grow(?:s|ing|n)?|grew|ris(?:e|es|ing|en)|rose|increas(?:e|es|ed|ing)|fall(?:s|ing|en)?|fell|declin(?:e|' +
  'es|ed|ing)|doubl(?:e|es|ed|ing)|soar(?:s|ed|ing)?';
const numberless = new RegExp(
  '\\b(?:number|scale|level|amount|volume)s? of [^.;,\\d]{3,90}?(?: (?:continues? to|has|have|is|are|' +
    `keeps?))? (?:${change})\\b`,
  'i',
);

/** A growth or a fall that is claimed without one figure. */
export function withoutFigureIn(text: string): ClaimContent[] {
  const words = /\d|per cent/.test(text) ? undefined : numberless.exec(text)?.[0];
  return words ? [{ kind: 'without a figure', words }] : [];
}
