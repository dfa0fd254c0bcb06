/** The version of Safelight, as package.json has it: a built Safelight comes without that file. */
export const safelightVersion = '0.2.0';
