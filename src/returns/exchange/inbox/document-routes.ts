/** Routes of received documents: add files, list every version, read one. */
import { z } from 'zod';
import type { FileReceiver } from '../../../platform/files/public-uploads.ts';
import { receiveFiles, registerUploadRoutes } from '../../../platform/files/staff-uploads.ts';
import { type App, IdPath, may, type Request } from '../../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../../platform/rendering/paging.ts';
import { newId } from '../../../vocabulary/ids.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { accept } from '../../../vocabulary/result.ts';
import { maxDocumentBytes } from '../document/reading.ts';
import * as store from '../store.ts';
import { type Arrived, judgeArrival } from './arrival.ts';
import { describeAdded, documentPage, documentsPage, maxFiles, uploadErrors, uploadPage } from './document-pages.ts';
import { type ReadWeek, readWeek } from './reading-week.ts';

const AddedCount = z.coerce.number().int().min(0).max(maxFiles).optional().catch(undefined);
const DocumentsQuery = PageQuery.extend({ added: AddedCount, before: AddedCount });

const DocumentQuery = z.object({ key: z.literal('registered').optional().catch(undefined) });

type CameFile = { readonly name: string; readonly arrived: Arrived | undefined };

/** Takes each file into memory, as far as a signed return can be long. */
const collectFiles = (): FileReceiver => ({
  drop: async () => {},
  take: async ({ name, content }): Promise<CameFile | undefined> => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of content as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes <= maxDocumentBytes) pieces.push(piece);
    }
    if (bytes === 0 && name === '') return undefined;
    return { name, arrived: bytes <= maxDocumentBytes ? judgeArrival(Buffer.concat(pieces)) : undefined };
  },
});

export async function documentRoutes(app: App): Promise<void> {
  app.get(exchangePaths.upload.route, may('received return.upload', IdPath), async (request, reply) =>
    reply.form(uploadPage(await store.getWeek(request.db, request.params.id))),
  );

  await registerUploadRoutes(app, async (here) => {
    here.post(exchangePaths.upload.route, may('received return.upload', IdPath), async (request, reply) => {
      const week = await store.getWeek(request.db, request.params.id);
      const came = (await receiveFiles(request, collectFiles())).filter((one) => one !== undefined) as CameFile[];
      const wrong = came.length === 0 ? 'no file' : came.some(({ arrived }) => !arrived) ? 'too large' : undefined;
      if (wrong) return reply.form(uploadPage(week), {}, uploadErrors[wrong]);
      const added = await keepFiles(request, week, came);
      return reply.redirect(
        withQuery(exchangePaths.documents(week.id), { added, before: came.length - added || undefined }),
        303,
      );
    });
  });

  app.get(
    exchangePaths.documents.route,
    may('received return.read', IdPath, DocumentsQuery),
    async (request, reply) => {
      const { page, added, before } = request.query;
      const read = await readWeek(request.db, request.params.id, request.now);
      const listed = await store.paginateDocuments(request.db, read.week.id, { page, size: pageSize });
      const pages = paginate(page, pageSize, listed.total, (number) =>
        withQuery(exchangePaths.documents(read.week.id), { page: number }),
      );
      const done = added === undefined ? undefined : describeAdded({ added, before: before ?? 0 });
      const shown = listed.documents.map((one) => withVerdict(one, read));
      return reply.list(documentsPage(read.week, shown, pages, done));
    },
  );

  app.get(exchangePaths.document.route, may('received return.read', IdPath, DocumentQuery), async (request, reply) => {
    const document = await store.getDocument(
      request.look('received return read', request.params.id),
      request.params.id,
    );
    const read = await readWeek(request.db, document.weekId, request.now);
    return reply.sections(documentPage(read.week, withVerdict(document, read), request.query.key === 'registered'));
  });
}

const withVerdict = (one: Omit<store.DocumentRow, 'content'>, { judged, kept }: ReadWeek) => ({
  ...one,
  verdict: judged.verdicts.get(one.id) ?? ('not a return' as const),
  document: kept.find(({ id }) => id === one.id)?.document ?? null,
});

/** One transaction for all; gives how many had not come before. */
async function keepFiles(request: Request, week: store.NamedWeek, came: readonly CameFile[]): Promise<number> {
  const kept = await request.change(
    'received returns.added',
    week.id,
    async (tx) => {
      let added = 0;
      for (const { name, arrived } of came)
        if (arrived)
          added += await store.addDocumentOnce(tx, {
            ...{ id: newId<'exchange document'>(), weekId: week.id, receivedAt: request.now },
            ...{ receivedBy: request.actor.memberId, fileName: name.slice(0, 200) || null },
            ...arrived,
          });
      return accept(added);
    },
    { kind: 'collection' },
  );
  return kept.ok ? kept.value : 0;
}
