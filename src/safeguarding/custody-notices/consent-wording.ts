/** The words for consent before anything is sent to custody. Pure, but for reading a language file once. */
import { consentSource, findKey, listItem, speakerOf } from '../../nrm/consent-words/index.ts';
import type { Sentence } from './sentence.ts';

export type NoticeTerms = { readonly sentence: Pick<Sentence, 'words'>; readonly authority: string };

/** One sentence or one item a line. English unless a language is given. A translation holds the message in both languages, because the English words cross. */
export function composeNoticeWording({ sentence, authority }: NoticeTerms, code = consentSource.code): string {
  const { say, status, translated } = speakerOf(code);
  const message = findKey(sentence.words);
  return [
    ...status,
    say('custody.asks'),
    listItem(authority),
    say('custody.message'),
    ...translated(...(message ? [listItem(say(message))] : []), say('translation.sent')),
    listItem(`“${sentence.words}”`),
    say('custody.only'),
    say('custody.passes'),
    say('custody.no'),
    say('custody.change'),
  ].join('\n');
}
