/** Routes of photos of a visit: take, view, open the clean copy, remove. Read, decide, change, answer. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { getPlannedVisit, type VisitInPlan } from '../../operations/plan/index.ts';
import { isolatedResponse } from '../../platform/files/index.ts';
import { chooseFileAgainError, discardFile, fileNotKept, uploadError } from '../../platform/files/staff-copies.ts';
import { receiveFiles, registerUploadRoutes } from '../../platform/files/staff-uploads.ts';
import { StoredCopies } from '../../platform/files/stored-copies.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { answersOf, FormId, formIdIn, RequiredText } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import {
  type App,
  type FormErrors,
  IdPath,
  may,
  type Reply,
  type Request,
  readForm,
  saving,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { photoPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { visitErrors } from '../arrival-and-departure/pages.ts';
import { readOwnPlannedVisit } from '../audited-reads.ts';
import { VisitPath } from '../forms.ts';
import { getVisit, lockVisit } from '../store.ts';
import * as page from './pages.ts';
import { checkRemoval, maxPhotos, type PhotoId, photoFormats, type VisitPhoto } from './photo.ts';
import * as store from './store.ts';

const AddForm = z.object({
  id: FormId<PhotoId>(),
  caption: RequiredText('Enter what the photo shows', 200),
  room: RequiredText('Enter the room', 120),
});
const PartQuery = z.object({ part: z.coerce.number().int().min(1).max(1).catch(1) });
const loggedFields = ['caption', 'room'];

export async function photoRoutes(
  app: App,
  { keys, filesFolder }: Pick<AreaParts, 'keys' | 'filesFolder'>,
): Promise<void> {
  const copies = new StoredCopies(filesFolder, keys, 'visits');
  await readingRoutes(app, copies);
  removalRoutes(app, copies);
  await registerUploadRoutes(app, async (here) => addingRoutes(here, copies));
}

async function readPhoto(request: Request, id: string, fields: readonly string[] = loggedFields) {
  const db = request.look('visit photo.shown', id, { fields });
  const photo = await store.getPhoto(db, id);
  return { db, photo, planned: await getPlannedVisit(db, photo.visitId) };
}

/** The photo, and whether the member may remove it. */
async function readForRemoval(request: Request, id: string) {
  const { db, photo, planned } = await readPhoto(request, id);
  const { memberId, agencyId, roles } = request.actor;
  const commands = roles.includes('commander');
  const removal = checkRemoval(photo, await store.getPhotoKeeping(db, photo), { memberId, agencyId, commands });
  const may = request.can('visit photo.remove') ? removal : refuse('another member' as const);
  return { db, photo, planned, removal: may };
}

async function readingRoutes(app: App, copies: StoredCopies): Promise<void> {
  app.get(photoPaths.photo.route, may('visit photo.read', IdPath), async (request, reply) => {
    const { db, photo, planned, removal } = await readForRemoval(request, request.params.id);
    const recordedBy = getMemberName(await memberNames(db, [photo.recordedBy]), photo.recordedBy);
    return reply.case(page.photoPage(photo, { name: planned.premises.name, recordedBy, removes: removal.ok }));
  });

  const isolated = { ...may('visit photo.read', IdPath, PartQuery), ...isolatedResponse };
  app.get(photoPaths.copy.route, isolated, async (request, reply) => {
    const { photo } = await readPhoto(request, request.params.id, ['content']);
    const { type, content } = await copies.open(photo, request.query.part);
    return reply.type(type).send(content);
  });
}

const RemoveForm = z.object({ reason: RequiredText('Enter why the photo must go', 500) });

/** What the form of a removal is about. Undefined where the visit is finished. Refuses members who may not remove the photo. */
async function readRemovable(request: Request, id: string) {
  const read = await readForRemoval(request, id);
  if (read.removal.ok) return { ...read, finished: false };
  if (read.removal.refusal === 'another member')
    throw new Problem('forbidden', 'another member answers for this photo');
  return { ...read, finished: true };
}

