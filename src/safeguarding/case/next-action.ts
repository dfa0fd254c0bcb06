/** Pure. The one next step of a case. Help comes first: it never waits for the NRM, for police or for consent to either. */

export const nextActions = [
  'confirm the age',
  'ask children’s services',
  'refer to an agency',
  'ask for consent',
  'start the NRM referral',
  'go on with the NRM referral',
  'record what was done',
  'add a contact note',
] as const;
export type NextAction = (typeof nextActions)[number];

export type CaseState = {
  /** The record says adult, and its evidence leaves doubt. */
  readonly adultUnconfirmed: boolean;
  /** Under 18, or the age is not known or not confirmed. */
  readonly treatedAsChild: boolean;
  readonly childrensServicesAsked: boolean;
  /** The person named a need, accepted an offer, asked for help now, or agreed to a referral. */
  readonly wantsHelp: boolean;
  /** A consent to a referral that is in force, and no referral rests on it yet. */
  readonly unusedConsent: boolean;
  /** A referral for help that waits for an answer, or was accepted and goes on. */
  readonly referral: 'none' | 'sent' | 'accepted';
  /** The person agreed to a referral to the NRM, or is a child and was referred already. */
  readonly agreedToNrm: boolean;
  readonly nrmReferral: 'none' | 'draft' | 'submitted';
  /** A contact note was written since the referral was accepted. */
  readonly recordedSince: boolean;
};

type Step = { readonly action: NextAction; readonly if: (state: CaseState) => boolean };

/** In their order: the first that applies, and that the reader may do. */
const steps: readonly Step[] = [
  {
    action: 'confirm the age',
    if: ({ adultUnconfirmed, childrensServicesAsked }) => adultUnconfirmed && !childrensServicesAsked,
  },
  {
    action: 'ask children’s services',
    if: ({ treatedAsChild, childrensServicesAsked }) => treatedAsChild && !childrensServicesAsked,
  },
  { action: 'refer to an agency', if: ({ unusedConsent }) => unusedConsent },
  {
    action: 'ask for consent',
    if: ({ wantsHelp, referral, treatedAsChild }) => wantsHelp && referral === 'none' && !treatedAsChild,
  },
  { action: 'refer to an agency', if: ({ wantsHelp, referral }) => wantsHelp && referral === 'none' },
  {
    action: 'start the NRM referral',
    if: ({ agreedToNrm, nrmReferral }) => agreedToNrm && nrmReferral === 'none',
  },
  { action: 'go on with the NRM referral', if: ({ nrmReferral }) => nrmReferral === 'draft' },
  {
    action: 'record what was done',
    if: ({ referral, recordedSince }) => referral === 'accepted' && !recordedSince,
  },
  { action: 'add a contact note', if: () => true },
];

/** The next step among those that the reader may do. Undefined if they may do none of them. */
export const chooseNextAction = (state: CaseState, may: ReadonlySet<NextAction>): NextAction | undefined =>
  steps.find((step) => may.has(step.action) && step.if(state))?.action;
