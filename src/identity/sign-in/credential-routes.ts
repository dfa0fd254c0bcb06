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
import { opened, openIn, tokenIn } from '../sessions/open-session.ts';
import { isByShiftPass } from '../sessions/store.ts';
import { carried, carry, newSecret, offer, sealSecret, stepOf } from './code.ts';
import { mayRemove } from './credential.ts';
import {
  codesPage,
  firstPage,
  lastWayIn,
  makeCodesPage,
  namePage,
  newCodeErrors,
  newCodePage,
  newPasskeyPage,
  onShiftPassPage,
  passkeyRefused,
  removePage,
  waysInPage,
} from './credential-pages.ts';
import { NameForm, NewCodeForm, NewPasskeyForm } from './forms.ts';
import { askForNewPasskey, newPasskeyIn, siteOf } from './passkey.ts';
import { passwordRoutes } from './password-routes.ts';
import { showAgain, stale } from './recent-sign-in.ts';
import { howMany, newCodes } from './recovery.ts';
import {
  addCodeGenerator,
  addPasskey,
  addRecoveryCodes,
  findChallenge,
  findFormerSession,
  forgetRecoveryCodes,
  keepChallenge,
  lockWaysIn,
  ownAccount,
  removeCodeGenerator,
  removePasskey,
  renamePasskey,
  takeChallenge,
  tellAtSignIn,
  type WaysIn,
  waysInOf,
} from './store.ts';

const PasskeyPath = z.object({ id: z.uuid() });
const collection = { kind: 'collection' } as const;
const erasure = { kind: 'erasure' } as const;

const held = ({ passkeys, code }: WaysIn) => ({ passkeys: passkeys.length, hasCode: code !== undefined });

/** In a scope of their own, so that its hooks run for no other page. */
export async function waysInRoutes(app: App, parts: AreaParts): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('preHandler', refuseShiftPass);
    await ownRoutes(scope as unknown as App, parts);
    await passwordRoutes(scope as unknown as App, parts);
  });
}

/** A person with temporary access for one shift has no account: a way in they set up would end with the shift. */
async function refuseShiftPass(request: Request, reply: Reply): Promise<unknown> {
  const { sessionId } = request.actor;
  if (!sessionId || !(await isByShiftPass(request.db, sessionId))) return undefined;
  request.server.refusals.note(request.work, 'action refused', null);
  const page = await reply.page('platform/page', onShiftPassPage());
  return reply.code(403).send(page);
}

