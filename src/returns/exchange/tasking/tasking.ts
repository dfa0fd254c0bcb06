/** The tasking of a week as a signed document: window, deadline, definitions, what is asked, and where to send the return. Pure. */
import { type ExchangeKey, signDocument } from '../../../platform/crypto/exchange-key.ts';
import { schemaVersion, type TaskingDocument, taskingSchemaName } from '../document/signed-return.ts';
import type { NamedWeek } from '../store.ts';

const unplain = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;
const line = (text: string): string => text.replaceAll(unplain, ' ');

export function buildTasking(
  week: NamedWeek,
  {
    key,
    name,
    sendTo,
    issuedAt,
  }: { readonly key: ExchangeKey; readonly name: string; readonly sendTo: string; readonly issuedAt: Date },
): TaskingDocument {
  const content: Omit<TaskingDocument, 'keyId' | 'publicKey' | 'signature'> = {
    schema: taskingSchemaName,
    schemaVersion,
    instance: { id: key.instanceId, name: line(name) },
    issuedAt: issuedAt.toISOString(),
    week: {
      id: week.id,
      name: line(week.name),
      nationalOperation: week.nationalOperation === null ? null : line(week.nationalOperation),
      window: { from: week.startsOn, until: week.endsOn },
    },
    deadline: week.deadline.toISOString(),
    ...(week.area !== null && { area: line(week.area) }),
    ...(week.focus.length > 0 && { focus: [...week.focus] }),
    definitions: week.definitions.map(line),
    tasking:
      week.tasking
        ?.split(/\r\n|\r|\n/)
        .map(line)
        .join('\n') ?? null,
    sendTo,
  };
  return signDocument(content, key);
}
