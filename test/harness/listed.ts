/** The words or names of a text that lists them, with a comma after each but the last. */
export const listed = (text: string): string[] => text.trim().split(/,\s+/);
