/** Documents on the form, where they are chosen one by one, and on the pages that open the chosen ones. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Section } from '../../platform/rendering/pages.ts';
import { listSharedDocuments } from '../../vocabulary/information-shared.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import type { HeldDocument } from '../referrals/subject.ts';

/** No document is preselected unless the member chose it earlier. */
export const documentFields = (
  ask: FieldBuilder,
  papers: readonly HeldDocument[],
  chosen: readonly string[] = [],
): Field[] =>
  papers.length === 0
    ? []
    : [
        ask.many(
          'papers',
          'Which documents do you want to share?',
          papers.map(({ id, called, item, what }) => ({
            value: id,
            text: called,
            hint: { text: `${capital(wordsOf(item))}: ${what}` },
          })),
          { hint: 'Only those that the person agreed to. What is not ticked they cannot open.', value: chosen },
        ),
      ];

export const documentsSection = (shown: Parameters<typeof listSharedDocuments>[0]): Section[] => {
  const papers = listSharedDocuments(shown);
  return papers.length === 0
    ? []
    : [
        {
          kind: 'list',
          title: 'Documents',
          items: papers.map(({ id, called }) => ({ href: documentPaths.document(id), text: called })),
        },
      ];
};
