/** Routes of a release’s picture: add or change it with its clearance, see it, take it out. */
import { z } from 'zod';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { decodeCopy, FilesFolder, isolatedResponse } from '../../platform/files/index.ts';
import {
  chooseFileAgainError,
  discardFile,
  fileNotKept,
  makeCleanCopy,
  UploadedFile,
  type UploadRefusal,
  uploadError,
} from '../../platform/files/staff-copies.ts';
import { receiveFiles, registerUploadRoutes } from '../../platform/files/staff-uploads.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import {
  type App,
  type FormErrors,
  IdPath,
  may,
  type Reply,
  type Request,
  readForm,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { newId } from '../../vocabulary/ids.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { findPublication } from '../publication/store.ts';
import { AnySeenForm } from '../releases/forms.ts';
import { refusalErrors } from '../releases/refusals.ts';
import { edit, isOpen } from '../releases/release.ts';
import { getRelease, type Release } from '../releases/store.ts';
import { changeEvent, changeText, showRefusal } from '../releases/writing-routes.ts';
import { pictureForm } from './forms.ts';
import { picturePage, removePicturePage } from './pages.ts';
import { mostDots, type PublicPicture, type ReleasePicture, readJpegSize } from './picture.ts';
import { addPicture, getPictureBytes, keepPictures } from './store.ts';

/** Which picture a page means, so that a browser does not show the one before. */
const PictureQuery = z.object({ v: z.string().max(40).optional().catch(undefined) });

export async function pictureRoutes(app: App, parts: AreaParts): Promise<void> {
  const isolated = { ...may('release picture.read', IdPath, PictureQuery), ...isolatedResponse };
  app.get(releasePaths.pictureFile.route, isolated, async (request, reply) => {
    const { picture } = await getRelease(request.db, request.params.id);
    if (!picture) throw notFound('picture');
    return reply.type('image/jpeg').send(await getPictureBytes(request.db, picture.id));
  });
  removeRoute(app, parts);
  await registerUploadRoutes(app, async (here) => addingRoutes(here, parts));
}

/** What others published keeps the pictures that it had. */
async function getOwnRelease(request: Request, id: string): Promise<Release> {
  const release = await getRelease(request.db, id);
  if (release.importedReleaseId !== null) throw notFound('picture');
  return release;
}

function addingRoutes(app: App, { filesFolder }: Pick<AreaParts, 'filesFolder'>): void {
  const folder = new FilesFolder(filesFolder);
  app.get(releasePaths.picture.route, may('release picture.add', IdPath), async (request, reply) => {
    const release = await getOwnRelease(request, request.params.id);
    return isOpen(release) ? reply.form(picturePage(release)) : reply.redirect(releasePaths.release(release.id), 303);
  });

  // Not a form route: the picture is received and cleaned before the change.
  app.post(releasePaths.picture.route, may('release picture.add', IdPath), async (request, reply) => {
    const release = await getOwnRelease(request, request.params.id);
    if (isOpen(release)) return receivePicture(request, reply, folder, release);
    await receiveFiles(request, discardFile);
    return reply.redirect(releasePaths.release(release.id), 303);
  });
}

async function receivePicture(request: Request, reply: Reply, folder: FilesFolder, release: Release): Promise<unknown> {
  const again = (errors: FormErrors, shown = release) =>
    reply.form(picturePage(shown), answersOf(request.body), errors);
  const form = readForm(pictureForm(request.today), request.body);
  if (!form.ok) {
    const came = (await receiveFiles(request, discardFile)).length > 0;
    return again(came ? { ...form.errors, ...chooseFileAgainError } : form.errors);
  }
  const { base, alternative, caption, credit, unseen: _, ...clearance } = form.values;
  const copy = await receiveCopy(request, folder);
  const content = copy.ok ? copy.value : undefined;
  if (!copy.ok && !(copy.refusal === 'no file' && release.picture)) return again(pictureError(copy.refusal));
  const words = { alternative, caption, credit, clearance };
  const saved = await request.change(changeEvent, release.id, (tx) =>
    savePicture(tx, request, release.id, { base, words, content }),
  );
  if (saved.ok) return reply.redirect(`${releasePaths.release(release.id)}#picture`, 303);
  const current = await request.under('release.read', (db) => getRelease(db, release.id));
  return again({ ...refusalErrors[saved.refusal], ...(content && chooseFileAgainError) }, current);
}

const pictureError = (refusal: UploadRefusal): FormErrors => {
  if (refusal === 'no file') return { file: 'Select a picture' };
  return refusal === 'no copy of its kind'
    ? fileNotKept('it is no JPEG or PNG. Save it as one of these first')
    : uploadError(refusal);
};

/** The clean copy of the file in a form: a JPEG without anything but the picture. The file as it came is destroyed. */
async function receiveCopy(request: Request, folder: FilesFolder): Promise<Result<Buffer, UploadRefusal>> {
  const arriving = new UploadedFile(folder, request.now);
  await receiveFiles(request, arriving);
  const made = await makeCleanCopy(folder, arriving, ['jpeg', 'png'], mostDots);
  return made.ok ? accept(Buffer.from(decodeCopy(made.value.packed).parts[0] ?? [])) : made;
}

type TypedPicture = {
  /** The revision that the member saw. */
  readonly base: number;
  readonly words: Pick<ReleasePicture, 'alternative' | 'caption' | 'credit' | 'clearance'>;
  /** Undefined where the picture stays and its words change. */
  readonly content: Buffer | undefined;
};

/** A change of the text like any other: whatever was approved is a draft again. */
const savePicture = (
  tx: Writer<AnyTables>,
  request: Request,
  id: string,
  { base, words, content }: TypedPicture,
): Promise<Result<Release, 'changed since' | 'not open'>> =>
  changeText(tx, id, request, content ? 'Set the picture' : 'Changed the words of the picture', async (release) => {
    const next = edit(release, base);
    if (!next.ok) return next;
    const kept = content ? await storeContent(tx, request, release, content) : release.picture;
    if (!kept) return refuse('changed since');
    const picture: ReleasePicture = { ...kept, ...words };
    await keepPictures(tx, id, [picture, (await findPublication(tx, id))?.picture]);
    return accept({ ...next.value, picture });
  });

async function storeContent(
  tx: Writer<AnyTables>,
  { actor, now }: Request,
  { id: releaseId }: Release,
  content: Buffer,
): Promise<Pick<PublicPicture, 'id' | 'width' | 'height' | 'bytes'>> {
  const id = newId();
  await addPicture(tx, { id, releaseId, content, addedBy: actor.memberId, addedAt: now });
  return { id, ...readJpegSize(content), bytes: content.length };
}

function removeRoute(app: App, parts: AreaParts): void {
  formRoute(app, releasePaths.removePicture.route, {
    may: may('release picture.remove', IdPath),
    load: (request) => getOwnRelease(request, request.params.id),
    instead: (release) => (isOpen(release) && release.picture ? undefined : releasePaths.release(release.id)),
    form: AnySeenForm,
    page: removePicturePage,
    event: changeEvent,
    subject: ({ id }) => id,
    change: (tx, { id }, { revision }, request) =>
      changeText(tx, id, request, 'Took the picture out', async (release) => {
        const next = edit(release, revision);
        if (!next.ok) return next;
        await keepPictures(tx, id, [(await findPublication(tx, id))?.picture]);
        return accept({ ...next.value, picture: null });
      }),
    refusals: refusalErrors,
    refused: showRefusal(parts),
    next: (_, { id }) => releasePaths.release(id),
  });
}
