/** What later modules show on the page of a person’s record. Each applies its own rules and logs its own read. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Request } from '../../platform/http/server.ts';
import type { PersonId } from '../../vocabulary/ids.ts';

/** One open or running item, with a link to where it is handled. */
export type RecordLine = { readonly what: string; readonly text: string; readonly href: string };

export type RecordSections = {
  /** Current tasks and options, most urgent first. */
  readonly now?: readonly RecordLine[];
  /** Open items about the person in other modules. */
  readonly open?: readonly RecordLine[];
  /** The open potential victim referral, shown so that members do not raise a second one. */
  readonly concern?: string | undefined;
};

export type RecordSectionSource = {
  readonly action: string;
  readonly tell: (request: Request, keys: UnitKeys, id: PersonId) => Promise<RecordSections>;
};

/** Collects from the modules that the member may use. */
export async function readRecordSections(
  besides: readonly RecordSectionSource[],
  request: Request,
  keys: UnitKeys,
  id: PersonId,
): Promise<Required<RecordSections>> {
  const all: RecordSections[] = [];
  for (const { action, tell } of besides) if (request.can(action)) all.push(await tell(request, keys, id));
  return {
    now: all.flatMap(({ now = [] }) => now),
    open: all.flatMap(({ open = [] }) => open),
    concern: all.find(({ concern }) => concern)?.concern,
  };
}
