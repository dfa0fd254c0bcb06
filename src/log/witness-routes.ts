/** What a witness may ask: the log's keys, its latest checkpoint, the proof that it grew; and to leave its cosignature. Each request is signed; nobody signs in. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { StoreName } from '../platform/access.ts';
import { type App, may, type Request } from '../platform/http.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { type PublicKey, readCheckpoint } from './note.ts';
import { addCosignature, findCheckpoint, findWitness, latestCheckpoint, listKeys, proofBetween } from './store.ts';
import { type ClaimRefusal, type CosignRefusal, cosignatureIn, knownBy, readClaim } from './witness.ts';

const Sizes = z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) });

const claimWords: Record<ClaimRefusal, string> = {
  'not known':
    'No witness of this name is registered. Its partner’s data-protection lead registers it on the page “The log”.',
  'not of now': 'This request was signed at another time. Set the clock of the witness.',
  'not signed': 'This request was not signed by the key that is registered.',
};
const cosignWords: Record<CosignRefusal, string> = {
  'no checkpoint': 'What was sent is no checkpoint.',
  'not ours': 'What was sent is no checkpoint of this log.',
  'not cosigned': 'The registered key has not cosigned this checkpoint.',
  'of another time': 'This was cosigned at another time.',
};

const say = (reply: FastifyReply, code: number, text: string): FastifyReply =>
  reply
    .code(code)
    .type('text/plain; charset=utf-8')
    .send(text.endsWith('\n') ? text : `${text}\n`);

type Known = { readonly id: string; readonly key: PublicKey };

/** The witness that asks; undefined when the refusal has been sent. Ends what was read before. */
async function knownWitness(request: Request, reply: FastifyReply): Promise<Known | undefined> {
  const claim = readClaim(request.headers.authorization);
  const witness = claim && (await request.under('witness.known', (db) => findWitness(db, claim.name)));
  const body = typeof request.body === 'string' ? request.body : '';
  const known = claim
    ? knownBy(witness, claim, { method: request.method, url: request.url, body }, request.now)
    : refuse('not signed' as const);
  if (known.ok && witness) return { id: witness.id, key: known.value };
  say(reply, 401, claimWords[known.ok ? 'not known' : known.refusal]);
  return undefined;
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
      const keys = await listKeys(request.db);
      if (!(await knownWitness(request, reply))) return reply;
      return say(reply, 200, keys.join('\n'));
    });

    app.get(`${path}/checkpoint`, { ...may(read), ...signed(read) }, async (request, reply) => {
      const note = await latestCheckpoint(request.db);
      if (!(await knownWitness(request, reply))) return reply;
      return note ? say(reply, 200, note) : say(reply, 404, 'Nothing is sealed in this log yet.');
    });

    app.get(`${path}/consistency`, { ...may(read, z.unknown(), Sizes), ...signed(read) }, async (request, reply) => {
      const { from, to } = request.query;
      const claimed = readClaim(request.headers.authorization);
      const proof = claimed && (await proofBetween(request.db, from, to));
      if (!(await knownWitness(request, reply))) return reply;
      if (!proof) return say(reply, 404, `This log has no checkpoints of ${from} and ${to} leaves.`);
      return say(reply, 200, proof.map((hash) => hash.toString('base64')).join('\n'));
    });

    app.post(`${path}/cosignatures`, { ...may(cosign), ...signed(cosign) }, async (request, reply) => {
      const posted = typeof request.body === 'string' ? request.body : '';
      const stored = await findCheckpoint(request.db, readCheckpoint(posted)?.size ?? 0);
      const known = await knownWitness(request, reply);
      if (!known) return reply;
      const cosigned = await request.change('log.cosigned', known.id, async (tx) => {
        const found = cosignatureIn(posted, stored, known.key, request.now);
        if (!found.ok) return found;
        return accept(await addCosignature(tx, { ...found.value, witness: known.key.name }));
      });
      if (!cosigned.ok) return say(reply, 422, cosignWords[cosigned.refusal]);
      return say(reply, 200, 'Thank you.');
    });
  }
}
