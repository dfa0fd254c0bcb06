/** What is done in the background, by whichever process leads: chores of the rooms, and what later rooms hear of earlier ones. */

import type { AppParts } from './app.ts';
import { logChores, logKeysFrom } from './audit/log/index.ts';
import { endOldSessions } from './identity/agencies/index.ts';
import { seeLeaversOut } from './identity/members/index.ts';
import type { UnitKeys } from './platform/crypto.ts';
import { forgetKeys } from './platform/idempotency-store.ts';
import { type Chore, forgetHeard, type Listeners, lead } from './platform/outbox.ts';
import { forgetTries } from './platform/throttle-store.ts';
import { destroyDueReports, forgetDrafts, ringOn, sweepDestroyed, sweepFiles } from './reports/index.ts';
import { returnsListeners } from './returns/index.ts';
import { protectiveNoticeListeners, ringCustodians } from './safeguarding/custody-notices/index.ts';
import { sweepPapers } from './safeguarding/documents/index.ts';
import { informationRequestListeners } from './safeguarding/information-requests/index.ts';
import { markAnew } from './safeguarding/people/index.ts';
import { lettingGoChores } from './safeguarding/retention/index.ts';
import { letMetGo } from './visits/index.ts';

/** What later rooms hear of earlier ones. */
export const listeners = (keys: UnitKeys): Listeners => ({
  ...returnsListeners,
  ...protectiveNoticeListeners(keys),
  ...informationRequestListeners(keys),
});

const personChore = (keys: UnitKeys): Chore => ({
  name: 'mark people anew',
  everySeconds: 600,
  store: 'safeguarding',
  run: (tx) => markAnew(tx, keys),
});

const heardChore = (keys: UnitKeys): Chore => ({
  name: 'forget what was heard',
  everySeconds: 600,
  store: 'safeguarding',
  run: (tx) => forgetHeard(tx, keys),
});

/** Background work, in whichever process leads. Ends by the signal. */
export const runBackground = (
  { config, databases, clock, keys }: Pick<AppParts, 'config' | 'databases' | 'clock' | 'keys'>,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> =>
  lead(
    databases,
    clock,
    // The public door has no keys of the staff's.
    { main: returnsListeners, ...(config.door !== 'public' && { safeguarding: listeners(keys) }) },
    [
      { name: 'end old sessions', everySeconds: 600, run: endOldSessions },
      ...logChores(logKeysFrom(config.logKeysFile, new URL(config.origin).hostname)),
      { name: 'forget tries', everySeconds: 600, run: forgetTries },
      { name: 'forget drafts', everySeconds: 600, run: forgetDrafts },
      { name: 'forget sent forms', everySeconds: 3_600, run: forgetKeys },
      { name: 'forget sent forms apart', everySeconds: 3_600, store: 'safeguarding', run: forgetKeys },
      { name: 'ring on', everySeconds: 60, run: ringOn },
      { name: 'ring on apart', everySeconds: 60, store: 'safeguarding', run: ringOn },
      { name: 'ring custodians', everySeconds: 60, run: ringCustodians },
      { name: 'destroy due reports', everySeconds: 600, run: destroyDueReports },
      { name: 'destroy due reports apart', everySeconds: 600, store: 'safeguarding', run: destroyDueReports },
      { name: 'let go who was met without concern', everySeconds: 3_600, run: letMetGo },
      ...(config.door === 'public' ? [] : [personChore(keys), heardChore(keys), ...lettingGoChores(keys)]),
      { name: 'sweep files', everySeconds: 600, run: sweepFiles(config.filesFolder, databases) },
      { name: 'sweep destroyed files', everySeconds: 3_600, run: sweepDestroyed(config.filesFolder, databases) },
      {
        name: 'sweep papers',
        everySeconds: 3_600,
        store: 'safeguarding',
        run: sweepPapers(config.filesFolder),
      },
      { name: 'see leavers out', everySeconds: 60, run: seeLeaversOut },
    ],
    signal,
    onError,
  );
