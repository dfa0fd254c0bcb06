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
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { actionOf } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { allKeyPairs, currentKeyPair, openFileDescription, openFileKey } from '../sealing/sealed-report.ts';
import { wrapForUnit } from '../sealing/sealing.ts';
import { filePage, type OpenFile } from './pages.ts';
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
    /** By which a new copy is sealed. */
    currentPair: () => currentKeyPair(keys, line),
    opened: (file: files.ReportFile): OpenFile => ({ ...file, said: openFileDescription(pairs(), line, file) }),
    /** Of the file as it came; undefined once that was destroyed. */
    originalKey: ({ id, sealedKey }: files.ReportFile): FileKey | undefined =>
      sealedKey ? { id, key: openFileKey(pairs(), fileKeyName(id), sealedKey), side: 'as it came' } : undefined,
  };
}

export const fileRoutes =
  (line: IntakeLine) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    const { file: filePath } = reportPaths[line];
    const opener = createFileOpener(line, parts);
    cleaningRoutes(line, app, opener);
    copyRoutes(line, app, opener);

    app.get(filePath.route, may(actionOf(line, 'report file.read'), FilePath), async (request, reply) => {
      const file = await viewFile(opener, request, request.params.id, ['about']);
      const missing = file.sealedKey !== null && !(await opener.folder.holds(line, file.id));
      return reply.case(filePage(line, file, { missing }));
    });
  };

type FileOpener = ReturnType<typeof createFileOpener>;

const viewFile = async (
  { opened }: FileOpener,
  request: Request,
  id: string,
  fields: readonly string[],
): Promise<OpenFile> => opened(await files.getFile(request.look('file.shown', id, { fields }), id));

/** The copy is kept in the folder before the row says so, and what is then of no use is destroyed: not one transaction. */
function cleaningRoutes(line: IntakeLine, app: App, opener: FileOpener): void {
  const { folder, currentPair, originalKey } = opener;
  const paths = reportPaths[line];
  app.post(paths.fileCleaning.route, may(actionOf(line, 'report file.clean'), FilePath), async (request, reply) => {
    const { id } = request.params;
    const here = paths.file(id);
    const file = await viewFile(opener, request, id, ['content']);
    const key = file.state === 'waiting' ? originalKey(file) : undefined;
    const bytes = key && (await folder.open(line, key));
    if (!bytes || !isCopyable(file.said.kind)) return reply.redirect(here, 303);
    const made = await clean(file.said.kind, bytes);
    const copyId = newTimelessId<'file'>();
    const copyKey = await newFileKey();
    if (made.ok)
      await folder.save(line, { id: copyId, key: copyKey, side: 'working copy' }, encodeCopy(made.value), request.now);
    const saved = await request.change('file.cleaned', id, async (tx) => {
      const now = await files.lockFile(tx, id);
      if (now.state !== 'waiting') return refuse('cleaned meanwhile');
      const wrapped = wrapForUnit(currentPair(), copyKeyName(copyId), copyKey);
      await files.saveCleaned(tx, id, cleanedValues(file, made, copyId, wrapped));
      return accept(true);
    });
    if (!saved.ok) await folder.destroy(copyId, line);
    else if (!file.keepsOriginal) await folder.destroy(id, line);
    return reply.redirect(here, 303);
  });
}

function copyRoutes(line: IntakeLine, app: App, opener: FileOpener): void {
  app.get(
    reportPaths[line].fileCopy.route,
    { ...may(actionOf(line, 'report file.read'), FilePath, PartQuery), ...isolatedResponse },
    async (request, reply) => {
      const file = await viewFile(opener, request, request.params.id, ['content']);
      if (!file.copyId || !file.copyKey) throw notFound('copy');
      const key = openFileKey(opener.pairs(), copyKeyName(file.copyId), file.copyKey);
      const bytes = await opener.folder.open(line, { id: file.copyId, key, side: 'working copy' });
      if (!bytes) throw notFound('copy');
      const { type, parts } = decodeCopy(bytes);
      const part = parts[request.query.part - 1];
      if (!part) throw notFound('part');
      return reply.type(type).send(part);
    },
  );
}

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
