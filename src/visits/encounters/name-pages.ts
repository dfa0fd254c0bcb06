/** Pages about the name of a person encountered, which is stored sealed. */

import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import { correctionFields, type MemberNames, textField, versionsSection } from '../../platform/forms/correction.ts';
import { backTo, type CasePage, type FormPage } from '../../platform/rendering/pages.ts';
import { encounterPaths } from '../../vocabulary/paths/visits.ts';
import { recordedRow, toRows } from '../arrival-and-departure/pages.ts';
import type { Name } from '../store.ts';
import { type Encounter, nameReasons } from '../visit.ts';
import { encounterPageFrame } from './pages.ts';

export const namePage = (
  met: Encounter,
  name: Name,
  names: MemberNames,
  versions: readonly EarlierVersion[],
  openEarlier: (record: EarlierVersion['record']) => string,
  writes: boolean,
): CasePage => ({
  ...encounterPageFrame(met, 'The name'),
  actions: writes ? [{ href: encounterPaths.newName(met.id), text: 'Correct', secondary: true }] : [],
  sections: [
    {
      kind: 'summary',
      rows: toRows([['Name', name.name], ['Why it is needed', name.reason], recordedRow(name, names)]),
    },
    ...versionsSection(versions, names, {
      sealed_name: ['name', (_sealed, record) => openEarlier(record)],
      reason: textField('why it is needed'),
    }),
  ],
});

/** Asked before any name is opened. The page says neither whether the person exists nor whether a name is held. */
export const nameReasonPage = (id: string): FormPage => ({
  title: 'Why do you need to read the name?',
  ...backTo(encounterPaths.encounter(id), 'The person met'),
  action: encounterPaths.name(id),
  lead: ['Your answer is logged with the view. The data-protection lead can read both.'],
  fields: (ask) => [ask.one('why', 'I need it', nameReasons)],
  button: 'Read the name',
});

export const recordNamePage = (met: Encounter, base: number, known: string | undefined): FormPage => ({
  ...encounterPageFrame(met, known ? 'Correct the name' : 'Record a name'),
  lead: [
    'Record a name only if it is needed: most people met are never named. Names are sealed, and the log records each time somebody opens one.',
  ],
  fields: (ask) => [
    ask.text('name', 'Name', {
      ...(known && { hint: 'A name is kept. It is not shown here: what you type takes its place.' }),
    }),
    ask.text('reason', 'Why it is needed', { value: known ?? '' }),
    ...(known ? correctionFields(ask, base) : [ask.hidden('base', String(base))]),
  ],
});
