/** The pages of the mailbox: it is asked for, open, or taken back. Texts are HTML, in the reader's language. */
import { maxFiles } from '../../platform/files/index.ts';
import type { Translator } from '../../public/languages/index.ts';
import type { UploadResult } from '../attachments/received-files.ts';
import { fileTextValues, refusalKeys } from '../attachments/words.ts';
import { fieldModel, type ShownField } from '../intake/pages.ts';
import { questionOf } from '../intake/question-words.ts';

export type MailboxState =
  | { readonly at: 'front' }
  | { readonly at: 'asking'; readonly draft: string; readonly missed?: boolean }
  | {
      readonly at: 'open';
      readonly draft: string;
      readonly message: string | undefined;
      readonly asked: boolean;
      readonly done?: 'added' | 'nothing written';
      /** What became of files that were not kept: as HTML. */
      readonly unkept?: readonly string[];
    }
  | { readonly at: 'withdrawn' };

type FileQuestion = {
  readonly title: string;
  readonly before: readonly string[];
  readonly fields: readonly ShownField[];
};

type MailboxPage = MailboxState & {
  readonly title: string;
  readonly telling: boolean;
  readonly files?: FileQuestion;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'reports/public-return': MailboxPage;
  }
}

export const mailboxPage = (words: Translator, returned: MailboxState): MailboxPage => ({
  title: words.t('mailbox.title'),
  telling: returned.at === 'asking' || returned.at === 'open',
  ...returned,
  ...(returned.at === 'open' && { files: fileQuestionModel(words) }),
});

/** The same wording as on the report form. */
function fileQuestionModel(words: Translator): FileQuestion {
  const { ask, before = [], hints = {} } = questionOf('files');
  return {
    title: words.t(ask),
    before: before.map((key) => words.t(key, fileTextValues)),
    fields: [{ ...fieldModel(words, 'originals', { answers: {} }), hint: hints.originals && words.t(hints.originals) }],
  };
}

const maxShownName = 40;
const shortened = (name: string): string => (name.length > maxShownName ? `…${name.slice(-maxShownName)}` : name);

/** Each reason once, with the names that it holds for: all answers of the mailbox have one length, which they must fit. */
export function describeUnkeptFiles(
  { t }: Translator,
  brought: readonly UploadResult[],
  leftOut: number,
  full: boolean,
): readonly string[] {
  const names = new Map<keyof typeof refusalKeys, string[]>();
  for (const one of brought) {
    const why = 'refused' in one ? one.refused : full ? 'no room' : undefined;
    if (why) names.set(why, [...(names.get(why) ?? []), shortened('file' in one ? one.file.name : one.name)]);
  }
  return [
    ...[...names].map(([why, of]) =>
      t(refusalKeys[why], { ...fileTextValues, name: of.slice(0, maxFiles).join(', ') }),
    ),
    ...(leftOut > 0 ? [t(leftOut === 1 ? 'file.left' : 'file.lefts', { count: leftOut })] : []),
  ];
}
