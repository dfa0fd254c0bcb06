/** What the check of a release finds, and why typed words may be allowed. */
import type { Jurisdiction } from '../../vocabulary/jurisdictions.ts';
import type { Harm } from './harms.ts';
import type { WatchedWord } from './watched-words.ts';

export type Source = { readonly text: string; readonly url: string; readonly date: string };

/** Why typed words are allowed. The reason holds for this sentence; a changed sentence needs a new one. */
export type Justification = {
  readonly typed: string;
  readonly sentence: string;
  readonly reason: string;
  readonly by: string;
  readonly source?: Source;
};
export type Finding = {
  /** Position in the Markdown as typed. */
  readonly start: number;
  readonly end: number;
  readonly typed: string;
  readonly sentence: string;
  readonly kind: 'placeholder' | 'number' | 'withheld' | 'odd sign' | 'name' | WatchedWord['kind'];
  readonly must: 'may bind' | 'bind or justify' | WatchedWord['must'];
  /** Whether the release must wait until this is put right. */
  readonly blocks: boolean;
  readonly message: string;
  /** What it could do to whom; without it, the usual harm of its kind. */
  readonly harm?: Harm | undefined;
  /** Words that can take the place of those that were found. */
  readonly safer?: string | undefined;
  /** The safer words that a rule can write would be found in their turn, so they are not offered. */
  readonly refusesSafer?: boolean;
  /** How to say it safely, where the sentence for its harm does not fit. */
  readonly how?: string | undefined;
  /** Placeholders that say the same and stay true when the return is revised. */
  readonly offers: readonly string[];
  readonly justified?: Justification;
};
export type CheckContext = {
  readonly publishOn: string;
  /** Where it is published; England and Wales where nothing is said. */
  readonly jurisdiction?: Jurisdiction | undefined;
  readonly justifications: readonly Justification[];
  /** Numbers and addresses of the contacts that hold on that day. */
  readonly contacts: readonly string[];
  /** Contacts that were printed once and do not hold on that day, or that nobody has checked for long. */
  readonly staleContacts?: readonly StaleContact[];
  /** Names of those whom the release quotes: they may be named. */
  readonly speakers?: readonly string[];
  /** Somebody else’s own words may be kept with a reason where ours may not. */
  readonly voice?: 'ours' | 'quoted';
};
export type StaleContact = { readonly way: string; readonly why: string };
export type FindingDetails = Omit<Finding, 'start' | 'end' | 'typed' | 'sentence' | 'justified'>;
export const unsupported = (message: string, offers: readonly string[] = []): FindingDetails => ({
  kind: 'number',
  must: 'bind or justify',
  blocks: true,
  message,
  offers,
});
