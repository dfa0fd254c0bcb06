/** Papers as the earlier rooms ask of them: which there are of a person, to be chosen one by one; and those of a grant, as files of a package. */
import { FilesFolder } from '../files/index.ts';
import { people } from '../persons/index.ts';
import { notFound } from '../platform/problem.ts';
import type { PackedPart, People } from '../safeguarding/index.ts';
import { whatItIs } from './pages.ts';
import { packedName } from './paper.ts';
import { getPapers, listPapers } from './store.ts';
import { type PaperType, partsOf } from './written.ts';

const subjectOf: People['subjectOf'] = async (db, keys, personId, today) => {
  const subject = await people.subjectOf(db, keys, personId, today);
  if (!subject.recordId) return subject;
  const papers = await listPapers(db as never, keys, subject.recordId);
  return {
    ...subject,
    papers: papers.map((paper) => ({
      id: paper.id,
      called: paper.called,
      item: paper.item,
      what: whatItIs(paper),
    })),
  };
};

const endings: Record<PaperType, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

const handOut: People['handOut'] = async (db, { keys, filesFolder }, ids) => {
  const folder = new FilesFolder(filesFolder);
  const papers = await getPapers(db as never, keys, ids);
  for (const { fileId } of papers) if (!(await folder.holds('papers', fileId))) throw notFound('copy');
  return async function* (): AsyncGenerator<PackedPart> {
    for (const [index, paper] of papers.entries()) {
      const bytes = await folder.open('papers', paper.fileKey);
      if (!bytes) throw notFound('copy');
      const { type, parts } = partsOf(paper, bytes);
      for (const [at, content] of parts.entries())
        yield { name: packedName(index + 1, at + 1, paper, endings[type]), content };
    }
  };
};

export const peopleWithPapers: Omit<People, 'draftsOf'> = { ...people, subjectOf, handOut };
