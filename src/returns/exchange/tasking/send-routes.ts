/** Takes a signed tasking from a coordinator's program by HTTPS. Nobody signs in: the signature is checked, and the agency must have compared its key before. */
import { z } from 'zod';
import { checkViolation, codeOf, uniqueViolation } from '../../../platform/database/violations.ts';
import { type App, may, type Request, typed } from '../../../platform/http/server.ts';
import { type AgencyId, newId } from '../../../vocabulary/ids.ts';
import { taskingPaths } from '../../../vocabulary/paths/exchange.ts';
import { accept } from '../../../vocabulary/result.ts';
import { maxDocumentBytes } from '../document/reading.ts';
import { say } from '../inbox/receive-routes.ts';
import { readTaskingFile } from './received-routes.ts';
import { addTasking, type NewTasking } from './received-store.ts';

const AgencyQuery = z.object({ agency: z.uuid() });

export async function sendTaskingRoutes(app: App): Promise<void> {
  await app.register(async (plain) => {
    const here = typed(plain);
    for (const type of ['application/json', 'application/octet-stream'])
      here.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: maxDocumentBytes }, (_request, body, done) =>
        done(null, body),
      );
    const sending = may('tasking.send', z.unknown(), AgencyQuery);
    const config = {
      ...{ action: 'tasking.send', signed: true, verbatim: true },
      rateLimit: { max: 60, timeWindow: 60_000 },
    };
    here.post(
      taskingPaths.receive.route,
      { ...sending, bodyLimit: maxDocumentBytes, config },
      async (request, reply) => {
        const read = Buffer.isBuffer(request.body) ? readTaskingFile(request.body) : undefined;
        if (!read?.ok) {
          await request.work.waitForInterval();
          return say(reply, 422, { received: false, why: read?.refusal ?? 'no JSON' });
        }
        await request.work.begin(undefined);
        const kept = await keep(request, request.query.agency as AgencyId, read.value);
        await request.work.waitForInterval();
        if (kept === 'unknown key') return say(reply, 403, { received: false, why: kept });
        return say(reply, kept === 'before' ? 200 : 201, {
          ...{ received: true, before: kept === 'before' },
          digest: read.value.digest,
        });
      },
    );
  });
}

const outcomes: Readonly<Record<string, 'before' | 'unknown key'>> = {
  [uniqueViolation]: 'before',
  [checkViolation]: 'unknown key',
};

async function keep(
  request: Request,
  agencyId: AgencyId,
  came: Pick<NewTasking, 'document' | 'content' | 'digest'>,
): Promise<'kept' | 'before' | 'unknown key'> {
  const id = newId<'received tasking'>();
  try {
    await request.change('tasking.sent', id, async (tx) =>
      accept(await addTasking(tx, { id, agencyId, receivedAt: request.now, receivedBy: null, ...came })),
    );
    return 'kept';
  } catch (error) {
    const outcome = outcomes[codeOf(error)];
    if (outcome === undefined) throw error;
    return outcome;
  }
}
