/** What a witness may ask: the log's keys, its latest checkpoint, the proof that it grew; and to leave its cosignature. Each request is signed; nobody signs in. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { StoreName } from '../../platform/access-policy/access.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { accept } from '../../vocabulary/result.ts';
import { type PublicKey, readCheckpoint } from '../sealing/checkpoint.ts';
import {
  addCosignature,
  findCheckpoint,
  findConsistencyProof,
  findLatestCheckpoint,
  findWitness,
  listKeys,
} from './store.ts';
import { type CosignRefusal, readClaim, readCosignature, verifyClaim } from './witness.ts';

const Sizes = z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) });

/** One answer for every refused claim: it does not tell which witnesses are registered. */
const claimRefusedMessage =
  'This request was refused. Check that the witness is registered on the page “Log details”, uses its registered key, and has the right time.';
const cosignMessages: Record<CosignRefusal, string> = {
  'no checkpoint': 'What was sent is no checkpoint.',
  'not ours': 'What was sent is no checkpoint of this log.',
  'not cosigned': 'The registered key has not cosigned this checkpoint.',
  'of another time': 'This was cosigned at another time.',
};

/** Answers at the next full beat, so that the time taken reveals nothing. */
async function sendAtNextInterval(
  request: Request,
  reply: FastifyReply,
  code: number,
  text: string,
): Promise<FastifyReply> {
  await request.work.waitForInterval();
  return reply
    .code(code)
    .type('text/plain; charset=utf-8')
    .send(text.endsWith('\n') ? text : `${text}\n`);
}

type KnownWitness = { readonly id: string; readonly key: PublicKey };

/** Checks who asks, and only then begins to read the log. Undefined when the refusal has been sent. */
async function authenticateWitness(request: Request, reply: FastifyReply): Promise<KnownWitness | undefined> {
  const claim = readClaim(request.headers.authorization);
  const witness = claim && (await request.under('witness.known', (db) => findWitness(db, claim.name)));
  const body = typeof request.body === 'string' ? request.body : '';
  const key = claim && verifyClaim(witness, claim, { method: request.method, url: request.url, body }, request.now);
  if (!witness || !key) {
    await sendAtNextInterval(request, reply, 401, claimRefusedMessage);
    return undefined;
  }
  await request.work.begin(undefined);
  return { id: witness.id, key };
}

const prefixOf: Record<StoreName, string> = { main: '', safeguarding: 'safeguarding ' };

export async function witnessRoutes(app: App): Promise<void> {
  for (const store of ['main', 'safeguarding'] as const) {
    const path = `/log/witness/${store}`;
    const [read, cosign] = [`${prefixOf[store]}log.checkpoint`, `${prefixOf[store]}log.cosign`];
    const signed = (action: string) => ({
      config: { action, signed: true, rateLimit: { max: 240, timeWindow: 60_000 } },
    });

    app.get(`${path}/keys`, { ...may(read), ...signed(read) }, async (request, reply) => {
      if (!(await authenticateWitness(request, reply))) return reply;
      const keys = await listKeys(request.db);
      return sendAtNextInterval(request, reply, 200, keys.join('\n'));
    });

    app.get(`${path}/checkpoint`, { ...may(read), ...signed(read) }, async (request, reply) => {
      if (!(await authenticateWitness(request, reply))) return reply;
      const note = await findLatestCheckpoint(request.db);
      if (!note) return sendAtNextInterval(request, reply, 404, 'Nothing is sealed in this log yet.');
      return sendAtNextInterval(request, reply, 200, note);
    });

    app.get(`${path}/consistency`, { ...may(read, z.unknown(), Sizes), ...signed(read) }, async (request, reply) => {
      if (!(await authenticateWitness(request, reply))) return reply;
      const { from, to } = request.query;
      const proof = await findConsistencyProof(request.db, from, to);
      if (!proof)
        return sendAtNextInterval(request, reply, 404, `This log has no checkpoints of ${from} and ${to} leaves.`);
      return sendAtNextInterval(request, reply, 200, proof.map((hash) => hash.toString('base64')).join('\n'));
    });

    app.post(`${path}/cosignatures`, { ...may(cosign), ...signed(cosign) }, async (request, reply) => {
      const known = await authenticateWitness(request, reply);
      if (!known) return reply;
      const posted = typeof request.body === 'string' ? request.body : '';
      const stored = await findCheckpoint(request.db, readCheckpoint(posted)?.size ?? 0);
      const cosigned = await request.change('log.cosigned', known.id, async (tx) => {
        const found = readCosignature(posted, stored, known.key, request.now);
        if (!found.ok) return found;
        return accept(await addCosignature(tx, { ...found.value, witness: known.key.name }));
      });
      if (!cosigned.ok) return sendAtNextInterval(request, reply, 422, cosignMessages[cosigned.refusal]);
      return sendAtNextInterval(request, reply, 200, 'Thank you.');
    });
  }
}
