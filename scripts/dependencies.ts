/** What may come from the npm registry: the rules of `docs/dependencies.md`, held against `package.json` and the lock file. */

/** Licences a public body can live with, by their SPDX names. Copyleft ends at the file (MPL) or at the font (OFL). */
const licences = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC-BY-3.0', 'ISC', 'MIT', 'MIT-0'],
  ...['MPL-2.0', 'OFL-1.1', 'PSF-2.0', 'Unlicense', 'Zlib'],
]);

export type Locked = {
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
};
export type LockFile = { readonly packages: Readonly<Record<string, Locked>> };
export type Manifest = Readonly<
  Record<'dependencies' | 'optionalDependencies' | 'devDependencies', Readonly<Record<string, string>>>
>;

/** True of an SPDX expression of which every part, or one of those to choose from, is allowed. */
export function isAllowedLicence(expression: string | undefined): boolean {
  if (!expression) return false;
  return expression
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((all) => all.split(' OR ').some((one) => licences.has(one.trim())));
}

/** Each fault in a sentence; none where all rules hold. `described` are the packages that the document has a row for. */
export function findDependencyFaults(
  { dependencies, optionalDependencies, devDependencies }: Manifest,
  lock: LockFile,
  settings: string,
  described: ReadonlySet<string>,
): string[] {
  const atRunTime = Object.keys({ ...dependencies, ...optionalDependencies });
  return [
    ...Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies }).flatMap(([name, version]) =>
      /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? [] : [`${name} is not at one exact version: ${version}`],
    ),
    ...Object.entries(lock.packages).flatMap(([path, one]) => (path === '' ? [] : faultsOf(path, one))),
    ...(/^ignore-scripts=true$/m.test(settings) ? [] : ['.npmrc lets install scripts run']),
    ...atRunTime.flatMap((name) => (described.has(name) ? [] : [`${name} has no row in docs/dependencies.md`])),
    ...[...described].flatMap((name) =>
      atRunTime.includes(name) ? [] : [`docs/dependencies.md has a row for ${name}, which is not used`],
    ),
  ];
}

const faultsOf = (path: string, { license, integrity, resolved, link }: Locked): string[] => {
  const name = path.replace(/^.*node_modules\//, '');
  return [
    ...(isAllowedLicence(license) ? [] : [`${name} has a licence that is not allowed: ${license ?? 'none is named'}`]),
    ...(integrity?.startsWith('sha512-') && !link ? [] : [`${name} has no SHA-512 digest`]),
    ...(resolved === undefined ? [] : [`${name} comes from a place of its own`]),
  ];
};

/** The packages named in the first column of the tables; one row may name several of a kind by a star. */
export function listDescribed(text: string, names: readonly string[]): ReadonlySet<string> {
  const cells = [...text.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
  return new Set(
    cells.flatMap((cell) => {
      if (!cell.endsWith('*')) return [cell];
      const fitting = names.filter((name) => name.startsWith(cell.slice(0, -1)));
      return fitting.length > 0 ? fitting : [cell];
    }),
  );
}
