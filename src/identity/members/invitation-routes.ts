/** Inviting people, and joining by an invitation. Read, decide, change, answer. */

import { z } from 'zod';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { codeOf, uniqueViolation } from '../../platform/database/violations.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, readForm } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { type AgencyId, newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { toConfusableSkeleton } from '../agencies/email-address.ts';
import { checkRolesAllowed } from '../agencies/member.ts';
import { hashPassword } from '../agencies/password.ts';
import { newToken, openSession } from '../agencies/session.ts';
import { findWeakness, minPasswordLength } from '../agencies/weak-password.ts';
import { InvitationForm, JoinForm } from './forms.ts';
import {
  invitationClosedPage,
  invitationLinkPage,
  invitationPage,
  joinPage,
  memberErrors,
  newInvitationPage,
  weakPasswordErrors,
} from './invitation-pages.ts';
import {
  acceptInvitation,
  addInvitation,
  findInvitation,
  findOpenInvitation,
  listInvitations,
  renewInvitation,
  withdrawInvitation,
} from './invitation-store.ts';
import { type Invitation, invitationExpiry } from './person.ts';
import { listPeople } from './store.ts';

const InvitationPath = z.object({ id: z.uuid() });
const TokenPath = z.object({ token: z.string().max(200) });

export const joinAddress = (token: string): string => `/staff/join/${token}`;

/** Offers the agency’s own sign-in to an invited person; undefined where the agency has none. */
export type BuildSignOnLink = (
  db: Reader<AnyTables>,
  invited: { readonly agencyId: string; readonly token: string },
  parts: AreaParts,
) => Promise<string | undefined>;

