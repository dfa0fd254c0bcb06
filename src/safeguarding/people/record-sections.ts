/** What later modules show on the page of a person’s record. Each applies its own rules and logs its own read. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Request } from '../../platform/http/server.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import type { DisclosurePurpose } from '../../vocabulary/information-shared.ts';
import type { CaseEvent } from '../case/timeline.ts';

/** One open or running item, with a link to where it is handled. */
export type RecordLine = { readonly what: string; readonly text: string; readonly href: string };

export type RecordSections = {
  /** Current tasks and options, most urgent first. */
  readonly now?: readonly RecordLine[];
  /** Open items about the person in other modules. */
  readonly open?: readonly RecordLine[];
  /** What happened, for the timeline of the case. */
  readonly events?: readonly CaseEvent[];
  /** Agencies that were given information without consent. */
  readonly disclosedTo?: readonly string[];
  /** Consents to a referral that are in force. */
  readonly consents?: readonly ConsentSummary[];
  /** The person’s NRM referrals, in the module that keeps them. */
  readonly nrm?: NrmSummary | undefined;
};

export type ConsentSummary = {
  readonly id: string;
  readonly agencyId: string;
  readonly recipient: string;
  readonly purpose: DisclosurePurpose;
  /** A referral rests on it. */
  readonly used: boolean;
};

export type NrmSummary = {
  /** The referral that goes on, shown so that nobody starts a second one. */
  readonly ongoing: { readonly href: string; readonly submitted: boolean } | undefined;
  /** Each of them, the latest first. */
  readonly referrals: readonly {
    readonly reference: string;
    readonly state: string;
    readonly raisedAt: Date;
    readonly href: string;
  }[];
};

export type AllRecordSections = Required<RecordSections>;

export type RecordSectionSource = {
  readonly action: string;
  /** `ids`: of the record, and of the encounter that it was opened from. */
  readonly tell: (request: Request, keys: UnitKeys, id: PersonId, ids: readonly PersonId[]) => Promise<RecordSections>;
};

/** Collects from the modules that the member may use. */
export async function readRecordSections(
  besides: readonly RecordSectionSource[],
  request: Request,
  keys: UnitKeys,
  id: PersonId,
  ids: readonly PersonId[],
): Promise<AllRecordSections> {
  const all: RecordSections[] = [];
  for (const { action, tell } of besides) if (request.can(action)) all.push(await tell(request, keys, id, ids));
  return {
    now: all.flatMap(({ now = [] }) => now),
    open: all.flatMap(({ open = [] }) => open),
    events: all.flatMap(({ events = [] }) => events),
    disclosedTo: all.flatMap(({ disclosedTo = [] }) => disclosedTo),
    consents: all.flatMap(({ consents = [] }) => consents),
    nrm: all.find(({ nrm }) => nrm)?.nrm,
  };
}
