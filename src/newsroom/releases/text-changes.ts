/** Pure. The parts of a release that differ from an earlier text of it, as a reader compares them. */
import type { StatedFigure } from '../drafting/stated-figures.ts';
import { figureRow } from '../publication/figures.ts';
import type { PublicPicture } from '../release-picture/picture.ts';
import type { PublicText } from './text.ts';

export type TextChanges = { readonly added: readonly string[]; readonly removed: readonly string[] };

/** A text, with the rows of the table under it. */
type ComparedText = PublicText & { readonly rows?: readonly StatedFigure[] };

/** Title, description, key points, paragraphs and quotes, one each. */
function partsOf({
  title,
  area,
  description,
  keyPoints,
  body,
  quotes,
  picture,
  correction,
  rows = [],
}: ComparedText): readonly string[] {
  return [
    `Title: ${title}`,
    `Area: ${area}`,
    `Description: ${description}`,
    ...keyPoints.map((point) => `Key point: ${point}`),
    ...body.split(/\n{2,}/).map((paragraph) => paragraph.trim()),
    ...quotes.map(
      ({ words, rank, name, unit }) => `Quote: “${words}” ${[rank, name, unit].filter(Boolean).join(', ')}`,
    ),
    ...(picture ? picturePartsOf(picture) : []),
    ...(correction ? [`Correction: ${correction}`] : []),
    ...rows.map(figureRow).map(({ counted, published }) => `Table of figures: ${counted}, ${published}`),
  ].filter((part) => part !== '');
}

/** A picture with other dots is another picture, whatever is said of it. */
const picturePartsOf = ({ id, alternative, caption, credit }: PublicPicture): readonly string[] => [
  `Picture ${id.slice(-4)}: ${alternative}`,
  ...(caption ? [`Caption: ${caption}`] : []),
  `Picture by: ${credit}`,
];

/** Parts that only the new text has, and parts that only the old one had. A reworded part is in both. */
export function compareTexts(before: ComparedText, after: ComparedText): TextChanges {
  const [old, now] = [partsOf(before), partsOf(after)];
  return { added: now.filter((part) => !old.includes(part)), removed: old.filter((part) => !now.includes(part)) };
}
