/** The HTTP sites: public at `/`, staff at `/staff`, and what each adds to every answer. Areas add the routes. */
import formbody from '@fastify/formbody';
import fastifyStatic from '@fastify/static';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { privateEntrance, staffPrefix } from '../addresses.ts';
import type { Area } from '../area.ts';
import type { RefusalWriter } from '../audit-hook/refusals.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { UnitKeys } from '../crypto/crypto.ts';
import { openObjectStore } from '../files/folder.ts';
import type { FilesPlace } from '../files/object-place.ts';
import type { UploadHandler } from '../files/public-uploads.ts';
import type { Navigation } from '../menu/menu.ts';
import type { Senders } from '../messages/channel.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { registerRequestMetrics } from '../metrics/request-metrics.ts';
import type { ReaderLanguage } from '../offered-languages.ts';
import type { Assets } from '../rendering/assets.ts';
import { gatheringViews } from '../rendering/gathered-english.ts';
import type { Views } from '../rendering/views.ts';
import type { SearchSource } from '../search/search-store.ts';
import type { SiteSettings } from '../site-settings.ts';
import type { LoadDefinition } from '../start.ts';
import { Throttle } from '../throttle/throttle-store.ts';
import { registerRequestTraces } from '../traces/request-traces.ts';
import type { Traces } from '../traces/traces.ts';
import type { HomeItems, HomeStage } from './home.ts';
import { registerSessionQueue } from './hooks/session-queue.ts';
import { findJourneyRequest } from './private-request.ts';
import { openReadiness, probeRoutes, registerEnding, watchFiles } from './probe-routes.ts';
import type { RequestServices } from './request-services.ts';
import { type App, fromMemory, openHttp, typed } from './server.ts';
import {
  createShells,
  type JourneyShell,
  listAreaPages,
  type NamedShell,
  type PublicShell,
  type Shells,
  type SignInShell,
  sessionCookie,
} from './shells.ts';

export { formOwner, sessionCookie } from './shells.ts';

/** What an area adds to the sites. */
export type AreaPages = {
  readonly public?: (app: App, parts: AreaParts) => Promise<void>;
  readonly staff?: (app: App, parts: AreaParts) => Promise<void>;
  /** Addresses of its public pages that search engines may list. No page of the private journey is among them. */
  readonly indexed?: readonly string[];
  /** Its pages in the menu or under More. */
  readonly navigation?: readonly Navigation[];
  /** Its place on the staff home page. */
  readonly homeStage?: HomeStage | ((parts: AreaParts) => HomeStage);
  /** Where the search of the header looks. */
  readonly search?: readonly SearchSource[];
  /** What it shows above the journey on the home page. */
  readonly homeItems?: readonly HomeItems[] | ((parts: AreaParts) => readonly HomeItems[]);
};

/** What an area may need apart from its own files. */
export type AreaParts = {
  readonly keys: UnitKeys;
  readonly clock: Clock;
  readonly views: Views;
  readonly origin: string;
  readonly country: string;
  readonly mode: Config['mode'];
  /** Whose site it is, and what else administrators set of the public site. */
  readonly siteSettings: SiteSettings;
  /** Secrets of agencies' own sign-in that the environment gives, by client id. */
  readonly signOnSecrets: Readonly<Record<string, string>>;
  /** The public halves of the keys that reports are sealed to, where the environment gives them. */
  readonly intakeKeys: Config['intakeKeys'];
  /** Signs the steps of the private journey, the same in all public processes. */
  readonly stepKey: Config['stepKey'];
  readonly requestServices: RequestServices;
  /** Checks secrets, and slows down guessing. */
  readonly throttle: Throttle;
  /** The ways to reach members outside Safelight. */
  readonly senders: Senders;
  /** All of the application, for pages that list what each of them holds. */
  readonly areas: readonly Area[];
  /** The layout around a public page that is rendered before anyone asks for it. */
  readonly publicShell: PublicShell;
  /** The layout around a page in its reader's language: of the private journey where it is asked there, else of the named site. */
  readonly getShell: (language: string) => JourneyShell | NamedShell;
  /** All of them. What readers can choose: `siteSettings.offeredLanguages`. */
  readonly languages: PublicLanguages['all'];
  /** The token by which a named page leads into the private journey; set by the journey itself. */
  readonly beginJourney: { step: () => string };
  /** The whole address of the private entrance, as posters print it. */
  readonly privateAddress: string;
  /** The host of the private entrance: undefined where it has none of its own. */
  readonly privateHost: PrivateHost | undefined;
  /** Where exit leads. */
  readonly exitTo: string;
  /** Internal addresses to call when a reader leaves, with the state of their page. They destroy what the reader typed. */
  readonly exitAddresses: Set<string>;
  /** Who takes in the files of a form, by the internal address that the form is sent to. */
  readonly uploads: Map<string, UploadHandler>;
  /** Where files lie, sealed. */
  readonly filesFolder: FilesPlace;
  /** What the page System health looks at. */
  readonly monitored: { readonly config: Config; readonly loadDefinition: LoadDefinition };
  /** The layout around a staff page before sign-in. */
  readonly staffShell: SignInShell;
  /** What goes with a public page as headers. */
  readonly publicHeaders: Readonly<Record<string, string>>;
};

/** The private entrance on a host of its own. */
export type PrivateHost = {
  readonly origin: string;
  readonly isAsked: (request: FastifyRequest) => boolean;
  /** What goes with its pages as headers. */
  readonly headers: Readonly<Record<string, string>>;
};

