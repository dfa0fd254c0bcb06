/** Members add a passkey or set up codes. Each needs a recent sign-in. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { renderQrCode } from '../../platform/rendering/qr-code.ts';
import { reauthenticationBuckets, tooManyTries } from '../../platform/throttle/throttle.ts';
import { answerTooMany } from '../../platform/throttle/too-many.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { credentialPaths } from '../../vocabulary/paths/identity.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { findSessionToken, openSignedInSession, sessionOpenedEvent } from '../sessions/open-session.ts';
import { createEnrolment, findTimeStep, generateSecret, openEnrolment, sealEnrolment, sealSecret } from './code.ts';
import * as page from './credential-pages.ts';
import { NewCodeForm, NewPasskeyForm } from './forms.ts';
import { createRegistrationOptions, type NewPasskey, relyingPartyOf, verifyRegistration } from './passkey.ts';
import { withRecentSignIn } from './recent-sign-in.ts';
import { makeRecoveryCodes } from './recovery.ts';
import * as store from './store.ts';

const addingOptions = withRecentSignIn(may('credential.add'));

export function newCredentialRoutes(app: App, parts: AreaParts): void {
  newPasskeyRoutes(app, parts);
  newCodeRoutes(app, parts);
}

type NewCredential = {
  readonly event: string;
  readonly method: 'passkey' | 'password and code';
  /** Told to the member at the next sign-in. */
  readonly notice: string;
  readonly done: string;
  /** Names it in the address to go on to. */
  readonly word: string;
  readonly again: () => unknown;
  readonly write: (tx: Writer<AnyTables>, ways: store.MemberCredentials) => Promise<Result<true, 'used before'>>;
};

type AddedCredential = { readonly first: boolean; readonly token: string | undefined };