export const invitationRoutes =
  (offer: BuildSignOnLink) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    const { mode, origin } = parts;
    // In live mode a password is not enough: until a second factor is set up, the session reaches only that setup.
    const unfinished = mode === 'live';

    app.get('/accounts/new', may('invitation.make'), async (_request, reply) =>
      reply.page('platform/form', newInvitationPage()),
    );

    app.post('/accounts/new', may('invitation.make'), async (request, reply) => {
      const { actor, body, now } = request;
      const again = (errors: FormErrors) => reply.page('platform/form', newInvitationPage(answersOf(body), errors));
      const form = readForm(InvitationForm, body);
      if (!form.ok) return again(form.errors);
      const held = checkRolesAllowed(actor.side, form.values.roles);
      if (!held.ok) return again(memberErrors[held.refusal]);
      const token = newToken();
      const invitation: Invitation = {
        ...form.values,
        id: newId(),
        agencyId: actor.agencyId as AgencyId,
        memberId: newId(),
        madeBy: actor.memberId,
        madeAt: now,
        expiresAt: invitationExpiry(now),
      };
      const made = await request.change(
        'invitation.made',
        invitation.memberId,
        async (tx) => {
          const same = ({ email }: { email: string | null }): boolean => email === invitation.email;
          const alike = ({ email }: { email: string | null }): boolean =>
            email !== null && toConfusableSkeleton(email) === toConfusableSkeleton(invitation.email);
          const people = await listPeople(tx, actor.agencyId);
          if (people.some(same)) return refuse('email taken');
          if (people.some(alike)) return refuse('looks like another');
          if ((await listInvitations(tx, actor.agencyId)).some(same)) return refuse('already invited');
          return accept(await addInvitation(tx, invitation, token));
        },
        { kind: 'collection', fields: ['name', 'title', 'email', 'roles'] },
      );
      if (!made.ok) return again(memberErrors[made.refusal]);
      return reply.page('identity/members/link', invitationLinkPage(invitation, `${origin}${joinAddress(token)}`));
    });

    app.get('/accounts/invitations/:id', may('invitation.read', InvitationPath), async (request, reply) => {
      const invitation = await findInvitation(request.db, request.params.id);
      if (!invitation) throw notFound('invitation');
      return reply.page('platform/page', invitationPage(invitation, request.now));
    });

    app.post('/accounts/invitations/:id/renew', may('invitation.change', InvitationPath), async (request, reply) => {
      const { actor, now, params } = request;
      const invitation = await findInvitation(request.db, params.id);
      if (!invitation) throw notFound('invitation');
      const token = newToken();
      const renewal = { madeBy: actor.memberId, madeAt: now, expiresAt: invitationExpiry(now) };
      const renewed = await request.change(
        'invitation.renewed',
        invitation.memberId,
        async (tx) => ((await renewInvitation(tx, params.id, token, renewal)) ? accept(true) : refuse('not open')),
        { fields: ['link', 'expiresAt'] },
      );
      if (!renewed.ok) throw notFound('invitation');
      return reply.page(
        'identity/members/link',
        invitationLinkPage({ ...invitation, ...renewal }, `${origin}${joinAddress(token)}`),
      );
    });

    app.post('/accounts/invitations/:id/withdraw', may('invitation.change', InvitationPath), async (request, reply) => {
      const { now, params } = request;
      const invitation = await findInvitation(request.db, params.id);
      if (!invitation) throw notFound('invitation');
      const withdrawn = await request.change(
        'invitation.withdrawn',
        invitation.memberId,
        async (tx) => ((await withdrawInvitation(tx, params.id, now)) ? accept(true) : refuse('not open')),
        { kind: 'erasure', fields: ['link'] },
      );
      if (!withdrawn.ok) throw notFound('invitation');
      return reply.redirect('/staff/accounts', 303);
    });

    const closed = (reply: Reply) => reply.code(404).page('platform/page', invitationClosedPage());
    // A link is 256 random bits, so it cannot be guessed. A limit by address would block a whole office.
    const options = may('invitation.accept', TokenPath);

    app.get('/join/:token', options, async (request, reply) => {
      const { token } = request.params;
      const invitation = await findOpenInvitation(request.db, token, request.now);
      if (!invitation) return closed(reply);
      const signOn = await offer(request.db, { agencyId: invitation.agencyId, token }, parts);
      return reply.page(
        'identity/members/join',
        joinPage(invitation, { action: joinAddress(token), signOn, shortest: minPasswordLength }),
      );
    });

    app.post('/join/:token', options, async (request, reply) => {
      const { body, now, params } = request;
      const { token } = params;
      const invitation = await findOpenInvitation(request.db, token, now);
      if (!invitation) return closed(reply);
      const signOn = await offer(request.db, { agencyId: invitation.agencyId, token }, parts);
      await request.work.endReading();
      const again = (errors: FormErrors) =>
        reply.page(
          'identity/members/join',
          joinPage(invitation, { action: joinAddress(token), signOn, shortest: minPasswordLength }, errors),
        );
      const form = readForm(JoinForm, body);
      if (!form.ok) return again(form.errors);
      const weakness = findWeakness(form.values.password, invitation);
      if (weakness) return again(weakPasswordErrors[weakness]);
      const hash = await hashPassword(form.values.password);
      const joined = await refuseTakenEmail(() =>
        request.change(
          'invitation.accepted',
          invitation.memberId,
          async (tx) => {
            const memberId = await acceptInvitation(tx, token, hash, now);
            if (!memberId) return refuse('not open');
            return accept(
              await openSession(tx, memberId, now, { method: 'invitation', sharedWorkstation: false, unfinished }),
            );
          },
          { kind: 'collection', fields: ['password'] },
        ),
      );
      if (joined === 'email taken')
        return again({
          '': 'Somebody already signs in with your address, or with one that looks the same. Ask the person who gave you the link.',
        });
      if (!joined.ok) return closed(reply);
      reply.setCookie(sessionCookie, joined.value);
      return reply.redirect(unfinished ? '/staff/credentials/first' : '/staff', 303);
    });
  };

/** An address belongs to one person: if a member joined with it since, perhaps at another agency, it stays theirs. */
async function refuseTakenEmail<Joined>(join: () => Promise<Joined>): Promise<Joined | 'email taken'> {
  try {
    return await join();
  } catch (error) {
    if (codeOf(error) === uniqueViolation) return 'email taken';
    throw error;
  }
}
