/** Acts as a member without their password. Anyone with the database addresses could do so anyway; this way the member's roles, the row policies and the access log apply. */
import { access } from '../app.ts';
import { closeSession, findCredentials, lockSession, openSession, resolveActor } from '../identity/agencies/index.ts';
import { LookWriter } from '../platform/audit-hook/audit.ts';
import { Problem } from '../platform/http/problem.ts';
import { Work } from '../platform/http/request.ts';
import type { RequestServices } from '../platform/http/request-services.ts';
import type { Runtime } from '../platform/start.ts';
import { accept } from '../vocabulary/result.ts';
import { Refusal } from './command.ts';

export type MemberSession = {
  /** A piece of work for one action, as a request of the member's would be. Refuses what the roles do not allow. */
  readonly begin: (action: string) => Promise<Work>;
};

const commandLineReason = 'at the command line';

/** Opens a session for the member, does the work and always closes it; both are logged. Refuses an email address without an account. */
export async function actAsMember<Value>(
  { databases, clock }: Runtime,
  email: string,
  work: (acting: MemberSession) => Promise<Value>,
): Promise<Value> {
  const ground: RequestServices = {
    databases,
    access,
    holdSession: lockSession,
    resolveActor,
    looks: new LookWriter(databases),
  };
  const beginSessionWork = async (token?: string): Promise<Work> => {
    const signInWork = new Work(ground, access.action(token ? 'session.own' : 'session.open'), clock.now());
    await signInWork.begin(token);
    return signInWork;
  };
  const door = await beginSessionWork();
  const found = await findCredentials(door.db, email);
  if (!found) {
    await door.settle();
    throw new Refusal(`Nobody signs in with ${email}.`);
  }
  const { memberId } = found;
  const opened = await door.change(
    'session.opened',
    memberId,
    async (tx) =>
      accept(await openSession(tx, memberId, clock.now(), { method: 'command line', sharedWorkstation: false })),
    { kind: 'collection', reason: commandLineReason },
  );
  if (!opened.ok) throw new Error('unreachable: a session is never refused');
  const token = opened.value;
  try {
    return await work({
      begin: async (action) => {
        const piece = new Work(ground, access.action(action), clock.now());
        await piece.begin(token);
        return piece;
      },
    });
  } finally {
    // After half an hour of work the session has ended by itself.
    const leaving = await beginSessionWork(token).catch((error: unknown) => {
      if (error instanceof Problem && error.kind === 'not signed in') return undefined;
      throw error;
    });
    await leaving?.change('session.closed', memberId, async (tx) => accept(await closeSession(tx, token)), {
      kind: 'erasure',
      reason: commandLineReason,
    });
  }
}
