import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { messageOf } from '../src/core/errors.ts'
import { runMain, stopOnSignals } from '../src/core/run-main.ts'
import { bookingBench } from './booking/booking.ts'
import { chaosBench } from './chaos/chaos.ts'
import { growthBench } from './growth/growth.ts'
import { idleBench } from './idle/idle.ts'
import { closePlaces } from './place.ts'
import { pressBench } from './press/press.ts'
import { queueBench } from './queue/queue.ts'
import type { Benchmark, Row, Scale } from './report.ts'
import { raceBench } from './shot/race.ts'
import { shotBench } from './shot/shot.ts'
import { volleyBench } from './shot/volley.ts'
import { statisticsBench } from './statistics/statistics.ts'
import { round } from './stats.ts'
import { tableOf } from './table.ts'

const BENCHMARKS: readonly Benchmark[] = [
  pressBench,
  queueBench,
  growthBench,
  idleBench,
  bookingBench,
  statisticsBench,
  shotBench,
  raceBench,
  volleyBench,
  chaosBench,
]

const USAGE = `Usage: ./bookwright bench [name] [--quick]
${BENCHMARKS.map(({ name, what }) => `  ${name.padEnd(12)}${what}`).join('\n')}
Without a name all of them run. --quick repeats little: it shows that they work, not how fast.`

/** `./bookwright bench [name] [--quick]`. */
async function main(): Promise<void> {
  const { name, quick, help } = readArguments()
  const chosen = BENCHMARKS.filter((benchmark) => name === undefined || benchmark.name === name)
  if (help || chosen.length === 0) {
    if (!help) console.error(`bookwright: there is no benchmark '${name}'.`)
    console.error(USAGE)
    process.exitCode = help ? 0 : 2
    return
  }
  stopOnSignals(closePlaces)
  for (const benchmark of chosen) await measure(benchmark, quick ? 'quick' : 'full')
}

function readArguments(): { name: string | undefined; quick: boolean; help: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    })
    return { name: positionals.length > 1 ? positionals.join(' ') : positionals[0], ...values }
  } catch (error) {
    return { name: messageOf(error), quick: false, help: false }
  }
}

/** Runs one benchmark and prints its table and its line of JSON. */
async function measure({ name, what, run }: Benchmark, scale: Scale): Promise<void> {
  const loadBefore = loadOfMachine()
  console.log(`${name}: ${what}`)
  const { rows, notes, figures } = await run(scale)
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), node: process.version }
  const over = rows.filter(({ ok }) => ok === false).map((row: Row) => row.what)
  console.log(`\n${tableOf(rows)}\n`)
  for (const note of notes) console.log(`  ${note}`)
  console.log(`  ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; load before ${loadBefore}`)
  if (scale === 'quick') console.log('  --quick: too few repetitions to judge by')
  console.log(over.length === 0 ? '\nWithin every budget.\n' : `\nOver budget: ${over.join('; ')}\n`)
  console.log(JSON.stringify({ bench: name, scale, ...figures, overBudget: over.length, machine, loadBefore }))
}

function loadOfMachine(): number {
  return round(loadavg()[0] ?? 0, 2)
}

await runMain(main)
