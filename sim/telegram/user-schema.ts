import { z } from 'zod'

/** The profile of a person, as given on the command line or to the control API. */
export const userSchema = z.strictObject({
  id: z.int().positive(),
  first_name: z.string().min(1),
  last_name: z.string().exactOptional(),
  username: z.string().exactOptional(),
  language_code: z.string().exactOptional(),
  is_premium: z.literal(true).exactOptional(),
})
