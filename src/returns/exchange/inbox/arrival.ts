/** What is found of a document at the moment it comes. Pure: the same bytes give the same finding. */
import { hash } from 'node:crypto';
import { serialiseCanonically } from '../../../vocabulary/canonical-json.ts';
import { decodeDocument, findInconsistencies, maxDocumentBytes, readSignedReturn } from '../document/reading.ts';
import type { ArrivalVerdict } from './inbox.ts';

export type Arrived = {
  readonly arrival: ArrivalVerdict;
  /** What does not add up. */
  readonly faults: readonly string[];
  readonly publicKey: string | null;
  readonly digest: string;
  readonly content: string;
};

/** Of what is no return, the beginning is kept to be looked at. */
const mostOfNoReturn = 100_000;

/** Undefined for what is too large to keep. */
export function judgeArrival(bytes: Uint8Array): Arrived | undefined {
  if (bytes.length > maxDocumentBytes) return undefined;
  // A database keeps no NUL; JSON has none.
  const content = decodeDocument(bytes).replaceAll('\0', '\ufffd');
  const kept = { content, digest: hash('sha256', bytes, 'hex') };
  const read = readSignedReturn(bytes);
  if (!read.ok) {
    const arrival = read.refusal === 'bad signature' ? 'bad signature' : 'not a return';
    return {
      ...kept,
      content: arrival === 'not a return' ? content.slice(0, mostOfNoReturn) : content,
      arrival,
      faults: [],
      publicKey: null,
    };
  }
  const faults = findInconsistencies(read.value);
  const { signature: _, ...said } = read.value;
  return {
    ...kept,
    // The same return with other spaces is the same return.
    digest: hash('sha256', serialiseCanonically(said), 'hex'),
    arrival: faults.length > 0 ? 'does not add up' : 'readable',
    faults,
    publicKey: read.value.publicKey,
  };
}
