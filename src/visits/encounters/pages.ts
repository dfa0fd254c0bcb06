/** Pages about people encountered. They show what an onlooker could see, never what a person disclosed. */

import type { VisitInPlan } from '../../operations/plan/index.ts';
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  editConflict,
  type MemberNames,
  momentField,
  type ShownFields,
  textField,
  versionsSection,
  yesNoField,
} from '../../platform/forms/correction.ts';
import { type Field, type FieldBuilder, type Option, revealing } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import {
  backTo,
  type CasePage,
  type FormPage,
  type Link,
  type PageAction,
  type Section,
} from '../../platform/rendering/pages.ts';
import { withLineBreaks } from '../../platform/rendering/views.ts';
import { daysWithoutConcern } from '../../retention/index.ts';
import { addDays, longDay } from '../../vocabulary/calendar/days.ts';
import { type VisitInterpreter, visitInterpreters } from '../../vocabulary/interpreting.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import type { Marking } from '../../vocabulary/marking.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { encounterPaths, identityRequestPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { recordedRow, toRows, visitPageFrame } from '../arrival-and-departure/pages.ts';
import { childrenServicesAction, formatServicesTold } from '../children-met/pages.ts';
import { lateCorrectionNotices } from '../late-corrections/late-correction.ts';
import { interpreterLink } from '../on-call-first-responders.ts';
import { ageLabels } from '../pages.ts';
import { type Encounter, type EncounterRefusal, rolesInPremises } from '../visit.ts';
import { type SpokenLanguage, spokenToIn } from './spoken-language.ts';
import type { KeepingRecords } from './store.ts';

/** One press says language and interpreter; without such ways, the two have fields of their own. */
const listSpokenToOptions = (ways: readonly SpokenLanguage[]): Option[] => [
  ...ways.map((way) => ({
    value: spokenToIn(way),
    text: `Spoken to in ${way.language}, ${describeInterpreter(way.interpreter)}`,
  })),
  { value: 'spoken to', text: ways.length > 0 ? 'Spoken to in another way' : 'Spoken to', ...revealing },
  { value: 'only seen', text: 'Only seen' },
];
const describeInterpreter = (how: VisitInterpreter): string =>
  how === 'not needed' ? 'no interpreter needed' : how === 'none found' ? 'no interpreter found' : `interpreter ${how}`;

/** In sight where they are asked for: after the answer that leaves them open, in a correction, and beside an error about them. */
const spokenFields = (field: FieldBuilder, known?: Encounter): Field[] => {
  const wrong = ['spokenTo', 'language', 'interpreter'].some((name) => field.errors[name]);
  const revealed = known || wrong ? 'open' : 'when chosen';
  return [
    field.text('language', 'Language', {
      hint: 'The language you spoke, or tried to speak.',
      value: known?.language ?? '',
      revealed,
    }),
    field.one('interpreter', 'Interpreter', visitInterpreters, {
      hint: 'Do not ask anybody from the premises, or a companion of the person, to interpret.',
      value: known?.interpreter ?? '',
      revealed,
    }),
  ];
};

const encounterFields = (field: FieldBuilder, ways: readonly SpokenLanguage[], known?: Encounter): Field[] => [
  field.one('place', 'Their place in the premises', rolesInPremises, { value: known?.place ?? '' }),
  field.one('spokenTo', 'Met', listSpokenToOptions(ways), {
    ...(ways.length === 0 && { classes: 'govuk-radios--inline' }),
    value: known ? (known.spokenTo ? 'spoken to' : 'only seen') : '',
  }),
  ...spokenFields(field, known),
  field.one(
    'age',
    'Age',
    [
      { value: 'adult', text: 'Adult' },
      { value: 'under 18', text: 'Under 18' },
      { value: 'not known', text: 'Not known', hint: { text: 'Treated as a child until assessed.' } },
    ],
    { value: known?.age ?? '' },
  ),
];

/** A person encountered. The page has no name and nothing that the person disclosed. */
export const encounterFormPage = (
  visitId: string,
  premises: Pick<VisitInPlan['premises'], 'name' | 'interpreter'>,
  ways: readonly SpokenLanguage[],
  id: string,
  writesNotes: boolean,
): FormPage => ({
  ...visitPageFrame(visitId, 'A person met', premises.name),
  first: interpreterLink(premises),
  lead: [
    'Record only what anybody at the premises could see. Do not enter a name. On the next page, record what the person says.',
  ],
  button: 'Save and go on',
  ...(writesNotes && { further: [{ name: 'colleague', text: 'Save: a colleague writes the note' }] }),
  fields: (ask) => [...encounterFields(ask, ways), ask.hidden('id', id)],
});

export const correctEncounterPage = (met: Encounter, base: number): FormPage => ({
  ...encounterPageFrame(met, 'Correct this record'),
  lead: [
    'A safeguarding note keeps the age and the language that it was written with. If you wrote one, correct it too.',
  ],
  button: 'Save the correction',
  fields: (ask) => [...encounterFields(ask, [], met), ...correctionFields(ask, base)],
});

/** The frame of each page about one person encountered. */
export const encounterPageFrame = ({ id, number }: Encounter, title: string) => ({
  title,
  caption: `Person ${number}`,
  ...backTo(encounterPaths.encounter(id), `Person ${number}`),
});

const encounterFieldLabels: ShownFields = {
  place: textField('place in the premises'),
  spoken_to: yesNoField('spoken to'),
  age: textField('age'),
  language: textField('language'),
  interpreter: textField('interpreter'),
  services_told: textField('who at children’s services was told'),
  services_told_at: momentField('when they were told'),
};

/** What an onlooker could see. */
const listShownFacts = (met: Encounter): readonly (readonly [what: string, is: string])[] =>
  met.disposedOn ? listCountedFacts(met) : listAllFacts(met);
/** What remains of a record after its retention period. */
const listCountedFacts = (met: Encounter): readonly (readonly [what: string, is: string])[] => [
  ['Met', met.spokenTo ? 'spoken to' : 'only seen'],
  ['Interpreter', met.interpreter],
];
const listAllFacts = (met: Encounter): readonly (readonly [what: string, is: string])[] => [
  ['Place in the premises', met.place],
  ['Met', met.spokenTo ? 'spoken to' : 'only seen'],
  ['Age', ageLabels[met.age]],
  ['Language', met.language ?? 'not asked'],
  ['Interpreter', met.interpreter],
];

/** The meeting alone in half a kilobyte, for a van with a bar of signal. */
export function renderBriefEncounter(met: Encounter, marking: Marking): string {
  const rows = listShownFacts(met).map(([what, is]) => `<dt>${what}</dt><dd>${withLineBreaks(is).html}</dd>`);
  const title = `Short version: person ${met.number}`;
  return `<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width"><title>${title}</title><main><p>${marking}</p><h1>${title}</h1><dl>${rows.join('')}</dl><p><a href="${encounterPaths.encounter(met.id)}">All of it</a></p><p>${marking}</p></main></html>`;
}

/** The same for a program, as JSON: what an onlooker could see, by the names of the record's fields. */
export const serialiseEncounter = (
  { id, number, place, spokenTo, age, language, interpreter }: Encounter,
  marking: Marking,
): string => JSON.stringify({ marking, id, number, place, spokenTo, age, language, interpreter });

export type EncounterPageData = {
  readonly met: Encounter;
  readonly premises: string;
  /** The day from which the 28 days count. */
  readonly retentionStart: string;
  readonly names: MemberNames;
  readonly versions: readonly EarlierVersion[];
  /** When the visit was finished for the first time. */
  readonly firstFinishedAt: Date | undefined;
  readonly writes: boolean;
  readonly writesNotes: boolean;
  /** What enforcement alone is shown; undefined to a helper. */
  readonly enforcement:
    | {
        readonly nameReason: string | undefined;
        /** A name is held, and the member may request it from a custodian. */
        readonly nameAskable: boolean;
        /** Begins an NRM referral, or leads to the one that there is. */
        readonly referral: readonly PageAction[];
        readonly signs: readonly Section[];
        /** What keeps the record for longer. */
        readonly kept: KeepingRecords & { readonly name: boolean };
      }
    | undefined;
};

const keepingReasons = [
  ['control', 'an indicator of control'],
  ['name', 'a name under seal'],
  ['arrest', 'an arrest at this visit, of this person or another'],
  ['referral', 'an NRM referral'],
] as const;

/** What officers write is named to officers alone. */
function formatRetention(
  disposedOn: string | null | undefined,
  retentionStart: string,
  enforcement: EncounterPageData['enforcement'],
): string {
  if (disposedOn) return `Let go on ${longDay(disposedOn)}: nobody had written down a concern. What is counted stays.`;
  const reasons = keepingReasons.flatMap(([what, words]) => (enforcement?.kept[what] ? [words] : []));
  if (reasons.length > 0) return `For longer than ${daysWithoutConcern} days, because of ${listOf(reasons)}`;
  const until = longDay(addDays(retentionStart, daysWithoutConcern));
  return enforcement
    ? `Until ${until}, unless an arrest, an indicator of control, a name under seal or an NRM referral is recorded before then`
    : `At least until ${until}. For longer if officers record a concern, which this page does not show.`;
}

function listActions({ met, writes, writesNotes, enforcement }: EncounterPageData): PageAction[] {
  const secondary = (href: string, text: string): PageAction => ({ href, text, secondary: true });
  const note = notePaths.writing(met.id);
  const actions: PageAction[] = [];
  if (writesNotes && met.spokenTo) actions.push({ href: note, text: 'Record what the person said', secondary: false });
  if (writesNotes && !met.spokenTo) actions.push(secondary(note, 'Write a safeguarding note'));
  if (!writes) return actions;
  if (enforcement)
    actions.push(
      secondary(encounterPaths.indicators(met.id), `Record indicators of person ${met.number}`),
      ...enforcement.referral,
    );
  return [
    ...actions,
    ...childrenServicesAction(met),
    secondary(visitPaths.newEncounter(met.visitId), 'Add another person met'),
    secondary(encounterPaths.correction(met.id), 'Correct'),
  ];
}

function listLinks({ met, writes, enforcement }: EncounterPageData): Link[] {
  const links: Link[] = [];
  if (enforcement?.nameReason) links.push({ href: encounterPaths.name(met.id), text: 'Open the name' });
  if (enforcement?.nameAskable)
    links.push({ href: identityRequestPaths.newRequest(met.id), text: 'Ask a custodian to open the name' });
  if (enforcement && !enforcement.nameReason && writes)
    links.push({ href: encounterPaths.newName(met.id), text: 'A name is needed' });
  return [...links, { href: encounterPaths.brief(met.id), text: 'Open a short version, for a weak signal' }];
}

export function encounterPage(shown: EncounterPageData): CasePage {
  const { met, premises, retentionStart, names, versions, enforcement } = shown;
  const notices = lateCorrectionNotices(versions, shown.firstFinishedAt, names);
  return {
    title: `Person ${met.number}`,
    caption: `Encounter ${referenceOf('encounter', met.id)}, ${premises}`,
    back: { href: visitPaths.visit(met.visitId), text: premises },
    actions: listActions(shown),
    sections: [
      ...(notices.length > 0 ? [{ kind: 'states' as const, title: 'Where it stands', items: notices }] : []),
      {
        kind: 'summary',
        title: 'The meeting',
        rows: toRows([
          ...listShownFacts(met),
          ['Children’s services', formatServicesTold(met)],
          recordedRow(met, names),
          ['Kept', formatRetention(met.disposedOn, retentionStart, enforcement)],
          ['Name', enforcement ? formatNameStatus(enforcement) : null],
        ]),
        links: listLinks(shown),
      },
      ...(enforcement?.signs ?? []),
      ...versionsSection(versions, names, encounterFieldLabels),
    ],
  };
}

const formatNameStatus = ({ nameReason, nameAskable }: NonNullable<EncounterPageData['enforcement']>): string =>
  nameReason ? `held under seal: ${nameReason}` : nameAskable ? 'held under seal' : 'not held';

export const encounterErrors: Record<
  EncounterRefusal | 'changed meanwhile' | 'the last one' | 'said twice',
  FormErrors
> = {
  'the last one': {
    spokenTo: 'The visit is finished and says that people were spoken with: nobody would be left. Open it again first',
  },
  finished: { '': 'This visit is finished. Open it again first, with a reason' },
  'nobody was found': { '': 'The visit says that there was no reply. Correct the visit first' },
  'language missing': { language: 'Enter the language' },
  'no words were spoken': { interpreter: 'Somebody who was only seen needed no interpreter' },
  'said twice': {
    spokenTo:
      'This names one language and interpreter, and the fields below another. Make both the same, or select “Spoken to in another way”',
  },
  'changed meanwhile': editConflict,
};
