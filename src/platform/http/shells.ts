/** What each site shows around its pages, and how it answers a problem in its own layout. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { highestMarking, type Marking, markings } from '../../vocabulary/marking.ts';
import { oversightPaths } from '../../vocabulary/paths/audit.ts';
import { credentialPaths, sessionPaths, signInPaths } from '../../vocabulary/paths/identity.ts';
import { notificationPaths } from '../../vocabulary/paths/platform.ts';
import type { Actor } from '../access-policy/access.ts';
import { isStaffAddress, pathOf, privateEntrance, sharedPicture } from '../addresses.ts';
import type { Area } from '../area.ts';
import { ceilingRefusals, isWithinCeiling } from '../exports/export-ceilings.ts';
import { shownSize } from '../look/logo.ts';
import { styleHash } from '../look/site-look.ts';
import { createMenu, type Menu, type Navigation } from '../menu/menu.ts';
import { bellText } from '../notifications/bell.ts';
import { alwaysOffered, type ReaderLanguage } from '../offered-languages.ts';
import type { Link } from '../rendering/pages.ts';
import { withQuery } from '../rendering/paging.ts';
import { type ProblemPage, problemModel } from '../rendering/problem-pages.ts';
import type { SiteSettings } from '../site-settings.ts';
import { addressOnPrivateHost, privateHostTest } from './private-host.ts';
import { findJourneyRequest, stepMark } from './private-request.ts';
import type { ProblemKind } from './problem.ts';
import type { Work } from './request.ts';
import { takeSavedNotice } from './saved-notice.ts';
import { journeyAllowed, publicAllowed, securityHeaders, staffAllowed } from './security-headers.ts';
import type { HttpOptions } from './server.ts';
import type { AreaPages, PublicLanguages, SitesOptions } from './sites.ts';

/** The layout around a public page. */
export type PublicShell = {
  readonly publicCss: string;
  /** For a paper, beside the other. */
  readonly paperCss: string;
  readonly publicNavigation: readonly Link[];
  readonly demonstration: boolean;
  readonly origin: string;
  /** How the partnership calls its site. */
  readonly siteName: string;
};

/** The emergency sentence in one language, as HTML. */
type Emergency = ReaderLanguage & { readonly says: string };

/** On pages in English, for those whose language is not offered. */
type HiddenEmergencies = { readonly hiddenEmergencies: readonly Emergency[] };

/** The layout around an internal page, in the reader's language: its texts come from the area of languages. */
export type JourneyShell = PublicShell &
  HiddenEmergencies & {
    readonly indoors: true;
    readonly neutral: true;
    readonly stylesheet: string;
    readonly island: string;
    readonly sealing: string;
    readonly workIsland: string;
    readonly exitTo: string;
    readonly stepMark: string;
    readonly entrance: string;
  };

/** The layout around a named page, in the reader's language. */
export type NamedShell = PublicShell &
  HiddenEmergencies & {
    readonly indoors: false;
    readonly named: true;
    /** Where forms of the named site lead on in the private journey: on the same host, as a browser demands. */
    readonly entrance: string;
    /** Where “Read this privately” leads. */
    readonly privately: string;
    /** The host of the private entrance, where it has one of its own. */
    readonly privateHost: string | undefined;
    readonly languages: PublicLanguages['all'];
    /** Sets the colours of the partnership; empty where it has none. */
    readonly lookStyle: string;
    readonly logo: { readonly alternative: string; readonly width: number; readonly height: number } | undefined;
    /** The picture that other sites show with a link to a page; undefined while nobody has said whose site it is. */
    readonly image: string | undefined;
  };

/** The layout around a staff page before sign-in. */
export type SignInShell = { readonly assets: string; readonly demonstration: boolean };

/** How a page is marked, what that asks of its reader, and why it may not go on paper. */
type MarkingShell = {
  readonly marked: {
    readonly text: Marking;
    readonly handling: string;
    readonly asks: readonly string[];
    readonly looked: boolean;
  };
  readonly notForPaper: string | undefined;
};

