/** What triage may do with a report to police, in one place: make intelligence of it, ask back, refer it to support, or close it with no action. */
import type { Section, SummaryRow } from '../../platform/rendering/pages.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { policeReportPaths, reportPaths } from '../../vocabulary/paths/reports.ts';
import type { Report } from '../report.ts';

type Decidable = {
  readonly report: Pick<Report, 'id' | 'state' | 'answerable' | 'way'>;
  readonly recordsIntelligence?: boolean;
  readonly accepted?: boolean;
};

const row = (key: string, value: string, href: string, link: string): SummaryRow => ({
  key: { text: key },
  value: { text: value },
  actions: { items: [{ href, text: link }] },
});

const describeAsking = ({ answerable, way }: Decidable['report']): string => {
  if (answerable) return 'Ask the reporter a question, or write to them. You can also close the report with a message.';
  return way === 'internal log'
    ? 'Speak to the officer who wrote the log. You can close it with a note for colleagues.'
    : 'The reporter kept no receipt and cannot answer. You can close the report with a note for colleagues.';
};

export function decideSection({ report, recordsIntelligence, accepted }: Decidable): Section {
  const { id, state, answerable } = report;
  const waits = state === 'open' || state === 'asked';
  return {
    kind: 'summary',
    id: 'decide',
    title: 'Decide what happens',
    rows: [
      ...(recordsIntelligence
        ? [
            row(
              'Accept',
              accepted
                ? 'Intelligence was recorded from this report. You can record more from it.'
                : 'Record intelligence from it, graded and without the source.',
              intelligencePaths.fromReport(id),
              'Record intelligence',
            ),
          ]
        : []),
      ...(waits && accepted
        ? [
            row(
              'Close',
              'The report still waits. Close it with a last message or a note, if nothing else is needed.',
              reportPaths.police.message(id),
              'Close the report',
            ),
          ]
        : []),
      ...(waits
        ? [
            row(
              'Ask back',
              describeAsking(report),
              reportPaths.police.message(id),
              answerable ? 'Write, or close' : 'Close it',
            ),
            row(
              'Refer to support',
              answerable
                ? 'Tell the reporter where to find help, and close the report. Nothing is copied to the support line.'
                : 'Note who was asked to help, and close the report. Nothing is copied to the support line.',
              policeReportPaths.referral(id),
              'Refer to support',
            ),
            row(
              'No action',
              'Close the report with a reason that colleagues read. The reporter does not see it.',
              policeReportPaths.noAction(id),
              'Close with no action',
            ),
          ]
        : []),
      ...(!waits && !recordsIntelligence
        ? [{ key: { text: 'Closed' }, value: { text: 'It opens again when the reporter writes.' } }]
        : []),
    ],
  };
}
