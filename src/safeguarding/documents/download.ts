/** Documents for other modules: those of a person, to choose from; and those of a grant, as files of a package. */
import { FilesFolder, type HeldFile } from '../../platform/files/index.ts';
import { notFound } from '../../platform/http/problem.ts';
import { people } from '../people/known-facts.ts';
import type { PackedPart, People } from '../referrals/people.ts';
import { packedName } from './document.ts';
import { type PaperType, partsOf } from './generated-document.ts';
import { whatItIs } from './pages.ts';
import { getPapers, listPapers } from './store.ts';

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
  // Opens each once before the disclosure is logged, so that one broken document stops the whole package.
  for (const { fileKey } of papers) if (!(await folder.open('papers', fileKey))) throw notFound('copy');
  return async function* (): AsyncGenerator<PackedPart> {
    const held: HeldFile[] = [];
    try {
      for (const { fileKey } of papers) {
        const file = await folder.openHandle('papers', fileKey);
        if (!file) throw notFound('copy');
        held.push(file);
      }
      for (const [index, paper] of papers.entries()) {
        const { type, parts } = partsOf(paper, (await held[index]?.open()) ?? Buffer.alloc(0));
        for (const [at, content] of parts.entries())
          yield { name: packedName(index + 1, at + 1, paper, endings[type]), content };
      }
    } finally {
      await Promise.all(held.map((file) => file.letGo()));
    }
  };
};

export const peopleWithPapers: Omit<People, 'draftsOf'> = { ...people, subjectOf, handOut };
