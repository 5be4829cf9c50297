// The processes of Bookwright under pm2: `./bookwright start`, or `pm2 start ecosystem.config.cjs`.
const { readdirSync } = require('node:fs')
const { join } = require('node:path')

/** The launcher's own Node where there is one: pm2 itself may run under an older one. */
function nodePath() {
  try {
    const own = join(__dirname, '.bookwright')
    const folder = readdirSync(own).find((name) => name.startsWith('node-'))
    const packages = join(own, folder, 'node_modules')
    const name = readdirSync(packages).find((entry) => entry.startsWith('node-'))
    return join(packages, name, 'bin', 'node')
  } catch {
    return process.execPath
  }
}

const common = {
  cwd: __dirname,
  interpreter: nodePath(),
  exec_mode: 'fork',
  // A worker finishes what it has begun before it ends; see GRACE_MS in src/worker/worker.ts.
  kill_timeout: 25_000,
  exp_backoff_restart_delay: 200,
  time: false,
}
/** pm2 knows no time zones: it runs a script every hour, and the script knows when it is due. */
const script = { ...common, autorestart: false, exp_backoff_restart_delay: undefined }

module.exports = {
  apps: [
    { ...common, name: 'bookwright-bot', script: 'src/bot/main.ts' },
    { ...common, name: 'bookwright-worker', script: 'src/worker/main.ts', instances: 1 },
    { ...common, name: 'bookwright-periodic', script: 'src/periodic/main.ts' },
    {
      ...script,
      name: 'bookwright-refresh-courses',
      script: 'src/scripts/refresh-courses.ts',
      args: '--daily 06:00',
      cron_restart: '0 * * * *',
    },
    {
      ...script,
      name: 'bookwright-sync-bookings',
      script: 'src/scripts/sync-bookings.ts',
      cron_restart: '30 * * * *',
    },
  ],
}
