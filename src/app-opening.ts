/** Opens areas as one application. */
import type { FastifyInstance } from 'fastify';
import { access } from './app-policies.ts';
import { EndedSessionLogger, lockSession, resolveActor, SessionActivityWriter } from './identity/agencies/index.ts';
import type { AppParts, Area } from './platform/area.ts';
import { LookWriter } from './platform/audit-hook/audit.ts';
import { RefusalWriter } from './platform/audit-hook/refusals.ts';
import { BadConfiguration } from './platform/config.ts';
import { openSites } from './platform/http/sites.ts';
import { openLogger } from './platform/logger.ts';
import { openSenders } from './platform/messages/channel.ts';
import { countUnreadNotifications } from './platform/notifications/store.ts';
import { findUnknownCodes } from './platform/offered-languages.ts';
import type { Partnership } from './platform/partnership.ts';
import { openViews } from './platform/rendering/views.ts';
import { SiteSettings } from './platform/site-settings.ts';
import { publicLanguages } from './public/languages/index.ts';
import { readPublishedSettings } from './public/settings/index.ts';

/** The application with these areas, on the sites that the configuration names, not yet listening. */
export async function openAreas(
  areas: readonly Area[],
  { config, databases, keys, clock, assets, timing, metrics, traces, patience }: AppParts,
): Promise<FastifyInstance> {
  const logger = openLogger(config.logLevel);
  const looks = new LookWriter(databases);
  const failed = (error: unknown) => logger.error({ err: error }, 'written beside the requests');
  const seen = new SessionActivityWriter(databases, failed);
  const ended = new EndedSessionLogger(databases, looks, access, failed);
  refuseUnknownLanguages(config.partnership);
  const siteSettings = new SiteSettings({
    file: config.partnership,
    languages: publicLanguages.all,
    read: readPublishedSettings(databases),
    clock,
    mode: config.mode,
    onError: (error) => logger.warn({ err: error }, 'the settings of the public site could not be read'),
  });
  const senders = openSenders(config);
  const app = await openSites({
    config,
    areas,
    assets,
    keys,
    requestServices: {
      databases,
      looks,
      access,
      holdSession: lockSession,
      resolveActor,
      countUnread: countUnreadNotifications,
      onActivity: seen.note,
      onUnknownToken: ended.note,
      ...(timing && { timing }),
      ...(patience && { patience }),
    },
    refusals: new RefusalWriter(databases, (error) => logger.error({ err: error }, 'a refusal was not written down')),
    clock,
    views: openViews(),
    languages: publicLanguages,
    siteSettings,
    logger,
    senders,
    metrics,
    traces,
    loadDefinition: async () => (await import('./app-database.ts')).databaseDefinition,
  });
  app.addHook('onClose', async () => {
    await Promise.all([seen.settled(), ended.settled(), senders.close()]);
  });
  return app;
}

function refuseUnknownLanguages(file: Partnership | undefined): void {
  const [unknown] = findUnknownCodes(file?.languages ?? 'all', publicLanguages.all);
  if (unknown)
    throw new BadConfiguration(
      `The setting SAFELIGHT_PARTNERSHIP names a file with a mistake: languages has ${unknown}, which the public pages do not have.`,
    );
}
