/** Where what people type is meant to lie: `store table.column`. Reviewed by hand; a new form brings its columns here, and nothing else does. */
export const meant: ReadonlySet<string> = new Set([]);

/** What is open to every member of the partnership, or to everybody, by the policy table. */
export const shownToAll: readonly RegExp[] = [];
