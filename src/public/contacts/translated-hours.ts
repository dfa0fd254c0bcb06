/** Opening hours and routes in the reader's language, as HTML. Shorter than in English; the English sentence is added where there is more to say than open or closed. */
import { html, type Words } from '../languages/language.ts';
import type { Answer } from './contact-router.ts';
import type { Hours, HoursState } from './hours.ts';
import { checkedWords, hoursInWords, outsidePoliceWords } from './hours-words.ts';

const isEnglish = ({ language }: Words): boolean => language === 'en';
const momentIn = ({ weekday, time }: Words, at: Date): string => `${weekday(at)} ${time(at)}`;

function inShort(words: Words, state: HoursState): string {
  const { t } = words;
  if (state.state === 'open')
    return state.until === null ? t('hours.always') : t('hours.until', { when: momentIn(words, state.until) });
  if (state.state === 'closed')
    return state.opens ? t('hours.opens', { when: momentIn(words, state.opens) }) : t('hours.closed');
  return t('hours.unconfirmed');
}

const isPlain = (state: HoursState): boolean =>
  state.today === null && (state.state === 'open' || (state.state === 'closed' && state.doubts.length === 0));

export function hoursIn(words: Words, state: HoursState, hours: Hours, now: Date): string {
  const inFull = hoursInWords(state, hours, now);
  if (isEnglish(words)) return html(inFull);
  return isPlain(state) ? inShort(words, state) : `${inShort(words, state)} (${words.kept(inFull)})`;
}

export function checkedIn(words: Words, dateChecked: string, stale: boolean): string {
  if (isEnglish(words)) return html(checkedWords(dateChecked, stale));
  const day = words.day(new Date(`${dateChecked}T12:00:00Z`));
  return `${words.t('route.checked', { day })}${stale ? `; ${words.t('route.stale')}` : ''}`;
}

/** Null where somebody outside the police is confirmed open. */
export function outsidePoliceIn(words: Words, answer: Answer, now: Date): string | null {
  const inFull = outsidePoliceWords(answer, now);
  if (inFull === null || isEnglish(words)) return inFull && html(inFull);
  const next = answer.nextOutsidePolice;
  const unsure = answer.routes.some(
    ({ service, hours }) => service.independentOfPolice && hours.state === 'not confirmed',
  );
  return [
    words.t('help.none'),
    next ? words.t('help.next', { service: next.service.name, when: momentIn(words, next.opens) }) : '',
    unsure ? words.t('help.may') : '',
  ]
    .filter(Boolean)
    .join(' ');
}
