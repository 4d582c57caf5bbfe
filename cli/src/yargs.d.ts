/** The part of yargs that the command line uses; the package brings no types. */
declare module 'yargs' {
  export interface Option {
    readonly type?: 'string' | 'boolean' | 'number' | 'count'
    readonly alias?: string
    readonly describe: string
    readonly choices?: readonly string[]
    readonly default?: string
    readonly coerce?: (value: unknown) => unknown
    readonly defaultDescription?: string
    readonly array?: boolean
    readonly requiresArg?: boolean
    readonly demandOption?: boolean
    readonly conflicts?: string | readonly string[]
    readonly implies?: string | readonly string[]
    readonly group?: string
    readonly nargs?: number
    readonly hidden?: boolean
  }
  export type Parsed = { readonly _: readonly (string | number)[]; readonly [name: string]: unknown }
  export interface Parser {
    scriptName(name: string): Parser
    usage(text: string): Parser
    command(command: {
      readonly command: string | readonly string[]
      readonly describe: string | false
      readonly builder?: (parser: Parser) => Parser
      readonly handler?: (argv: Parsed) => void
    }): Parser
    positional(name: string, option: Option): Parser
    options(options: Readonly<Record<string, Option>>): Parser
    global(names: readonly string[], isGlobal: boolean): Parser
    demandCommand(least: number, message: string): Parser
    strict(): Parser
    strictCommands(): Parser
    recommendCommands(): Parser
    help(name: string | false, description?: string): Parser
    alias(alias: string, name: string): Parser
    version(option: string, description: string, version: string): Parser
    version(without: false): Parser
    epilogue(text: string): Parser
    wrap(columns: number): Parser
    detectLocale(detect: boolean): Parser
    exitProcess(exit: boolean): Parser
    showHelpOnFail(show: boolean): Parser
    updateStrings(strings: Readonly<Record<string, string>>): Parser
    parserConfiguration(configuration: Readonly<Record<string, boolean>>): Parser
    fail(handler: (message: string | null, error: Error | undefined) => void): Parser
    parse(args: readonly string[], done: (error: Error | null, argv: Parsed, output: string) => void): unknown
  }
  const yargs: (args?: readonly string[]) => Parser
  // biome-ignore lint/style/noDefaultExport: the package exports it so
  export default yargs
}
