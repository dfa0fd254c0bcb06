/** The HTTP sites: public at `/`, staff at `/staff`, and what each adds to every answer. Areas add the routes. */
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { highestMarking, markings } from '../../vocabulary/marking.ts';
import type { Actor } from '../access-policy/access.ts';
import { isStaffAddress, pathOf, staffPrefix } from '../addresses.ts';
import type { Area } from '../area.ts';
import { CrossSiteForm, type RefusalWriter } from '../audit-hook/refusals.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { UnitKeys } from '../crypto/crypto.ts';
import { ceilingRefusals, isWithinCeiling } from '../exports/export-ceilings.ts';
import type { UploadHandler } from '../files/public-uploads.ts';
import { answerRepeat, SentForm } from '../forms/idempotency.ts';
import type { Assets } from '../rendering/assets.ts';
import type { Model, Views } from '../rendering/views.ts';
import { Throttle } from '../throttle/throttle-store.ts';
import { type HomeItems, type HomeStage, homeRoutes } from './home.ts';
import { findJourneyRequest, stepMark } from './private-request.ts';
import { problemModel } from './problem-pages.ts';
import type { Work } from './request.ts';
import type { RequestServices } from './request-services.ts';
import { journeyAllowed, publicAllowed, securityHeaders, staffAllowed } from './security-headers.ts';
import { type App, fromMemory, openHttp } from './server.ts';
import { registerSessionQueue } from './session-queue.ts';

export type Navigation = {
  readonly href: string;
  readonly text: string;
  readonly action: string;
  /** Addresses elsewhere that belong to it: where a reader of those pages is. */
  readonly otherPaths?: readonly string[];
};

/** What an area adds to the sites. */
export type AreaPages = {
  readonly public?: (app: App, parts: AreaParts) => Promise<void>;
  readonly staff?: (app: App, parts: AreaParts) => Promise<void>;
  readonly navigation?: Navigation;
  /** Its place on the staff home page. */
  readonly homeStage?: HomeStage;
  /** What it shows above the journey on the home page. */
  readonly homeItems?: readonly HomeItems[] | ((parts: AreaParts) => readonly HomeItems[]);
};

/** What an area may need apart from its own files. */
export type AreaParts = {
  readonly keys: UnitKeys;
  readonly clock: Clock;
  readonly views: Views;
  readonly origin: string;
  readonly mode: Config['mode'];
  /** Secrets of agencies' own sign-in that the environment gives, by client id. */
  readonly signOnSecrets: Readonly<Record<string, string>>;
  /** The public halves of the keys that reports are sealed to, where the environment gives them. */
  readonly intakeKeys: Config['intakeKeys'];
  readonly requestServices: RequestServices;
  /** Checks secrets, and slows down guessing. */
  readonly throttle: Throttle;
  /** All of the application, for pages that list what each of them holds. */
  readonly areas: readonly Area[];
  /** The layout around a public page that is rendered before anyone asks for it. */
  readonly publicShell: Model;
  /** The same layout around an internal page, in the reader's language. */
  readonly getShell: (language: string) => Model;
  readonly languages: PublicLanguages['all'];
  /** Where exit leads. */
  readonly exitTo: string;
  /** Internal addresses to call when a reader leaves, with the state of their page. They destroy what the reader typed. */
  readonly exitAddresses: Set<string>;
  /** Who takes in the files of a form, by the internal address that the form is sent to. */
  readonly uploads: Map<string, UploadHandler>;
  /** Where files lie, sealed. */
  readonly filesFolder: string;
  /** The layout around a staff page before sign-in. */
  readonly staffShell: Model;
  /** What goes with a public page as headers. */
  readonly publicHeaders: Readonly<Record<string, string>>;
};

/** The tongues of the public pages. */
export type PublicLanguages = {
  readonly all: readonly { readonly code: string; readonly name: string; readonly direction: 'ltr' | 'rtl' }[];
  /** The texts that a page’s shell and its view ask for by key, and what is to be said of them. */
  readonly shellOf: (code: string) => Model;
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
  readonly logger: FastifyBaseLogger;
};

export const publicNavigation = [
  { href: '/help', text: 'Get help or report' },
  { href: '/report', text: 'Tell us' },
  { href: '/signs', text: 'Spot the signs' },
  { href: '/news', text: 'News' },
] as const;