/** The tongues of the public pages. */
export type PublicLanguages = {
  readonly all: readonly ReaderLanguage[];
  /** As HTML, that somebody in danger calls 999. */
  readonly emergencyIn: (code: string) => string;
  /** The texts that a page’s shell and its view ask for by key, and what is to be said of them. */
  readonly shellOf: (code: string) => object;
};

export type SitesOptions = {
  readonly config: Config;
  readonly areas: readonly Area[];
  readonly assets: Assets;
  readonly keys: UnitKeys;
  readonly requestServices: RequestServices;
  readonly refusals: RefusalWriter;
  readonly clock: Clock;
  readonly views: Views;
  readonly languages: PublicLanguages;
  readonly siteSettings: SiteSettings;
  readonly logger: FastifyBaseLogger;
  readonly senders: Senders;
  readonly metrics: Metrics | undefined;
  readonly traces: Traces | undefined;
  readonly loadDefinition: LoadDefinition;
};

export async function openSites(options: SitesOptions): Promise<FastifyInstance> {
  const { config, clock, requestServices, logger, views } = options;
  const shells = createShells(options);
  const tokenOf = (request: FastifyRequest): string | undefined =>
    request.routeOptions.config.signed ? undefined : request.cookies?.[sessionCookie];
  const app = openHttp({
    headers: shells.headers,
    ...requestServices,
    clock,
    views,
    logger,
    trustProxy: config.trustProxy,
    refusals: options.refusals,
    ceilings: config.ceilings,
    offeredLanguages: () => options.siteSettings.offeredLanguages.map(({ code }) => code),
    tokenOf,
    shell: shells.shell,
    addressOf: shells.addressOf,
    problemPage: shells.problemPage,
  });
  registerEnding(app);
  registerSessionQueue(app, tokenOf);
  if (options.metrics) registerRequestMetrics(app, options.metrics, requestServices.access);
  if (options.traces && config.site !== 'public') registerRequestTraces(app, options.traces, requestServices.access);
  const parts = createAreaParts(options, shells);

  app.addHook('onReady', () => options.siteSettings.refresh());
  await app.register(async (files) => assetRoutes(files, options.assets));
  await app.register(async (probes) =>
    probeRoutes(probes, {
      ending: app.ending,
      isReady: openReadiness(requestServices.databases),
      ...(typeof config.filesFolder === 'string'
        ? {}
        : { filesAnswer: watchFiles(openObjectStore(config.filesFolder).check) }),
    }),
  );
  if (config.site === 'all' || config.site === 'public') {
    await app.register(async (site) => {
      await site.register(formbody);
      site.addHook('onRequest', async (request, reply) => {
        await options.siteSettings.refresh();
        return options.siteSettings.open ? undefined : sendClosedSite(request, reply, options, shells);
      });
      for (const pages of listAreaPages(options.areas)) await pages.public?.(typed(site), parts);
    });
  }
  if (config.site === 'all' || config.site === 'staff') {
    const { registerStaffSite } = await import('./staff-site.ts');
    await app.register(async (site) => registerStaffSite(site, options, parts), { prefix: staffPrefix });
  }
  return app;
}

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/closed-site': NamedShell & { readonly neutral: boolean };
  }
}

/** While the site is not open to the public, every address of it answers with the emergency number and nothing else. */
async function sendClosedSite(
  request: FastifyRequest,
  reply: FastifyReply,
  { views }: SitesOptions,
  { namedShell, publicHeaders, privateHeaders, asksPrivateHost }: Shells,
): Promise<FastifyReply> {
  const neutral = asksPrivateHost(request);
  const page = views.render('platform/closed-site', { ...namedShell(request.language), neutral });
  return reply
    .code(503)
    .headers({ ...(neutral ? privateHeaders : publicHeaders), 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(page);
}

function createAreaParts(
  options: SitesOptions,
  { publicShell, journeyShell, namedShell, publicHeaders, privateHeaders, asksPrivateHost }: Shells,
): AreaParts {
  const { privateOrigin } = options.config;
  const { config, clock, requestServices, languages, views } = options;
  return {
    keys: options.keys,
    clock,
    views: gatheringViews(views),
    origin: config.origin,
    country: config.country,
    mode: config.mode,
    siteSettings: options.siteSettings,
    signOnSecrets: config.signOnSecrets,
    intakeKeys: config.intakeKeys,
    stepKey: config.stepKey,
    requestServices,
    throttle: new Throttle({
      databases: requestServices.databases,
      keys: options.keys,
      clock,
      refusals: options.refusals,
    }),
    senders: options.senders,
    areas: options.areas,
    publicShell,
    getShell: (language) => (findJourneyRequest() ? journeyShell(language) : namedShell(language)),
    beginJourney: { step: () => '' },
    languages: languages.all,
    privateAddress: privateOrigin ?? config.origin + privateEntrance,
    privateHost: privateOrigin
      ? { origin: privateOrigin, isAsked: asksPrivateHost, headers: privateHeaders }
      : undefined,
    exitTo: config.exitTo,
    exitAddresses: new Set(),
    uploads: new Map(),
    filesFolder: config.filesFolder,
    publicHeaders,
    monitored: { config, loadDefinition: options.loadDefinition },
    staffShell: { assets: options.assets.prefix, demonstration: config.mode === 'demonstration' },
  };
}

/** Each finished file by name, packed already; the plugin's own catch-all would be a route without `may(…)`. */
async function assetRoutes(app: FastifyInstance, { prefix, folder, names }: Assets): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  });
  for (const name of names) app.get(`${prefix}/${name}`, fromMemory, async (_request, reply) => reply.sendFile(name));
}
