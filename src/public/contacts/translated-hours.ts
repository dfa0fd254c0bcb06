/** Opening hours and routes in the reader's language, as HTML. Shorter than in English; the English sentence is added where there is more to say than open or closed. */
import { escapeHtml, type Translator } from '../languages/language.ts';
import type { RoutedContacts } from './contact-router.ts';
import type { Hours, HoursState } from './hours.ts';
import { describeCheckedDate, describeHours, describeOutsidePolice } from './hours-words.ts';

const isEnglish = ({ language }: Translator): boolean => language === 'en';
const formatMoment = ({ weekday, time }: Translator, at: Date): string => `${weekday(at)} ${time(at)}`;

function translateBriefly(words: Translator, state: HoursState): string {
  const { t } = words;
  if (state.state === 'open')
    return state.until === null ? t('hours.always') : t('hours.until', { when: formatMoment(words, state.until) });
  if (state.state === 'closed')
    return state.opens ? t('hours.opens', { when: formatMoment(words, state.opens) }) : t('hours.closed');
  return t('hours.unconfirmed');
}

const isSimpleState = (state: HoursState): boolean =>
  state.today === null && (state.state === 'open' || (state.state === 'closed' && state.doubts.length === 0));

export function translateHours(words: Translator, state: HoursState, hours: Hours, now: Date): string {
  const inFull = describeHours(state, hours, now);
  if (isEnglish(words)) return escapeHtml(inFull);
  return isSimpleState(state)
    ? translateBriefly(words, state)
    : `${translateBriefly(words, state)} (${words.kept(inFull)})`;
}

export function translateCheckedDate(words: Translator, dateChecked: string, stale: boolean): string {
  if (isEnglish(words)) return escapeHtml(describeCheckedDate(dateChecked, stale));
  const day = words.day(new Date(`${dateChecked}T12:00:00Z`));
  return `${words.t('route.checked', { day })}${stale ? `; ${words.t('route.stale')}` : ''}`;
}

/** Null where somebody outside the police is confirmed open. */
export function translateOutsidePolice(words: Translator, answer: RoutedContacts, now: Date): string | null {
  const inFull = describeOutsidePolice(answer, now);
  if (inFull === null || isEnglish(words)) return inFull && escapeHtml(inFull);
  const next = answer.nextOutsidePolice;
  const unsure = answer.routes.some(
    ({ service, hours }) => service.independentOfPolice && hours.state === 'not confirmed',
  );
  return [
    words.t('help.none'),
    next ? words.t('help.next', { service: next.service.name, when: formatMoment(words, next.opens) }) : '',
    unsure ? words.t('help.may') : '',
  ]
    .filter(Boolean)
    .join(' ');
}