type StaffShell = SignInShell &
  MarkingShell & {
    readonly actor: Actor | undefined;
    readonly own: Link | undefined;
    /** Leads to the notifications, with how many are unread. */
    readonly bell: Link | undefined;
    readonly menu: Menu | undefined;
    /** Whether the header has a search box. */
    readonly searches: boolean;
    readonly csrf: () => string;
    readonly today: string | undefined;
    readonly seenBy: readonly Link[];
  };

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/problem-public': ProblemPage;
    'platform/problem-private': ProblemPage;
    'platform/problem-staff': ProblemPage;
  }
}

export const publicNavigation = [
  { href: '/help', text: 'Get help or report' },
  { href: '/report', text: 'Tell us' },
  { href: '/signs', text: 'Spot the signs' },
  { href: '/news', text: 'News' },
] as const;

/** The cookie with a session's token, on the staff site alone. */
export const sessionCookie = 'safelight';
/** Carries the secret from which the tokens of forms are made. */
export const formCookie = 'safelight-form';
/** Whose forms these are: a token made for one session is no use in another. */
export const formOwner = (request: FastifyRequest): string => request.cookies?.[sessionCookie] ?? 'nobody yet';

const signInAddress = (url: string): string =>
  withQuery(signInPaths.signIn(), { next: /^\/staff\/?$/.test(url) ? undefined : url });

const isStaff = ({ routeOptions, url }: FastifyRequest): boolean => isStaffAddress(routeOptions.url, url);

export type Shells = Pick<HttpOptions, 'headers' | 'shell' | 'problemPage' | 'addressOf'> & {
  readonly publicShell: PublicShell;
  readonly journeyShell: (language: string) => JourneyShell;
  readonly namedShell: (language: string) => NamedShell;
  readonly publicHeaders: Readonly<Record<string, string>>;
  readonly privateHeaders: Readonly<Record<string, string>>;
  /** Whether a request from outside asks for the host of the private entrance. */
  readonly asksPrivateHost: (request: FastifyRequest) => boolean;
};

/** The layouts of the public and the staff site, by the request that is answered. */
export function createShells(options: SitesOptions): Shells {
  const { publicShell, journeyShell, namedShell } = createPublicShells(options);
  const publicHeaders = createPublicHeaders(options);
  const journeyHeaders = securityHeaders(journeyAllowed);
  const asksHost = privateHostTest(options.config.privateOrigin);
  const asksPrivateHost = (request: FastifyRequest): boolean => !findJourneyRequest() && asksHost(request.raw);
  // Nothing of the partnership's look: a hash of its colours would tell whose the private host is.
  const privateHeaders = {
    ...securityHeaders(publicAllowed(styleHash(options.assets.publicCss))),
    'x-robots-tag': 'noindex',
  };
  const files = new Set(journeyFiles.map((name) => `${options.assets.prefix}/${name}`));
  const staffHeaders = securityHeaders(staffAllowed);
  const aroundPublic = (request: FastifyRequest) => {
    const visit = findJourneyRequest();
    // What the journey itself could not read is answered under its one title too.
    if (visit) return { ...journeyShell(visit.language), translated: false, here: pathOf(request.url) };
    if (request.routeOptions.config.island) return { ...publicShell, neutral: true, here: pathOf(request.url) };
    // No switch of languages: what was asked for has no page in any.
    return { ...namedShell(request.language), translated: false };
  };
  return {
    publicShell,
    journeyShell,
    namedShell,
    publicHeaders,
    privateHeaders,
    asksPrivateHost,
    addressOf: (message, address) =>
      !findJourneyRequest() && asksHost(message) ? addressOnPrivateHost(address, files) : address,
    headers: (request) => {
      if (asksPrivateHost(request))
        return request.routeOptions.config.island ? { ...journeyHeaders, 'x-robots-tag': 'noindex' } : privateHeaders;
      if (isStaff(request)) return staffHeaders;
      return request.routeOptions.config.island ? journeyHeaders : publicHeaders;
    },
    shell: (request, reply) =>
      isStaff(request)
        ? { ...staffShell(request, reply, options), saved: takeSavedNotice(request, reply) }
        : aroundPublic(request),
    problemPage: (kind, request, reply) => {
      if (asksPrivateHost(request)) {
        const frame = { ...publicShell, ...options.languages.shellOf(request.language), neutral: true };
        return { view: 'platform/problem-private', model: { ...frame, ...problemModel(kind, request) } };
      }
      if (isStaff(request)) return staffProblem(kind, request, reply, options);
      return { view: 'platform/problem-public', model: { ...aroundPublic(request), ...problemModel(kind, request) } };
    },
  };
}

