/** Finds input files by name, folder or pattern, and writes the output file. */
import { globSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from './command.ts';

/** A file to read, by the name that is shown and kept; `missing` says why where no file is there by that name. */
export type InputFile = { readonly path: string; readonly name: string; readonly missing?: string };

const isRelease = (name: string): boolean => /\.(?:md|markdown)$/i.test(name) && !name.startsWith('.');
const isPattern = (name: string): boolean => /[*?[{]/.test(name);

/** In the order given, without duplicates. Missing files stay in the list, so that they are counted and named. */
export function listInputFiles(names: readonly string[], folder: string): InputFile[] {
  const meant = names.flatMap((name) => expandName(name, resolve(folder, name), folder));
  return [...new Map(meant.map((file) => [file.path, file])).values()];
}

function expandName(name: string, path: string, folder: string): InputFile[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    const found = readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && isRelease(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    if (found.length === 0) return [{ path, name, missing: 'there is no *.md in this folder' }];
    return found.map((file) => ({ path: file, name: file.slice(path.length).replace(/^\/+/, '') }));
  }
  if (stat && !stat.isFile()) return [{ path, name, missing: 'this is a pipe, a device or a socket, and not a file' }];
  if (stat) return [{ path, name }];
  if (!isPattern(name)) return [{ path, name, missing: 'there is no such file' }];
  const found = globSync(name, { cwd: folder }).filter((file) => statSync(resolve(folder, file)).isFile());
  if (found.length === 0) return [{ path, name, missing: 'no file fits this pattern' }];
  return found.sort().map((file) => ({ path: resolve(folder, file), name: file }));
}

export function writeOutput(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new Refusal(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
