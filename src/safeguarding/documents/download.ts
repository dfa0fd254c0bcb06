/** Documents for other modules: those of a person, to choose from; and those of a grant, as files of a package. */
import { FilesFolder, type OpenFile } from '../../platform/files/index.ts';
import { found, notFound } from '../../platform/http/problem.ts';
import { personReader } from '../people/known-facts.ts';
import type { PackageFile, PersonReader } from '../referrals/people.ts';
import { packageFileName } from './document.ts';
import { type DocumentMediaType, unpackParts } from './generated-document.ts';
import { describeDocument } from './pages.ts';
import { getDocuments, listDocuments } from './store.ts';

const getSubject: PersonReader['subjectOf'] = async (db, keys, personId, today) => {
  const subject = await personReader.subjectOf(db, keys, personId, today);
  if (!subject.recordId) return subject;
  const papers = await listDocuments(db, keys, subject.recordId);
  return {
    ...subject,
    documents: papers.map((paper) => ({
      id: paper.id,
      called: paper.called,
      item: paper.item,
      what: describeDocument(paper),
    })),
  };
};

const endings: Record<DocumentMediaType, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

const openDocuments: PersonReader['handOut'] = async (db, { keys, filesFolder }, ids) => {
  const folder = new FilesFolder(filesFolder);
  const papers = await getDocuments(db, keys, ids);
  // Opens each once before the disclosure is logged, so that one broken document stops the whole package.
  for (const { fileKey } of papers) if (!(await folder.open('papers', fileKey))) throw notFound('copy');
  return async function* (): AsyncGenerator<PackageFile> {
    const held: OpenFile[] = [];
    try {
      for (const { fileKey } of papers) {
        const file = found(await folder.openHandle('papers', fileKey), 'copy');
        held.push(file);
      }
      for (const [index, paper] of papers.entries()) {
        const { type, parts } = unpackParts(paper, (await held[index]?.open()) ?? Buffer.alloc(0));
        for (const [at, content] of parts.entries())
          yield { name: packageFileName(index + 1, at + 1, paper, endings[type]), content };
      }
    } finally {
      await Promise.all(held.map((file) => file.letGo()));
    }
  };
};

export const personReaderWithDocuments: Omit<PersonReader, 'draftsOf'> = {
  ...personReader,
  subjectOf: getSubject,
  handOut: openDocuments,
};
