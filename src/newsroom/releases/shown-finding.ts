/** What was found in the text of a release, as its page shows it: in words, with the figures that can take the place of a number. */
import type { Link } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { figureName } from '../figure-brackets/figure-names.ts';
import { singleBraces } from '../figure-brackets/unknown-brackets.ts';
import { isOpen } from './release.ts';
import type { Release } from './store.ts';
import type { ReleaseFinding } from './text.ts';

/** A figure that can take the place of typed words: its key, its name and what it prints. */
type Offer = { readonly figure: string; readonly name: string; readonly says: string };

export type ShownFinding = Pick<ReleaseFinding, 'label' | 'typed' | 'sentence' | 'message' | 'justified'> & {
  /** The words in the text and their sentence, as the form of a button sends them. */
  readonly sent: Pick<ReleaseFinding, 'typed' | 'sentence'>;
  readonly offers: readonly Offer[];
  readonly justify: Link | undefined;
};

const mostOffers = 6;

const wordsOfMust: Partial<Record<ReleaseFinding['must'], string>> = {
  'bind or justify': 'Say why it may stand',
  justify: 'Say why it may stand',
  'give a source': 'Give its source',
};

/** `print` gives a text with placeholders in words. */
export function shownFinding(release: Release, finding: ReleaseFinding, print: (text: string) => string): ShownFinding {
  const { part, label, start, typed, sentence, message, must, offers, justified } = finding;
  const { id, revision } = release;
  const open = isOpen(release);
  const more = wordsOfMust[must];
  return {
    label,
    typed: print(typed),
    sentence: print(sentence),
    sent: { typed: singleBraces(typed), sentence: singleBraces(sentence) },
    message,
    offers: open ? offers.slice(0, mostOffers).map((offer) => shownOffer(offer, print)) : [],
    justify:
      open && more
        ? {
            text: justified ? 'Change' : more,
            href: withQuery(releasePaths.justify(id), { at: `${part}.${start}`, revision }),
          }
        : undefined,
    ...(justified && {
      justified: {
        ...justified,
        ...(justified.source && { source: { ...justified.source, date: longDay(justified.source.date) } }),
      },
    }),
  };
}

const shownOffer = (offer: string, print: (text: string) => string): Offer => {
  const figure = offer.slice(2, -2);
  return { figure, name: figureName(figure) ?? figure, says: print(`: ${offer}`).slice(2) };
};
