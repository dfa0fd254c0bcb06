/** The catalogue as it applies on one day, each entry with its source. */
import { type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Link, SummaryRow } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths, powerPaths } from '../../vocabulary/paths/operations.ts';
import { type CodeVersion, catalogue, findCodeB, listPowersInForce } from './load.ts';
import type { PowerEntry } from './power-in-law.ts';

export const formatAgencyKinds = (kinds: PowerEntry['mayHold']): string =>
  kinds === 'anyone' ? 'any agency' : listOf(kinds);

const row = (key: string, text: string) => ({ key: { text: key }, value: { text } });

type PowerModel = Pick<PowerEntry, 'id' | 'name' | 'grounds' | 'record' | 'check' | 'sources'> & {
  readonly tag: string;
  readonly rows: readonly SummaryRow[];
  readonly dates: string;
};

export type CataloguePage = {
  readonly title: string;
  readonly back: Link;
  readonly caption: string;
  readonly lead: readonly string[];
  readonly errors: FormErrors;
  /** Where another day is asked for, and its field. */
  readonly action: string;
  readonly day: Field;
  readonly powers: readonly PowerModel[];
  readonly codeB: (CodeVersion & { readonly since: string }) | undefined;
  readonly noCodeB: string;
  readonly notOfEntry: typeof catalogue.notOfEntry;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/powers-of-entry/catalogue': CataloguePage;
  }
}

const powerModel = (entry: PowerEntry): PowerModel => ({
  id: entry.id,
  name: entry.name,
  tag: capital(entry.kind),
  rows: [
    row('Statute', entry.statute),
    row('Who may hold it', `${entry.holder} Here: ${formatAgencyKinds(entry.mayHold)}.`),
    row('Who may carry it out', `${entry.execution} Here: ${formatAgencyKinds(entry.mayExecute)}.`),
    row('How long it lasts', entry.lasts.says),
    row('Who may come along', entry.company),
    row('Where', capital(entry.places)),
    ...(entry.grounds.length > 0 ? [] : [row('What for', capital(entry.purposes.join('; ')))]),
    ...entry.notFor.map(({ purpose, why }) => row('Not for', `${capital(purpose)}. ${why}`)),
  ],
  grounds: entry.grounds,
  record: entry.record,
  check: entry.check,
  sources: [...entry.sources, ...entry.alongside],
  dates: `Used here from ${longDay(entry.validFrom)}${entry.validTo ? ` to ${longDay(entry.validTo)}` : ''}. Compared with its sources on ${longDay(entry.dateChecked)}.`,
});

/** The law in force on this day. */
export function cataloguePage(day: string, today: string, typed: Answers = {}, errors: FormErrors = {}): CataloguePage {
  const codeB = findCodeB(day);
  return {
    title: 'Powers of entry',
    back: { href: operationPaths.list(), text: 'Operations' },
    caption: day === today ? 'In force today' : `In force on ${longDay(day)}`,
    lead: [
      'What lets somebody through a door, for how long, and with whom. Plans are checked against these entries. They are notes with sources, not legal advice.',
    ],
    action: powerPaths.catalogue(),
    day: new FieldBuilder(typed, errors).day('on', 'Show the law of another day', { value: day }),
    errors,
    powers: listPowersInForce(day).map(powerModel),
    codeB: codeB && { ...codeB, since: longDay(codeB.validFrom) },
    noCodeB: longDay(catalogue.codes[0]?.validFrom ?? day),
    notOfEntry: catalogue.notOfEntry,
  };
}
