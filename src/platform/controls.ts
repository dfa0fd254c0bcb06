/** Characters that nobody sees, taken out of what people type. */
/** Also what turns text round (U+202A to U+202E, U+2066 to U+2069), by which a name could be shown as another. Marks and joiners stay: languages written from the right, and names, need them. */
const controls = /[[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]--[\t\n\r]]/gv;

/** What people type without the characters that nobody sees and no database keeps: they come along when text is pasted. */
export function withoutControls<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replace(controls, '') as Value;
  if (Array.isArray(value)) return value.map(withoutControls) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, withoutControls(held)])) as Value;
}
