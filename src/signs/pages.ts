/** What the public pages of this room show. */
import type { Model } from '../platform/views.ts';
import { longDay } from '../vocabulary/days.ts';
import { type Channel, channelsOn, linkOf, people, type Who } from './contacts.ts';
import { checkedWords, hoursInWords, outsidePoliceWords, reasonWords } from './in-words.ts';
import type { Answer, Route, Situation } from './router.ts';
import type { Framing, Sign } from './signs.ts';

/** The words a person would use of herself, and what they are called in an address. */
export const whoWords: Record<Who, { readonly address: string; readonly text: string }> = {
  'worried person': { address: 'worried', text: 'I am worried about someone' },
  'it is happening to me': { address: 'me', text: 'It may be happening to me' },
  'child or worried about a child': { address: 'child', text: 'I am under 18, or worried about a child' },
  professional: { address: 'professional', text: 'I work with people: health, council, school, housing, charity' },
};

export const whoAt = (address: string): Who =>
  people.find((who) => whoWords[who].address === address) ?? 'worried person';

const channelWords: Record<Channel['kind'], string> = {
  phone: 'Call',
  relay: 'Text relay',
  bsl: 'British Sign Language',
  sms: 'Text message',
  web: 'Website',
  post: 'Post',
};

const shownChannel = (channel: Channel) => ({
  kind: channelWords[channel.kind],
  printed: channel.printed,
  href: linkOf(channel),
  cost: channel.cost,
  how: channel.how,
  leaves: channel.leaves,
});

function shownRoute({ service, hours, reasons, stale }: Route, at: Date, day: string): Model {
  const [first, ...others] = channelsOn(service, day);
  return {
    id: service.id,
    name: service.name,
    state: hours.state,
    hours: hoursInWords(hours, service.hours, at),
    reasons: reasons
      .filter((reason) => reason !== 'open now' && reason !== 'closed now' && reason !== 'hours not confirmed')
      .map((reason) => reasonWords[reason]),
    first: first && shownChannel(first),
    others: others.map(shownChannel),
    runBy: service.runBy,
    sits: service.sits,
    forWhom: service.forWhom,
    promise: service.promise,
    notes: service.notes,
    languages: service.languages,
    sources: service.sources,
    checked: checkedWords(service.dateChecked, stale),
    stale,
  };
}

/** Danger first: the emergency route stands above the questions, whatever was answered. */
export function helpPage(situation: Situation, answer: Answer, day: string): Model {
  const [emergency, ...routes] = answer.routes;
  return {
    title: 'Get help or report',
    here: '/help',
    danger: situation.danger,
    questions: people.map((who) => ({ ...whoWords[who], checked: who === situation.who })),
    who: whoWords[situation.who].text,
    forHerself: situation.who === 'it is happening to me' || situation.who === 'child or worried about a child',
    emergency: emergency && shownRoute(emergency, situation.at, day),
    routes: routes.map((route) => shownRoute(route, situation.at, day)),
    outsidePolice: outsidePoliceWords(answer, situation.at),
  };
}

export const signsPage = (signs: readonly Sign[], framing: readonly Framing[]): Model => ({
  title: 'Spot the signs',
  here: '/signs',
  framing,
  control: signs.filter(({ group }) => group === 'control').map(shownSign),
  alone: signs.filter(({ group }) => group === 'means nothing alone').map(shownSign),
});

const shownSign = (sign: Sign) => ({ ...sign, checked: `checked on ${longDay(sign.dateChecked)}` });

export const frontPage: Model = { here: '/start', translated: true };
