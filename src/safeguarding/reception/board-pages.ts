/** People at a reception centre by wristband number, with their open needs. This is all that a volunteer sees. */

import { namedOptions, type Option } from '../../platform/forms/fields.ts';
import type { CasePage, FormPage, Link, Section, SectionsPage } from '../../platform/rendering/pages.ts';
import { formatPeriod } from '../../vocabulary/calendar/moments.ts';
import { capital, counted, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import { receptionPaths } from '../../vocabulary/paths/safeguarding/reception.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import {
  freeBeds,
  type Need,
  needKinds,
  needs,
  type Reception,
  type RotaEntry,
  stateOf,
  type Wristband,
} from './reception.ts';

export const bandName = ({ number }: Pick<Wristband, 'number'>): string => `Number ${number}`;
const needWords = ({ kind, detail }: Need): string => `${kind}: ${detail}`;

export type Board = {
  readonly reception: Reception;
  readonly bands: readonly Wristband[];
  readonly needs: readonly Need[];
  readonly helps: boolean;
  /** The id of the next wristband, so that a repeated form adds only one. */
  readonly next: string;
  readonly now: Date;
};

export function boardPage({ reception, bands, needs: all, helps, next, now }: Board): CasePage {
  const here = bands.filter(({ leftAt }) => leftAt === null);
  const open = all.filter(({ metAt }) => metAt === null);
  const full = here.length >= reception.places;
  return {
    title: 'People at reception',
    caption: `${capital(stateOf(reception, now))}: ${formatPeriod(reception.opensAt, reception.closesAt)}`,
    back: helps
      ? { href: receptionPaths.plan(reception.id), text: 'The plan' }
      : { href: receptionPaths.receptions(), text: 'Reception' },
    lead: ['Use the name people prefer when you speak with them. Record only their number here.'],
    actions: [
      ...(reception.stoodDownAt
        ? []
        : [
            {
              post: receptionPaths.wristbands(reception.id),
              text: 'Give out the next wristband',
              hidden: { id: next },
            },
          ]),
      { href: receptionPaths.debrief(reception.id), text: 'Debrief', secondary: true },
    ],
    sections: [
      {
        kind: 'states' as const,
        items: [
          {
            kind: full ? 'unwise' : 'waiting',
            text: full
              ? `${counted(here.length, 'person is', 'people are')} here: as many as it is good for, or more. Do not turn anybody away. Ask the reception lead.`
              : `${counted(here.length, 'person is', 'people are')} here, of ${countWord(reception.places)} ${plural(reception.places, 'place')}.`,
          },
        ],
      },
      {
        kind: 'table' as const,
        caption: 'People here',
        stack: true,
        columns: ['Wristband', 'Needs now'].map((text) => ({ text })),
        rows: here.map((band) => {
          const needs = open.filter(({ wristbandId }) => wristbandId === band.id).map(needWords);
          return [
            { text: bandName(band), href: receptionPaths.wristband(band.id) },
            { text: needs.length > 0 ? capital(listOf(needs)) : 'nothing that was said' },
          ];
        }),
        empty: 'No wristbands yet. Give the first person the first one.',
      },
    ],
  };
}

export type ShownBand = {
  readonly band: Wristband;
  readonly needs: readonly Need[];
  readonly helps: boolean;
  /** For support agencies: the linked records they know, and the shelter for the first night. */
  readonly people: readonly string[];
  readonly night: RotaEntry | undefined;
  readonly agencies: Agencies;
};

/** Confirmed once, because a person who has left is on no list of people to look after. */
export const departurePage = (band: Wristband): FormPage => ({
  title: `Has ${bandName(band).replace(/^N/, 'n')} left?`,
  cancel: receptionPaths.wristband(band.id),
  button: 'Has left',
  lead: ['The number is not used again. You cannot undo this here.'],
});

export function bandPage(shown: ShownBand): SectionsPage {
  const { band, needs: all, helps } = shown;
  const here = band.leftAt === null;
  return {
    title: bandName(band),
    back: { href: receptionPaths.board(band.receptionId), text: 'People at reception' },
    actions: [
      ...(here ? [{ href: receptionPaths.need(band.id), text: 'Add a need' }] : []),
      ...all
        .filter(({ metAt }) => metAt === null)
        .map((need) => ({ post: receptionPaths.needMet(need.id), text: `Met: ${needWords(need)}`, secondary: true })),
      ...(helps && here
        ? [
            { href: receptionPaths.night(band.id), text: 'First night', secondary: true },
            { href: receptionPaths.leave(band.id), text: 'Has left', secondary: true },
          ]
        : []),
    ],
    sections: [...(here ? [] : [goneSection]), needsSection(all, here), ...(helps ? [helpersSection(shown)] : [])],
  };
}

