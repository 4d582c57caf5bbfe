import type { CommandRow } from './rows/command-row.ts'

/** `--crls a.crl b.crl` as `--crls a.crl --crls b.crl`; see `listsTakeSeveral`. */
export function withListsRepeated(args: readonly string[], row: CommandRow | undefined): readonly string[] {
  if (row?.listsTakeSeveral !== true) return args
  const [group = '', command = '', ...rest] = args
  const options = new Map(
    Object.entries(row.options ?? {}).flatMap(([name, option]) =>
      [name, option.alias ?? name].map((spelling) => [`--${spelling}` as string, option] as const),
    ),
  )
  const written: string[] = [group, command]
  let list: string | undefined
  let wantsValue = false
  let isNamed = false
  for (const [index, arg] of rest.entries()) {
    if (arg === '--') return [...written, ...rest.slice(index)]
    if (arg.startsWith('-') && arg !== '-') {
      const [spelling = '', value] = arg.split('=', 2)
      const option = options.get(spelling)
      wantsValue = option !== undefined && option.type !== 'boolean' && value === undefined
      list = option?.array === true ? spelling : undefined
      written.push(arg)
    } else if (wantsValue) {
      wantsValue = false
      written.push(arg)
    } else if (list !== undefined && isNamed) written.push(list, arg)
    else {
      isNamed = true
      written.push(arg)
    }
  }
  return written
}
