/** Loaded into every command by the launcher: ends it, as SIGTERM would, when the launcher is gone without a word. */
const launcher = Number(process.env.SAFELIGHT_LAUNCHER);

if (process.env.WATCH_REPORT_DEPENDENCIES) {
  // Node's watcher stands between us and the launcher and loads nothing: it is ended from here.
  setInterval(() => isGone(launcher) && process.kill(process.ppid, 'SIGTERM'), 500).unref();
} else if (process.channel && process.ppid === launcher) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref(); // Listening alone keeps nothing running.
} else if (process.channel && isGone(launcher)) {
  process.kill(process.pid, 'SIGTERM'); // It was killed while this process began.
}

function isGone(pid) {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
}
