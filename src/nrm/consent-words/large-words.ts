/** The words of a consent to show at arm's length: one idea a card, in the person's language in very large type, with its English below. No notes for staff. */
import type { SectionsPage } from '../../platform/rendering/pages.ts';
import { consentSource } from './languages/load.ts';
import { type ShownWords, versionsOf, type WordingVersion } from './shown-words.ts';
import type { WordingBlock } from './wording-lines.ts';

/** A sentence, with the list that it leads to. */
export type Idea = { readonly text: string; readonly items: readonly string[] };

export type LargeCard = Pick<WordingVersion, 'code' | 'direction'> & {
  readonly idea: Idea;
  /** The same in English, where the large words are a translation of it. */
  readonly english: Idea | undefined;
};

function ideasOf(blocks: readonly WordingBlock[]): Idea[] {
  const ideas: Idea[] = [];
  for (const block of blocks) {
    const last = ideas.at(-1);
    if ('text' in block) ideas.push({ text: block.text, items: [] });
    else if (last?.items.length === 0) ideas[ideas.length - 1] = { ...last, items: block.items };
    else ideas.push({ text: '', items: block.items });
  }
  return ideas;
}

/** Each idea with its English. Where the two languages do not match idea for idea, the English follows as cards of its own. */
export function largeCards(words: ShownWords): LargeCard[] {
  const [own, english] = versionsOf(words).map(({ code, direction, blocks }) => ({
    ...{ code, direction },
    ideas: ideasOf(blocks),
  }));
  if (!own) return [];
  const cardsOf = ({ code, direction, ideas }: typeof own): LargeCard[] =>
    ideas.map((idea) => ({ code, direction, idea, english: undefined }));
  if (!english) return cardsOf(own);
  // A translation begins with who vouches for it, which the English has no need of.
  const before = own.ideas.length - english.ideas.length;
  const matches =
    before >= 0 && english.ideas.every((idea, index) => own.ideas[index + before]?.items.length === idea.items.length);
  if (!matches) return [...cardsOf(own), ...cardsOf(english)];
  return cardsOf(own).map((card, index) => ({ ...card, english: english.ideas[index - before] }));
}

export type LargeWordsPage = Pick<SectionsPage, 'title' | 'back' | 'notForPaper'> & {
  readonly cards: readonly LargeCard[];
  readonly english: Pick<WordingVersion, 'code' | 'direction'>;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'nrm/consent-words/large-words': LargeWordsPage;
  }
}

export const largeWordsPage = (words: ShownWords, back: string): LargeWordsPage => ({
  title: 'Words of the consent',
  back: { href: back, text: 'Back' },
  notForPaper: undefined,
  cards: largeCards(words),
  english: consentSource,
});
