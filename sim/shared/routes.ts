/** Whether a path is the route meant: `*`, the whole path, its end, or its last part; never minding case. */
export function matchesRoute(wanted: string, path: string): boolean {
  const [name, full] = [wanted.toLowerCase(), path.toLowerCase()]
  return name === '*' || full === name || full.endsWith(name.startsWith('/') ? name : `/${name}`)
}
