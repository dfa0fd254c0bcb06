/** A post for social media: the key fact and the link, in at most 280 characters. */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
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
    sentences.push(/[.!?]$/.test(said.value) ? said.value : `${said.value}.`);
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
