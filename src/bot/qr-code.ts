import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

type Reader = typeof import('zxing-wasm/reader')

let loaded: Promise<Reader> | undefined

/** The text of the QR code in an image (PNG or JPEG); undefined when none can be made out. */
export async function readQrCode(image: Uint8Array): Promise<string | undefined> {
  loaded ??= load()
  const { readBarcodes } = await loaded
  const found = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true })
  return found.find(({ isValid }) => isValid)?.text
}

/** Loaded when it is first needed, from the installed package: by itself it would fetch a part from the network. */
async function load(): Promise<Reader> {
  const reader = await import('zxing-wasm/reader')
  const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  reader.prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })
  return reader
}
