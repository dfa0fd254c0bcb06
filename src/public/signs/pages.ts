/** The models of this area's public pages. Texts come as HTML in the reader's language; untranslated ones are marked as English. */

import type { Route, RoutedContacts, Situation } from '../contacts/contact-router.ts';
import { type Channel, channelsOn, type HelpSeeker, helpSeekers, linkOf } from '../contacts/contacts.ts';
import { reasonKeys } from '../contacts/hours-words.ts';
import { translateCheckedDate, translateHours, translateOutsidePolice } from '../contacts/translated-hours.ts';
import { english, type TextKey } from '../languages/english.ts';
import type { Translator } from '../languages/language.ts';

/** How readers describe themselves, and the word for it in an address. */
export const helpSeekerLabels: Record<HelpSeeker, { readonly address: string; readonly text: TextKey }> = {
  'worried person': { address: 'worried', text: 'asker.worried' },
  'it is happening to me': { address: 'me', text: 'asker.me' },
  'child or worried about a child': { address: 'child', text: 'asker.child' },
  professional: { address: 'professional', text: 'asker.professional' },
};

export const helpSeekerAt = (address: string): HelpSeeker =>
  helpSeekers.find((who) => helpSeekerLabels[who].address === address) ?? 'worried person';

const channelModel =
  ({ t, said, language }: Translator, grave?: 'grave') =>
  (channel: Channel) => ({
    kind: t(`route.${channel.kind}`),
    printed: channel.printed,
    href: linkOf(channel),
    how: channel.how && said(channel.how, grave),
    /** Its kind says it already. */
    repeats: language === 'en' && channel.how?.startsWith(english.route[channel.kind]),
    leaves: `${said(channel.leaves.phone)} ${said(channel.leaves.bill)}`,
  });

function routeModel(words: Translator, { service, hours, reasons, stale }: Route, at: Date, day: string) {
  const { t, said, kept } = words;
  const grave = service.role === 'emergency' ? 'grave' : undefined;
  const [first, ...others] = channelsOn(service, day).map(channelModel(words, grave));
  return {
    id: service.id,
    name: kept(service.name),
    more: t('route.more', { service: service.name }),
    state: hours.state,
    hours: translateHours(words, hours, service.hours, at),
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
    checked: translateCheckedDate(words, service.dateChecked, stale),
    stale,
  };
}

/** Danger first: the emergency route comes before all else, whatever was answered. */
export function routesModel(words: Translator, situation: Situation, answer: RoutedContacts, day: string) {
  const [emergency, ...routes] = answer.routes;
  return {
    danger: situation.danger,
    forHerself: situation.who === 'it is happening to me' || situation.who === 'child or worried about a child',
    emergency: emergency && routeModel(words, emergency, situation.at, day),
    routes: routes.map((route) => routeModel(words, route, situation.at, day)),
    outsidePolice: translateOutsidePolice(words, answer, situation.at),
  };
}

export const helpPage = (words: Translator, situation: Situation, answer: RoutedContacts, day: string) => ({
  ...routesModel(words, situation, answer, day),
  title: words.t('shell.help'),
  here: '/help',
  questions: helpSeekers.map((who) => ({
    address: helpSeekerLabels[who].address,
    text: words.t(helpSeekerLabels[who].text),
    checked: who === situation.who,
  })),
});

export const frontPage = { here: '/start' };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/signs/public-front': typeof frontPage;
    'public/signs/public-help': ReturnType<typeof helpPage>;
  }
}
