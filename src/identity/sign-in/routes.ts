/** Signing in and out: by passkey, by password and code, by recovery code. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { networkOf } from '../../platform/http/networks.ts';
import {
  type App,
  type FormErrors,
  fromMemory,
  may,
  type Reply,
  type Request,
  readForm,
} from '../../platform/http/server.ts';
import { type AreaParts, formOwner } from '../../platform/http/sites.ts';
import { codeBuckets, passwordBuckets } from '../../platform/throttle/throttle.ts';
import type { CountedTry } from '../../platform/throttle/throttle-store.ts';
import { answerTooMany } from '../../platform/throttle/too-many.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { passwordMatches } from '../agencies/password.ts';
import { type Credentials, closeSession, findCredentials } from '../agencies/session.ts';
import {
  answerSignedIn,
  answerSignedOut,
  type CompletedSignIn,
  completeSignIn,
  findKnownDevice,
  findSessionToken,
  identifyBrowser,
} from '../sessions/open-session.ts';
import { findTimeStep, openSecret, type SealedSecret } from './code.ts';
import { nextStepAfterPassword } from './credential.ts';
import { CodeForm, NextQuery, PasskeyForm, SignInContext, SignInForm, toStaffAddress } from './forms.ts';
import {
  codeErrors,
  codePage,
  expiredSignIn,
  noticesPage,
  signInPage,
  waitToEnterCode,
  waitToSignIn,
  wrongPasskey,
  wrongPassword,
} from './pages.ts';
import { createAuthenticationOptions, relyingPartyOf, verifyAuthentication } from './passkey.ts';
import { findMatchingCode, type StoredRecoveryCode } from './recovery.ts';
import {
  addSignInNotice,
  type ChallengePurpose,
  consumeChallenge,
  consumeRecoveryCode,
  consumeTimeStep,
  discardChallenge,
  findChallenge,
  findCodeGenerator,
  findPasskey,
  findPreviousSession,
  listUnseenNotices,
  listUnusedRecoveryCodes,
  markNoticesSeen,
  recordPasskeyUse,
  saveChallenge,
  startChallenge,
} from './store.ts';

/** No limit for each address here: hundreds of people share one, and wrong answers are counted by the throttle. */
const openSessionOptions = may('session.open');

const newChallenge = (): string => randomBytes(32).toString('base64url');

