/** What may be told of a person, what for, and on which grounds: words that consent and referral share. */
import type { Id } from './ids.ts';

/** A person behind the wall: an encounter’s id until she has a record of her own. */
export type PersonId = Id<'person'>;

/** Groups of data that a recipient may be shown. */
export const shareable = [
  'when we met',
  'where we met',
  'what help is asked for',
  'what they need to know',
  'what the person wants',
  'what the person was advised',
  'how to reach the person safely',
] as const;
export type Shareable = (typeof shareable)[number];

/** Without these nobody can be asked for help. */
export const neededToRefer: readonly Shareable[] = ['when we met', 'what help is asked for', 'what they need to know'];

/** One group of data, in the words that the recipient reads. */
export type Shown = { readonly item: Shareable; readonly words: string };

export const tellingPurposes = [
  'to give the help asked for',
  'to find a safe place to stay',
  'to plan for safety',
  'to examine and treat',
  'to advise on law, immigration or money',
  'to look after children',
] as const;
export type TellingPurpose = (typeof tellingPurposes)[number];

/** What the law lets somebody be told for without consent. */
export const bases = ['child', 'vital interests', 'statutory duty', 'court order'] as const;
export type Basis = (typeof bases)[number];
