/** Finds input files by name, folder or pattern, and writes the output file. */
import { type Dirent, globSync, readdirSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from './command.ts';

/** A file to read, by the name that is shown and kept; `missing` says why where nothing can be read by that name. */
export type InputFile = { readonly path: string; readonly name: string; readonly missing?: string };

const isRelease = (name: string): boolean => /\.(?:md|markdown)$/i.test(name) && !name.startsWith('.');
const isPattern = (name: string): boolean => /[*?[{]/.test(name);

const noFile = 'this is a pipe, a device or a socket, and not a file';
const noSuchFile = 'there is no such file';

/** In the order given, without duplicates. What cannot be read stays in the list, so that it is counted and named. */
export function listInputFiles(names: readonly string[], folder: string): InputFile[] {
  const meant = names.flatMap((name) => expandName(name, resolve(folder, name), folder));
  return [...new Map(meant.map((file) => [file.path, file])).values()];
}

function expandName(name: string, path: string, folder: string): InputFile[] {
  const looked = lookAt(path);
  if (typeof looked !== 'string') return looked.isDirectory() ? inFolder(path, name) : [asInput(path, name, looked)];
  if (looked !== noSuchFile || !isPattern(name)) return [{ path, name, missing: looked }];
  const found = globSync(name, { cwd: folder })
    .sort()
    .map((file) => ({ name: file, path: resolve(folder, file) }))
    .flatMap((file): InputFile[] => {
      const fit = lookAt(file.path);
      if (typeof fit === 'string') return [{ ...file, missing: fit }];
      return fit.isDirectory() ? [] : [asInput(file.path, file.name, fit)];
    });
  return found.length > 0 ? found : [{ path, name, missing: 'no file fits this pattern' }];
}

/** What is there, or why nothing can be learned of it. Opens nothing, so it never waits for a pipe. */
function lookAt(path: string): Stats | string {
  try {
    return statSync(path);
  } catch (error) {
    return describeFault(error);
  }
}

function describeFault(error: unknown): string {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return noSuchFile;
  return code === 'EACCES' || code === 'EPERM' ? 'this user may not read it' : `it cannot be read (${code})`;
}

const asInput = (path: string, name: string, stat: Stats): InputFile =>
  stat.isFile() ? { path, name } : { path, name, missing: noFile };

/** A folder inside that cannot be read is named, and its neighbours are read. */
function inFolder(path: string, name: string): InputFile[] {
  const found: InputFile[] = [];
  walk(path, '', found);
  if (found.length === 0) return [{ path, name, missing: 'there is no *.md in this folder' }];
  return found.map((file) => (file.name === '' ? { ...file, name } : file));
}

function walk(path: string, name: string, found: InputFile[]): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    found.push({ path, name, missing: `this folder cannot be read: ${describeFault(error)}` });
    return;
  }
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const [inner, called] = [join(path, entry.name), join(name, entry.name)];
    if (entry.isDirectory()) walk(inner, called, found);
    else if (isRelease(entry.name)) found.push(...lookInside(inner, called));
  }
}

/** A link to a folder is not followed: it could lead back. */
function lookInside(path: string, name: string): InputFile[] {
  const looked = lookAt(path);
  if (typeof looked === 'string') return [{ path, name, missing: looked }];
  return looked.isDirectory() ? [] : [asInput(path, name, looked)];
}

export function writeOutput(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new Refusal(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
