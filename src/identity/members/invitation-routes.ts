/** Inviting people, and joining by an invitation. Read, decide, change, answer. */

import { z } from 'zod';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { codeOf, uniqueViolation } from '../../platform/database/violations.ts';
import { buttonRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { type AgencyId, newId } from '../../vocabulary/ids.ts';
import { accountPaths, credentialPaths } from '../../vocabulary/paths/identity.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { toConfusableSkeleton } from '../agencies/email-address.ts';
import { checkRolesAllowed } from '../agencies/member.ts';
import { hashPassword } from '../agencies/password.ts';
import { newToken, openSession } from '../agencies/session.ts';
import { findWeakness, minPasswordLength } from '../agencies/weak-password.ts';
import { InvitationForm, JoinForm } from './forms.ts';
import * as pages from './invitation-pages.ts';
import * as store from './invitation-store.ts';
import { type Invitation, invitationExpiry } from './person.ts';
import { listPeople } from './store.ts';

const InvitationPath = z.object({ id: z.uuid() });
const TokenPath = z.object({ token: z.string().max(200) });

/** Offers the agency’s own sign-in to an invited person; undefined where the agency has none. */
export type BuildSignOnLink = (
  db: Reader<AnyTables>,
  invited: { readonly agencyId: string; readonly token: string },
  parts: AreaParts,
) => Promise<string | undefined>;

export const invitationRoutes =
  (offer: BuildSignOnLink) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    invitingRoutes(app, parts.origin);
    joinRoutes(app, parts, offer);
  };

type InvitationRequest = Request & { readonly params: { readonly id: string } };

async function getInvitation({ db, params }: InvitationRequest): Promise<Invitation> {
  const invitation = await store.findInvitation(db, params.id);
  if (!invitation) throw notFound('invitation');
  return invitation;
}

type ShowLink = (reply: Reply, invitation: Invitation, token: string) => Promise<string>;

/** Making and renewing answer with the link, which is shown this once. */
function invitingRoutes(app: App, origin: string): void {
  const showLink: ShowLink = (reply, invitation, token) =>
    reply.page('identity/members/link', pages.invitationLinkPage(invitation, `${origin}${accountPaths.join(token)}`));
  newInvitationRoutes(app, showLink);
  openInvitationRoutes(app, showLink);
}

function newInvitationRoutes(app: App, showLink: ShowLink): void {
  app.get(accountPaths.newInvitation.route, may('invitation.make'), async (_request, reply) =>
    reply.form(pages.newInvitationPage()),
  );

  app.post(accountPaths.newInvitation.route, may('invitation.make'), async (request, reply) => {
    const { actor, body, now } = request;
    const again = (errors: FormErrors) => reply.form(pages.newInvitationPage(), answersOf(body), errors);
    const form = readForm(InvitationForm, body);
    if (!form.ok) return again(form.errors);
    const held = checkRolesAllowed(actor.side, form.values.roles);
    if (!held.ok) return again(pages.memberErrors[held.refusal]);
    const token = newToken();
    const invitation: Invitation = {
      ...form.values,
      id: newId(),
      agencyId: actor.agencyId as AgencyId,
      memberId: newId(),
      ...startValidity(actor, now),
    };
    const made = await request.change(
      'invitation.made',
      invitation.memberId,
      (tx) => addUniqueInvitation(tx, invitation, token),
      { kind: 'collection', fields: ['name', 'title', 'email', 'roles'] },
    );
    return made.ok ? showLink(reply, invitation, token) : again(pages.memberErrors[made.refusal]);
  });
}

function openInvitationRoutes(app: App, showLink: ShowLink): void {
  app.get(accountPaths.invitation.route, may('invitation.read', InvitationPath), async (request, reply) =>
    reply.case(pages.invitationPage(await getInvitation(request), request.now)),
  );

  app.post(accountPaths.renewInvitation.route, may('invitation.change', InvitationPath), async (request, reply) => {
    const { actor, now, params } = request;
    const invitation = await getInvitation(request);
    const token = newToken();
    const renewal = startValidity(actor, now);
    const renewed = await request.change(
      'invitation.renewed',
      invitation.memberId,
      async (tx) => ((await store.renewInvitation(tx, params.id, token, renewal)) ? accept(true) : refuse('not open')),
      { fields: ['link', 'expiresAt'] },
    );
    if (!renewed.ok) throw notFound('invitation');
    return showLink(reply, { ...invitation, ...renewal }, token);
  });

  buttonRoute(app, accountPaths.withdrawInvitation.route, {
    may: may('invitation.change', InvitationPath),
    load: getInvitation,
    event: 'invitation.withdrawn',
    subject: ({ memberId }) => memberId,
    details: () => ({ kind: 'erasure', fields: ['link'] }),
    change: async (tx, { id }, _, { now }) => {
      if (!(await store.withdrawInvitation(tx, id, now))) throw notFound('invitation');
      return accept(true);
    },
    next: () => accountPaths.accounts(),
  });
}