export async function openSites(options: SitesOptions): Promise<FastifyInstance> {
  const { config, assets, clock, requestServices, languages, logger, views } = options;
  const demonstration = config.mode === 'demonstration';
  const publicShell: Model = { publicCss: assets.publicCss, publicNavigation, demonstration, origin: config.origin };
  const shellIn = (language: string): Model => ({
    ...publicShell,
    ...languages.shellOf(language),
    indoors: true,
    neutral: true,
    stylesheet: `${assets.prefix}/public.css`,
    island: `${assets.prefix}/leave.js`,
    sealing: `${assets.prefix}/seal.js`,
    workIsland: `${assets.prefix}/work.js`,
    exitTo: config.exitTo,
    stepMark,
  });
  const publicHeaders = securityHeaders(publicAllowed(assets.publicCssHash));
  const journeyHeaders = securityHeaders(journeyAllowed);
  const staffHeaders = securityHeaders(staffAllowed);
  const publicAround = (request: FastifyRequest): Model => {
    const visit = findJourneyRequest();
    // What the journey itself could not read is answered under its one title too.
    const around = visit
      ? { ...shellIn(visit.language), translated: false }
      : { ...publicShell, neutral: request.routeOptions.config.island };
    return { ...around, here: pathOf(request.url) };
  };
  const tokenOf = (request: FastifyRequest): string | undefined =>
    request.routeOptions.config.signed ? undefined : request.cookies?.[sessionCookie];
  const app = openHttp({
    headers: (request) => {
      if (isStaff(request)) return staffHeaders;
      return request.routeOptions.config.island ? journeyHeaders : publicHeaders;
    },
    ...requestServices,
    clock,
    views,
    logger,
    trustProxy: config.trustProxy,
    refusals: options.refusals,
    ceilings: config.ceilings,
    tokenOf,
    shell: (request, reply) => (isStaff(request) ? staffShell(request, reply, options) : publicAround(request)),
    problemPage: (kind, request, reply) => {
      if (!isStaff(request))
        return { view: 'platform/problem-public', model: { ...publicAround(request), ...problemModel(kind, request) } };
      if (kind === 'not signed in' && request.method === 'GET') return { redirect: signInAddress(request.url) };
      if (kind === 'forbidden' && request.work?.actor?.unfinished) return { redirect: '/staff/credentials/first' };
      return {
        view: 'platform/problem-staff',
        // It shows no record, whatever was asked for.
        model: {
          ...staffShell(request, reply, options),
          ...markingModel(undefined, options),
          ...problemModel(kind, request),
          seenBy: undefined,
        },
      };
    },
  });
  registerSessionQueue(app, tokenOf);
  const parts: AreaParts = {
    keys: options.keys,
    clock,
    views,
    origin: config.origin,
    mode: config.mode,
    signOnSecrets: config.signOnSecrets,
    intakeKeys: config.intakeKeys,
    requestServices,
    throttle: new Throttle({
      databases: requestServices.databases,
      keys: options.keys,
      clock,
      refusals: options.refusals,
    }),
    areas: options.areas,
    publicShell,
    getShell: shellIn,
    languages: languages.all,
    exitTo: config.exitTo,
    exitAddresses: new Set(),
    uploads: new Map(),
    filesFolder: config.filesFolder,
    publicHeaders,
    staffShell: { assets: assets.prefix, demonstration },
  };

  await app.register(async (files) => assetRoutes(files, assets));
  if (config.site === 'all' || config.site === 'public') {
    await app.register(async (door) => {
      await door.register(formbody);
      for (const room of listAreaPages(options)) await room.public?.(door as unknown as App, parts);
    });
  }
  if (config.site === 'all' || config.site === 'staff') {
    await app.register(async (door) => registerStaffSite(door, options, parts), { prefix: staffPrefix });
  }
  return app;
}

const listAreaPages = ({ areas }: Pick<SitesOptions, 'areas'>): readonly AreaPages[] =>
  areas.flatMap(({ pages }) => pages);

/** The cookie with a session's token, on the staff site alone. */
export const sessionCookie = 'safelight';
/** Carries the secret from which the tokens of forms are made. */
const formCookie = 'safelight-form';
const signInAddress = (url: string): string =>
  /^\/staff\/?$/.test(url) ? '/staff/sign-in' : `/staff/sign-in?next=${encodeURIComponent(url)}`;

/** Whose forms these are: a token made for one session is no use in another. */
export const formOwner = (request: FastifyRequest): string => request.cookies?.[sessionCookie] ?? 'nobody yet';

/** Each form of each page has one of its own. */
const formToken = ({ body }: FastifyRequest): string =>
  String((body as { readonly _csrf?: unknown } | null)?._csrf ?? '');

const isStaff = ({ routeOptions, url }: FastifyRequest): boolean => isStaffAddress(routeOptions.url, url);

