/** A release in fewer words, made of its own sentences: 50 words, and a post for social media of at most 280 characters. Pure. */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { pointsBeyond } from '../publication/key-points.ts';
import { publicText } from './placeholder.ts';
import type { PublishableReturn } from './public-figures.ts';

export const limit = 280;

/** Characters as those sites count them: an emoji or an accented letter is one. */
export const lengthOf = (text: string): number => [...text].length;

/**
 * As many key points as fit, in their order, and the link. One key point too long for the limit is cut between words;
 * the title serves where there is no key point.
 */
export function shareText(
  { title, keyPoints }: { readonly title: string; readonly keyPoints: readonly string[] },
  publishable: PublishableReturn,
  link: string,
): Result<string, 'a placeholder has a problem' | 'the link is too long'> {
  const room = limit - lengthOf(link) - 1;
  if (room < 20) return refuse('the link is too long');
  const sentences: string[] = [];
  for (const point of keyPoints.length > 0 ? keyPoints : [title]) {
    const said = publicText(point, publishable);
    if (!said.ok) return said;
    sentences.push(withFullStop(said.value));
  }
  let text = '';
  for (const sentence of sentences) {
    const longer = text ? `${text} ${sentence}` : sentence;
    if (lengthOf(longer) <= room) text = longer;
  }
  return accept(`${text || cut(sentences[0] ?? '', room)} ${link}`);
}

/** Cut between words, never inside one: half a number would be another number. */
function cut(text: string, maxLength: number): string {
  const words = text.split(' ');
  while (words.length > 1 && lengthOf(`${words.join(' ')} …`) > maxLength) words.pop();
  const kept = `${words.join(' ')} …`;
  return lengthOf(kept) <= maxLength ? kept : '…';
}

/** A notice for a programme or a newsletter. */
export const mostWords = 50;
export const countWords = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/**
 * Takes the text as the public reads it. Gives its description and as many key points as fit into 50 words, in their
 * order, without one that begins as the description does. Whole sentences alone, so that no figure loses its words.
 */
export function briefText({
  title,
  description,
  keyPoints,
}: {
  readonly title: string;
  readonly description: string;
  readonly keyPoints: readonly string[];
}): string {
  const fresh = pointsBeyond(`${title} ${description}`, keyPoints);
  let brief = '';
  for (const sentence of [description, ...fresh].filter((one) => one !== '').map(withFullStop)) {
    const longer = brief ? `${brief} ${sentence}` : sentence;
    if (countWords(longer) <= mostWords) brief = longer;
  }
  return brief || withFullStop(title);
}

const withFullStop = (sentence: string): string => (/[.!?]["”’)]*$/.test(sentence) ? sentence : `${sentence}.`);
