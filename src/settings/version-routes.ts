/** One version of a setting: its differences, the second person’s decision, and proposing it again. */
import { z } from 'zod';
import { memberNames } from '../identity/agencies/index.ts';
import { buttonRoute, formRoute } from '../platform/forms/form-route.ts';
import { OptionalText } from '../platform/forms/forms.ts';
import { type App, IdPath, may, type Request } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { closeWhereRefused } from '../platform/rendering/pages.ts';
import { entryOfService } from '../public/contacts/index.ts';
import {
  addSettingDecisions,
  addVersions,
  findVersionBefore,
  getVersion,
  listApprovedVersions,
  listVersions,
  mayDecideOn,
  type Setting,
  type SettingId,
  settingKinds,
} from '../public/settings/index.ts';
import { emergencyFault, parseService, serviceOfVersion, servicesWith } from '../public/signs/index.ts';
import { type MemberId, newId } from '../vocabulary/ids.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { listMissing } from './opening.ts';
import { decideErrors, decidePage, decisions, historyPage, type VersionView, versionPage } from './pages.ts';
import type { Content } from './partnership-forms.ts';
import { startingContent } from './starting-content.ts';

const DecideForm = z
  .object({ decision: z.enum(decisions, 'Select approve or refuse'), reason: OptionalText(500) })
  .refine(({ decision, reason }) => decision === 'approve' || (reason ?? '').length >= 10, {
    path: ['reason'],
    message: 'Enter a reason of 10 characters or more: what should your colleague change?',
  });

/** What the public read before anything was approved: the file of the start, or the contacts that come with Safelight. */
function contentBefore(parts: AreaParts, { kind, part }: Setting): Content | undefined {
  if (kind !== 'contacts') return startingContent(parts, part);
  const service = servicesWith(undefined).findLast(({ id }) => id === part);
  return service && entryOfService(service);
}

/** Proposed before this was refused in the form. */
function changesEmergency({ kind, content }: Setting): boolean {
  const service = kind === 'contacts' ? parseService(content) : undefined;
  return service !== undefined && emergencyFault(service) !== undefined;
}

/** The versions that the public reads now. */
async function listPublicIds(db: Request['db']): Promise<ReadonlySet<string>> {
  const ids: string[] = [];
  for (const kind of settingKinds)
    for (const { setting } of await listApprovedVersions(db, kind))
      if (kind !== 'contacts' || serviceOfVersion(setting.content)) ids.push(setting.id);
  return new Set(ids);
}

export async function versionRoutes(app: App, parts: AreaParts): Promise<void> {
  const load = async ({
    db,
    params,
  }: Request & { readonly params: { readonly id: string } }): Promise<VersionView & { readonly newId: SettingId }> => {
    const version = await getVersion(db, params.id);
    const { setting, decision } = version;
    const before = await findVersionBefore(db, version);
    return {
      version,
      before: before?.setting.content ?? contentBefore(parts, setting),
      names: await memberNames(db, [setting.proposedBy, decision?.decidedBy ?? null]),
      newId: newId(),
    };
  };

  app.get(settingsPaths.history.route, may('public setting.read'), async ({ db }, reply) => {
    const versions = await listVersions(db);
    const people = versions.flatMap(({ setting, decision }) => [setting.proposedBy, decision?.decidedBy ?? null]);
    return reply.sections(historyPage(versions, await memberNames(db, people), await listPublicIds(db)));
  });

  app.get(settingsPaths.version.route, may('public setting.read', IdPath), async (request, reply) => {
    const view = await load(request);
    const { version } = view;
    return reply.sections(
      versionPage(view, {
        own: version.setting.proposedBy === request.actor.memberId,
        decides: request.can('public setting.decide') && mayDecideOn(version, request.actor).ok,
        proposes: request.can('public setting.propose') && !changesEmergency(version.setting),
      }),
    );
  });

  formRoute(app, settingsPaths.decide.route, {
    may: may('public setting.decide', IdPath),
    load,
    form: DecideForm,
    page: (view, typed, _errors, { actor }) =>
      closeWhereRefused(decidePage(view), typed, mayDecideOn(view.version, actor), decideErrors),
    event: (_, { decision }) => (decision === 'approve' ? 'public setting.approved' : 'public setting.refused'),
    subject: ({ version }) => version.setting.id,
    details: ({ version: { setting } }) => ({ fields: [setting.kind, setting.part] }),
    change: async (tx, { version: { setting } }, { decision, reason }, { actor, now }) => {
      const allowed = mayDecideOn(await getVersion(tx, setting.id), actor);
      if (!allowed.ok) return allowed;
      if (decision === 'approve' && changesEmergency(setting)) return refuse('emergency entry');
      if (decision === 'approve' && setting.kind === 'contacts' && !serviceOfVersion(setting.content))
        return refuse('cannot be shown');
      const missing = decision === 'approve' && setting.kind === 'opening' ? await listMissing(tx, parts, now) : [];
      if (missing.length > 0) return refuse('something is missing');
      const approved = decision === 'approve';
      const decidedBy = actor.memberId as MemberId;
      return addSettingDecisions(tx, [
        { id: setting.id, approved, reason: approved ? null : reason, decidedBy, decidedAt: now },
      ]);
    },
    refusals: {
      ...decideErrors,
      'emergency entry': {
        decision: 'Refuse this version. It changes the emergency entry, and every page of help must show 999',
      },
      'cannot be shown': {
        decision:
          'Refuse this version. The public site cannot show it: a link does not open the site that its words name',
      },
      'something is missing': { '': 'Something is missing again. Open Settings and see what.' },
    },
    next: (_, { version }) => {
      parts.siteSettings.forget();
      return settingsPaths.version(version.setting.id);
    },
  });

  buttonRoute(app, settingsPaths.proposeAgain.route, {
    may: may('public setting.propose', IdPath),
    load,
    event: 'public setting.proposed',
    subject: (view) => view.newId,
    details: ({ version: { setting } }) => ({ fields: [setting.kind, setting.part] }),
    change: async (tx, view, _, { actor, now }) => {
      const { kind, part, content } = view.version.setting;
      if (changesEmergency(view.version.setting)) return refuse('emergency entry');
      const proposedBy = actor.memberId as MemberId;
      await addVersions(tx, [{ id: view.newId, kind, part, content, proposedBy, proposedAt: now }]);
      return accept(view.newId);
    },
    next: (id) => settingsPaths.version(id),
  });
}
