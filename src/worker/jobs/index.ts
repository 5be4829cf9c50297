import { book } from './book.ts'
import { cancel } from './cancel.ts'
import { check } from './check.ts'
import type { Done, Job } from './job.ts'
import { look } from './look.ts'
import { refresh } from './refresh.ts'
import { sync } from './sync.ts'

/** Carries out the job's action. Throws `PortalError`, or why the work was stopped. */
export async function runJob(job: Job): Promise<Done> {
  const { action } = job
  switch (action.type) {
    case 'book':
      return await book({ ...job, action })
    case 'cancel':
      return await cancel({ ...job, action })
    case 'check':
      return await check({ ...job, action })
    case 'refresh':
      return action.slot ? await look({ ...job, action }, action.slot) : await refresh({ ...job, action })
    case 'sync':
      return await sync({ ...job, action })
  }
}
