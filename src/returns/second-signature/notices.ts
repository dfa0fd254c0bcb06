/** What the page of an unsigned return says of its second signature. */
import type { StateItem } from '../../platform/rendering/pages.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { type FirstSignature, isSentBack, isWaiting } from './second-signature.ts';

/** On the page of an unsigned return: that it waits, or came back. */
export function secondSignatureNotices(
  first: FirstSignature | undefined,
  { leadAgency, names }: { readonly leadAgency: string; readonly names: ReadonlyMap<string, string> },
): StateItem[] {
  if (first && isWaiting(first))
    return [
      {
        kind: 'waiting',
        title: 'Waits for a second signature',
        text: `${names.get(first.signedBy) ?? 'A member'} signed this as ${first.stage} on ${formatDateTime(first.signedAt)}. Another analyst or a commander of ${leadAgency} must countersign it. They find it on their Home page. Neither press nor coordinators can see it yet. If you count again or change a wording, it must be signed again.`,
      },
    ];
  if (!first?.decision || !isSentBack(first)) return [];
  const { decidedBy, decidedAt, reason } = first.decision;
  return [
    {
      kind: 'unwise',
      title: 'Sent back by the second person',
      text: `${names.get(decidedBy) ?? 'A member'}, ${formatDateTime(decidedAt)}: “${reason ?? ''}” Correct the records or the wording, count again if needed, and sign again.`,
    },
  ];
}