/** What pages of the private journey load. */
const journeyFiles = ['public.css', 'leave.js', 'seal.js', 'work.js'] as const;

/** The headers of public pages. The policy lets in the style of the colours that are approved when a page is sent. */
function createPublicHeaders({ assets, siteSettings }: SitesOptions): Readonly<Record<string, string>> {
  const hashes = [assets.publicCss, assets.paperCss].map(styleHash);
  const headersWith = (style: string) =>
    securityHeaders(publicAllowed(...hashes, ...(style ? [styleHash(style)] : [])));
  const policy = 'content-security-policy';
  let known = { style: '', value: headersWith('')[policy] ?? '' };
  return Object.defineProperty({ ...headersWith('') }, policy, {
    enumerable: true,
    get: () => {
      const { style } = siteSettings.look;
      if (style !== known.style) known = { style, value: headersWith(style)[policy] ?? '' };
      return known.value;
    },
  });
}

function createPublicShells({
  config,
  assets,
  languages,
  siteSettings,
}: SitesOptions): Pick<Shells, 'publicShell' | 'journeyShell' | 'namedShell'> {
  const demonstration = config.mode === 'demonstration';
  const publicShell = {
    publicCss: assets.publicCss,
    paperCss: assets.paperCss,
    publicNavigation,
    demonstration,
    origin: config.origin,
    get siteName() {
      return siteSettings.partnership?.name ?? 'Safelight';
    },
  };
  const emergenciesOn = (language: string): readonly Emergency[] =>
    language === alwaysOffered
      ? siteSettings.hiddenLanguages.map((one) => ({ ...one, says: languages.emergencyIn(one.code) }))
      : [];
  return {
    publicShell,
    journeyShell: (language) => ({
      ...publicShell,
      ...languages.shellOf(language),
      hiddenEmergencies: emergenciesOn(language),
      indoors: true,
      neutral: true,
      entrance: privateEntrance,
      stylesheet: `${assets.prefix}/public.css`,
      island: `${assets.prefix}/leave.js`,
      sealing: `${assets.prefix}/seal.js`,
      workIsland: `${assets.prefix}/work.js`,
      exitTo: config.exitTo,
      stepMark,
    }),
    namedShell: (language) => ({
      ...publicShell,
      ...languages.shellOf(language),
      hiddenEmergencies: emergenciesOn(language),
      indoors: false,
      named: true,
      entrance: privateEntrance,
      privately: config.privateOrigin ? `${config.privateOrigin}/` : privateEntrance,
      privateHost: config.privateOrigin && new URL(config.privateOrigin).host,
      languages: siteSettings.offeredLanguages,
      ...lookShell(siteSettings, config.origin),
    }),
  };
}

/** What the partnership set of the look. The private journey has none of it. */
function lookShell({ look, partnership }: SiteSettings, origin: string) {
  const { logo, style } = look;
  return {
    lookStyle: style,
    logo: logo && { alternative: logo.alternative ?? partnership?.name ?? '', ...shownSize(logo) },
    image: partnership && `${origin}${sharedPicture}`,
  };
}

/** Who is not signed in is sent to sign in, and who signed in by half to what is missing; others are told what happened. */
function staffProblem(
  kind: ProblemKind | 'bug',
  request: FastifyRequest,
  reply: FastifyReply,
  options: SitesOptions,
): ReturnType<HttpOptions['problemPage']> {
  if (kind === 'not signed in' && request.method === 'GET') return { redirect: signInAddress(request.url) };
  if (kind === 'forbidden' && request.work?.actor?.unfinished) return { redirect: credentialPaths.secondFactor() };
  const { seenBy: _, ...shell } = staffShell(request, reply, options);
  // It shows no record, whatever was asked for.
  const model = { ...shell, ...markingModel(undefined, options), ...problemModel(kind, request) };
  return { view: 'platform/problem-staff', model };
}

