/** Proposes to open the public site, and reminds its administrators of what is missing. */
import { buttonRoute } from '../platform/forms/form-route.ts';
import type { HomeItems } from '../platform/http/home.ts';
import { type App, may, type Request } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { addVersions } from '../public/settings/index.ts';
import { type MemberId, newId } from '../vocabulary/ids.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { countConfirmed, findOpening } from './opening.ts';

export async function openingRoutes(app: App, parts: AreaParts): Promise<void> {
  buttonRoute(app, settingsPaths.open.route, {
    may: may('public setting.propose'),
    load: async (_request: Request) => newId<'public setting'>(),
    event: 'public setting.proposed',
    subject: (id) => id,
    details: () => ({ fields: ['opening'] }),
    change: async (tx, id, _, { actor, now }) => {
      const { open, missing, waiting } = await findOpening(tx, parts, now);
      if (open || missing.length > 0 || waiting) return refuse('not now');
      const proposedBy = actor.memberId as MemberId;
      const content = { confirmed: await countConfirmed(tx, now) };
      await addVersions(tx, [{ id, kind: 'opening', part: 'public site', content, proposedBy, proposedAt: now }]);
      return accept(id);
    },
    refused: () => settingsPaths.settings(),
    next: (id) => settingsPaths.version(id),
  });
}

/** Until the site is open. */
export const openingHomeItems = (parts: AreaParts): readonly HomeItems[] => [
  {
    action: 'public setting.read',
    waiting: async (db, { now }) => {
      const { open, missing, waiting } = await findOpening(db, parts, now);
      if (open || waiting) return [];
      const detail = missing.map(({ says }) => says).join('. ');
      return [
        {
          what: 'Open the public site',
          detail: detail === '' ? 'Everything is ready. An administrator proposes to open it.' : `Missing: ${detail}.`,
          status: 'to do',
          href: settingsPaths.settings(),
          count: 1,
        },
      ];
    },
  },
];
