#!/usr/bin/env node
/** The `safelight` command of the package: the launcher with its first word said. */
process.argv.splice(2, 0, 'safelight');
require('./run.cjs');
