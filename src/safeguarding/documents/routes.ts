/** Routes for documents on a person's record: add, view, open the clean copy. Readers of the record have all, a recipient those shared with them. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { FilesFolder, isolatedResponse } from '../../platform/files/index.ts';
import {
  chooseFileAgainError,
  discardFile,
  fileNotKept,
  makeCleanCopy,
  UploadedFile,
  uploadError,
} from '../../platform/files/staff-copies.ts';
import { receiveFiles, registerUploadRoutes } from '../../platform/files/staff-uploads.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { answersOf, formIdIn } from '../../platform/forms/forms.ts';
import { found } from '../../platform/http/problem.ts';
import {
  type App,
  type FormErrors,
  may,
  type Reply,
  type Request,
  readForm,
  saving,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { accept } from '../../vocabulary/result.ts';
import { bannerFields, type CaseFrame } from '../case/frame.ts';
import { readCaseFrame } from '../case/read-frame.ts';
import { membersOfPapers, papersSection } from '../papers/list.ts';
import { listPapersOfPerson } from '../papers/store.ts';
import { listPersonIds } from '../people/known-facts.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { maxDocuments } from './document.ts';
import { DocumentForm, DocumentPath, PartQuery, PersonPath } from './forms.ts';
import { unpackParts } from './generated-document.ts';
import * as page from './pages.ts';
import { addDocument, createCopyKey, getDocument, isDocumentShown, listDocuments, type OpenDocument } from './store.ts';

const loggedFields = ['called', 'what', 'group'];

export async function documentRoutes(app: App, parts: AreaParts): Promise<void> {
  await readingRoutes(app, parts);
  await registerUploadRoutes(app, (here) => addingRoutes(here, parts));
}

async function readingRoutes(app: App, { keys, filesFolder }: AreaParts): Promise<void> {
  const folder = new FilesFolder(filesFolder);

  app.get(documentPaths.list.route, may('paper.read', PersonPath), async (request, reply) => {
    const { id } = request.params;
    const db = request.look('papers.listed', id, { fields: [...bannerFields, 'papers'] });
    const person = await getPerson(db, keys, id);
    const papers = await listDocuments(db, keys, id);
    const printed = await listPapersOfPerson(
      db,
      listPersonIds(person),
      request.actor.agencyId,
      floorToHour(request.now),
    );
    request.returned(printed.map(({ grantId, handoverId }) => String(grantId ?? handoverId)));
    const members = [...papers.map(({ authorId }) => authorId), ...membersOfPapers(printed)];
    const { frame, names, agencies } = await readCaseFrame(request, person, 'documents', members);
    const shown = {
      ...{ frame, adds: request.can('paper.add') },
      names: (one: string) => getMemberName(names, one),
      printed: papersSection(printed, { agencies, names }),
    };
    return reply.sections(page.documentsPage(person, papers, shown));
  });

  app.get(documentPaths.document.route, may('paper.read', DocumentPath), async (request, reply) => {
    const { id } = request.params;
    const paper = await getDocument(request.look('paper.shown', id, { fields: loggedFields }), keys, id);
    return reply.case(page.documentPage(paper, paper.agencyId === request.actor.agencyId));
  });

  const isolated = { ...may('paper.read', DocumentPath, PartQuery), ...isolatedResponse };
  app.get(documentPaths.copy.route, isolated, async (request, reply) => {
    const { id } = request.params;
    const paper = await getDocument(request.look('paper.shown', id, { fields: ['content'] }), keys, id);
    const bytes = found(await folder.open('papers', paper.fileKey), 'copy');
    const { type, parts } = unpackParts(paper, bytes);
    const part = found(parts[request.query.part - 1], 'part');
    // Browsers show no PDF under a policy without scripts, so it is sent as a download.
    return type === 'application/pdf'
      ? reply.export({
          ...{ fileName: 'draft.pdf', type, content: part },
          isStillAvailable: () => request.under('paper.read', (db) => isDocumentShown(db, keys, id)),
        })
      : reply.type(type).send(part);
  });
}

type Known = { readonly person: Person; readonly frame: CaseFrame; readonly many: number };

async function addingRoutes(app: App, { keys, filesFolder }: AreaParts): Promise<void> {
  const folder = new FilesFolder(filesFolder);
  const opened = async (request: Request, id: PersonId): Promise<Known> => {
    const db = request.look('papers.listed', id, { fields: [...bannerFields, 'papers'] });
    const person = await getPerson(db, keys, id);
    const many = (await listDocuments(db, keys, id)).length;
    const { frame } = await readCaseFrame(request, person, 'documents');
    return { person, frame, many };
  };

  app.get(documentPaths.adding.route, may('paper.add', PersonPath), async (request, reply) => {
    const { person, frame } = await opened(request, request.params.id);
    return reply.form(page.addDocumentPage(person, frame, newTimelessId()));
  });

  // Not a form route: the file is received, cleaned and saved before the change.
  app.post(documentPaths.adding.route, saving('Document', may('paper.add', PersonPath)), async (request, reply) =>
    receiveDocument(request, reply, folder, keys, await opened(request, request.params.id)),
  );
}

async function receiveDocument(
  request: Request,
  reply: Reply,
  folder: FilesFolder,
  keys: UnitKeys,
  { person, frame, many }: Known,
): Promise<unknown> {
  const again = (errors: FormErrors) =>
    reply.form(page.addDocumentPage(person, frame, formIdIn(request.body)), answersOf(request.body), errors);
  const form = readForm(DocumentForm, request.body);
  if (!form.ok) {
    const came = (await receiveFiles(request, discardFile)).length > 0;
    return again(came ? { ...form.errors, ...chooseFileAgainError } : form.errors);
  }
  if (many >= maxDocuments) return again(fileNotKept(`a record holds ${maxDocuments} documents at most`));
  const arriving = new UploadedFile(folder, request.now);
  await receiveFiles(request, arriving);
  const copy = await makeCleanCopy(folder, arriving);
  if (!copy.ok) return again(uploadError(copy.refusal));
  const { packed, ...found } = copy.value;
  const fileKey = await createCopyKey(newTimelessId<'file'>());
  await folder.save('papers', fileKey, packed, request.now);
  await keepDocument(request, folder, keys, {
    ...form.values,
    ...found,
    ...{ fileKey, fileId: fileKey.id, addedAt: floorToHour(request.now), personId: person.id },
    agencyId: request.actor.agencyId as AgencyId,
    authorId: request.actor.memberId as MemberId,
  });
  return reply.redirect(documentPaths.list(person.id), 303);
}

/** The file goes again where its row was not written. */
async function keepDocument(request: Request, folder: FilesFolder, keys: UnitKeys, paper: OpenDocument): Promise<void> {
  let added = false;
  try {
    await request.change(
      'paper.added',
      paper.id,
      async (tx) => {
        added = await addDocument(tx, keys, paper);
        return accept(added);
      },
      { kind: 'collection', fields: [...loggedFields, 'content'] },
    );
  } finally {
    if (!added) await folder.destroy(paper.fileKey.id, 'papers');
  }
}
