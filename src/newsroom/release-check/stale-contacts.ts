/** Contacts that a release must not print as they are: those that do not hold on the day, and those that nobody has checked for long. */
import {
  type ApprovedContacts,
  channelsOn,
  inForce,
  isStale,
  listServices,
  servicesWith,
} from '../../public/signs/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { Jurisdiction } from '../../vocabulary/jurisdictions.ts';
import { contactKey } from './contact-key.ts';
import type { StaleContact } from './finding.ts';

type Service = ReturnType<typeof servicesWith>[number];

const waysOf = ({ number, address }: Service['channels'][number]): string[] =>
  [number, address].filter((way) => way !== null);

function whyNot(service: Service, day: string): string | undefined {
  const { name, validFrom, validTo, withheld, role, dateChecked } = service;
  if (withheld !== null) return `This contact of ${name} is not printed. ${withheld}`;
  if (!inForce(service, day))
    return validTo !== null && validTo < day
      ? `This contact of ${name} held until ${longDay(validTo)}. Take the one that holds now.`
      : `This contact of ${name} holds from ${longDay(validFrom)}. Take the one that holds now.`;
  // The emergency number is known to hold.
  return role !== 'emergency' && isStale(service, day)
    ? `The contact of ${name} was last checked on ${longDay(dateChecked)}. Take it out, because Help prints it with that day. Or ask an administrator to check it in Settings.`
    : undefined;
}

/** What administrators set and the check reads: contacts, and by whose law the partnership publishes. */
export type CheckSettings = ApprovedContacts & { readonly jurisdiction: Jurisdiction };

/** Numbers and addresses that hold on that day, those that the partnership checked itself among them. */
export const contactsOn = (day: string, settings?: ApprovedContacts): string[] =>
  listServices(day, settings)
    .flatMap((service) => channelsOn(service, day))
    .flatMap(waysOf);

/** Each with the reason, in one sentence and with what to do. A way that another contact still has is not stale. */
export function staleContactsOn(day: string, settings?: ApprovedContacts): readonly StaleContact[] {
  const services = servicesWith(settings);
  const good = new Set(
    services
      .filter((service) => whyNot(service, day) === undefined)
      .flatMap((service) => channelsOn(service, day).flatMap(waysOf).map(contactKey)),
  );
  return services.flatMap((service) => {
    const why = whyNot(service, day);
    const ways = service.channels.flatMap(waysOf);
    return why === undefined ? [] : ways.filter((way) => !good.has(contactKey(way))).map((way) => ({ way, why }));
  });
}
