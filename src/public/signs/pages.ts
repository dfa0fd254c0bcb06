/** The models of this area's public pages. Texts come as HTML in the reader's language; untranslated ones are marked as English. */

import type { Route, RoutedContacts, Situation } from '../contacts/contact-router.ts';
import {
  type Channel,
  channelsOn,
  type HelpSeeker,
  hasStaleHours,
  helpSeekers,
  linkOf,
  type Service,
} from '../contacts/contacts.ts';
import { reasonKeys } from '../contacts/hours-words.ts';
import {
  translateCheckedDate,
  translateHours,
  translateOutsidePolice,
  translateStaleHours,
} from '../contacts/translated-hours.ts';
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
    /** Its text has its own stop. */
    stopped: channel.how?.endsWith('.') ?? false,
    /** Its kind says it already. */
    repeats: language === 'en' && channel.how?.startsWith(english.route[channel.kind]),
    leaves: `${said(channel.leaves.phone)} ${said(channel.leaves.bill)}`,
  });

/** How to call 999 without speaking is one text, the same on every page: it stands before what the data say. */
export const notesOf = ({ t, said }: Translator, { role, notes }: Service): readonly string[] =>
  role === 'emergency'
    ? [t('emergency.silent'), ...notes.map((note) => said(note, 'grave'))]
    : notes.map((note) => said(note));

function routeModel(words: Translator, { service, hours, reasons, stale }: Route, at: Date, day: string) {
  const { t, said, saidPlain } = words;
  const grave = service.role === 'emergency' ? 'grave' : undefined;
  const unsure = hasStaleHours(service, day);
  const [first, ...others] = channelsOn(service, day).map(channelModel(words, grave));
  return {
    id: service.id,
    name: said(service.name),
    more: t('route.more', { service: saidPlain(service.name) }),
    state: unsure ? ('not confirmed' as const) : hours.state,
    hours: unsure ? translateStaleHours(words, service.hours) : translateHours(words, hours, service.hours, at),
    reasons: reasons
      .filter((reason) => reason !== 'open now' && reason !== 'closed now' && reason !== 'hours not confirmed')
      .map((reason) => t(reasonKeys[reason])),
    first,
    others,
    runBy: said(service.runBy),
    sits: said(service.sits),
    forWhom: said(service.forWhom),
    promise: said(service.promise, grave),
    notes: notesOf(words, service),
    languages: said(service.languages),
    sources: service.sources,
    // What says that its hours are not confirmed does not say so twice.
    checked: translateCheckedDate(words, service.dateChecked, stale && !unsure),
    stale,
    /** Who takes reports alone gives no help: a short list of ways to help says so. */
    caveat: service.role === 'anonymous reporting' ? notesOf(words, service) : [],
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

/** Services for one kind come apart and in short: the self-check shows them in full. For children the kind is known. */
export const helpPage = (words: Translator, situation: Situation, answer: RoutedContacts, day: string) => ({
  ...routesModel(words, situation, answer, day),
  ...splitByKind(words, situation, answer, day),
  title: words.t('shell.help'),
  here: '/help',
  questions: helpSeekers.map((who) => ({
    address: helpSeekerLabels[who].address,
    text: words.t(helpSeekerLabels[who].text),
    checked: who === situation.who,
  })),
});

function splitByKind(words: Translator, situation: Situation, { routes: [, ...routes] }: RoutedContacts, day: string) {
  const known = situation.who === 'child or worried about a child';
  const forOneKind = ({ service }: Route): boolean => !known && service.kinds !== null;
  const model = (route: Route) => routeModel(words, route, situation.at, day);
  return {
    routes: routes.filter((route) => !forOneKind(route)).map(model),
    forOneKind: routes.filter(forOneKind).map(model),
  };
}

export const frontPage = { here: '/start' };

/** The first ways to help on the front page of the named site. */
const onFrontPage = 3;
export function homePage(words: Translator, situation: Situation, answer: RoutedContacts, day: string) {
  const { routes } = routesModel(words, situation, answer, day);
  return { here: '/', title: words.plain('front.title'), routes: routes.slice(0, onFrontPage) };
}

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/signs/public-front': typeof frontPage;
    'public/signs/public-home': ReturnType<typeof homePage> & { readonly forMachines: string | undefined };
    'public/signs/public-help': ReturnType<typeof helpPage> & { readonly safe: boolean };
  }
}
