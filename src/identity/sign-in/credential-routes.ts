/** Members add a way in, give one up, or change the password. Each needs a recent sign-in. */
import { z } from 'zod';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { renderQrCode } from '../../platform/rendering/qr-code.ts';
import { reauthenticationBuckets, tooManyTries } from '../../platform/throttle/throttle.ts';
import { answerTooMany } from '../../platform/throttle/too-many.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { findSessionToken, openSignedInSession, sessionOpenedEvent } from '../sessions/open-session.ts';
import { isTemporaryAccessSession } from '../sessions/store.ts';
import { createEnrolment, findTimeStep, generateSecret, openEnrolment, sealEnrolment, sealSecret } from './code.ts';
import { mayRemove } from './credential.ts';
import {
  codeSetupErrors,
  codeSetupPage,
  credentialsPage,
  lastCredentialMessage,
  newPasskeyPage,
  newRecoveryCodesPage,
  passkeyErrors,
  recoveryCodesPage,
  removeCredentialPage,
  renamePasskeyPage,
  secondFactorPage,
  temporaryAccessPage,
} from './credential-pages.ts';
import { NameForm, NewCodeForm, NewPasskeyForm } from './forms.ts';
import { createRegistrationOptions, relyingPartyOf, verifyRegistration } from './passkey.ts';
import { passwordRoutes } from './password-routes.ts';
import { askToSignInAgain, isSignInStale } from './recent-sign-in.ts';
import { generateRecoveryCodes, recoveryCodeCount } from './recovery.ts';
import {
  addCodeGenerator,
  addPasskey,
  addRecoveryCodes,
  addSignInNotice,
  consumeChallenge,
  deleteRecoveryCodes,
  findChallenge,
  findPreviousSession,
  getMemberCredentials,
  getOwnAccount,
  lockMemberCredentials,
  type MemberCredentials,
  removeCodeGenerator,
  removePasskey,
  renamePasskey,
  saveChallenge,
} from './store.ts';

const PasskeyPath = z.object({ id: z.uuid() });
const collection = { kind: 'collection' } as const;
const erasure = { kind: 'erasure' } as const;

const countCredentials = ({ passkeys, code }: MemberCredentials) => ({
  passkeys: passkeys.length,
  hasCode: code !== undefined,
});

/** In a scope of their own, so that its hooks run for no other page. */
export async function credentialRoutes(app: App, parts: AreaParts): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('preHandler', refuseTemporaryAccess);
    await ownCredentialRoutes(scope as unknown as App, parts);
    await passwordRoutes(scope as unknown as App, parts);
  });
}

/** A person with temporary access for one shift has no account: a way in they set up would end with the shift. */
async function refuseTemporaryAccess(request: Request, reply: Reply): Promise<unknown> {
  const { sessionId } = request.actor;
  if (!sessionId || !(await isTemporaryAccessSession(request.db, sessionId))) return undefined;
  request.server.refusals.note(request.work, 'action refused', null);
  const page = await reply.page('platform/page', temporaryAccessPage());
  return reply.code(403).send(page);
}