const startValidity = ({ memberId }: Request['actor'], now: Date) => ({
  madeBy: memberId,
  madeAt: now,
  expiresAt: invitationExpiry(now),
});

/** Refuses an address that somebody of the agency has, that looks like one, or that was invited already. */
async function addUniqueInvitation(tx: Writer<AnyTables>, invitation: Invitation, token: string) {
  const same = ({ email }: { readonly email: string | null }): boolean => email === invitation.email;
  const alike = ({ email }: { readonly email: string | null }): boolean =>
    email !== null && toConfusableSkeleton(email) === toConfusableSkeleton(invitation.email);
  const people = await listPeople(tx, invitation.agencyId);
  if (people.some(same)) return refuse('email taken');
  if (people.some(alike)) return refuse('looks like another');
  if ((await store.listInvitations(tx, invitation.agencyId)).some(same)) return refuse('already invited');
  return accept(await store.addInvitation(tx, invitation, token));
}

/** The person with the link joins by it, and is signed in. */
function joinRoutes(app: App, parts: AreaParts, offer: BuildSignOnLink): void {
  // In live mode a password is not enough: until a second factor is set up, the session reaches only that setup.
  const unfinished = parts.mode === 'live';
  const closed = (reply: Reply) => reply.code(404).sections(pages.invitationClosedPage());
  // A link is 256 random bits, so it cannot be guessed. A limit by address would block a whole office.
  const options = may('invitation.accept', TokenPath);

  /** How the invitation is shown with the ways to join; undefined where the link opens nothing. */
  async function openInvitation({ db, now }: Request, token: string) {
    const invitation = await store.findOpenInvitation(db, token, now);
    if (!invitation) return undefined;
    const signOn = await offer(db, { agencyId: invitation.agencyId, token }, parts);
    const ways = { action: accountPaths.join(token), signOn, shortest: minPasswordLength };
    return { invitation, page: (errors?: FormErrors) => pages.joinPage(invitation, ways, errors) };
  }

  app.get(accountPaths.join.route, options, async (request, reply) => {
    const opened = await openInvitation(request, request.params.token);
    return opened ? reply.page('identity/members/join', opened.page()) : closed(reply);
  });

  app.post(accountPaths.join.route, options, async (request, reply) => {
    const { token } = request.params;
    const opened = await openInvitation(request, token);
    if (!opened) return closed(reply);
    const { invitation, page } = opened;
    await request.work.endReading();
    const again = (errors: FormErrors) => reply.page('identity/members/join', page(errors));
    const form = readForm(JoinForm, request.body);
    if (!form.ok) return again(form.errors);
    const weakness = findWeakness(form.values.password, invitation);
    if (weakness) return again(pages.weakPasswordErrors[weakness]);
    const hash = await hashPassword(form.values.password);
    const joined = await join(request, invitation, { token, hash, unfinished });
    if (joined === 'email taken') return again(pages.emailTakenSince);
    if (!joined.ok) return closed(reply);
    reply.setCookie(sessionCookie, joined.value);
    return reply.redirect(unfinished ? credentialPaths.secondFactor() : staffSite, 303);
  });
}

/** Makes the account and opens its first session. The link may have been used in the meantime. */
const join = (
  request: Request,
  { memberId }: Pick<Invitation, 'memberId'>,
  { token, hash, unfinished }: { readonly token: string; readonly hash: string; readonly unfinished: boolean },
) =>
  refuseTakenEmail(() =>
    request.change(
      'invitation.accepted',
      memberId,
      async (tx) => {
        const { now } = request;
        const joined = await store.acceptInvitation(tx, token, hash, now);
        if (!joined) return refuse('not open');
        return accept(
          await openSession(tx, joined, now, { method: 'invitation', sharedWorkstation: false, unfinished }),
        );
      },
      { kind: 'collection', fields: ['password'] },
    ),
  );

/** An address belongs to one person: if a member joined with it since, perhaps at another agency, it stays theirs. */
async function refuseTakenEmail<Joined>(join: () => Promise<Joined>): Promise<Joined | 'email taken'> {
  try {
    return await join();
  } catch (error) {
    if (codeOf(error) === uniqueViolation) return 'email taken';
    throw error;
  }
}
