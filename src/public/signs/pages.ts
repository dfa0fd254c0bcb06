/** The models of this area's public pages. Texts come as HTML in the reader's language; untranslated ones are marked as English. */

import type { Model } from '../../platform/rendering/views.ts';
import type { Answer, Route, Situation } from '../contacts/contact-router.ts';
import { type Channel, channelsOn, linkOf, people, type Who } from '../contacts/contacts.ts';
import { reasonKeys } from '../contacts/hours-words.ts';
import { checkedIn, hoursIn, outsidePoliceIn } from '../contacts/translated-hours.ts';
import { english, type TextKey } from '../languages/english.ts';
import type { Words } from '../languages/language.ts';

/** How readers describe themselves, and the word for it in an address. */
export const whoWords: Record<Who, { readonly address: string; readonly text: TextKey }> = {
  'worried person': { address: 'worried', text: 'asker.worried' },
  'it is happening to me': { address: 'me', text: 'asker.me' },
  'child or worried about a child': { address: 'child', text: 'asker.child' },
  professional: { address: 'professional', text: 'asker.professional' },
};

export const whoAt = (address: string): Who =>
  people.find((who) => whoWords[who].address === address) ?? 'worried person';

const shownChannel =
  ({ t, said, language }: Words, grave?: 'grave') =>
  (channel: Channel): Model => ({
    kind: t(`route.${channel.kind}`),
    printed: channel.printed,
    href: linkOf(channel),
    how: channel.how && said(channel.how, grave),
    /** Its kind says it already. */
    repeats: language === 'en' && channel.how?.startsWith(english.route[channel.kind]),
    leaves: `${said(channel.leaves.phone)} ${said(channel.leaves.bill)}`,
  });

function shownRoute(words: Words, { service, hours, reasons, stale }: Route, at: Date, day: string): Model {
  const { t, said, kept } = words;
  const grave = service.role === 'emergency' ? 'grave' : undefined;
  const [first, ...others] = channelsOn(service, day).map(shownChannel(words, grave));
  return {
    id: service.id,
    name: kept(service.name),
    more: t('route.more', { service: service.name }),
    state: hours.state,
    hours: hoursIn(words, hours, service.hours, at),
    reasons: reasons
      .filter((reason) => reason !== 'open now' && reason !== 'closed now' && reason !== 'hours not confirmed')
      .map((reason) => t(reasonKeys[reason])),
    first,
    others,
    runBy: said(service.runBy),
    sits: said(service.sits),
    forWhom: said(service.forWhom),
    promise: said(service.promise, grave),
    notes: service.notes.map((note) => said(note, grave)),
    languages: said(service.languages),
    sources: service.sources,
    checked: checkedIn(words, service.dateChecked, stale),
    stale,
  };
}

/** Danger first: the emergency route comes before all else, whatever was answered. */
export function shownRoutes(words: Words, situation: Situation, answer: Answer, day: string): Model {
  const [emergency, ...routes] = answer.routes;
  return {
    danger: situation.danger,
    forHerself: situation.who === 'it is happening to me' || situation.who === 'child or worried about a child',
    emergency: emergency && shownRoute(words, emergency, situation.at, day),
    routes: routes.map((route) => shownRoute(words, route, situation.at, day)),
    outsidePolice: outsidePoliceIn(words, answer, situation.at),
  };
}

export const helpPage = (words: Words, situation: Situation, answer: Answer, day: string): Model => ({
  ...shownRoutes(words, situation, answer, day),
  title: words.t('shell.help'),
  here: '/help',
  questions: people.map((who) => ({
    address: whoWords[who].address,
    text: words.t(whoWords[who].text),
    checked: who === situation.who,
  })),
});

export const frontPage: Model = { here: '/start' };