export async function signInRoutes(
  app: App,
  { views, staffShell, keys, requestServices, clock, throttle, mode, origin }: AreaParts,
): Promise<void> {
  const site = relyingPartyOf(origin);
  const { refusals } = app;

  // The one page for everybody: it differs only in a token and in the page to return to.
  const page = ({ token, ...answers }: { token: string; next?: string }) => ({
    ...staffShell,
    ...signInPage(mode, answers),
    csrf: () => token,
  });
  const renderSignIn = views.stencil('identity/sign-in/sign-in', page, ['token']);
  const renderSignInWithNext = views.stencil('identity/sign-in/sign-in', page, ['token', 'next']);

  app.get(
    '/sign-in',
    { ...fromMemory, schema: { params: z.unknown(), querystring: NextQuery } },
    async (request, reply) => {
      const token = reply.generateCsrf({ userInfo: formOwner(request) });
      const { next } = request.query;
      reply.type('text/html; charset=utf-8');
      return next ? renderSignInWithNext({ token, next }) : renderSignIn({ token });
    },
  );

  const again = (request: Request, reply: Reply, errors: FormErrors) =>
    reply.page('identity/sign-in/sign-in', signInPage(mode, request.body as Record<string, unknown>, errors));

  app.post('/sign-in', openSessionOptions, async (request, reply) => {
    const form = readForm(SignInForm, request.body);
    if (!form.ok) return again(request, reply, form.errors);
    const { email, password } = form.values;
    const found = await findCredentials(request.db, email);
    const former = await findPreviousSession(request.db, findSessionToken(request));
    await request.work.endReading(); // A slow hash holds no connection.

    const buckets = passwordBuckets({
      network: networkOf(request.ip),
      account: found?.memberId ?? email,
      device: findKnownDevice(request, keys, found?.memberId),
    });
    const tried = { secret: 'password', memberId: found?.memberId ?? null, buckets } as const;
    const shown = await throttle.check(request.work, tried, async (counted) =>
      (await passwordMatches(counted, password, found?.passwordHash)) && found ? accept(found) : refuse('wrong'),
    );
    if ('seconds' in shown) return answerTooMany(reply, shown, again(request, reply, waitToSignIn(shown.seconds)));
    if (!shown.ok) return again(request, reply, wrongPassword);

    const { value: account } = shown;
    const carried = SignInContext.parse(request.body);
    const step = nextStepAfterPassword(account, mode);
    if (step === 'ask for a code' || step === 'ask for a recovery code')
      return askForCode(request, reply, account, carried);
    const arrival: CompletedSignIn = {
      memberId: account.memberId,
      method: 'password',
      carried,
      former,
      ...(step === 'set up' && { unfinished: true, reason: 'the second factor is still to be set up' }),
    };
    const opened = await completeSignIn(request, arrival);
    if (!opened.ok) return again(request, reply, expiredSignIn);
    if (arrival.unfinished) {
      reply.setCookie('safelight', opened.value.token);
      return reply.redirect('/staff/credentials/first', 303);
    }
    return answerSignedIn(request, reply, keys, arrival, opened.value);
  });

  async function askForCode(
    request: Request,
    reply: Reply,
    { memberId, hasCode }: Credentials,
    carried: SignInContext,
  ) {
    const challenge = newChallenge();
    const asked = { challenge, purpose: 'code' as const, boundTo: identifyBrowser(request, keys) };
    await request.change(
      'password.accepted',
      memberId,
      async (tx) => accept(await saveChallenge(tx, asked, memberId, request.now)),
      { kind: 'collection' },
    );
    return reply.page('platform/form', codePage({ hasCode, challenge, carried }));
  }

  app.post('/sign-in/code', openSessionOptions, async (request, reply) => {
    const carried = SignInContext.parse(request.body);
    const form = readForm(CodeForm, request.body);
    const challenge = String((request.body as { challenge?: unknown } | undefined)?.challenge ?? '');
    const asked = { challenge, purpose: 'code' as ChallengePurpose, boundTo: identifyBrowser(request, keys) };
    const memberId = (await findChallenge(request.db, asked))?.memberId;
    if (!memberId) return again(request, reply, expiredSignIn);
    const generator = await findCodeGenerator(request.db, memberId);
    const codes = await listUnusedRecoveryCodes(request.db, memberId);
    const former = await findPreviousSession(request.db, findSessionToken(request));
    await request.work.endReading();
    const showCodeForm = (errors: FormErrors) =>
      reply.page('platform/form', codePage({ hasCode: generator !== undefined, challenge, carried }, errors));
    if (!form.ok) return showCodeForm(form.errors);

    const typed = form.values.code.replace(/[\s-]/g, '');
    const isCode = /^\d{6}$/.test(typed);
    const buckets = codeBuckets({ account: memberId, device: findKnownDevice(request, keys, memberId) });
    const tried = { secret: isCode ? 'code' : 'recovery code', memberId, buckets } as const;
    const opened = await throttle.check(request.work, tried, async (counted) => {
      const use = isCode
        ? generator && (await prepareCodeUse(counted, typed, { memberId, generator }))
        : prepareRecoveryUse(counted, typed, { memberId, codes });
      if (!use) return refuse('wrong');
      const arrival: CompletedSignIn = {
        memberId,
        method: isCode ? 'password and code' : 'recovery code',
        carried,
        former,
        use: async (tx) => (await use(tx)) && consumeChallenge(tx, challenge),
      };
      // Opened within the try: a code that was used before is a wrong answer, and gives no tries back.
      const session = await completeSignIn(request, arrival);
      return session.ok ? accept({ arrival, session: session.value }) : session;
    });
    if ('seconds' in opened) return answerTooMany(reply, opened, showCodeForm(waitToEnterCode(opened.seconds)));
    if (!opened.ok) return showCodeForm(codeErrors[opened.refusal]);
    return answerSignedIn(request, reply, keys, opened.value.arrival, opened.value.session);
  });

  type Use = (tx: Writer<AnyTables>) => Promise<boolean>;

  async function prepareCodeUse(
    counted: CountedTry,
    typed: string,
    { memberId, generator }: { readonly memberId: string; readonly generator: SealedSecret },
  ): Promise<Use | undefined> {
    const step = await findTimeStep(counted, typed, openSecret(keys, memberId, generator), clock.now());
    return step === undefined ? undefined : (tx) => consumeTimeStep(tx, memberId, step);
  }

  function prepareRecoveryUse(
    counted: CountedTry,
    typed: string,
    { memberId, codes }: { readonly memberId: string; readonly codes: readonly StoredRecoveryCode[] },
  ): Use | undefined {
    const recovery = findMatchingCode(counted, keys, typed, codes);
    if (!recovery) return undefined;
    return async (tx) => {
      await addSignInNotice(tx, memberId, `A recovery code was used to sign in. ${codes.length - 1} are left.`);
      return consumeRecoveryCode(tx, recovery);
    };
  }

  app.post('/sign-in/passkey/ask', openSessionOptions, async (request, reply) => {
    await request.work.endReading();
    const options = await createAuthenticationOptions(site);
    const { challenge } = options;
    const boundTo = identifyBrowser(request, keys);
    await startChallenge(requestServices.databases, { challenge, purpose: 'sign in by passkey', boundTo }, request.now);
    return reply.send({ options });
  });

  app.post('/sign-in/passkey', openSessionOptions, async (request, reply) => {
    const form = readForm(PasskeyForm, request.body);
    if (!form.ok) return again(request, reply, wrongPasskey);
    const { answer, challenge } = form.values;
    const asked = { challenge, purpose: 'sign in by passkey' as const, boundTo: identifyBrowser(request, keys) };
    const pendingChallenge = await findChallenge(request.db, asked);
    const known = await findPasskey(request.db, Buffer.from(answer.id, 'base64url'));
    const former = await findPreviousSession(request.db, findSessionToken(request));
    await request.work.endReading();
    if (!pendingChallenge) {
      refusals.note(request.work, 'sign-in.refused', known?.memberId ?? null, 'passkey not asked for');
      return again(request, reply, expiredSignIn);
    }
    const shown = known && (await verifyAuthentication(site, challenge, answer, known));
    if (!known || !shown) {
      refusals.note(request.work, 'sign-in.refused', known?.memberId ?? null, 'passkey');
      await discardChallenge(requestServices.databases, challenge, request.now);
      return again(request, reply, wrongPasskey);
    }
    const arrival: CompletedSignIn = {
      memberId: known.memberId,
      method: 'passkey',
      carried: SignInContext.parse(request.body),
      former,
      ...(shown.wentBack && { reason: 'the counter of the passkey went back' }),
      use: async (tx) => {
        if (!(await consumeChallenge(tx, challenge))) return false;
        await recordPasskeyUse(tx, known.id, shown.counter);
        if (shown.wentBack)
          await addSignInNotice(tx, known.memberId, 'A passkey of yours counted backwards, as a copy of it would.');
        return true;
      },
    };
    const opened = await completeSignIn(request, arrival);
    if (!opened.ok) return again(request, reply, expiredSignIn);
    return answerSignedIn(request, reply, keys, arrival, opened.value);
  });

  app.get('/signed-in', may('credential.read', z.unknown(), NextQuery), async (request, reply) => {
    const { memberId, startedAt = request.now } = request.actor;
    const notices = await listUnseenNotices(request.db, memberId, startedAt);
    if (notices.length > 0)
      await request.change('notices.read', memberId, async (tx) =>
        accept(await markNoticesSeen(tx, memberId, startedAt, request.now)),
      );
    return reply.page('platform/page', noticesPage(notices, toStaffAddress(request.query.next)));
  });

  app.post('/sign-out', may('session.own'), async (request, reply) => {
    const token = findSessionToken(request);
    if (token) {
      await request.change(
        'session.closed',
        request.actor.memberId,
        async (tx) => accept(await closeSession(tx, token)),
        {
          kind: 'erasure',
        },
      );
    }
    return answerSignedOut(reply, request.actor.sharedWorkstation === true);
  });
}
