import type { Api } from 'grammy'
import { maskSecrets } from '../core/log.ts'

/** Nothing that a person has to send is larger. */
const LARGEST_BYTES = 5_000_000
const DOWNLOAD_MS = 15_000

/** Files that people send. */
export type Files = {
  /** The bytes of a file. Throws when it is too large, or Telegram does not give it. */
  download(fileId: string): Promise<Uint8Array>
}

export function createFiles({ api, apiRoot, token }: { api: Api; apiRoot: string; token: string }): Files {
  return {
    async download(fileId) {
      const { file_path: path, file_size: size = 0 } = await api.getFile(fileId)
      if (path === undefined) throw new Error('Telegram does not say where the file is')
      if (size > LARGEST_BYTES) throw new Error(`the file has ${size} bytes`)
      // The address holds the token: no error may carry it.
      const response = await fetch(`${apiRoot}/file/bot${token}/${path}`, {
        signal: AbortSignal.timeout(DOWNLOAD_MS),
      }).catch((error) => {
        throw new Error(maskSecrets(`the file was not reached: ${error instanceof Error ? error.name : 'no reason'}`))
      })
      if (!response.ok) throw new Error(`Telegram does not give the file (${response.status})`)
      return new Uint8Array(await response.arrayBuffer())
    },
  }
}
