/** An answer that may be an expected no. A refusal is a word of the work, never an exception. */

export type Accepted<Value> = { readonly ok: true; readonly value: Value };
export type Refused<Refusal extends string> = { readonly ok: false; readonly refusal: Refusal };
export type Result<Value, Refusal extends string> = Accepted<Value> | Refused<Refusal>;

export const accept = <Value>(value: Value): Accepted<Value> => ({ ok: true, value });
export const refuse = <Refusal extends string>(refusal: Refusal): Refused<Refusal> => ({ ok: false, refusal });
