/** Staff forms with files. The fields before the first file are read and validated like any form; the file stays in the connection until the route accepts it. */
import { createHash } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';
import { type App, typed } from '../http/server.ts';
import { type FileReceiver, readUploads, toFormBody, type UploadedForm } from './public-uploads.ts';

type PendingUpload = { readonly sent: Promise<UploadedForm>; readonly go: (taker: FileReceiver | undefined) => void };

const pendingUploads = new WeakMap<object, PendingUpload>();

/** Routes whose form may contain files. A file that no route accepts is discarded. */
export async function registerUploadRoutes(app: App, routes: (here: App) => Promise<void>): Promise<void> {
  await app.register(async (plain) => {
    plain.addContentTypeParser('multipart/form-data', (request: FastifyRequest, stream, done) => {
      const { promise, resolve } = Promise.withResolvers<FileReceiver | undefined>();
      let read = false;
      const goOn = (error: Error | null, body?: object): void => {
        if (read) return;
        read = true;
        done(error, body);
      };
      const sent = readUploads(stream, request.raw.headers, (_, all) => {
        goOn(null, toFormBody(all));
        return promise;
      });
      sent.then(
        ({ answers }) => goOn(null, toFormBody(answers)),
        () => goOn(new Problem('bad request', 'the form did not arrive whole')),
      );
      pendingUploads.set(request, { sent, go: resolve });
    });
    plain.addHook('onResponse', async (request) => pendingUploads.get(request)?.go(undefined));
    plain.addHook('onRequestAbort', async (request) => pendingUploads.get(request)?.go(undefined));
    await routes(typed(plain));
  });
}

/** The result for each file in the form. No database connection is held while they arrive. */
export async function receiveFiles(
  request: FastifyRequest,
  taker: FileReceiver | undefined,
): Promise<readonly unknown[]> {
  await request.work.endReading();
  const form = pendingUploads.get(request);
  if (!form) return [];
  const hashes: string[] = [];
  form.go(taker && withHashes(taker, hashes));
  try {
    const { brought } = await form.sent;
    request.work.form?.addFileHashes(hashes);
    return brought;
  } catch {
    throw new Problem('bad request', 'the form did not arrive whole');
  }
}

/** Hashes each file as it arrives, so that a repeat with another file can be distinguished. */
const withHashes = (taker: FileReceiver, hashes: string[]): FileReceiver => ({
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
});
