/** Stops a figure of one premises or one person, in brackets or typed: a writer who wants it says why it may stay. Pure. */
import type { Indicator } from '../../vocabulary/figures.ts';
import type { Piece } from '../drafting/placeholder.ts';
import { arePartsNamed, isLeftOut, type PublishableReturn } from '../drafting/public-figures.ts';
import { type FigureKey, figureKeys } from '../drafting/publication-policy.ts';
import type { FindingDetails } from './finding.ts';

const ofPeople = /^(?:arrests\.(?!premises)|people\.|checks\.people|suspects\.)/;

/** A figure of four people can have a part of one: it is not itself of one person. */
const isWholeOne = (key: FigureKey, { figures }: PublishableReturn): boolean => {
  const total = figures[key.split('.').slice(0, 2).join('.') as Indicator]?.total;
  return total?.kind === 'number' && total.value === 1;
};

const ofOneMessage = (key: FigureKey, publishable: PublishableReturn): string => {
  const isWhole = isWholeOne(key, publishable);
  const take = 'Take it out, or say why it may stay.';
  return ofPeople.test(key)
    ? `${isWhole ? 'This figure is of one person.' : 'One of the numbers that this figure prints is of one person.'} People who know the place can tell who it is. ${take}`
    : `${isWhole ? 'This figure is of one visit or one address.' : 'One of the numbers that this figure prints is of one visit or one address.'} A neighbour knows which one. ${take}`;
};

const singlesOut = (key: FigureKey, publishable: PublishableReturn): FindingDetails => ({
  kind: 'identifying',
  must: 'justify',
  blocks: true,
  message: ofOneMessage(key, publishable),
  harm: ofPeople.test(key) ? 'one person' : 'one address',
  offers: [],
});

/** Takes a piece of a text. Names without numbers pass, where no reader can tell which of them is of one. */
export function findSingleFigure({ key, isNames }: Piece, publishable: PublishableReturn): FindingDetails | undefined {
  if (!isFigureKey(key) || !isLeftOut(publishable, key)) return undefined;
  return isNames && arePartsNamed(key, publishable.figures) ? undefined : singlesOut(key, publishable);
}

/** Takes the placeholders that say a typed number. Stops it where each of them is of one. */
export function findTypedSingle(
  placeholders: readonly string[],
  publishable: PublishableReturn,
): FindingDetails | undefined {
  const keys = placeholders.map((one) => one.slice(2, -2)).filter(isFigureKey);
  const [first] = keys;
  return first && keys.every((key) => isLeftOut(publishable, key)) ? singlesOut(first, publishable) : undefined;
}

const isFigureKey = (key: string | undefined): key is FigureKey => (figureKeys as readonly unknown[]).includes(key);
