/** What was raised, drafted, submitted and decided about a person, for their subject access request: the present version and earlier ones. */

import { englishReferralWording } from '../../nrm/consent-words/index.ts';
import { consentInformationOn, type FactValue } from '../../nrm/index.ts';
import type { AreaRecordsHeld } from '../../platform/area.ts';
import { listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { createLines, type Line, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import { keyOfPerson } from '../people/store.ts';
import { listRecordIdsAbout } from '../people/subject-access-store.ts';
import type { NrmReferralContent } from './nrm-referral.ts';
import { listNrmReferralsOf, unsealEarlierContent } from './store.ts';

/** Facts whose answers are about other people. */
const factsAboutOthers: ReadonlySet<string> = new Set([
  ...['exploiters', 'others exploited', 'family', 'other contact', 'council worker first name'],
  ...['council worker last name', 'your first name', 'your last name', 'your role', 'your telephone'],
]);
const listed = (value: FactValue): string => [value].flat().join(', ');

const answersOf = (of: string, answers: NrmReferralContent['answers'], before = ''): Line[] =>
  Object.entries(answers).flatMap(([name, { value }]) =>
    createLines(of, { [name]: listed(value) }, [
      [name, `${before}${before ? name : capital(name)}`, factsAboutOthers.has(name) ? 'another person' : undefined],
    ]),
  );

const questionWords = {
  doubt: 'Whether somebody doubted that you could decide this yourself',
  able: 'Whether you were found able to decide it',
  decision: 'What was decided for you',
  consent: 'What you answered when you were asked whether to be referred',
} as const;
const assessorLabels: readonly ShownColumn[] = [
  ['assessor', 'Who was to find out whether you could decide it', 'another person'],
  ['decisionMaker', 'Who was to decide for you', 'another person'],
];

/** The words in force on the day of the answer, where they are the ones that it names. */
function englishWordsOf({ on, wordingId }: NonNullable<NrmReferralContent['fork']['consent']>): string | null {
  const told = consentInformationOn(on);
  return told?.id === wordingId ? englishReferralWording(told) : null;
}

function routeAnswerLines(of: string, { fork }: NrmReferralContent, before = ''): Line[] {
  const answers = {
    doubt: fork.doubt?.answer,
    able: fork.able?.answer,
    decision: fork.decision?.answer,
    consent: fork.consent?.answer,
  };
  const called = (one: NrmReferralContent['fork']['assessor']) =>
    one && [one.name, one.service].filter(Boolean).join(', ');
  const named = { assessor: called(fork.assessor), decisionMaker: called(fork.decisionMaker) };
  const words = fork.consent && {
    wording: englishWordsOf(fork.consent),
    shownWording: fork.consent.shownWording ?? null,
  };
  return [
    ...createLines(of, words ?? {}, [
      ['wording', `${before}What you were asked, word for word`],
      ['shownWording', `${before}The same words in your language, as they were shown`],
    ]),
    ...createLines(
      of,
      answers,
      Object.entries(questionWords).map(([name, label]) => [name, before + label] as const),
    ),
    ...createLines(
      of,
      named,
      assessorLabels.map(([name, label, third]) => [name, before + label, third] as ShownColumn),
    ),
    ...(fork.doubt?.turned ?? []).flatMap(({ why, on }, nth) =>
      createLines(`${of}/doubt ${nth + 1}`, { on, why }, [
        ['on', `${before}It was not doubted any more from`],
        ['why', `${before}Why it was not doubted any more`, 'an agency’s own remark'],
      ]),
    ),
  ];
}

function outcomeLines(
  of: string,
  { handed, submission, decisions, agreedToStay, suspendedOn, withdrawnOn }: NrmReferralContent,
): Line[] {
  const sent = submission && {
    way: submission.way === 'referral' ? 'you were referred, by name' : 'it was told without your name',
    on: submission.on,
    reference: submission.reference,
  };
  return [
    ...handed.flatMap(({ on }, nth) =>
      createLines(`${of}/handed ${nth + 1}`, { on }, [
        ['on', 'A draft was put with your papers, for whoever may submit it, on'],
      ]),
    ),
    ...createLines(of, sent ?? {}, [
      ['way', 'What was submitted'],
      ['on', 'On'],
      ['reference', 'Under the number'],
    ]),
    ...decisions.flatMap((one, nth) =>
      createLines(`${of}/decision ${nth + 1}`, { said: `${one.kind}: ${one.outcome}, on ${one.day}` }, [
        ['said', 'What was decided'],
      ]),
    ),
    ...createLines(of, { agreedToStay: agreedToStay?.on, suspendedOn, withdrawnOn }, [
      ['agreedToStay', 'You agreed to stay in it on'],
      ['suspendedOn', 'Suspended on'],
      ['withdrawnOn', 'You left it on'],
    ]),
  ];
}

/** What an earlier version said and the next one does not. */
function changedSince(earlier: NrmReferralContent, next: NrmReferralContent): NrmReferralContent['answers'] {
  const now = next.answers;
  return Object.fromEntries(
    Object.entries(earlier.answers).filter(([name, { value }]) => {
      const later = now[name];
      return !later || listed(later.value) !== listed(value);
    }),
  );
}

export const readHeldNrmReferrals: AreaRecordsHeld = async (db, keys, about) => {
  const parts: Part[] = [];
  for (const person of await listRecordIdsAbout(db, about)) {
    const key = await keyOfPerson(db, keys, person);
    for (const concern of await listNrmReferralsOf(db, keys, person)) {
      const of = `nrm_drafts/${concern.id}`;
      const lines = [
        ...createLines(of, { raisedAt: formatMoment(concern.raisedAt) }, [['raisedAt', 'Raised in the hour after']]),
        ...answersOf(of, concern.answers),
        ...routeAnswerLines(of, concern),
        ...outcomeLines(of, concern),
      ];
      let next: NrmReferralContent = concern;
      for (const { version, record } of await listEarlierVersions(db, 'nrmDrafts', concern.id)) {
        const said = unsealEarlierContent(key, record);
        const place = `nrm_drafts/${concern.id}/version ${version}`;
        lines.push(
          ...createLines(place, { there: 'yes' }, [['there', `It was written anew after version ${version}`]]),
          ...answersOf(place, changedSince(said, next), `Before, in version ${version}: `),
        );
        if (JSON.stringify(said.fork) !== JSON.stringify(next.fork))
          lines.push(...routeAnswerLines(place, said, `Before, in version ${version}: `));
        next = said;
      }
      parts.push({ title: 'A concern about you, and what came of it', lines });
    }
  }
  return parts;
};