async function ownRoutes(app: App, { keys, clock, throttle, mode, origin }: AreaParts): Promise<void> {
  const site = siteOf(origin);
  const done = (reply: Reply, what: string) => reply.redirect(`/staff/credentials?done=${what}`, 303);

  app.get('/credentials', may('way-in.read', z.unknown(), Done), async (request, reply) => {
    const ways = await waysInOf(request.db, request.actor.memberId);
    return reply.page('platform/page', waysInPage(ways, mode, doneWords[request.query.done ?? '']));
  });

  app.get('/credentials/first', may('way-in.begin'), async (_request, reply) =>
    reply.page('platform/page', firstPage()),
  );

  /** What follows a new way in: recovery codes where there are none, and the full session for a half-signed-in member. */
  async function addedWay(request: Request, reply: Reply, add: Adding): Promise<unknown> {
    const { memberId, unfinished = false } = request.actor;
    const made = newCodes(
      keys,
      Array.from({ length: howMany }, () => newTimelessId()),
    );
    const former = unfinished ? await findFormerSession(request.db, tokenIn(request)) : undefined;
    const added = await request.change(
      add.event,
      memberId,
      async (tx): Promise<Result<Added, 'used before'>> => {
        const ways = await lockWaysIn(tx, memberId);
        const result = await add.write(tx as never, ways);
        if (!result.ok) return result;
        const first = ways.recoveryCodes.made === 0;
        if (first) await addRecoveryCodes(tx, memberId, made.kept);
        await tellAtSignIn(tx, memberId, add.notice);
        if (!unfinished) return accept({ first, token: undefined });
        // The half session ends with the first way in, so the full session opens here. Without it the member could change nothing more.
        const arrived = await openIn(tx, request, {
          memberId,
          method: add.method,
          carried: { shared: former?.sharedWorkstation ? 'yes' : undefined },
          former,
        });
        return arrived.ok ? accept({ first, token: arrived.value.token }) : arrived;
      },
      { ...collection, ...(unfinished && { also: [{ event: opened, fields: [add.method] }] }) },
    );
    if (!added.ok) return add.again(added.refusal);
    const { token } = added.value;
    if (token) {
      reply.setCookie(sessionCookie, token);
      const csrf = () => reply.generateCsrf({ userInfo: token });
      return reply.page('platform/page', { ...codesPage(made.shown, add.done), csrf });
    }
    return added.value.first ? reply.page('platform/page', codesPage(made.shown, add.done)) : done(reply, add.word);
  }

  app.get('/credentials/passkeys/new', may('way-in.add'), async (request, reply) =>
    stale(request) ? showAgain(request, reply) : reply.page('identity/sign-in/new-passkey', newPasskeyPage()),
  );

  const asking = may('way-in.add');
  const eachTime = { ...asking, config: { ...asking.config, repeatable: true } };
  app.post('/credentials/passkeys/ask', eachTime, async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    const { memberId, memberName } = request.actor;
    const { passkeys } = await waysInHere(request);
    await request.work.endReading();
    const options = await askForNewPasskey(site, { id: memberId, name: memberName }, passkeys);
    const { challenge } = options;
    await request.change('passkey.asked for', memberId, async (tx) =>
      accept(
        await keepChallenge(
          tx,
          { challenge, purpose: 'add a passkey', boundTo: boundTo(request) },
          memberId,
          request.now,
        ),
      ),
    );
    return reply.send({ options });
  });

  app.post('/credentials/passkeys/new', may('way-in.add'), async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    const again = (errors: FormErrors) =>
      reply.page('identity/sign-in/new-passkey', newPasskeyPage(request.body as Record<string, unknown>, errors));
    const form = readForm(NewPasskeyForm, request.body);
    if (!form.ok) return again(form.errors.name ? { name: form.errors.name } : passkeyRefused);
    const { name, challenge, answer } = form.values;
    const { memberId } = request.actor;
    const asked = { challenge, purpose: 'add a passkey' as const, boundTo: boundTo(request) };
    const open_ = await findChallenge(request.db, asked);
    const made = open_?.memberId === memberId ? await newPasskeyIn(site, challenge, answer) : undefined;
    if (!made) return again(passkeyRefused);
    return addedWay(request, reply, {
      event: 'passkey.added',
      method: 'passkey',
      notice: `A passkey was added: ${name}.`,
      done: 'Your passkey is added.',
      word: 'passkey',
      again: () => again(passkeyRefused),
      write: async (tx) => {
        if (!(await takeChallenge(tx, challenge))) return refuse('used before');
        await addPasskey(tx, { ...made, id: newTimelessId(), memberId, name, addedAt: request.now });
        return accept(true);
      },
    });
  });

  app.get('/credentials/passkeys/:id/name', may('way-in.change', PasskeyPath), async (request, reply) =>
    reply.page('platform/form', namePage(await passkeyHere(request, request.params.id))),
  );

  app.post('/credentials/passkeys/:id/name', may('way-in.change', PasskeyPath), async (request, reply) => {
    const { id } = request.params;
    const passkey = await passkeyHere(request, id);
    const form = readForm(NameForm, request.body);
    if (!form.ok)
      return reply.page('platform/form', namePage(passkey, request.body as Record<string, unknown>, form.errors));
    await request.change('passkey.renamed', id, async (tx) => accept(await renamePasskey(tx, id, form.values.name)));
    return done(reply, 'renamed');
  });

  const removal = (id: string, name: string, kept?: string) =>
    removePage(`the passkey ${name}`, `/staff/credentials/passkeys/${id}/remove`, kept);

  app.get('/credentials/passkeys/:id/remove', may('way-in.remove', PasskeyPath), async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    const ways = await waysInHere(request);
    const { id, name } = passkeyIn(ways, request.params.id);
    const may_ = mayRemove('passkey', held(ways), mode);
    return reply.page('platform/form', removal(id, name, may_.ok ? undefined : lastWayIn));
  });

  app.post('/credentials/passkeys/:id/remove', may('way-in.remove', PasskeyPath), async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    const { memberId } = request.actor;
    const { id, name } = await passkeyHere(request, request.params.id);
    const removed = await request.change(
      'passkey.removed',
      id,
      async (tx) => {
        const allowed = mayRemove('passkey', held(await lockWaysIn(tx, memberId)), mode);
        if (!allowed.ok) return allowed;
        await removePasskey(tx, id);
        await tellAtSignIn(tx, memberId, `A passkey was removed: ${name}.`);
        return allowed;
      },
      erasure,
    );
    if (!removed.ok) return reply.page('platform/form', { ...removal(id, name, lastWayIn), errors: { '': lastWayIn } });
    return done(reply, 'removed');
  });

  async function offerCode(request: Request, reply: Reply, errors: FormErrors = {}, known?: string) {
    const { email } = await ownAccount(request.db);
    await request.work.endReading();
    const secret = known ?? (await newSecret());
    const offered = await offer(secret, email);
    const shown = {
      ...offered,
      carried: carry(keys, request.actor.sessionId ?? '', secret, request.now),
      picture: await renderQrCode(offered.address, 'Picture to scan with the authenticator app'),
    };
    return reply.page('identity/sign-in/new-code', newCodePage(shown, errors));
  }

  app.get('/credentials/code/new', may('way-in.add'), async (request, reply) =>
    stale(request) ? showAgain(request, reply) : offerCode(request, reply),
  );

  app.post('/credentials/code/new', may('way-in.add'), async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    const { memberId, sessionId = '' } = request.actor;
    const body = request.body as { offer?: unknown } | undefined;
    const secret = carried(keys, sessionId, String(body?.offer ?? ''), request.now);
    if (!secret) return offerCode(request, reply, newCodeErrors.late);
    const form = readForm(NewCodeForm, request.body);
    if (!form.ok) return offerCode(request, reply, form.errors, secret);
    const { code } = form.values;
    const buckets = reauthenticationBuckets('code of a new generator', memberId);
    const tried = { secret: 'code of a new generator', memberId, buckets } as const;
    const shown = await throttle.check(request.work, tried, async (counted) => {
      const step = await stepOf(counted, code, secret, clock.now());
      return step === undefined ? refuse('wrong') : accept(step);
    });
    if ('seconds' in shown)
      return answerTooMany(reply, shown, offerCode(request, reply, { '': tooManyTries(shown.seconds) }, secret));
    if (!shown.ok) return offerCode(request, reply, newCodeErrors.wrong, secret);
    return addedWay(request, reply, {
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

  const codeRemoval = (kept?: string) => removePage('codes from an app', '/staff/credentials/code/remove', kept);

  app.get('/credentials/code/remove', may('way-in.remove'), async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    const may_ = mayRemove('code', held(await waysInHere(request)), mode);
    return reply.page('platform/form', codeRemoval(may_.ok ? undefined : lastWayIn));
  });

  app.post('/credentials/code/remove', may('way-in.remove'), async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    const { memberId } = request.actor;
    const removed = await request.change(
      'code.removed',
      memberId,
      async (tx) => {
        const allowed = mayRemove('code', held(await lockWaysIn(tx, memberId)), mode);
        if (!allowed.ok) return allowed;
        await removeCodeGenerator(tx, memberId);
        await tellAtSignIn(tx, memberId, 'Codes from an app were switched off.');
        return allowed;
      },
      erasure,
    );
    if (!removed.ok) return reply.page('platform/form', { ...codeRemoval(lastWayIn), errors: { '': lastWayIn } });
    return done(reply, 'removed');
  });

  app.get('/credentials/recovery-codes', may('way-in.change'), async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    return reply.page('platform/form', makeCodesPage((await waysInHere(request)).recoveryCodes.unused));
  });

  app.post('/credentials/recovery-codes', may('way-in.change'), async (request, reply) => {
    if (stale(request)) return showAgain(request, reply);
    const { memberId } = request.actor;
    const made = newCodes(
      keys,
      Array.from({ length: howMany }, () => newTimelessId()),
    );
    await request.change(
      'recovery codes.made',
      memberId,
      async (tx) => {
        await lockWaysIn(tx, memberId);
        await forgetRecoveryCodes(tx, memberId);
        await addRecoveryCodes(tx, memberId, made.kept);
        await tellAtSignIn(tx, memberId, 'New recovery codes were made; the old ones no longer work.');
        return accept(true);
      },
      collection,
    );
    return reply.page('platform/page', codesPage(made.shown, 'Your recovery codes are made.'));
  });
}

type Added = { readonly first: boolean; readonly token: string | undefined };

type Adding = {
  readonly event: string;
  readonly method: 'passkey' | 'password and code';
  readonly notice: string;
  readonly done: string;
  readonly word: string;
  readonly again: (refusal: 'used before') => unknown;
  readonly write: (tx: never, ways: WaysIn) => Promise<Result<true, 'used before'>>;
};

const doneWords: Readonly<Record<string, string>> = {
  passkey: 'Your passkey is added.',
  code: 'Codes are set up.',
  renamed: 'It is renamed.',
  removed: 'It is removed.',
  password: 'Your password is changed, and you are signed out everywhere else.',
};
const Done = z.object({ done: z.string().optional().catch(undefined) });

/** A challenge of one session does not work in another. */
const boundTo = (request: Request): string => `session ${request.actor.sessionId}`;

const waysInHere = (request: Request): Promise<WaysIn> => waysInOf(request.db, request.actor.memberId);

function passkeyIn({ passkeys }: WaysIn, id: string) {
  const passkey = passkeys.find((one) => one.id === id);
  if (!passkey) throw notFound('passkey');
  return passkey;
}
const passkeyHere = async (request: Request, id: string) => passkeyIn(await waysInHere(request), id);
