/** The overview of the settings of the public site, and the forms of the partnership’s own words. */
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { formRoute } from '../platform/forms/form-route.ts';
import { countedTask, type HomeItems, listDue } from '../platform/http/home.ts';
import { type App, type FormErrors, may, type Request } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { type PartnershipPart, partnershipPartNames } from '../platform/partnership.ts';
import {
  addVersions,
  listApprovedVersions,
  listNewestVersions,
  mayDecideOn,
  type SettingId,
  type SettingKind,
  type SettingVersion,
  stateOfVersion,
} from '../public/settings/index.ts';
import { type MemberId, newId } from '../vocabulary/ids.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { findOpening } from './opening.ts';
import { lookStates, partnershipStates, settingsPage } from './pages.ts';
import { type Content, partnershipForms } from './partnership-forms.ts';
import { partnershipFormPage } from './partnership-pages.ts';
import { startingContent } from './starting-content.ts';

const unchanged: Record<'nothing changed', FormErrors> = {
  'nothing changed': { '': 'You changed nothing. Change an answer, or cancel.' },
};

export async function settingsRoutes(app: App, parts: AreaParts): Promise<void> {
  app.get(settingsPaths.settings.route, may('public setting.read'), async (request, reply) => {
    const { db } = request;
    const versionsOf = async (kind: SettingKind) => ({
      newest: await listNewestVersions(db, kind),
      approved: await listApprovedVersions(db, kind),
    });
    const states = {
      partnership: partnershipStates(await versionsOf('partnership'), parts.siteSettings.file),
      look: lookStates(await versionsOf('look')),
    };
    const may = { propose: request.can('public setting.propose') };
    const opening = await findOpening(db, parts, request.now);
    const entrance = { address: parts.privateAddress, ownHost: parts.privateHost !== undefined };
    return reply.sections(settingsPage(states, may, opening, entrance));
  });

  for (const part of partnershipPartNames) partnershipRoute(app, parts, part);
}

type KnownPart = {
  readonly id: SettingId;
  readonly waiting: SettingVersion | undefined;
  /** What the public reads now. */
  readonly published: Content | undefined;
};

function partnershipRoute(app: App, parts: AreaParts, part: PartnershipPart): void {
  const ofPart = ({ setting }: SettingVersion): boolean => setting.part === part;
  const load = async ({ db }: Request): Promise<KnownPart> => {
    const newest = (await listNewestVersions(db, 'partnership')).find(ofPart);
    const approved = (await listApprovedVersions(db, 'partnership')).find(ofPart);
    return {
      id: newId(),
      waiting: newest && stateOfVersion(newest) === 'proposed' ? newest : undefined,
      published: approved?.setting.content ?? startingContent(parts, part),
    };
  };
  formRoute(app, `/settings/${part}`, {
    may: may('public setting.propose'),
    load,
    form: partnershipForms[part] as z.ZodType<Content>,
    page: ({ waiting, published }) =>
      partnershipFormPage(part, waiting?.setting.content ?? published ?? {}, waiting !== undefined),
    event: 'public setting.proposed',
    subject: ({ id }) => id,
    details: () => ({ fields: ['partnership', part] }),
    change: async (tx, { id, waiting, published }, content, { actor, now }) => {
      if (isDeepStrictEqual(content, waiting?.setting.content ?? published)) return refuse('nothing changed');
      const proposedBy = actor.memberId as MemberId;
      await addVersions(tx, [{ id, kind: 'partnership', part, content, proposedBy, proposedAt: now }]);
      return accept(id);
    },
    refusals: unchanged,
    next: (id) => settingsPaths.version(id),
  });
}

/** Proposals of colleagues, for those who may decide on them. */
export const settingsHomeItems: HomeItems = {
  action: 'public setting.decide',
  waiting: async (db, { actor }) => {
    const waiting = (await listNewestVersions(db)).filter((version) => mayDecideOn(version, actor).ok);
    const [only] = waiting;
    const href = waiting.length === 1 && only ? settingsPaths.version(only.setting.id) : settingsPaths.history();
    return listDue([
      {
        what: countedTask(
          waiting.length,
          'Decide on a change of the public site',
          'Decide on # changes of the public site',
        ),
        detail: 'A colleague proposed it. The public sees it once you approve it.',
        status: 'to do',
        href,
        count: waiting.length,
      },
    ]);
  },
};
