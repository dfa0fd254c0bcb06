/** What the doctor says of one thing. */

/** `cure` where something must be fixed; `advice` where it works and could be safer. */
export type Finding = { readonly says: string; readonly cure?: string; readonly advice?: string };

/** One line for each, and what to make of all of them. */
export function formatFindings(findings: readonly Finding[]): { readonly lines: string[]; readonly ill: number } {
  const ill = findings.filter(({ cure }) => cure).length;
  return {
    lines: [
      ...findings.map(({ says, cure, advice }) =>
        cure ? `✖ ${says} ${cure}` : advice ? `! ${says} ${advice}` : `✔ ${says}`,
      ),
      ill === 0 ? 'Nothing needs to be cured.' : `To be cured: ${ill}.`,
    ],
    ill,
  };
}
