/** The version of Safelight, as package.json has it: a built one has no such file beside it. */
export const safelightVersion = '0.1.0';
