import type { FastifyReply } from 'fastify'
import type { Html } from '../../shared/html.ts'
import type { Layout } from '../layout.ts'
import type { Person } from '../people.ts'
import type { World } from '../world.ts'
import { type BannerMoment, shell } from './shell.ts'

type Options = { bodyClass?: string; isLogin?: boolean; person?: Person; layout?: Layout; scripts?: readonly string[] }

/** Answers with a whole page. */
export function sendPage(
  world: World,
  reply: FastifyReply,
  content: Html,
  { bodyClass, isLogin = false, person, layout, scripts }: Options,
): FastifyReply {
  const page = {
    texts: world.texts,
    layout: layout ?? world.layout(person?.username),
    banner: bannerMoment(world, isLogin, person?.username),
    name: person?.name,
    ...(bodyClass !== undefined && { bodyClass }),
    ...(scripts !== undefined && { scripts }),
  }
  return reply.type('text/html; charset=utf-8').send(shell(page, content))
}

function bannerMoment(world: World, isLogin: boolean, person: string | undefined): BannerMoment {
  const variant = world.faults.take('banner', { person }, (fault) => fault.variant !== 'login' || isLogin)?.variant
  if (variant === undefined || variant === 'none') return 'never'
  return variant === 'late' ? 'late' : 'at-once'
}
