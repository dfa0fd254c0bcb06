/** What a signature covers, as bytes: the document without its signature, its fields in one order, after a line that says what it is. Pure. */
import { serialiseCanonically } from '../../return.ts';

/** RFC 8785 in the parts that these documents use: sorted fields, no spaces, whole numbers. */
export const toSignedBytes = ({
  signature: _,
  ...content
}: {
  readonly schema: string;
  readonly schemaVersion: number;
  readonly signature?: string;
}): Buffer => Buffer.from(`${content.schema}/${content.schemaVersion}\n${serialiseCanonically(content)}`);