async function ownCredentialRoutes(app: App, { keys, clock, throttle, mode, origin }: AreaParts): Promise<void> {
  const site = relyingPartyOf(origin);
  const done = (reply: Reply, what: string) => reply.redirect(`/staff/credentials?done=${what}`, 303);

  app.get('/credentials', may('credential.read', z.unknown(), DoneQuery), async (request, reply) => {
    const ways = await getMemberCredentials(request.db, request.actor.memberId);
    return reply.page('platform/page', credentialsPage(ways, mode, doneMessages[request.query.done ?? '']));
  });

  app.get('/credentials/first', may('credential.begin'), async (_request, reply) =>
    reply.page('platform/page', secondFactorPage()),
  );

  /** What follows a new way in: recovery codes where there are none, and the full session for a half-signed-in member. */
  async function finishAdding(request: Request, reply: Reply, add: NewCredential): Promise<unknown> {
    const { memberId, unfinished = false } = request.actor;
    const made = generateRecoveryCodes(
      keys,
      Array.from({ length: recoveryCodeCount }, () => newTimelessId()),
    );
    const former = unfinished ? await findPreviousSession(request.db, findSessionToken(request)) : undefined;
    const added = await request.change(
      add.event,
      memberId,
      async (tx): Promise<Result<AddedCredential, 'used before'>> => {
        const ways = await lockMemberCredentials(tx, memberId);
        const result = await add.write(tx as never, ways);
        if (!result.ok) return result;
        const first = ways.recoveryCodes.made === 0;
        if (first) await addRecoveryCodes(tx, memberId, made.kept);
        await addSignInNotice(tx, memberId, add.notice);
        if (!unfinished) return accept({ first, token: undefined });
        // The half session ends with the first way in, so the full session opens here. Without it the member could change nothing more.
        const arrived = await openSignedInSession(tx, request, {
          memberId,
          method: add.method,
          carried: { shared: former?.sharedWorkstation ? 'yes' : undefined },
          former,
        });
        return arrived.ok ? accept({ first, token: arrived.value.token }) : arrived;
      },
      { ...collection, ...(unfinished && { also: [{ event: sessionOpenedEvent, fields: [add.method] }] }) },
    );
    if (!added.ok) return add.again(added.refusal);
    const { token } = added.value;
    if (token) {
      reply.setCookie(sessionCookie, token);
      const csrf = () => reply.generateCsrf({ userInfo: token });
      return reply.page('platform/page', { ...recoveryCodesPage(made.shown, add.done), csrf });
    }
    return added.value.first
      ? reply.page('platform/page', recoveryCodesPage(made.shown, add.done))
      : done(reply, add.word);
  }

  app.get('/credentials/passkeys/new', may('credential.add'), async (request, reply) =>
    isSignInStale(request)
      ? askToSignInAgain(request, reply)
      : reply.page('identity/sign-in/new-passkey', newPasskeyPage()),
  );

  const asking = may('credential.add');
  const repeatableOptions = { ...asking, config: { ...asking.config, repeatable: true } };
  app.post('/credentials/passkeys/ask', repeatableOptions, async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    const { memberId, memberName } = request.actor;
    const { passkeys } = await getOwnCredentials(request);
    await request.work.endReading();
    const options = await createRegistrationOptions(site, { id: memberId, name: memberName }, passkeys);
    const { challenge } = options;
    await request.change('passkey.asked for', memberId, async (tx) =>
      accept(
        await saveChallenge(
          tx,
          { challenge, purpose: 'add a passkey', boundTo: sessionBinding(request) },
          memberId,
          request.now,
        ),
      ),
    );
    return reply.send({ options });
  });

  app.post('/credentials/passkeys/new', may('credential.add'), async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    const again = (errors: FormErrors) =>
      reply.page('identity/sign-in/new-passkey', newPasskeyPage(request.body as Record<string, unknown>, errors));
    const form = readForm(NewPasskeyForm, request.body);
    if (!form.ok) return again(form.errors.name ? { name: form.errors.name } : passkeyErrors);
    const { name, challenge, answer } = form.values;
    const { memberId } = request.actor;
    const asked = { challenge, purpose: 'add a passkey' as const, boundTo: sessionBinding(request) };
    const pendingChallenge = await findChallenge(request.db, asked);
    const made =
      pendingChallenge?.memberId === memberId ? await verifyRegistration(site, challenge, answer) : undefined;
    if (!made) return again(passkeyErrors);
    return finishAdding(request, reply, {
      event: 'passkey.added',
      method: 'passkey',
      notice: `A passkey was added: ${name}.`,
      done: 'Your passkey is added.',
      word: 'passkey',
      again: () => again(passkeyErrors),
      write: async (tx) => {
        if (!(await consumeChallenge(tx, challenge))) return refuse('used before');
        await addPasskey(tx, { ...made, id: newTimelessId(), memberId, name, addedAt: request.now });
        return accept(true);
      },
    });
  });

  app.get('/credentials/passkeys/:id/name', may('credential.change', PasskeyPath), async (request, reply) =>
    reply.page('platform/form', renamePasskeyPage(await getOwnPasskey(request, request.params.id))),
  );

  app.post('/credentials/passkeys/:id/name', may('credential.change', PasskeyPath), async (request, reply) => {
    const { id } = request.params;
    const passkey = await getOwnPasskey(request, id);
    const form = readForm(NameForm, request.body);
    if (!form.ok)
      return reply.page(
        'platform/form',
        renamePasskeyPage(passkey, request.body as Record<string, unknown>, form.errors),
      );
    await request.change('passkey.renamed', id, async (tx) => accept(await renamePasskey(tx, id, form.values.name)));
    return done(reply, 'renamed');
  });

  const removal = (id: string, name: string, kept?: string) =>
    removeCredentialPage(`the passkey ${name}`, `/staff/credentials/passkeys/${id}/remove`, kept);

  app.get('/credentials/passkeys/:id/remove', may('credential.remove', PasskeyPath), async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    const ways = await getOwnCredentials(request);
    const { id, name } = getPasskeyFrom(ways, request.params.id);
    const removable = mayRemove('passkey', countCredentials(ways), mode);
    return reply.page('platform/form', removal(id, name, removable.ok ? undefined : lastCredentialMessage));
  });

  app.post('/credentials/passkeys/:id/remove', may('credential.remove', PasskeyPath), async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    const { memberId } = request.actor;
    const { id, name } = await getOwnPasskey(request, request.params.id);
    const removed = await request.change(
      'passkey.removed',
      id,
      async (tx) => {
        const allowed = mayRemove('passkey', countCredentials(await lockMemberCredentials(tx, memberId)), mode);
        if (!allowed.ok) return allowed;
        await removePasskey(tx, id);
        await addSignInNotice(tx, memberId, `A passkey was removed: ${name}.`);
        return allowed;
      },
      erasure,
    );
    if (!removed.ok)
      return reply.page('platform/form', {
        ...removal(id, name, lastCredentialMessage),
        errors: { '': lastCredentialMessage },
      });
    return done(reply, 'removed');
  });

  async function showCodeSetup(request: Request, reply: Reply, errors: FormErrors = {}, known?: string) {
    const { email } = await getOwnAccount(request.db);
    await request.work.endReading();
    const secret = known ?? (await generateSecret());
    const offered = await createEnrolment(secret, email);
    const shown = {
      ...offered,
      carried: sealEnrolment(keys, request.actor.sessionId ?? '', secret, request.now),
      picture: await renderQrCode(offered.address, 'Picture to scan with the authenticator app'),
    };
    return reply.page('identity/sign-in/new-code', codeSetupPage(shown, errors));
  }

  app.get('/credentials/code/new', may('credential.add'), async (request, reply) =>
    isSignInStale(request) ? askToSignInAgain(request, reply) : showCodeSetup(request, reply),
  );

  app.post('/credentials/code/new', may('credential.add'), async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    const { memberId, sessionId = '' } = request.actor;
    const body = request.body as { offer?: unknown } | undefined;
    const secret = openEnrolment(keys, sessionId, String(body?.offer ?? ''), request.now);
    if (!secret) return showCodeSetup(request, reply, codeSetupErrors.late);
    const form = readForm(NewCodeForm, request.body);
    if (!form.ok) return showCodeSetup(request, reply, form.errors, secret);
    const { code } = form.values;
    const buckets = reauthenticationBuckets('code of a new generator', memberId);
    const tried = { secret: 'code of a new generator', memberId, buckets } as const;
    const shown = await throttle.check(request.work, tried, async (counted) => {
      const step = await findTimeStep(counted, code, secret, clock.now());
      return step === undefined ? refuse('wrong') : accept(step);
    });
    if ('seconds' in shown)
      return answerTooMany(reply, shown, showCodeSetup(request, reply, { '': tooManyTries(shown.seconds) }, secret));
    if (!shown.ok) return showCodeSetup(request, reply, codeSetupErrors.wrong, secret);
    return finishAdding(request, reply, {
      event: 'code.added',
      method: 'password and code',
      notice: 'Codes from an app were set up.',
      done: 'Codes are set up. From now on you are asked for one after your password.',
      word: 'code',
      again: () => done(reply, 'code'),
      write: async (tx, ways) => {
        if (ways.code) return refuse('used before');
        await addCodeGenerator(tx, {
          memberId,
          ...sealSecret(keys, memberId, secret),
          lastStep: shown.value,
          addedAt: request.now,
        });
        return accept(true);
      },
    });
  });

  const codeRemoval = (kept?: string) =>
    removeCredentialPage('codes from an app', '/staff/credentials/code/remove', kept);

  app.get('/credentials/code/remove', may('credential.remove'), async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    const may_ = mayRemove('code', countCredentials(await getOwnCredentials(request)), mode);
    return reply.page('platform/form', codeRemoval(may_.ok ? undefined : lastCredentialMessage));
  });

  app.post('/credentials/code/remove', may('credential.remove'), async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    const { memberId } = request.actor;
    const removed = await request.change(
      'code.removed',
      memberId,
      async (tx) => {
        const allowed = mayRemove('code', countCredentials(await lockMemberCredentials(tx, memberId)), mode);
        if (!allowed.ok) return allowed;
        await removeCodeGenerator(tx, memberId);
        await addSignInNotice(tx, memberId, 'Codes from an app were switched off.');
        return allowed;
      },
      erasure,
    );
    if (!removed.ok)
      return reply.page('platform/form', {
        ...codeRemoval(lastCredentialMessage),
        errors: { '': lastCredentialMessage },
      });
    return done(reply, 'removed');
  });

  app.get('/credentials/recovery-codes', may('credential.change'), async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    return reply.page('platform/form', newRecoveryCodesPage((await getOwnCredentials(request)).recoveryCodes.unused));
  });

  app.post('/credentials/recovery-codes', may('credential.change'), async (request, reply) => {
    if (isSignInStale(request)) return askToSignInAgain(request, reply);
    const { memberId } = request.actor;
    const made = generateRecoveryCodes(
      keys,
      Array.from({ length: recoveryCodeCount }, () => newTimelessId()),
    );
    await request.change(
      'recovery codes.made',
      memberId,
      async (tx) => {
        await lockMemberCredentials(tx, memberId);
        await deleteRecoveryCodes(tx, memberId);
        await addRecoveryCodes(tx, memberId, made.kept);
        await addSignInNotice(tx, memberId, 'New recovery codes were made; the old ones no longer work.');
        return accept(true);
      },
      collection,
    );
    return reply.page('platform/page', recoveryCodesPage(made.shown, 'Your recovery codes are made.'));
  });
}

