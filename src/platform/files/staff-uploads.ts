/** Staff forms with files. The fields before the first file are read and validated like any form; the file stays in the connection until the route accepts it. */
import { createHash } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';
import type { App } from '../http/server.ts';
import { bodyOf, readUploads, type Sent, type TakesFile } from './public-uploads.ts';

type Waiting = { readonly sent: Promise<Sent>; readonly go: (taker: TakesFile | undefined) => void };

const waiting = new WeakMap<object, Waiting>();

/** Routes whose form may contain files. A file that no route accepts is discarded. */
export async function withFiles(app: App, routes: (here: App) => Promise<void>): Promise<void> {
  await app.register(async (plain) => {
    const here = plain as unknown as App;
    plain.addContentTypeParser('multipart/form-data', (request: FastifyRequest, stream, done) => {
      const { promise, resolve } = Promise.withResolvers<TakesFile | undefined>();
      let read = false;
      const goOn = (error: Error | null, body?: object): void => {
        if (read) return;
        read = true;
        done(error, body);
      };
      const sent = readUploads(stream, request.raw.headers, (answers) => {
        goOn(null, bodyOf(answers));
        return promise;
      });
      sent.then(
        ({ answers }) => goOn(null, bodyOf(answers)),
        () => goOn(new Problem('bad request', 'the form did not arrive whole')),
      );
      waiting.set(request, { sent, go: resolve });
    });
    plain.addHook('onResponse', async (request) => waiting.get(request)?.go(undefined));
    plain.addHook('onRequestAbort', async (request) => waiting.get(request)?.go(undefined));
    await routes(here);
  });
}

/** The result for each file in the form. No database connection is held while they arrive. */
export async function takeFiles(request: FastifyRequest, taker: TakesFile | undefined): Promise<readonly unknown[]> {
  await request.work.endReading();
  const form = waiting.get(request);
  if (!form) return [];
  const hashes: string[] = [];
  form.go(taker && hashing(taker, hashes));
  try {
    const { brought } = await form.sent;
    request.work.form?.addFiles(hashes);
    return brought;
  } catch {
    throw new Problem('bad request', 'the form did not arrive whole');
  }
}

/** Hashes each file as it arrives, so that a repeat with another file can be distinguished. */
function hashing(taker: TakesFile, hashes: string[]): TakesFile {
  return {
    drop: () => taker.drop(),
    take: async ({ name, content }) => {
      const hash = createHash('sha256');
      const hashed = new Transform({
        transform: (piece: Buffer, _encoding, done) => {
          hash.update(piece);
          done(null, piece);
        },
      });
      pipeline(content, hashed, () => {});
      const taken = await taker.take({ name, content: hashed });
      hashes.push(hash.digest('hex'));
      return taken;
    },
  };
}
