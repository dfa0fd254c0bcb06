/** JSON with one spelling, for digests and signatures: RFC 8785 in the parts that the documents here use. Pure. */

/** One text for one value, whatever the order in which its fields were written. */
export function serialiseCanonically(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(serialiseCanonically).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, held]) => held !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${fields.map(([name, held]) => `${JSON.stringify(name)}:${serialiseCanonically(held)}`).join(',')}}`;
}
