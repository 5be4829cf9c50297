import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'

const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm')))
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })

/** A PNG of the QR code of a text. */
export async function qrImage(text: string): Promise<Uint8Array> {
  const { image, error } = await writeBarcode(text, { format: 'QRCode', scale: 6 })
  if (!image) throw new Error(error)
  return new Uint8Array(await image.arrayBuffer())
}
