/** The page that lists a member's sessions. */

import { backTo, type FormPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { accountPaths, credentialPaths, sessionPaths } from '../../vocabulary/paths/identity.ts';
import { temporaryAccessPaths } from '../../vocabulary/paths/operations.ts';
import type { SignInMethod } from '../agencies/session.ts';
import type { Session } from './store.ts';

const methodLabels: Record<SignInMethod, string> = {
  passkey: 'passkey',
  'password and code': 'password and code',
  'recovery code': 'recovery code',
  'single sign-on': 'your agency’s sign-on',
  'shift pass': 'temporary access',
  invitation: 'invitation',
  password: 'password',
  'command line': 'command line',
};

const describeMethod = ({ method, sharedWorkstation }: Session): string =>
  capital(methodLabels[method]) + (sharedWorkstation ? ', on a shared computer' : '');

const columns = (texts: readonly string[]) => texts.map((text) => ({ text }));

/** For a session by a card for one shift, which has no password to change. */
const hasTemporaryAccess = (sessions: readonly Session[], here: string | undefined): boolean =>
  sessions.some(({ id, method }) => id === here && method === 'shift pass');

export const sessionsPage = (sessions: readonly Session[], here: string | undefined, done?: string): SectionsPage => ({
  title: 'Where you are signed in',
  done,
  lead: [
    hasTemporaryAccess(sessions, here)
      ? 'The code on your card signs you in at one screen at a time. If somebody else may have it, tell the shift leader.'
      : 'If you did not sign in to one of these sessions yourself, somebody else may be using your account. End the session, and change your password.',
  ],
  actions: [
    ...(sessions.length > 1 ? [{ post: sessionPaths.endOthers(), text: 'End all others', dangerous: true }] : []),
    hasTemporaryAccess(sessions, here)
      ? { href: temporaryAccessPaths.shift(), text: 'Your shift', secondary: true }
      : { href: credentialPaths.credentials(), text: 'How you sign in', secondary: true },
  ],
  sections: [
    {
      kind: 'table',
      stack: true,
      caption: 'Sessions',
      columns: columns(['Signed in by', 'Begun', 'Last seen', 'Ends at the latest', 'End']),
      rows: sessions.map((session) => [
        { text: describeMethod(session) },
        { text: formatMoment(session.startedAt) },
        { text: formatMoment(session.seenAt) },
        { text: formatMoment(session.endsAt) },
        session.id === here
          ? { text: 'this one', tag: 'green' }
          : {
              href: sessionPaths.end(session.id),
              text: 'End',
              hidden: `the one begun ${formatMoment(session.startedAt)}`,
            },
      ]),
    },
  ],
});

export const endSessionPage = (session: Session): FormPage => ({
  title: 'End this session',
  ...backTo(sessionPaths.sessions(), 'Where you are signed in'),
  lead: [
    `${describeMethod(session)}, begun ${formatMoment(session.startedAt)}. This signs it out at once. Anything typed there and not sent is lost.`,
  ],
  action: sessionPaths.end(session.id),
  button: 'End the session',
  dangerous: true,
});

export const memberSessionsPage = (
  { id, name }: { readonly id: string; readonly name: string },
  sessions: readonly Session[],
): SectionsPage => ({
  title: `Where ${name} is signed in`,
  back: { href: accountPaths.accounts(), text: 'Users' },
  lead: ['If you end all sessions, the member is signed out everywhere at once. The member can sign in again.'],
  actions: sessions.length > 0 ? [{ post: accountPaths.sessions(id), text: 'End all of them', dangerous: true }] : [],
  sections: [
    {
      kind: 'table',
      stack: true,
      caption: 'Sessions',
      columns: columns(['Signed in by', 'Begun', 'Last seen', 'Ends at the latest']),
      rows: sessions.map((session) => [
        { text: describeMethod(session) },
        { text: formatMoment(session.startedAt) },
        { text: formatMoment(session.seenAt) },
        { text: formatMoment(session.endsAt) },
      ]),
      empty: 'Nowhere at this moment.',
    },
  ],
});