async function registerStaffSite(door: FastifyInstance, options: SitesOptions, parts: AreaParts): Promise<void> {
  const { keys } = options;
  const rooms = listAreaPages(options);
  const cookies = { path: '/staff', httpOnly: true, sameSite: 'strict', secure: 'auto' } as const;
  await door.register(cookie, { parseOptions: cookies });
  await door.register(formbody);
  await door.register(rateLimit, { global: false, hook: 'preHandler' });
  await door.register(csrfProtection, {
    sessionPlugin: '@fastify/cookie',
    cookieKey: formCookie,
    cookieOpts: cookies,
    csrfOpts: { userInfo: true, hmacKey: keys.derive('csrf'), saltLength: 22 },
    getUserInfo: formOwner,
    getToken: formToken,
  });
  await door.register(compress, {
    global: true,
    threshold: 6_144, // What is shorter fits the first packets as it is, and packing it takes longer than making it.
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  door.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  door.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.routeOptions.config.signed) done();
    else if (isCrossSite(request)) done(new CrossSiteForm());
    else door.csrfProtection(request, reply, done);
  });
  const idempotencySecret = keys.derive('idempotency');
  door.addHook('preHandler', async (request, reply) => {
    const { signed, repeatable } = request.routeOptions.config;
    const sends = request.method !== 'GET' && request.method !== 'HEAD' && !signed;
    if (!sends || repeatable || !request.work?.actor) return; // Without a session there is no form to repeat.
    request.work.form = new SentForm(idempotencySecret, formToken(request), request.url, request.body);
    await answerRepeat(request, reply);
  });
  await homeRoutes(
    rooms.flatMap(({ homeStage }) => homeStage ?? []),
    rooms.flatMap(({ homeItems = [] }) => (typeof homeItems === 'function' ? homeItems(parts) : homeItems)),
  )(door as unknown as App);
  for (const room of rooms) await room.staff?.(door as unknown as App, parts);
}

/** The browser itself says that a page of another site sends this; one that does not say has the form's token alone to show. */
const isCrossSite = ({ headers }: FastifyRequest): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';

function staffShell(
  request: FastifyRequest,
  reply: FastifyReply,
  { areas, assets, config, requestServices }: SitesOptions,
): Model {
  const actor = request.work?.actor;
  const path = pathOf(request.url);
  // To who has no cookie yet, each call would give another secret, and only the last would hold: one token for all forms.
  let only: string | undefined;
  const hasSecret = request.cookies?.[formCookie] !== undefined;
  const offered = listAreaPages({ areas }).flatMap(({ navigation: item }) =>
    item && requestServices.access.allows(actor, item.action) ? [item] : [],
  );
  const nearest = Math.max(...offered.map((item) => matchedLength(item, path)));
  const navigation = offered.map((item) => ({ ...item, current: findCurrent(item, path, nearest) }));
  return {
    assets: assets.prefix,
    demonstration: config.mode === 'demonstration',
    actor,
    own: actor && !actor.unfinished ? ownSignInLink(actor) : undefined,
    navigation,
    csrf: () => {
      const token = only ?? reply.generateCsrf({ userInfo: formOwner(request) });
      if (!hasSecret) only = token;
      return token;
    },
    today: request.work ? request.today : undefined,
    seenBy: actor && requestServices.access.allows(actor, 'log.read') ? listLogLinks(path) : [],
    ...markingModel(request.work, { config }),
  };
}

/** The page for a member's own sign-in. Volunteers with temporary access have a card and nothing to set up. A volunteer with an account at a shared computer looks the same here, and can go on from that page. */
function ownSignInLink({ roles, sharedWorkstation }: Actor): { readonly href: string; readonly text: string } {
  const mayBeOnPass = sharedWorkstation === true && roles.every((role) => role === 'volunteer');
  return mayBeOnPass
    ? { href: '/staff/sessions', text: 'Where you are signed in' }
    : { href: '/staff/credentials', text: 'How you sign in' };
}

/** How the page is marked, what that asks of its reader, and whether it may go on paper. */
function markingModel(work: Work | undefined, { config }: Pick<SitesOptions, 'config'>): Model {
  const marking = work?.marking ?? highestMarking([]);
  const { handling, asks } = markings[marking];
  return {
    marked: { text: marking, handling, asks, looked: work?.looked ?? false },
    notForPaper: isWithinCeiling('print', marking, work?.actor, config.ceilings)
      ? undefined
      : ceilingRefusals.print(marking),
  };
}

/** Links from the page of a record, a member or an emergency access to its access log, for those who may read the log. */
function listLogLinks(path: string): { readonly href: string; readonly text: string }[] {
  const [, room, id] = /^\/staff\/([a-z/-]+)\/([0-9a-f-]{36})(?:\/name)?$/.exec(path) ?? [];
  if (!id || room?.startsWith('oversight')) return [];
  const more: Record<string, readonly [where: string, text: string]> = {
    'emergency-access': ['emergency-access', 'What was seen during this emergency access'],
    people: ['members', 'What this member has looked at'],
  };
  const [where, text] = more[room ?? ''] ?? [];
  return [
    ...(where && text ? [{ href: `/staff/oversight/${where}/${id}`, text }] : []),
    { href: `/staff/oversight/records/${id}`, text: 'Who has seen this record' },
  ];
}

/** How much of a page's address an entry of the menu shares; nothing where the page is none of its own. */
const matchedLength = ({ href, otherPaths = [] }: Navigation, path: string): number =>
  Math.max(
    0,
    ...[href, ...otherPaths].map((start) => (path === start || path.startsWith(`${start}/`) ? start.length : 0)),
  );

/** For `aria-current`: the page itself, or one of its own; where two entries lie on the way to it, the nearer. */
function findCurrent(item: Navigation, path: string, nearest: number): 'page' | 'true' | undefined {
  if (path === item.href) return 'page';
  const reach = matchedLength(item, path);
  return reach > 0 && reach === nearest ? 'true' : undefined;
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
