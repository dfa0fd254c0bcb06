/** Stops a figure of one premises or one person, in brackets or typed: a writer who wants it says why it may stay. Pure. */
import type { Piece } from '../drafting/placeholder.ts';
import { arePartsNamed, isLeftOut, type PublishableReturn } from '../drafting/public-figures.ts';
import { type FigureKey, figureKeys } from '../drafting/publication-policy.ts';
import type { FindingDetails } from './finding.ts';

const ofPeople = /^(?:arrests\.(?!premises)|people\.|checks\.people|suspects\.)/;

const singlesOut = (key: FigureKey): FindingDetails => ({
  kind: 'identifying',
  must: 'justify',
  blocks: true,
  message: ofPeople.test(key)
    ? 'This figure is of one person. People who know the place can tell who it is. Take it out, or say why it may stay.'
    : 'This figure is of one visit or one address. A neighbour knows which one. Take it out, or say why it may stay.',
  harm: ofPeople.test(key) ? 'one person' : 'one address',
  offers: [],
});

/** Takes a piece of a text. Names without numbers pass, where no reader can tell which of them is of one. */
export function findSingleFigure({ key, isNames }: Piece, publishable: PublishableReturn): FindingDetails | undefined {
  if (!isFigureKey(key) || !isLeftOut(publishable, key)) return undefined;
  return isNames && arePartsNamed(key, publishable.figures) ? undefined : singlesOut(key);
}

/** Takes the placeholders that say a typed number. Stops it where each of them is of one. */
export function findTypedSingle(
  placeholders: readonly string[],
  publishable: PublishableReturn,
): FindingDetails | undefined {
  const keys = placeholders.map((one) => one.slice(2, -2)).filter(isFigureKey);
  const [first] = keys;
  return first && keys.every((key) => isLeftOut(publishable, key)) ? singlesOut(first) : undefined;
}

const isFigureKey = (key: string | undefined): key is FigureKey => (figureKeys as readonly unknown[]).includes(key);
