/** Takes a signed return from a program by HTTPS, and serves the JSON Schemas. Nobody signs in: the signature in the document is checked first. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { checkViolation, codeOf, foreignKeyViolation, uniqueViolation } from '../../../platform/database/violations.ts';
import { notFound } from '../../../platform/http/problem.ts';
import { type App, fromMemory, may, type Request, typed } from '../../../platform/http/server.ts';
import { newId } from '../../../vocabulary/ids.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { accept } from '../../../vocabulary/result.ts';
import { formatSchema, jsonSchemas } from '../document/json-schema.ts';
import { maxDocumentBytes } from '../document/reading.ts';
import { addDocument, type ExchangeWeekId } from '../store.ts';
import { judgeArrival } from './arrival.ts';

const WeekQuery = z.object({ week: z.uuid() });
const SchemaPath = z.object({ name: z.string().max(80) });

export async function receiveRoutes(app: App): Promise<void> {
  app.get(exchangePaths.schema.route, { ...fromMemory, schema: { params: SchemaPath } }, async (request, reply) => {
    const schema = Object.hasOwn(jsonSchemas, request.params.name) ? jsonSchemas[request.params.name] : undefined;
    if (!schema) throw notFound('page');
    return reply.type('application/schema+json; charset=utf-8').send(formatSchema(schema));
  });

  await app.register(async (plain) => {
    const here = typed(plain);
    for (const type of ['application/json', 'application/octet-stream'])
      here.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: maxDocumentBytes }, (_request, body, done) =>
        done(null, body),
      );
    const sending = may('received return.send', z.unknown(), WeekQuery);
    here.post(
      exchangePaths.receive.route,
      {
        ...sending,
        bodyLimit: maxDocumentBytes,
        config: {
          action: 'received return.send',
          signed: true,
          verbatim: true,
          rateLimit: { max: 60, timeWindow: 60_000 },
        },
      },
      async (request, reply) => receive(request, reply, request.query.week),
    );
  });
}

export const say = (reply: FastifyReply, code: number, answer: object): FastifyReply =>
  reply
    .code(code)
    .type('application/json; charset=utf-8')
    .send(`${JSON.stringify(answer)}\n`);

/** What is no signed return is refused at once, and kept nowhere: only a coordinator's own uploads are. */
async function receive(request: Request, reply: FastifyReply, weekId: string): Promise<FastifyReply> {
  const arrived = Buffer.isBuffer(request.body) ? judgeArrival(request.body) : undefined;
  if (!arrived || arrived.publicKey === null) {
    await request.work.waitForInterval();
    const why = arrived?.arrival ?? 'not a return';
    return say(reply, 422, { received: false, why });
  }
  await request.work.begin(undefined);
  const kept = await keep(request, weekId as ExchangeWeekId, arrived);
  await request.work.waitForInterval();
  if (kept === 'no week') return say(reply, 404, { received: false, why: 'no such week' });
  if (kept === 'too many') return say(reply, 429, { received: false, why: 'too many returns of unknown keys' });
  return say(reply, kept === 'before' ? 200 : 201, {
    received: true,
    before: kept === 'before',
    digest: arrived.digest,
    addsUp: arrived.arrival === 'readable',
    faults: arrived.faults,
  });
}

const outcomes: Readonly<Record<string, 'no week' | 'before' | 'too many'>> = {
  [foreignKeyViolation]: 'no week',
  [uniqueViolation]: 'before',
  [checkViolation]: 'too many',
};

async function keep(request: Request, weekId: ExchangeWeekId, arrived: NonNullable<ReturnType<typeof judgeArrival>>) {
  try {
    await request.change('received return.sent', weekId, async (tx) =>
      accept(
        await addDocument(tx, {
          ...{ id: newId<'exchange document'>(), weekId, receivedAt: request.now },
          ...{ receivedBy: null, fileName: null },
          ...arrived,
        }),
      ),
    );
    return 'kept';
  } catch (error) {
    const outcome = outcomes[codeOf(error)];
    if (outcome === undefined) throw error;
    return outcome;
  }
}