/** All pages of all areas. */
export const listAreaPages = (areas: readonly Area[]): readonly AreaPages[] => areas.flatMap(({ pages }) => pages);

/** What the areas offer for the menu and for More. */
export const listNavigation = (areas: readonly Area[]): readonly Navigation[] =>
  listAreaPages(areas).flatMap(({ navigation = [] }) => navigation);

function staffShell(
  request: FastifyRequest,
  reply: FastifyReply,
  { areas, assets, config, requestServices }: SitesOptions,
): StaffShell {
  const actor = request.work?.actor;
  const path = pathOf(request.url);
  // To who has no cookie yet, each call would give another secret, and only the last would hold: one token for all forms.
  let only: string | undefined;
  const hasSecret = request.cookies?.[formCookie] !== undefined;
  return {
    assets: assets.prefix,
    demonstration: config.mode === 'demonstration',
    actor,
    own: actor && !actor.unfinished ? ownSignInLink(actor) : undefined,
    bell:
      actor && !actor.unfinished && requestServices.access.allows(actor, 'notification.read')
        ? { href: notificationPaths.notifications(), text: bellText(request.work.unread) }
        : undefined,
    searches: actor !== undefined && !actor.unfinished && maySearch(actor, { areas, requestServices }),
    menu: actor && !actor.unfinished ? menuOf(actor, { areas, requestServices }, path) : undefined,
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

const maySearch = (
  actor: Actor,
  { areas, requestServices }: Pick<SitesOptions, 'areas' | 'requestServices'>,
): boolean =>
  listAreaPages(areas).some(({ search = [] }) =>
    search.some(({ action }) => requestServices.access.allows(actor, action)),
  );

function menuOf(
  actor: Actor,
  { areas, requestServices }: Pick<SitesOptions, 'areas' | 'requestServices'>,
  path: string,
) {
  const offered = listNavigation(areas).filter(({ action }) => requestServices.access.allows(actor, action));
  return createMenu(actor.roles, offered, path.replace(/\/$/, ''));
}

/** The page for a member's own sign-in. Volunteers with temporary access have a card and nothing to set up. A volunteer with an account at a shared computer looks the same here, and can go on from that page. */
function ownSignInLink({ roles, sharedWorkstation }: Actor): Link {
  const mayBeOnPass = sharedWorkstation === true && roles.every((role) => role === 'volunteer');
  return mayBeOnPass
    ? { href: sessionPaths.sessions(), text: 'Where you are signed in' }
    : { href: credentialPaths.credentials(), text: 'How you sign in' };
}

/** How the page is marked, what that asks of its reader, and whether it may go on paper. */
function markingModel(work: Work | undefined, { config }: Pick<SitesOptions, 'config'>): MarkingShell {
  const marking = work?.marking ?? highestMarking([]);
  const { handling, asks } = markings[marking];
  return {
    marked: { text: marking, handling, asks, looked: work?.looked ?? false },
    notForPaper: isWithinCeiling('print', marking, work?.actor, config.ceilings, work?.action?.name)
      ? undefined
      : ceilingRefusals.print(marking),
  };
}

/** Links from the page of a record, a member or an emergency access to its access log, for those who may read the log. */
function listLogLinks(path: string): Link[] {
  const [, area, id] = /^\/staff\/([a-z/-]+)\/([0-9a-f-]{36})(?:\/name)?$/.exec(path) ?? [];
  if (!id || area?.startsWith('oversight')) return [];
  const more: Readonly<Record<string, readonly [path: (id: string) => string, text: string]>> = {
    'emergency-access': [oversightPaths.emergencyAccess, 'What was seen during this emergency access'],
    people: [oversightPaths.member, 'What this member has looked at'],
  };
  const [log, text] = more[area ?? ''] ?? [];
  return [
    ...(log && text ? [{ href: log(id), text }] : []),
    { href: oversightPaths.record(id), text: 'Who has seen this record' },
  ];
}
