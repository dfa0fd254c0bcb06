/** Members see how they sign in, rename and give up passkeys and codes, and make recovery codes. All but renaming needs a recent sign-in. */
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Reply, type Request, typed } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { credentialPaths } from '../../vocabulary/paths/identity.ts';
import { accept } from '../../vocabulary/result.ts';
import { isTemporaryAccessSession } from '../sessions/store.ts';
import { type Mode, mayRemove } from './credential.ts';
import * as pages from './credential-pages.ts';
import { NameForm } from './forms.ts';
import { newCredentialRoutes } from './new-credential-routes.ts';
import { passwordRoutes } from './password-routes.ts';
import { withRecentSignIn } from './recent-sign-in.ts';
import { makeRecoveryCodes } from './recovery.ts';
import * as store from './store.ts';

const PasskeyPath = z.object({ id: z.uuid() });
const DoneQuery = z.object({ done: z.string().optional().catch(undefined) });

const doneMessages: Readonly<Record<string, string>> = {
  passkey: 'Your passkey is added.',
  code: 'Codes are set up.',
  renamed: 'It is renamed.',
  removed: 'It is removed.',
  password: 'Your password is changed, and you are signed out everywhere else.',
};

const countCredentials = ({ passkeys, code }: store.MemberCredentials) => ({
  passkeys: passkeys.length,
  hasCode: code !== undefined,
});

/** In a scope of their own, so that its hooks run for no other page. */
export async function credentialRoutes(app: App, parts: AreaParts): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('preHandler', refuseTemporaryAccess);
    const own = typed(scope);
    overviewRoutes(own, parts.mode);
    passkeyRoutes(own, parts.mode);
    codeRemovalRoute(own, parts.mode);
    recoveryCodeRoutes(own, parts);
    newCredentialRoutes(own, parts);
    await passwordRoutes(own, parts);
  });
}

/** A person with temporary access for one shift has no account: a way in they set up would end with the shift. */
async function refuseTemporaryAccess(request: Request, reply: Reply): Promise<unknown> {
  const { sessionId } = request.actor;
  if (!sessionId || !(await isTemporaryAccessSession(request.db, sessionId))) return undefined;
  request.server.refusals.note(request.work, 'action refused', null);
  const page = await reply.sections(pages.temporaryAccessPage());
  return reply.code(403).send(page);
}

function overviewRoutes(app: App, mode: Mode): void {
  const options = may('credential.read', z.unknown(), DoneQuery);
  app.get(credentialPaths.credentials.route, options, async (request, reply) => {
    const ways = await getOwnCredentials(request);
    return reply.sections(pages.credentialsPage(ways, mode, doneMessages[request.query.done ?? '']));
  });

  app.get(credentialPaths.secondFactor.route, may('credential.begin'), async (_request, reply) =>
    reply.sections(pages.secondFactorPage()),
  );
}

const getOwnCredentials = ({ db, actor }: Request): Promise<store.MemberCredentials> =>
  store.getMemberCredentials(db, actor.memberId);

/** One of the member's own passkeys, with all their ways in. */
async function getOwnPasskey(request: Request & { readonly params: { readonly id: string } }) {
  const ways = await getOwnCredentials(request);
  const passkey = ways.passkeys.find(({ id }) => id === request.params.id);
  if (!passkey) throw notFound('passkey');
  return { passkey, ways };
}

function passkeyRoutes(app: App, mode: Mode): void {
  formRoute(app, credentialPaths.renamePasskey.route, {
    may: may('credential.change', PasskeyPath),
    load: getOwnPasskey,
    form: NameForm,
    page: ({ passkey }) => pages.renamePasskeyPage(passkey),
    event: 'passkey.renamed',
    subject: ({ passkey }) => passkey.id,
    change: async (tx, { passkey }, { name }) => accept(await store.renamePasskey(tx, passkey.id, name)),
    refusals: {},
    next: () => pages.credentialsAfter('renamed'),
  });

  formRoute(app, credentialPaths.removePasskey.route, {
    may: withRecentSignIn(may('credential.remove', PasskeyPath)),
    load: getOwnPasskey,
    form: NothingAsked,
    page: ({ passkey: { id, name }, ways }, _, errors) =>
      pages.removeCredentialPage(
        `the passkey ${name}`,
        credentialPaths.removePasskey(id),
        mayRemove('passkey', countCredentials(ways), mode).ok,
        errors,
      ),
    event: 'passkey.removed',
    subject: ({ passkey }) => passkey.id,
    details: () => ({ kind: 'erasure' }),
    change: async (tx, { passkey: { id, name } }, _, { actor: { memberId } }) => {
      const allowed = mayRemove('passkey', countCredentials(await store.lockMemberCredentials(tx, memberId)), mode);
      if (!allowed.ok) return allowed;
      await store.removePasskey(tx, id);
      await store.addSignInNotice(tx, memberId, `A passkey was removed: ${name}.`);
      return allowed;
    },
    refusals: pages.lastCredentialErrors,
    next: () => pages.credentialsAfter('removed'),
  });
}

function codeRemovalRoute(app: App, mode: Mode): void {
  formRoute(app, credentialPaths.removeCode.route, {
    may: withRecentSignIn(may('credential.remove')),
    load: getOwnCredentials,
    form: NothingAsked,
    page: (ways, _, errors) =>
      pages.removeCredentialPage(
        'codes from an app',
        credentialPaths.removeCode(),
        mayRemove('code', countCredentials(ways), mode).ok,
        errors,
      ),
    event: 'code.removed',
    subject: (_ways, _values, { actor }) => actor.memberId,
    details: () => ({ kind: 'erasure' }),
    change: async (tx, _ways, _, { actor: { memberId } }) => {
      const allowed = mayRemove('code', countCredentials(await store.lockMemberCredentials(tx, memberId)), mode);
      if (!allowed.ok) return allowed;
      await store.removeCodeGenerator(tx, memberId);
      await store.addSignInNotice(tx, memberId, 'Codes from an app were switched off.');
      return allowed;
    },
    refusals: pages.lastCredentialErrors,
    next: () => pages.credentialsAfter('removed'),
  });
}

/** New codes answer with a page: they are shown this once. */
function recoveryCodeRoutes(app: App, { keys }: AreaParts): void {
  const options = withRecentSignIn(may('credential.change'));
  app.get(credentialPaths.recoveryCodes.route, options, async (request, reply) =>
    reply.form(pages.newRecoveryCodesPage((await getOwnCredentials(request)).recoveryCodes.unused)),
  );

  app.post(credentialPaths.recoveryCodes.route, options, async (request, reply) => {
    const { memberId } = request.actor;
    const made = makeRecoveryCodes(keys);
    await request.change(
      'recovery codes.made',
      memberId,
      async (tx) => {
        await store.lockMemberCredentials(tx, memberId);
        await store.deleteRecoveryCodes(tx, memberId);
        await store.addRecoveryCodes(tx, memberId, made.kept);
        await store.addSignInNotice(tx, memberId, 'New recovery codes were made; the old ones no longer work.');
        return accept(true);
      },
      { kind: 'collection' },
    );
    return reply.sections(pages.recoveryCodesPage(made.shown, 'Your recovery codes are made.'));
  });
}
