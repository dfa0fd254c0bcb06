/** Everything that the page of a concern needs. */

import type { Agency } from '../../identity/agencies/index.ts';
import type { Draft } from '../../nrm/index.ts';
import type { MemberNames } from '../../platform/forms/correction.ts';
import type { ReferredDocument } from '../documents/referred-documents.ts';
import type { Council } from '../notes/children-services.ts';
import type { Agencies } from '../notes/pages.ts';
import type { CaseDraft } from './draft.ts';
import type { NrmReferral } from './nrm-referral.ts';

/** An agency of the partnership that a concern can be taken to. */
export type FirstResponderAgency = Pick<Agency, 'id' | 'name'>;

export type NrmReferralPageData = {
  readonly concern: NrmReferral;
  readonly made: CaseDraft;
  readonly called: string;
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly submits: boolean;
  /** Councils whose children’s services can be asked; undefined if the member may not ask. */
  readonly councils: readonly Council[] | undefined;
  readonly takers: readonly FirstResponderAgency[];
  /** Those of them who can be asked here. */
  readonly handTo: readonly FirstResponderAgency[];
  /** The draft that would be handed over now; null if there is none. */
  readonly handable: Draft | null;
  /** Requests with which a draft of it was handed over. */
  readonly handedOn: readonly ReferredDocument[];
  readonly today: string;
  readonly aim: string | null;
  readonly mustBeAsked: boolean;
};
