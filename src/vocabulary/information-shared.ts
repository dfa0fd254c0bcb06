/** What may be shared about a person, for what purpose and on which grounds: terms shared by consent and referral. */

/** Groups of documents and photos that a person provides. */
export const providedGroups = [
  'papers about health',
  'identity documents',
  'legal documents',
  'other documents',
] as const;
/** Made here alone, from a concern: the whole of a draft, as it stood on a day. */
export const draftGroup = 'NRM draft';
/** Each document is in one group, and is shared where that group was agreed. */
export const documentGroups = [...providedGroups, draftGroup] as const;
export type DocumentGroup = (typeof documentGroups)[number];

/** Groups of data that a recipient may be shown. */
export const shareableItems = [
  'when we met',
  'where we met',
  'help needed',
  'essential information',
  'wishes',
  'given advice',
  'contact details',
  ...documentGroups,
] as const;
export type ShareableItem = (typeof shareableItems)[number];

/** Without these nobody can be asked for help. */
export const requiredForReferral: readonly ShareableItem[] = ['when we met', 'help needed', 'essential information'];

export const isDocumentGroup = (item: ShareableItem): item is DocumentGroup =>
  (documentGroups as readonly string[]).includes(item);

/** A paper that goes along, by what it is called. */
export type SharedDocument = { readonly id: string; readonly called: string };

/** One group of data, in the words that the recipient reads; of papers, those that were chosen. */
export type SharedItem = {
  readonly item: ShareableItem;
  readonly words: string;
  readonly papers?: readonly SharedDocument[];
};
export const listSharedDocuments = (shown: readonly Pick<SharedItem, 'papers'>[]): SharedDocument[] =>
  shown.flatMap(({ papers }) => papers ?? []);

/** So that a first responder submits it. */
export const nrmPurpose = 'NRM referral';
/** Of a referral to children’s services. */
export const childPurpose = 'childcare' as const;
/** What an agency is asked to help for. */
export const referralPurposes = [
  'requested help',
  'safe place',
  'safety planning',
  'examine and treat',
  'specialist advice',
  childPurpose,
  nrmPurpose,
] as const;
/** Of an examination alone: what is found is kept, and goes nowhere without another yes. */
export const evidencePurpose = 'proof of injuries';
export const disclosurePurposes = [...referralPurposes, evidencePurpose] as const;
export type DisclosurePurpose = (typeof disclosurePurposes)[number];

/** What leaves the safeguarding database without the person's consent, each sent by its own area. */
export const custodyPurpose = 'custody protection';
export const policePurpose = 'police request';
export type DisclosureToEnforcement = typeof custodyPurpose | typeof policePurpose;
export const custodyItem = 'custody sentence';
/** What police can ask for, each by itself: never a whole file. */
export const policeRequestKinds = [
  'contact dates',
  'help provided',
  'person’s account',
  'whereabouts',
  'health information',
  'notes of counselling',
] as const;

/** Legal bases for sharing without consent. */
export const legalBases = ['child', 'vital interests', 'statutory duty', 'court order'] as const;
export type LegalBasis = (typeof legalBases)[number];
