/** What may be shared about a person, for what purpose and on which grounds: terms shared by consent and referral. */
import type { Id } from './ids.ts';

/** A person in the safeguarding database: an encounter's id until the person has their own record. */
export type PersonId = Id<'person'>;

/** Groups of documents and photos that a person provides. */
export const broughtGroups = [
  'papers about health',
  'papers that say who the person is',
  'papers about law, immigration or money',
  'other papers and photos',
] as const;
/** Made here alone, from a concern: the whole of a draft, as it stood on a day. */
export const draftGroup = 'the draft of a referral to the NRM';
/** Each document is in one group, and is shared where that group was agreed. */
export const paperGroups = [...broughtGroups, draftGroup] as const;
export type PaperGroup = (typeof paperGroups)[number];

/** Groups of data that a recipient may be shown. */
export const shareable = [
  'when we met',
  'where we met',
  'what help is asked for',
  'what they need to know',
  'what the person wants',
  'what the person was advised',
  'how to reach the person safely',
  ...paperGroups,
] as const;
export type Shareable = (typeof shareable)[number];

/** Without these nobody can be asked for help. */
export const neededToRefer: readonly Shareable[] = ['when we met', 'what help is asked for', 'what they need to know'];

export const isPaperGroup = (item: Shareable): item is PaperGroup => (paperGroups as readonly string[]).includes(item);

/** A paper that goes along, by what it is called. */
export type ShownPaper = { readonly id: string; readonly called: string };

/** One group of data, in the words that the recipient reads; of papers, those that were chosen. */
export type Shown = {
  readonly item: Shareable;
  readonly words: string;
  readonly papers?: readonly ShownPaper[];
};
export const papersIn = (shown: readonly Pick<Shown, 'papers'>[]): ShownPaper[] =>
  shown.flatMap(({ papers }) => papers ?? []);

/** So that a first responder submits it. */
export const toTheNrm = 'to make a referral to the National Referral Mechanism';
/** What an agency is asked to help for. */
export const referringPurposes = [
  'to give the help asked for',
  'to find a safe place to stay',
  'to plan for safety',
  'to examine and treat',
  'to advise on law, immigration or money',
  'to look after children',
  toTheNrm,
] as const;
/** Of an examination alone: what is found is kept, and goes nowhere without another yes. */
export const toKeepProof = 'to keep proof of injuries';
export const tellingPurposes = [...referringPurposes, toKeepProof] as const;
export type TellingPurpose = (typeof tellingPurposes)[number];

/** What leaves the safeguarding database without the person's consent, each sent by its own area. */
export const toCustody = 'to protect the person in custody';
export const toPolice = 'to answer a request of police';
export type TellingAcross = typeof toCustody | typeof toPolice;
export const custodyItem = 'one sentence, and the custody reference';
/** What police can ask for, each by itself: never a whole file. */
export const policeKinds = [
  'whether and when the person was in contact',
  'what help was given',
  'what the person said happened',
  'where the person was at stated times',
  'health information',
  'notes of counselling',
] as const;

/** Legal bases for sharing without consent. */
export const bases = ['child', 'vital interests', 'statutory duty', 'court order'] as const;
export type Basis = (typeof bases)[number];