/** What follows a new way in: recovery codes where there are none, and the full session for a half-signed-in member. */
async function finishAdding(request: Request, reply: Reply, keys: UnitKeys, add: NewCredential): Promise<unknown> {
  const { memberId, unfinished = false } = request.actor;
  const made = makeRecoveryCodes(keys);
  const former = unfinished ? await store.findPreviousSession(request.db, findSessionToken(request)) : undefined;
  const added = await request.change(
    add.event,
    memberId,
    async (tx): Promise<Result<AddedCredential, 'used before'>> => {
      const ways = await store.lockMemberCredentials(tx, memberId);
      const result = await add.write(tx, ways);
      if (!result.ok) return result;
      const first = ways.recoveryCodes.made === 0;
      if (first) await store.addRecoveryCodes(tx, memberId, made.kept);
      await store.addSignInNotice(tx, memberId, add.notice);
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
    { kind: 'collection', ...(unfinished && { also: [{ event: sessionOpenedEvent, fields: [add.method] }] }) },
  );
  if (!added.ok) return add.again();
  const { token, first } = added.value;
  if (token) {
    reply.setCookie(sessionCookie, token);
    const csrf = () => reply.generateCsrf({ userInfo: token });
    return reply.sections({ ...page.recoveryCodesPage(made.shown, add.done), csrf });
  }
  return first
    ? reply.sections(page.recoveryCodesPage(made.shown, add.done))
    : reply.redirect(page.credentialsAfter(add.word), 303);
}

/** A challenge of one session does not work in another. */
const sessionBinding = (request: Request): string => `session ${request.actor.sessionId}`;

function newPasskeyRoutes(app: App, { keys, origin }: AreaParts): void {
  const site = relyingPartyOf(origin);
  app.get(credentialPaths.newPasskey.route, addingOptions, async (_request, reply) =>
    reply.page('identity/sign-in/new-passkey', page.newPasskeyPage()),
  );

  const repeatableOptions = { ...addingOptions, config: { ...addingOptions.config, repeatable: true } };
  app.post(credentialPaths.askForNewPasskey.route, repeatableOptions, async (request, reply) => {
    const { memberId, memberName } = request.actor;
    const { passkeys } = await store.getMemberCredentials(request.db, memberId);
    await request.work.endReading();
    const options = await createRegistrationOptions(site, { id: memberId, name: memberName }, passkeys);
    const { challenge } = options;
    const asked = { challenge, purpose: 'add a passkey' as const, boundTo: sessionBinding(request) };
    await request.change('passkey.asked for', memberId, async (tx) =>
      accept(await store.saveChallenge(tx, asked, memberId, request.now)),
    );
    return reply.send({ options });
  });

  app.post(credentialPaths.newPasskey.route, addingOptions, async (request, reply) => {
    const again = (errors: FormErrors) =>
      reply.page('identity/sign-in/new-passkey', page.newPasskeyPage(answersOf(request.body), errors));
    const form = readForm(NewPasskeyForm, request.body);
    if (!form.ok) return again(form.errors.name ? { name: form.errors.name } : page.passkeyErrors);
    const { name, challenge, answer } = form.values;
    const { memberId } = request.actor;
    const asked = { challenge, purpose: 'add a passkey' as const, boundTo: sessionBinding(request) };
    const pendingChallenge = await store.findChallenge(request.db, asked);
    const made =
      pendingChallenge?.memberId === memberId ? await verifyRegistration(site, challenge, answer) : undefined;
    if (!made) return again(page.passkeyErrors);
    return finishAdding(request, reply, keys, {
      ...addedPasskey(made, { memberId, name, challenge, now: request.now }),
      again: () => again(page.passkeyErrors),
    });
  });
}

const addedPasskey = (
  made: NewPasskey,
  {
    memberId,
    name,
    challenge,
    now,
  }: { readonly memberId: string; readonly name: string; readonly challenge: string; readonly now: Date },
): Omit<NewCredential, 'again'> => ({
  event: 'passkey.added',
  method: 'passkey',
  notice: `A passkey was added: ${name}.`,
  done: 'Your passkey is added.',
  word: 'passkey',
  write: async (tx) => {
    if (!(await store.consumeChallenge(tx, challenge))) return refuse('used before');
    await store.addPasskey(tx, { ...made, id: newTimelessId(), memberId, name, addedAt: now });
    return accept(true);
  },
});

/** The picture to scan: a new secret, or the one that was shown before. */
async function showCodeSetup(
  request: Request,
  reply: Reply,
  keys: UnitKeys,
  errors: FormErrors = {},
  known?: string,
): Promise<string> {
  const { email } = await store.getOwnAccount(request.db);
  await request.work.endReading();
  const secret = known ?? (await generateSecret());
  const offered = await createEnrolment(secret, email);
  const shown = {
    ...offered,
    carried: sealEnrolment(keys, request.actor.sessionId ?? '', secret, request.now),
    picture: await renderQrCode(offered.address, 'Picture to scan with the authenticator app'),
  };
  return reply.page('identity/sign-in/new-code', page.codeSetupPage(shown, errors));
}

function newCodeRoutes(app: App, { keys, clock, throttle }: AreaParts): void {
  app.get(credentialPaths.newCode.route, addingOptions, async (request, reply) => showCodeSetup(request, reply, keys));

  app.post(credentialPaths.newCode.route, addingOptions, async (request, reply) => {
    const { memberId, sessionId = '' } = request.actor;
    const secret = openEnrolment(keys, sessionId, String(answersOf(request.body).offer ?? ''), request.now);
    if (!secret) return showCodeSetup(request, reply, keys, page.codeSetupErrors.late);
    const again = (errors: FormErrors) => showCodeSetup(request, reply, keys, errors, secret);
    const form = readForm(NewCodeForm, request.body);
    if (!form.ok) return again(form.errors);
    const { code } = form.values;
    const buckets = reauthenticationBuckets('code of a new generator', memberId);
    const tried = { secret: 'code of a new generator', memberId, buckets } as const;
    const shown = await throttle.check(request.work, tried, async (counted) => {
      const step = await findTimeStep(counted, code, secret, clock.now());
      return step === undefined ? refuse('wrong') : accept(step);
    });
    if ('seconds' in shown) return answerTooMany(reply, shown, again({ '': tooManyTries(shown.seconds) }));
    if (!shown.ok) return again(page.codeSetupErrors.wrong);
    const sealed = sealSecret(keys, memberId, secret);
    return finishAdding(request, reply, keys, {
      ...addedCode({ memberId, ...sealed, lastStep: shown.value, addedAt: request.now }),
      again: () => reply.redirect(page.credentialsAfter('code'), 303),
    });
  });
}

const addedCode = (generator: Parameters<typeof store.addCodeGenerator>[1]): Omit<NewCredential, 'again'> => ({
  event: 'code.added',
  method: 'password and code',
  notice: 'Codes from an app were set up.',
  done: 'Codes are set up. From now on you are asked for one after your password.',
  word: 'code',
  write: async (tx, ways) => {
    if (ways.code) return refuse('used before');
    await store.addCodeGenerator(tx, generator);
    return accept(true);
  },
});