const goneSection: Section = {
  kind: 'states',
  items: [{ kind: 'empty', text: 'This person has left. There is nothing more to do here.' }],
};

const needsSection = (all: readonly Need[], here: boolean): Section => ({
  kind: 'table',
  caption: 'Needs',
  stack: true,
  columns: ['Information', 'State'].map((text) => ({ text })),
  rows: all.map((need) => [
    { text: capital(needWords(need)) },
    need.metAt ? { text: 'Met', tag: 'green' } : { text: 'Asked for', tag: 'yellow' },
  ]),
  empty: here
    ? 'Nothing was asked for yet. Ask: food, clothes, a wash, a quiet place, somebody who speaks the language.'
    : 'Nothing was asked for.',
});

const helpersSection = ({ band, people, night, agencies }: ShownBand): Section => ({
  kind: 'summary',
  title: 'For helpers alone',
  rows: [
    {
      key: { text: 'Record' },
      value: {
        text: people.length > 0 ? 'known' : 'none that you may see. The page of a record gives it this number.',
      },
      actions: {
        items: people.map((id, index) => ({
          href: recordPaths.record(id),
          text: 'Open',
          visuallyHiddenText: people.length > 1 ? `record ${index + 1} of ${people.length}` : 'the record',
        })),
      },
    },
    {
      key: { text: 'First night' },
      value: {
        text: night
          ? `a bed of ${agencyOf(agencies, night.agencyId)}, for ${night.forWhom}. Ring them for the way there`
          : 'nobody shelters this person yet',
      },
    },
    { key: { text: 'Here' }, value: { text: band.leftAt === null ? 'yes' : 'has left' } },
  ],
});

export function needPage(band: Wristband, id: string): FormPage {
  const options: Option[] = needKinds.flatMap((kind) =>
    needs[kind].map((detail) => ({ value: `${kind}: ${detail}`, text: `${capital(kind)}: ${detail}` })),
  );
  return {
    title: 'Need',
    caption: bandName(band),
    cancel: receptionPaths.wristband(band.id),
    lead: ['Select from this list only. If a person tells you more, ask the reception lead. Do not write it down.'],
    fields: (ask) => [ask.choose('need', 'Need', options), ask.formId(id)],
    button: 'Add it',
  };
}

export function nightPage(
  band: Wristband,
  shelters: readonly { readonly entry: RotaEntry; readonly taken: number }[],
  agencies: Agencies,
): FormPage {
  const free = shelters.filter(({ entry, taken }) => freeBeds(entry, taken) > 0);
  return {
    title: 'A bed for the first night',
    caption: bandName(band),
    cancel: receptionPaths.wristband(band.id),
    ...(free.length === 0 && {
      closed: true,
      warning:
        'No partner on the rota has a bed left. Ring the council’s night desk, and add what you find to the rota.',
    }),
    lead: ['Only if the person wants it. It depends on nothing that she says to police.'],
    fields: (ask) => [
      ask.one(
        'rotaId',
        'Agency that gives the bed',
        free.map(({ entry, taken }) => ({
          value: entry.id,
          text: `${agencyOf(agencies, entry.agencyId)}, for ${entry.forWhom}`,
          hint: { text: `${freeBeds(entry, taken)} of ${entry.beds} free` },
        })),
      ),
    ],
    button: 'Give the bed',
  };
}

export const linkPage = (
  person: { readonly id: string; readonly called: string },
  receptions: readonly { readonly id: string; readonly name: string }[],
  more: Link | undefined,
): FormPage => ({
  title: 'Wristband',
  caption: person.called,
  more,
  cancel: recordPaths.record(person.id),
  ...(receptions.length === 0 && {
    closed: true,
    warning: 'You do not have access to any reception that is open now.',
  }),
  lead: [
    'Once you save, helpers with access to this record can see whose wristband number it is. Volunteers see only the number on the wristband.',
  ],
  fields: (ask) => [
    ask.choose('receptionId', 'Reception', namedOptions(receptions), {
      value: receptions.length === 1 ? receptions[0]?.id : '',
    }),
    ask.count('number', 'Number on the wristband'),
  ],
  button: 'Save',
});
