/** Signing in by a code or a recovery code after the password, and by passkey. */
import { randomBytes } from 'node:crypto';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { codeBuckets } from '../../platform/throttle/throttle.ts';
import type { CountedTry } from '../../platform/throttle/throttle-store.ts';
import { answerTooMany } from '../../platform/throttle/too-many.ts';
import { signInPaths } from '../../vocabulary/paths/identity.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import {
  answerSignedIn,
  type CompletedSignIn,
  completeSignIn,
  findKnownDevice,
  findSessionToken,
  identifyBrowser,
} from '../sessions/open-session.ts';
import { findTimeStep, openSecret, type SealedSecret } from './code.ts';
import type { Mode } from './credential.ts';
import { CodeForm, PasskeyForm, SignInContext } from './forms.ts';
import { codeErrors, codePage, expiredSignIn, signInPage, waitToEnterCode, wrongPasskey } from './pages.ts';
import {
  createAuthenticationOptions,
  type KnownPasskey,
  relyingPartyOf,
  type VerifiedPasskey,
  verifyAuthentication,
} from './passkey.ts';
import { findMatchingCode, type StoredRecoveryCode } from './recovery.ts';
import * as store from './store.ts';

/** No limit for each address here: hundreds of people share one, and wrong answers are counted by the throttle. */
export const openSessionOptions = may('session.open');

export const newChallenge = (): string => randomBytes(32).toString('base64url');

/** The sign-in page once more, with what was typed apart from the password. */
export const showSignIn = (mode: Mode, request: Request, reply: Reply, errors: FormErrors): Promise<string> =>
  reply.page('identity/sign-in/sign-in', signInPage(mode, answersOf(request.body), errors));

/** What a code is checked against. */
type CodeHolder = {
  readonly memberId: string;
  readonly generator: SealedSecret | undefined;
  readonly codes: readonly StoredRecoveryCode[];
};

export function codeSignInRoutes(app: App, parts: AreaParts): void {
  const { keys, throttle, mode } = parts;
  app.post(signInPaths.code.route, openSessionOptions, async (request, reply) => {
    const carried = SignInContext.parse(request.body);
    const form = readForm(CodeForm, request.body);
    const challenge = String(answersOf(request.body).challenge ?? '');
    const asked = { challenge, purpose: 'code' as store.ChallengePurpose, boundTo: identifyBrowser(request, keys) };
    const memberId = (await store.findChallenge(request.db, asked))?.memberId;
    if (!memberId) return showSignIn(mode, request, reply, expiredSignIn);
    const generator = await store.findCodeGenerator(request.db, memberId);
    const codes = await store.listUnusedRecoveryCodes(request.db, memberId);
    const former = await store.findPreviousSession(request.db, findSessionToken(request));
    await request.work.endReading();
    const showCodeForm = (errors: FormErrors) =>
      reply.form(codePage({ hasCode: generator !== undefined, challenge, carried }), {}, errors);
    if (!form.ok) return showCodeForm(form.errors);

    const typed = form.values.code.replace(/[\s-]/g, '');
    const isCode = /^\d{6}$/.test(typed);
    const buckets = codeBuckets({ account: memberId, device: findKnownDevice(request, keys, memberId) });
    const tried = { secret: isCode ? 'code' : 'recovery code', memberId, buckets } as const;
    const opened = await throttle.check(request.work, tried, async (counted) => {
      const holder = { memberId, generator, codes };
      const use = isCode
        ? await prepareCodeUse(counted, typed, holder, parts)
        : prepareRecoveryUse(counted, typed, holder, parts);
      return use ? signInByCode(request, { memberId, carried, former, challenge, isCode, use }) : refuse('wrong');
    });
    if ('seconds' in opened) return answerTooMany(reply, opened, showCodeForm(waitToEnterCode(opened.seconds)));
    if (!opened.ok) return showCodeForm(codeErrors[opened.refusal]);
    return answerSignedIn(request, reply, keys, opened.value.arrival, opened.value.session);
  });
}

/** Uses a code up; false where it was used before. */
type Use = (tx: Writer<AnyTables>) => Promise<boolean>;