type AddedCredential = { readonly first: boolean; readonly token: string | undefined };

type NewCredential = {
  readonly event: string;
  readonly method: 'passkey' | 'password and code';
  readonly notice: string;
  readonly done: string;
  readonly word: string;
  readonly again: (refusal: 'used before') => unknown;
  readonly write: (tx: never, ways: MemberCredentials) => Promise<Result<true, 'used before'>>;
};

const doneMessages: Readonly<Record<string, string>> = {
  passkey: 'Your passkey is added.',
  code: 'Codes are set up.',
  renamed: 'It is renamed.',
  removed: 'It is removed.',
  password: 'Your password is changed, and you are signed out everywhere else.',
};
const DoneQuery = z.object({ done: z.string().optional().catch(undefined) });

/** A challenge of one session does not work in another. */
const sessionBinding = (request: Request): string => `session ${request.actor.sessionId}`;

const getOwnCredentials = (request: Request): Promise<MemberCredentials> =>
  getMemberCredentials(request.db, request.actor.memberId);

function getPasskeyFrom({ passkeys }: MemberCredentials, id: string) {
  const passkey = passkeys.find((one) => one.id === id);
  if (!passkey) throw notFound('passkey');
  return passkey;
}
const getOwnPasskey = async (request: Request, id: string) => getPasskeyFrom(await getOwnCredentials(request), id);
