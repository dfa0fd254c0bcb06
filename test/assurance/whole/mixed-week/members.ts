/** The cast of the demonstration at a running server: each signs in by password, and works as one member would. */
import type { FastifyInstance } from 'fastify';
import type { Player, Stage } from '../../../../src/demonstration/application-player.ts';
import { Walker } from '../../../../src/demonstration/staff-walker.ts';
import { sessionCookie } from '../../../../src/platform/http/sites.ts';
import { exampleEmail, type MemberKey, members } from '../../../../src/tour/index.ts';
import { signInPaths } from '../../../../src/vocabulary/paths/identity.ts';
import { openTestClient, type TestClient } from '../../../harness/browsing.ts';

export type SignIn = (who: MemberKey) => Promise<string>;

/** Gives the session. Anything but a session is an error. */
export const signInAt =
  (app: FastifyInstance, password: string): SignIn =>
  async (who) => {
    const member = members.find(({ key }) => key === who);
    if (!member) throw new Error(`the cast has no ${who}`);
    const answer = await openTestClient(app).post(signInPaths.signIn(), { email: exampleEmail(member), password });
    const session = answer.cookies.find(({ name }) => name === sessionCookie)?.value;
    if (answer.statusCode !== 303 || !session)
      throw new Error(`${who} signed in and was answered ${answer.statusCode}`);
    return session;
  };

export type Shift = {
  readonly stage: Stage;
  readonly as: (who: MemberKey) => Promise<TestClient>;
};

/** One piece of work: each member who takes part signs in once. The server has its own clock, so the stage sets none. */
export function openShift(app: FastifyInstance, signIn: SignIn): Shift {
  const sessions = new Map<MemberKey, Promise<string>>();
  const sessionOf = (who: MemberKey): Promise<string> => {
    const known = sessions.get(who) ?? signIn(who);
    sessions.set(who, known);
    return known;
  };
  const walkers = new Map<MemberKey, Promise<Walker>>();
  const walkerOf = (who: MemberKey): Promise<Walker> => {
    const known = walkers.get(who) ?? sessionOf(who).then((session) => new Walker(app, session));
    walkers.set(who, known);
    return known;
  };
  const as = (who: MemberKey): Player => ({
    read: async (...given) => (await walkerOf(who)).read(...given),
    fill: async (...given) => (await walkerOf(who)).fill(...given),
    fillBoth: async (...given) => (await walkerOf(who)).fillBoth(...given),
    fillForPage: async (...given) => (await walkerOf(who)).fillForPage(...given),
    fillAfterFile: async (...given) => (await walkerOf(who)).fillAfterFile(...given),
    follow: async (...given) => (await walkerOf(who)).follow(...given),
    ledTo: async (...given) => (await walkerOf(who)).ledTo(...given),
    ledToAfter: async (...given) => (await walkerOf(who)).ledToAfter(...given),
  });
  return {
    stage: { as, at: () => {}, notBefore: () => {} },
    as: async (who) => openTestClient(app, await sessionOf(who)),
  };
}
