/** The catalogue as it applies on one day, each entry with its source. */
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { catalogue, findCodeB, listPowersInForce } from './load.ts';
import type { PowerEntry } from './power-in-law.ts';

export const formatAgencyKinds = (kinds: PowerEntry['mayHold']): string =>
  kinds === 'anyone' ? 'any agency' : listOf(kinds);

const row = (key: string, text: string) => ({ key: { text: key }, value: { text } });

function powerModel(entry: PowerEntry): Model {
  return {
    id: entry.id,
    name: entry.name,
    tag: capital(entry.kind),
    verified: entry.lasts.verified,
    rows: [
      row('Statute', entry.statute),
      row('Who may hold it', `${entry.holder} Here: ${formatAgencyKinds(entry.mayHold)}.`),
      row('Who may carry it out', `${entry.execution} Here: ${formatAgencyKinds(entry.mayExecute)}.`),
      row('How long it lasts', entry.lasts.says),
      row('Who may come along', entry.company),
      row('Where', capital(entry.places)),
      row('What for', capital(entry.purposes.join('; '))),
      ...entry.notFor.map(({ purpose, why }) => row('Not for', `${capital(purpose)}. ${why}`)),
    ],
    record: entry.record,
    check: entry.check,
    sources: entry.sources,
    dates: `Used here from ${longDay(entry.validFrom)}${entry.validTo ? ` to ${longDay(entry.validTo)}` : ''}. Compared with its sources on ${longDay(entry.dateChecked)}.`,
  };
}

/** The law in force on this day. */
export function cataloguePage(day: string, today: string, typed: Answers = {}, errors: FormErrors = {}): Model {
  const codeB = findCodeB(day);
  return {
    title: 'Powers of entry',
    back: { href: '/staff/operations', text: 'Operations' },
    caption: day === today ? 'In force today' : `In force on ${longDay(day)}`,
    lead: [
      'What lets somebody through a door, for how long, and with whom. Plans are checked against these entries. They are notes with sources, not legal advice.',
    ],
    day: new FieldBuilder(typed, errors).day('on', 'Show the law of another day', { value: day }),
    errors,
    powers: listPowersInForce(day).map(powerModel),
    codeB: codeB && { ...codeB, since: longDay(codeB.validFrom) },
    noCodeB: longDay(catalogue.codes[0]?.validFrom ?? day),
    notOfEntry: catalogue.notOfEntry,
  };
}
