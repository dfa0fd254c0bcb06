/** Routes of files on plans: add, view, open the clean copy, remove. Read, decide, change, answer. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { isolatedResponse } from '../../platform/files/index.ts';
import { chooseFileAgainError, discardFile, fileNotKept, uploadError } from '../../platform/files/staff-copies.ts';
import { receiveFiles, registerUploadRoutes } from '../../platform/files/staff-uploads.ts';
import { StoredCopies } from '../../platform/files/stored-copies.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { answersOf, FormId, formIdIn, RequiredText } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
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
import type { MemberId } from '../../vocabulary/ids.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { operationPaths, planFilePaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { accept } from '../../vocabulary/result.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { lookUpPremises } from '../plan/store.ts';
import { getOperation } from '../weeks/store.ts';
import * as page from './pages.ts';
import { maxPlanFiles, type PlanFile, type PlanFileId, planFileKinds } from './plan-file.ts';
import * as store from './store.ts';

const AddForm = z.object({
  id: FormId<PlanFileId>(),
  title: RequiredText('Enter a title, like “Ground floor”', 120),
  kind: z.enum(planFileKinds, 'Select what it is'),
});
const PartQuery = z.object({ part: z.coerce.number().int().min(1).max(100).catch(1) });
const loggedFields = ['title', 'kind'];

export async function planFileRoutes(app: App, { keys, filesFolder }: AreaParts): Promise<void> {
  const copies = new StoredCopies(filesFolder, keys, 'plans');
  await readingRoutes(app, copies);
  await removalRoutes(app, copies);
  await registerUploadRoutes(app, async (here) => {
    addingRoutes(here, operationPaths.addFile.route, copies, getOperationPlace);
    addingRoutes(here, premisesPaths.addFile.route, copies, getPremisesPlace);
  });
}

async function getOperationPlace(request: Request, id: string): Promise<page.ShownPlace> {
  if (!request.actor.operations.includes(id)) throw notFound('operation');
  const { id: operationId, codeName } = await getOperation(request.db, id);
  return { operationId, premisesId: null, name: codeName };
}

async function getPremisesPlace(request: Request, id: string): Promise<page.ShownPlace> {
  const db = request.look('premises.shown', id, { fields: ['name'] });
  return matchLookup(await lookUpPremises(db, id, 'operation'), {
    full: ({ operationId, id: premisesId, name }) => ({ operationId, premisesId, name }),
    restricted: () => {
      throw notFound('premises');
    },
    nothing: () => {
      throw notFound('premises');
    },
  });
}

const getPlace = (request: Request, { operationId, premisesId }: store.FilePlace): Promise<page.ShownPlace> =>
  premisesId === null ? getOperationPlace(request, operationId) : getPremisesPlace(request, premisesId);

async function readingRoutes(app: App, copies: StoredCopies): Promise<void> {
  app.get(planFilePaths.file.route, may('plan file.read', IdPath), async (request, reply) => {
    const { id } = request.params;
    const file = await store.getPlanFile(request.look('plan file.shown', id, { fields: loggedFields }), id);
    const { name } = await getPlace(request, file);
    const addedBy = getMemberName(await memberNames(request.db, [file.addedBy]), file.addedBy);
    const removes = request.can('plan file.remove') && request.actor.operations.includes(file.operationId);
    return reply.case(page.planFilePage(file, { name, addedBy, removes, back: backOf(request, file) }));
  });

  const isolated = { ...may('plan file.read', IdPath, PartQuery), ...isolatedResponse };
  app.get(planFilePaths.copy.route, isolated, async (request, reply) => {
    const { id } = request.params;
    const file = await store.getPlanFile(request.look('plan file.shown', id, { fields: ['content'] }), id);
    const { type, content } = await copies.open(file, request.query.part);
    return reply.type(type).send(content);
  });
}

/** Planners come from the plan, a team from its visits. */
const backOf = (request: Request, { operationId, premisesId }: PlanFile): string => {
  if (!request.can('target.read') && request.actor.glassOperation !== operationId) return visitPaths.list();
  return premisesId === null ? operationPaths.premises(operationId) : premisesPaths.premises(premisesId);
};

async function removalRoutes(app: App, copies: StoredCopies): Promise<void> {
  app.get(planFilePaths.remove.route, may('plan file.remove', IdPath), async (request, reply) => {
    const { id } = request.params;
    const file = await store.getPlanFile(request.look('plan file.shown', id, { fields: loggedFields }), id);
    return reply.form(page.removePlanFilePage(file));
  });

  // Not a form route: the copy is destroyed after the change.
  app.post(planFilePaths.remove.route, may('plan file.remove', IdPath), async (request, reply) => {
    const { id } = request.params;
    const removed = await request.change(
      'plan file.removed',
      id,
      async (tx) => accept(await store.removePlanFile(tx, id)),
      { kind: 'erasure', fields: [...loggedFields, 'content'] },
    );
    if (!removed.ok) throw notFound('file');
    await copies.destroy(removed.value);
    return reply.redirect(backOf(request, removed.value), 303);
  });
}

function addingRoutes(
  app: App,
  url: string,
  copies: StoredCopies,
  load: (request: Request, id: string) => Promise<page.ShownPlace>,
): void {
  app.get(url, may('plan file.add', IdPath), async (request, reply) =>
    reply.form(page.addPlanFilePage(await load(request, request.params.id), newTimelessId())),
  );

  // Not a form route: the file is received, cleaned and saved before the change.
  app.post(url, saving('File', may('plan file.add', IdPath)), async (request, reply) =>
    receivePlanFile(request, reply, copies, await load(request, request.params.id)),
  );
}

async function receivePlanFile(
  request: Request,
  reply: Reply,
  copies: StoredCopies,
  place: page.ShownPlace,
): Promise<unknown> {
  const again = (errors: FormErrors) =>
    reply.form(page.addPlanFilePage(place, formIdIn(request.body)), answersOf(request.body), errors);
  const form = readForm(AddForm, request.body);
  if (!form.ok) {
    const came = (await receiveFiles(request, discardFile)).length > 0;
    return again(came ? { ...form.errors, ...chooseFileAgainError } : form.errors);
  }
  const { operationId, premisesId } = place;
  const there = await store.listPlanFiles(request.look('plan files.listed', premisesId ?? operationId), place);
  if (there.length >= maxPlanFiles) return again(fileNotKept(`this place holds ${maxPlanFiles} files at most`));
  const copy = await copies.receive(request);
  if (!copy.ok) return again(uploadError(copy.refusal));
  const by = { addedBy: request.actor.memberId as MemberId, addedAt: request.now };
  const file: PlanFile = { ...form.values, ...copy.value, operationId, premisesId, ...by };
  await copies.keepIf(copy.value, async () => {
    const added = await request.change(
      'plan file.added',
      file.id,
      async (tx) => accept(await store.addPlanFile(tx, file)),
      {
        kind: 'collection',
        fields: [...loggedFields, 'content'],
      },
    );
    return added.ok && added.value;
  });
  return reply.redirect(`${backOf(request, file)}#files`, 303);
}
