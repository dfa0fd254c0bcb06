/** What the page of a count says while it goes on, and where it came to no return. */
import type { CasePage, StateItem } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import type { CountRequest, CountState } from './count-request.ts';

/** The page asks again after so many seconds. */
export const refreshSeconds = 3;

const titles: Record<Exclude<CountState, 'counted'>, string> = {
  counting: 'The figures are being counted',
  'reason missing': 'The figures were not counted',
  stopped: 'The count was stopped',
  failed: 'The count failed',
};

const states: Record<Exclude<CountState, 'counted'>, StateItem> = {
  counting: {
    kind: 'waiting',
    text: 'Safelight counts and protects the figures. Most counts take a second, the largest up to a few minutes. This page leads to the return by itself. You can leave it and come back.',
  },
  'reason missing': {
    kind: 'unwise',
    text: 'Somebody signed a final return while this was counted. Enter why you are reopening it, and count again.',
  },
  stopped: {
    kind: 'unwise',
    text: 'Safelight was restarted, or lost its database, before the count ended. No return was made. Count again. The reason that you typed is kept.',
  },
  failed: {
    kind: 'unwise',
    text: 'Something went wrong, and no return was made. Count again. The reason that you typed is kept. If it fails again, tell the person who runs Safelight.',
  },
};

/** The page of a count that is no return yet, or came to none. */
export function countingPage(
  asked: CountRequest,
  { codeName, state }: { readonly codeName: string; readonly state: Exclude<CountState, 'counted'> },
): CasePage {
  const again = withQuery(returnPaths.count(asked.operationId), { again: asked.id });
  return {
    back: { href: returnPaths.operation(asked.operationId), text: `Returns of ${codeName}` },
    caption: codeName,
    title: titles[state],
    lead: [`Asked for on ${formatDateTime(asked.askedAt)}.`],
    actions:
      state === 'counting'
        ? [{ text: 'Look again', href: returnPaths.counting(asked.id), secondary: true }]
        : [{ text: 'Count again', href: again }],
    sections: [{ kind: 'states', items: [states[state]] }],
  };
}
