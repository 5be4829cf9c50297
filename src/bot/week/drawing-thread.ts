import { parentPort } from 'node:worker_threads'
import { Resvg } from '@resvg/resvg-js'
import { fontFiles } from './font.ts'

/** The thread that draws: takes SVG text, answers with a PNG. */
const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Inter' }

parentPort?.on('message', (svg: string) => {
  const png = new Uint8Array(new Resvg(svg, { font }).render().asPng())
  parentPort?.postMessage(png, [png.buffer])
})
