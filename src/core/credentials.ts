import { z } from 'zod'

/** What an account logs in with. `otpauth` is an `otpauth://totp/…` URL or a bare base32 secret; absent: no second factor. */
export const credentialsSchema = z.object({
  username: z.string().min(1),
  password: z.string().min(1),
  otpauth: z.string().min(1).optional(),
})

export type Credentials = z.infer<typeof credentialsSchema>
