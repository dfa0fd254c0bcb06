/** Pure. The words of a release as a reader hears them: without case, spaces, accents and punctuation. */

import type { StatedFigure } from '../drafting/stated-figures.ts';
import { figureRow } from '../publication/figures.ts';
import type { PublicText } from './text.ts';

/** All that is printed of a release. */
export type Printed = PublicText & {
  readonly figures: readonly StatedFigure[];
  readonly cautions: readonly string[];
  /** Names, addresses and dates of the sources under the text. */
  readonly sources: readonly string[];
};

/** Everything that stands between letters and digits goes. Between two digits it stays: 1.5 is not 15. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/(\p{N}?)([^\p{L}\p{N}]+)(?=(\p{N}?))/gu, (_, before: string, between: string, after: string) =>
      before && after ? `${before}${/\s/.test(between) ? ' ' : between}` : before,
    );
}

/** Equal for two texts that say the same. A picture with other dots is another picture. */
export function printedWords(printed: Printed): string {
  const { title, area, description, keyPoints, body, quotes, picture, correction, figures, cautions, sources } =
    printed;
  const rows = figures.map(figureRow).map(({ counted, published }) => `${counted}: ${published}`);
  const shown = picture ? [picture.id, picture.alternative, picture.caption, picture.credit] : [];
  const said = quotes.flatMap(({ words, rank, name, unit }) => [words, rank, name, unit]);
  const parts = [title, area, description, ...keyPoints, body, ...said, ...shown, correction ?? ''];
  return [...parts, ...cautions, ...sources, ...rows].map(bare).filter(Boolean).join('|');
}
