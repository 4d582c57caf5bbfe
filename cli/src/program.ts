/**
 * How the program was started changes how commands are written in what it prints for people, and nothing else: whoever
 * has only `npm start` can type what is suggested.
 */
export const PROGRAM: string = process.env.npm_lifecycle_event === 'start' ? 'npm start --' : 'probatum'
