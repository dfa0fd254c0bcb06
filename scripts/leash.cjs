/** Loaded into every command by the launcher: ends it, as SIGTERM would, when the launcher is gone without a word. */
const launcher = Number(process.env.SAFELIGHT_LAUNCHER);

if (process.env.WATCH_REPORT_DEPENDENCIES) {
  // Node's watcher is the parent of this process and loads nothing, so this process ends it. If the watcher is restarting this process just then, it leaves it running, and this process ends itself.
  const watcher = process.ppid;
  const left = () => watcher === 1 || process.ppid !== watcher;
  setInterval(() => {
    if (left()) process.kill(process.pid, 'SIGTERM');
    else if (isGone(launcher)) process.kill(watcher, 'SIGTERM');
  }, 500).unref();
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
