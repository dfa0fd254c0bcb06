/** The forms by which staff write to a reporter, ask back, and close a report: with a message, by a referral to support, or with no action. */
import type { Field as Asked, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { policeReportPaths, reportPaths } from '../../vocabulary/paths/reports.ts';
import { maxMessageLength } from '../forms.ts';
import type { RiskKind, RiskyWord } from '../mailbox/risky-words.ts';
import { reportFormBase } from '../page-parts.ts';
import type { IntakeLine, MessageKind, MessageRefusal } from '../report.ts';
import { closingOutcomes } from '../retention/retention.ts';
import type { ReportPageInput } from './pages.ts';

type Shown = Pick<ReportPageInput, 'report' | 'parts'>;

export const messageErrors: Record<MessageRefusal, FormErrors> = {
  withdrawn: { '': 'The reporter took this report back and cannot read messages.' },
  closed: { '': 'It is closed. It opens again when the reporter writes.' },
  'nobody can read it': { '': 'The reporter kept no receipt and cannot come back. You can close it.' },
  'written meanwhile': { '': 'A new message has arrived. Read it, then send yours again if it still fits.' },
};

const messageKindLabels: Record<MessageKind, string> = {
  asked: 'Ask a question',
  replied: 'Write something that needs no answer',
  closed: 'Close the report with this last message',
};

export const riskyWordErrors: FormErrors = {
  message: 'It is not sent yet. Check it again. Some of these words could put somebody in danger',
};

const riskLabels: Record<RiskKind, string> = {
  'says who reads it': 'says who reads this',
  'says what it is about': 'says what this is about',
  'names a time': 'is a time: somebody could wait there',
  'names a place': 'is a place',
  'names a number': 'is a number',
  'may be a name': 'may be a name',
  'was told': 'is from the report',
  'hardly checked': 'begins text in another language. Check it with somebody who reads that language',
};

/** Confirms this text only: a changed text is checked again. */
const riskConfirmationField = (ask: FieldBuilder, message: string, found: readonly RiskyWord[]): Asked =>
  ask.many(
    'looked',
    'Risks found in it',
    [{ value: message, text: 'I have checked that it harms nobody, even if somebody else reads it' }],
    {
      hint: `${found.map(({ word, danger }) => `“${word}” ${riskLabels[danger]}`).join('; ')}. Other words can still harm.`,
      value: [],
    },
  );

const messageWarning =
  'Anybody who has the reporter’s phone or receipt can read this. Do not endanger the reporter. Leave out names, places, times and details of the report. Do not say that police read the report.';
const unreadMessage = 'The reporter kept no receipt and cannot come back. Only colleagues read this message.';
const baseField = (ask: FieldBuilder, { parts }: Shown): Asked => ask.hidden('base', String(parts.at(-1)?.place ?? 0));

export const writePage = (line: IntakeLine, shown: Shown, message = '', found: readonly RiskyWord[] = []): FormPage => {
  const { report } = shown;
  return {
    ...reportFormBase(line, report.id),
    title: report.answerable ? 'Write to the reporter' : 'Close it',
    ...(report.answerable
      ? {
          warning: messageWarning,
        }
      : { lead: [unreadMessage] }),
    action: reportPaths[line].message(report.id),
    button: 'Send',
    fields: (ask) => [
      ask.one(
        'kind',
        'Message',
        Object.entries(messageKindLabels)
          .filter(([value]) => report.answerable || value === 'closed')
          .map(([value, words]) => ({ value, text: words })),
      ),
      ask.words('message', 'The message', {
        hint: 'Keep it short and neutral, like “Can you tell us more about the last part?” The reporter can read only the newest message.',
        most: maxMessageLength,
      }),
      ...(found.length > 0 ? [riskConfirmationField(ask, message, found)] : []),
      ask.one('outcome', 'Outcome, if you close it', closingOutcomes, {
        hint: 'The reporter does not see the outcome. The outcome decides how long the report is kept.',
      }),
      baseField(ask, shown),
    ],
  };
};

/** Says where help is, without what it is about: the reporter’s phone may be read by somebody else. */
export const referralMessages = {
  reporter:
    'There are people who can help you with this, in your language, and you choose what to say. Go back to the first page and open “Get help”. You can also write to them: start again and choose that people who help should read it.',
  professional:
    'Thank you. Because the person agreed, please send the same form to the people who help. You find it in the same menu as this form.',
} as const;

/** Whether a professional wrote that the person agrees to the report. */
const personAgreed = ({ report, parts }: Shown): boolean =>
  report.way === 'partner' && parts.some(({ kind, said }) => kind === 'told' && said.consent === 'yes');

/** A report is never copied to the support line: the reporter is told where help is, and decides. A professional to whom the person said yes is asked to send the form there. */
export function referralPage(shown: Shown, message = '', found: readonly RiskyWord[] = []): FormPage {
  const { report } = shown;
  const agreed = personAgreed(shown);
  const known = agreed ? referralMessages.professional : referralMessages.reporter;
  return {
    ...reportFormBase('police', report.id),
    title: 'Refer to support',
    lead: [
      agreed
        ? 'The person agreed to this report. Ask the professional who sent it to send the form to support agencies, too.'
        : report.answerable
          ? 'Tell the reporter where to find help. They decide what a support agency learns.'
          : 'Nobody outside can read an answer. Note for colleagues who was asked to help, and how.',
      'Safelight copies nothing to the support line. This report is closed with the outcome “referred for help”.',
    ],
    ...(report.answerable && { warning: messageWarning }),
    action: policeReportPaths.referral(report.id),
    button: 'Refer and close',
    fields: (ask) => [
      ask.words('message', report.answerable ? 'The message' : 'Note for colleagues', {
        most: maxMessageLength,
        ...(report.answerable && { value: known }),
        hint: report.answerable
          ? 'Keep it neutral. The reporter can read only the newest message.'
          : 'For example: the officer has the number of a support agency.',
      }),
      ...(found.length > 0 ? [riskConfirmationField(ask, message, found)] : []),
      baseField(ask, shown),
    ],
  };
}

export const noActionPage = (shown: Shown): FormPage => ({
  ...reportFormBase('police', shown.report.id),
  title: 'Close with no action',
  lead: [
    'Colleagues read the reason. The reporter does not, and gets no message.',
    'This report is closed with the outcome “no further action”. It opens again if the reporter writes more.',
  ],
  action: policeReportPaths.noAction(shown.report.id),
  button: 'Close the report',
  fields: (ask) => [ask.words('reason', 'Why is no action needed?', { most: maxMessageLength }), baseField(ask, shown)],
});
