/** The page System health: what must be done first, then everything that was checked. */
import type { Section, SectionsPage, StateItem } from '../platform/rendering/pages.ts';
import type { Finding } from './rule.ts';

type State = 'Needs attention' | 'Could be safer' | 'Not set up' | 'Healthy';

const stateOf = ({ cure, advice, notSetUp }: Finding): State => {
  if (cure) return 'Needs attention';
  if (notSetUp) return 'Not set up';
  return advice ? 'Could be safer' : 'Healthy';
};

const colours: Readonly<Record<State, string>> = {
  'Needs attention': 'red',
  'Could be safer': 'yellow',
  'Not set up': 'grey',
  Healthy: 'green',
};

const attentionSection = (findings: readonly Finding[]): Section => {
  const ill = findings.filter(({ cure }) => cure !== undefined);
  const items: StateItem[] =
    ill.length === 0
      ? [{ kind: 'good', text: 'Everything that was checked works.' }]
      : ill.map(({ title, says, cure }) => ({ kind: 'unwise', title, text: `${says} ${cure}` }));
  return { kind: 'states', ...(ill.length > 0 && { title: 'Needs attention' }), items };
};

export const systemHealthPage = (findings: readonly Finding[]): SectionsPage => ({
  title: 'System health',
  lead: [
    'How Safelight is doing now, as this process sees it. Reload the page to check again.',
    'It shows nothing about people or cases. The safeguarding database is shown as it was at the last full hour.',
  ],
  sections: [
    attentionSection(findings),
    {
      kind: 'table',
      stack: true,
      caption: 'Everything that was checked',
      columns: [{ text: 'What' }, { text: 'State' }, { text: 'Finding' }],
      rows: findings.map((finding) => {
        const state = stateOf(finding);
        const more = finding.advice ? ` ${finding.advice}` : '';
        return [{ text: finding.title }, { text: state, tag: colours[state] }, { text: `${finding.says}${more}` }];
      }),
    },
  ],
});