function removalRoutes(app: App, copies: StoredCopies): void {
  const finished = (reply: Reply, { photo, planned }: Awaited<ReturnType<typeof readRemovable>>) =>
    reply.sections(page.finishedPage('Remove the photo', photo.visitId, planned.premises.name));

  app.get(photoPaths.remove.route, may('visit photo.remove', IdPath), async (request, reply) => {
    const read = await readRemovable(request, request.params.id);
    return read.finished ? finished(reply, read) : reply.form(page.removePhotoPage(read.photo));
  });

  // Not a form route: the copy is destroyed after the change.
  app.post(photoPaths.remove.route, may('visit photo.remove', IdPath), async (request, reply) => {
    const { id } = request.params;
    const read = await readRemovable(request, id);
    if (read.finished) return finished(reply.code(422), read);
    const form = readForm(RemoveForm, request.body);
    if (!form.ok) return reply.form(page.removePhotoPage(read.photo), answersOf(request.body), form.errors);
    const removed = await request.change(
      'visit photo.removed',
      id,
      async (tx) => accept(await store.removePhoto(tx, id)),
      { kind: 'erasure', fields: [...loggedFields, 'content'], reason: form.values.reason },
    );
    if (!removed.ok) throw notFound('photo');
    await copies.destroy(removed.value);
    return reply.redirect(`${visitPaths.visit(removed.value.visitId)}#photos`, 303);
  });
}

function addingRoutes(app: App, copies: StoredCopies): void {
  const finished = (reply: Reply, { id, premises }: VisitInPlan) =>
    reply.sections(page.finishedPage('Add a photo', id, premises.name));

  app.get(visitPaths.newPhoto.route, may('visit photo.add', VisitPath), async (request, reply) => {
    const planned = await readOwnPlannedVisit(request, request.params.id);
    if ((await getVisit(request.db, planned.id)).finishedAt) return finished(reply, planned);
    return reply.form(page.addPhotoPage(planned.id, planned.premises.name, newTimelessId()));
  });

  // Not a form route: the photo is received, cleaned and saved before the change.
  app.post(visitPaths.newPhoto.route, saving('Photo', may('visit photo.add', VisitPath)), async (request, reply) => {
    const planned = await readOwnPlannedVisit(request, request.params.id);
    if (!(await getVisit(request.db, planned.id)).finishedAt) return receivePhoto(request, reply, copies, planned);
    await receiveFiles(request, discardFile);
    return finished(reply.code(422), planned);
  });
}

async function receivePhoto(
  request: Request,
  reply: Reply,
  copies: StoredCopies,
  planned: VisitInPlan,
): Promise<unknown> {
  const again = (errors: FormErrors) =>
    reply.form(
      page.addPhotoPage(planned.id, planned.premises.name, formIdIn(request.body)),
      answersOf(request.body),
      errors,
    );
  const form = readForm(AddForm, request.body);
  if (!form.ok) {
    const came = (await receiveFiles(request, discardFile)).length > 0;
    return again(came ? { ...form.errors, ...chooseFileAgainError } : form.errors);
  }
  const there = await store.listPhotos(request.look('visit photos.listed', planned.id), planned.id);
  if (there.length >= maxPhotos) return again(fileNotKept(`a visit holds ${maxPhotos} photos at most`));
  const copy = await copies.receive(request, photoFormats);
  if (!copy.ok)
    return again(
      copy.refusal === 'no copy of its kind'
        ? fileNotKept('it is no photo. Take a photo, or select a picture in JPEG, PNG or WebP')
        : uploadError(copy.refusal),
    );
  const by = { recordedBy: request.actor.memberId as MemberId, recordedAt: request.now };
  const photo: VisitPhoto = { ...form.values, ...copy.value, visitId: planned.id, ...by };
  let saved: Result<boolean, 'finished'> = accept(false);
  await copies.keepIf(copy.value, async () => {
    saved = await savePhoto(request, photo);
    return saved.ok && saved.value;
  });
  return saved.ok
    ? reply.redirect(`${visitPaths.visit(planned.id)}#photos`, 303)
    : again(visitErrors[(saved as { readonly refusal: 'finished' }).refusal]);
}

/** Nothing is added to a finished visit: it is opened again first. */
const savePhoto = (request: Request, photo: VisitPhoto): Promise<Result<boolean, 'finished'>> =>
  request.change<boolean, 'finished'>(
    'visit photo.added',
    photo.id,
    async (tx) => {
      if ((await lockVisit(tx, photo.visitId)).finishedAt) return refuse('finished');
      return accept(await store.addPhoto(tx, photo));
    },
    { kind: 'collection', fields: [...loggedFields, 'content'] },
  );
