/** The last step of every way in: opens the session, ends the one before it, and clears another person's data from the machine. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import type { Reply, Request } from '../../platform/http/server.ts';
import { sessionCookie } from '../../platform/http/sites.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { signInPaths } from '../../vocabulary/paths/identity.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { closeSession, openSession, type SignInMethod } from '../agencies/session.ts';
import { maxSessionMinutes } from '../agencies/session-limits.ts';
import { readUnsentForm, type SignInContext, toStaffAddress } from '../sign-in/forms.ts';
import { resumePage } from '../sign-in/pages.ts';
import { hasSignInNotices, type PreviousSession } from '../sign-in/store.ts';

const deviceCookie = 'safelight-device';
const yearSeconds = 365 * 86_400;
/** What a browser may still hold of the person before. */
const clearSiteData = { all: '"cache", "cookies", "storage"', pages: '"cache"' } as const;

export const findSessionToken = (request: Request): string | undefined => request.cookies[sessionCookie];

/** Identifies the browser by the secret of its forms: a challenge made for one does not work in another. */
export const identifyBrowser = (request: Request, keys: UnitKeys): string =>
  createHmac('sha256', keys.derive('browser'))
    .update(request.cookies['safelight-form'] ?? '')
    .digest('base64url');

const signDevice = (keys: UnitKeys, device: string, memberId: string): string =>
  createHmac('sha256', keys.derive('known device')).update(`${device} ${memberId}`).digest('base64url');

/** The device by name, where it has signed in to this account before. */
export function findKnownDevice(request: Request, keys: UnitKeys, memberId: string | undefined): string | undefined {
  const [device = '', mac = ''] = (request.cookies[deviceCookie] ?? '').split('.');
  if (!memberId || device === '') return undefined;
  const [shown, right] = [Buffer.from(mac), Buffer.from(signDevice(keys, device, memberId))];
  return shown.length === right.length && timingSafeEqual(shown, right) ? device : undefined;
}

export type CompletedSignIn = {
  readonly memberId: string;
  readonly method: SignInMethod;
  readonly carried: SignInContext;
  readonly former: PreviousSession | undefined;
  readonly unfinished?: boolean;
  /** For the log: anything unusual. */
  readonly reason?: string;
  /** Uses up the proof, in the same transaction. */
  readonly use?: (tx: Writer<AnyTables>) => Promise<boolean>;
};

export type OpenedSession = { readonly token: string; readonly notices: boolean };

/** Opens the session; refuses where the proof was used in the meantime. */
export function completeSignIn(
  request: Request,
  arrival: CompletedSignIn,
): Promise<Result<OpenedSession, 'used before'>> {
  const { memberId, method, reason } = arrival;
  return request.change(sessionOpenedEvent, memberId, (tx) => openSignedInSession(tx, request, arrival), {
    kind: 'collection',
    fields: [method],
    ...(reason && { reason }),
  });
}

/** What the log calls it. */
export const sessionOpenedEvent = 'session.opened';

/** The same as part of a larger change, which logs it in its own rows. It ends the earlier session for this request too. */
export async function openSignedInSession(
  tx: Writer<AnyTables>,
  request: Request,
  { memberId, method, carried, unfinished = false, use }: CompletedSignIn,
): Promise<Result<OpenedSession, 'used before'>> {
  const before = findSessionToken(request);
  if (use && !(await use(tx))) return refuse('used before');
  if (before) await closeSession(tx, before);
  const sharedWorkstation = carried.shared === 'yes';
  const token = await openSession(tx, memberId, request.now, { method, sharedWorkstation, unfinished });
  return accept({ token, notices: !unfinished && (await hasSignInNotices(tx, memberId)) });
}

/** Drafts and the page to return to belong to the former person: another on the same machine starts at the first page. */
const isSamePerson = ({ memberId, carried, former }: CompletedSignIn): boolean =>
  former ? former.memberId === memberId : carried.shared !== 'yes';

/** Answers a request that has just signed in. */
export async function answerSignedIn(
  request: Request,
  reply: Reply,
  keys: UnitKeys,
  arrival: CompletedSignIn,
  { token, notices }: OpenedSession,
): Promise<unknown> {
  const shared = arrival.carried.shared === 'yes';
  reply.setCookie(sessionCookie, token, shared ? {} : { maxAge: maxSessionMinutes * 60 });
  if (!shared) rememberDevice(request, reply, keys, arrival.memberId);
  forgetPagesOf(reply, arrival);
  const same = isSamePerson(arrival);
  const kept = same ? readUnsentForm(arrival.carried.kept) : undefined;
  if (kept) {
    const csrf = () => reply.generateCsrf({ userInfo: token });
    return reply.page('identity/sign-in/resume', { ...resumePage(kept), csrf });
  }
  const next = same ? toStaffAddress(arrival.carried.next) : staffSite;
  return reply.redirect(notices ? withQuery(signInPaths.signedIn(), { next }) : next, 303);
}

/** The browser forgets pages of another person who was signed in before. */
export function forgetPagesOf(reply: Reply, { former, memberId }: Pick<CompletedSignIn, 'former' | 'memberId'>): void {
  if (former && former.memberId !== memberId) reply.header('clear-site-data', clearSiteData.pages);
}

function rememberDevice(request: Request, reply: Reply, keys: UnitKeys, memberId: string): void {
  const device = findKnownDevice(request, keys, memberId) ?? randomBytes(16).toString('base64url');
  reply.setCookie(deviceCookie, `${device}.${signDevice(keys, device, memberId)}`, { maxAge: yearSeconds });
}

/** Leaves nothing: on a shared machine not even what the browser would keep for its owner. */
export function answerSignedOut(reply: Reply, sharedWorkstation: boolean): unknown {
  reply.clearCookie(sessionCookie);
  reply.header('clear-site-data', sharedWorkstation ? clearSiteData.all : clearSiteData.pages);
  return reply.redirect(signInPaths.signIn(), 303);
}