/** Opened within the try: a code that was used before is a wrong answer, and gives no tries back. */
async function signInByCode(
  request: Request,
  {
    isCode,
    challenge,
    use,
    ...who
  }: Pick<CompletedSignIn, 'memberId' | 'carried' | 'former'> & {
    readonly isCode: boolean;
    readonly challenge: string;
    readonly use: Use;
  },
) {
  const arrival: CompletedSignIn = {
    ...who,
    method: isCode ? 'password and code' : 'recovery code',
    use: async (tx) => (await use(tx)) && store.consumeChallenge(tx, challenge),
  };
  const session = await completeSignIn(request, arrival);
  return session.ok ? accept({ arrival, session: session.value }) : session;
}

async function prepareCodeUse(
  counted: CountedTry,
  typed: string,
  { memberId, generator }: CodeHolder,
  { keys, clock }: AreaParts,
): Promise<Use | undefined> {
  if (!generator) return undefined;
  const step = await findTimeStep(counted, typed, openSecret(keys, memberId, generator), clock.now());
  return step === undefined ? undefined : (tx) => store.consumeTimeStep(tx, memberId, step);
}

function prepareRecoveryUse(
  counted: CountedTry,
  typed: string,
  { memberId, codes }: CodeHolder,
  { keys }: AreaParts,
): Use | undefined {
  const recovery = findMatchingCode(counted, keys, typed, codes);
  if (!recovery) return undefined;
  return async (tx) => {
    await store.addSignInNotice(tx, memberId, `A recovery code was used to sign in. ${codes.length - 1} are left.`);
    return store.consumeRecoveryCode(tx, recovery);
  };
}

export function passkeySignInRoutes(app: App, { keys, requestServices, mode, origin }: AreaParts): void {
  const site = relyingPartyOf(origin);
  const { refusals } = app;

  app.post(signInPaths.askForPasskey.route, openSessionOptions, async (request, reply) => {
    await request.work.endReading();
    const options = await createAuthenticationOptions(site);
    const { challenge } = options;
    const boundTo = identifyBrowser(request, keys);
    await store.startChallenge(
      requestServices.databases,
      { challenge, purpose: 'passkey sign-in', boundTo },
      request.now,
    );
    return reply.send({ options });
  });

  app.post(signInPaths.passkey.route, openSessionOptions, async (request, reply) => {
    const form = readForm(PasskeyForm, request.body);
    if (!form.ok) return showSignIn(mode, request, reply, wrongPasskey);
    const { answer, challenge } = form.values;
    const asked = { challenge, purpose: 'passkey sign-in' as const, boundTo: identifyBrowser(request, keys) };
    const pendingChallenge = await store.findChallenge(request.db, asked);
    const known = await store.findPasskey(request.db, Buffer.from(answer.id, 'base64url'));
    const former = await store.findPreviousSession(request.db, findSessionToken(request));
    await request.work.endReading();
    if (!pendingChallenge) {
      refusals.note(request.work, 'sign-in.refused', known?.memberId ?? null, 'passkey not asked for');
      return showSignIn(mode, request, reply, expiredSignIn);
    }
    const shown = known && (await verifyAuthentication(site, challenge, answer, known));
    if (!known || !shown) {
      refusals.note(request.work, 'sign-in.refused', known?.memberId ?? null, 'passkey');
      await store.discardChallenge(requestServices.databases, challenge, request.now);
      return showSignIn(mode, request, reply, wrongPasskey);
    }
    const carried = SignInContext.parse(request.body);
    const arrival = passkeyArrival({ known, shown, challenge }, { carried, former });
    const opened = await completeSignIn(request, arrival);
    if (!opened.ok) return showSignIn(mode, request, reply, expiredSignIn);
    return answerSignedIn(request, reply, keys, arrival, opened.value);
  });
}

/** A counter that went back is told to the owner and logged: a copy of the passkey would do that. */
const passkeyArrival = (
  {
    known,
    shown,
    challenge,
  }: { readonly known: KnownPasskey; readonly shown: VerifiedPasskey; readonly challenge: string },
  from: { readonly carried: SignInContext; readonly former: store.PreviousSession | undefined },
): CompletedSignIn => ({
  ...from,
  memberId: known.memberId,
  method: 'passkey',
  ...(shown.wentBack && { reason: 'the counter of the passkey went back' }),
  use: async (tx) => {
    if (!(await store.consumeChallenge(tx, challenge))) return false;
    await store.recordPasskeyUse(tx, known.id, shown.counter);
    if (shown.wentBack)
      await store.addSignInNotice(tx, known.memberId, 'A passkey of yours counted backwards, as a copy of it would.');
    return true;
  },
});
