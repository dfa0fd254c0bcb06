/** Routes for opening a file that came with a report, for all who may read the report. The clean copy is made on first request, and each view is logged. */
import { z } from 'zod';
import {
  type CleaningFailure,
  clean,
  decodeCopy,
  encodeCopy,
  type FileKey,
  FilesFolder,
  isCopyable,
  isolatedResponse,
  newFileKey,
  type WorkingCopy,
} from '../../platform/files/index.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { addressOf } from '../queue/pages.ts';
import { actionOf } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { allKeyPairs, openFileDescription, openFileKey } from '../sealing/sealed-report.ts';
import { wrapForUnit } from '../sealing/sealing.ts';
import { fileAddressOf, filePage, type OpenFile } from './pages.ts';
import { copyKeyName, fileKeyName } from './received-files.ts';
import * as files from './store.ts';

export const FilePath = z.object({ id: z.uuid() });
const PartQuery = z.object({ part: z.coerce.number().int().min(1).max(100).catch(1) });

/** What opens the files of one line: its keys and the folder where they lie. */
export function createFileOpener(line: IntakeLine, { keys, filesFolder }: Pick<AreaParts, 'keys' | 'filesFolder'>) {
  const folder = new FilesFolder(filesFolder);
  const pairs = () => allKeyPairs(keys, line);
  return {
    folder,
    pairs,
    opened: (file: files.ReportFile): OpenFile => ({ ...file, said: openFileDescription(pairs(), line, file) }),
    /** Of the file as it came; undefined once that was destroyed. */
    originalKey: ({ id, sealedKey }: files.ReportFile): FileKey | undefined =>
      sealedKey ? { id, key: openFileKey(pairs(), fileKeyName(id), sealedKey), side: 'as it came' } : undefined,
  };
}

export const fileRoutes =
  (line: IntakeLine) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    const path = fileAddressOf[line].replace('/staff', '');
    const { folder, pairs, opened, originalKey } = createFileOpener(line, parts);

    async function viewFile(request: Request, id: string, fields: readonly string[]): Promise<OpenFile> {
      return opened(await files.getFile(request.look('file.shown', id, { fields }), id));
    }

    /** As it came; undefined where it is not in the folder. */
    async function original(file: files.ReportFile): Promise<Buffer | undefined> {
      const key = originalKey(file);
      return key && folder.open(line, key);
    }

    app.get(`${path}/:id`, may(actionOf(line, 'report file.read'), FilePath), async (request, reply) => {
      const file = await viewFile(request, request.params.id, ['about']);
      const missing = file.sealedKey !== null && !(await folder.holds(line, file.id));
      return reply.page(
        'platform/page',
        filePage(line, file, { reportAddress: `${addressOf[line]}/${file.reportId}`, missing }),
      );
    });

    app.post(`${path}/:id/clean`, may(actionOf(line, 'report file.clean'), FilePath), async (request, reply) => {
      const { id } = request.params;
      const here = `${fileAddressOf[line]}/${id}`;
      const file = await viewFile(request, id, ['content']);
      const bytes = file.state === 'waiting' ? await original(file) : undefined;
      if (!bytes || !isCopyable(file.said.kind)) return reply.redirect(here, 303);
      const made = await clean(file.said.kind, bytes);
      const copyId = newTimelessId<'file'>();
      const key = await newFileKey();
      if (made.ok)
        await folder.save(line, { id: copyId, key, side: 'working copy' }, encodeCopy(made.value), request.now);
      const saved = await request.change('file.cleaned', id, async (tx) => {
        const now = await files.lockFile(tx, id);
        if (now.state !== 'waiting') return refuse('cleaned meanwhile');
        const wrapped = wrapForUnit(pairs()[0] as never, copyKeyName(copyId), key);
        await files.saveCleaned(tx, id, cleanedValues(file, made, copyId, wrapped));
        return accept(true);
      });
      if (!saved.ok) await folder.destroy(copyId, line);
      else if (!file.keepsOriginal) await folder.destroy(id, line);
      return reply.redirect(here, 303);
    });

    app.get(
      `${path}/:id/copy`,
      { ...may(actionOf(line, 'report file.read'), FilePath, PartQuery), ...isolatedResponse },
      async (request, reply) => {
        const file = await viewFile(request, request.params.id, ['content']);
        if (!file.copyId || !file.copyKey) throw notFound('copy');
        const key = openFileKey(pairs(), copyKeyName(file.copyId), file.copyKey);
        const bytes = await folder.open(line, { id: file.copyId, key, side: 'working copy' });
        if (!bytes) throw notFound('copy');
        const { type, parts } = decodeCopy(bytes);
        const part = parts[request.query.part - 1];
        if (!part) throw notFound('part');
        return reply.type(type).send(part);
      },
    );
  };

/** What is written down of it. As it came it goes, unless the reporter said that it may stay. */
const cleanedValues = (
  { keepsOriginal, sealedKey }: files.ReportFile,
  made: Result<WorkingCopy, CleaningFailure>,
  copyId: string,
  copyKey: Buffer,
): Parameters<typeof files.saveCleaned>[2] => ({
  sealedKey: keepsOriginal ? sealedKey : null,
  ...(made.ok
    ? { state: 'ready', copyId, copyKey, parts: made.value.parts.length }
    : { state: 'not cleaned', why: made.refusal }),
});
