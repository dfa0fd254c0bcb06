/** What an officer's NRM referral holds on a person who asks for it. Readable by the data-protection lead of the officer's agency while a request is open. */
import { consentInformationOn, type Facts, type FactValue } from '../../nrm/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { formatInterpreting, formatLanguage } from '../../vocabulary/interpreting.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { createLines, type Line, type Part } from '../../vocabulary/records-held.ts';
import type { ReferralContent } from './nrm-referral.ts';
import { findContent, listReferralsAbout, openEarlierContent } from './store.ts';

/** Answers about somebody else than the person. */
const aboutOthers: ReadonlySet<string> = new Set([
  ...['family', 'exploiters', 'where exploiters are', 'who else', 'about others exploited'],
  ...['somebody else first name', 'somebody else last name', 'somebody else email', 'somebody else street'],
  ...['other telephone', 'who has the other telephone', 'council worker first name', 'council worker last name'],
  ...['your telephone', 'other contact', 'your first name', 'your last name'],
]);
const remarks: ReadonlySet<string> = new Set(['professional view', 'credibility evidence']);

const listed = (value: FactValue): string => [value].flat().join(', ');

const answerLines = (of: string, answers: Facts, before = ''): Line[] =>
  Object.entries(answers).flatMap(([name, value]) =>
    createLines(of, { [name]: listed(value) }, [
      [
        name,
        `${before}${before ? name : capital(name)}`,
        aboutOthers.has(name) ? 'another person' : remarks.has(name) ? 'an agency’s own remark' : undefined,
      ],
    ]),
  );

function consentLines(of: string, { consent, inDoubt, assessment }: ReferralContent, before = ''): Line[] {
  const told = consent && consentInformationOn(consent.on);
  const said = {
    inDoubt: inDoubt ? 'yes' : null,
    assessor: assessment && [assessment.assessor.name, assessment.assessor.service].filter(Boolean).join(', '),
    able: assessment?.able,
    decisionMaker: assessment?.decisionMaker?.name,
    decision: assessment?.decision,
    wording: told?.id === consent?.wordingId ? told?.sentences.map(({ says }) => says).join(' ') : null,
    shownWording: consent?.shownWording,
    consent: consent && `${consent.answer}, on ${consent.on}`,
    how:
      consent && `${formatLanguage(consent.language)}; ${formatInterpreting(consent.interpreted, consent.interpreter)}`,
  };
  return createLines(of, said, [
    ['inDoubt', `${before}Whether somebody doubted that you could decide this yourself`],
    ['assessor', `${before}Who found out whether you could decide it`, 'another person'],
    ['able', `${before}Whether you were found able to decide it`],
    ['decisionMaker', `${before}Who decided for you`, 'another person'],
    ['decision', `${before}What was decided for you`],
    ['wording', `${before}What you were told, word for word`],
    ['shownWording', `${before}The same words in your language, as they were shown`],
    ['consent', `${before}What you answered when you were asked whether to be referred`],
    ['how', `${before}In which language, and who interpreted`, 'another person'],
  ]);
}

function outcomeLines(of: string, { submission, notSent, decisions }: ReferralContent): Line[] {
  const said = {
    way:
      submission &&
      (submission.way === 'referral' ? 'you were referred, by name' : 'the Home Office was told without your name'),
    at: submission && formatMoment(submission.sentAt),
    reference: submission?.reference,
    sentFrom:
      submission?.sentFrom === 'the form of the Home Office' ? 'on the Home Office’s own form, not from here' : null,
    corrected: submission?.corrections
      ?.map(({ reference, sentAt }) => [formatMoment(sentAt), reference].filter(Boolean).join(', '))
      .join('; '),
    decisions: decisions.map(({ kind, outcome, day }) => `${kind}: ${outcome}, ${longDay(day)}`).join('; '),
    notSent,
  };
  return createLines(of, said, [
    ['way', 'What was sent'],
    ['at', 'When'],
    ['reference', 'Under the number'],
    ['sentFrom', 'How it was sent'],
    ['corrected', 'When and under which number, as it was recorded before'],
    ['decisions', 'What the Home Office decided'],
    ['notSent', 'Why nothing was sent', 'an agency’s own remark'],
  ]);
}

/** What an earlier version said and the next one does not. */
const changedSince = (earlier: Facts, next: Facts): Facts =>
  Object.fromEntries(
    Object.entries(earlier).filter(([name, value]) => {
      const later = (next as Readonly<Record<string, FactValue | undefined>>)[name];
      return later === undefined || listed(later) !== listed(value);
    }),
  ) as Facts;

/** Everything in referrals about these arrests or people met. */
export async function listReferralsHeld(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  about: { readonly arrests: readonly string[]; readonly people: readonly string[] },
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { id, recordedAt } of await listReferralsAbout(db, about)) {
    const content = await findContent(db, keys, id);
    if (!content) continue;
    const of = `nrm_referrals/${id}`;
    const lines = [
      ...createLines(of, { begun: formatMoment(recordedAt) }, [['begun', 'Begun']]),
      ...answerLines(of, { ...content.submission?.facts, ...content.answers }),
      ...consentLines(of, content),
      ...outcomeLines(of, content),
    ];
    let next = content;
    for (const { version, record } of await listEarlierVersions(db, 'nrmReferralContents', id)) {
      const said = openEarlierContent(keys, id, record);
      const before = `Before, in version ${version}: `;
      lines.push(...answerLines(`${of}/version ${version}`, changedSince(said.answers, next.answers), before));
      if (JSON.stringify(said.consent) !== JSON.stringify(next.consent))
        lines.push(...consentLines(`${of}/version ${version}`, said, before));
      next = said;
    }
    parts.push({ title: 'A referral of you by an officer', lines });
  }
  return parts;
}
