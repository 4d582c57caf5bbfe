import { renderExitCodes } from '@probatum/words'

/** What `probatum help TOPIC` says, beside the help of each command. */
export const TOPICS: Readonly<Record<string, () => string>> = {
  'exit-codes': () =>
    `How probatum ends\n\n${renderExitCodes()}\nSeveral bundles end with the worst of them: 1, then 70, 4, 3, 0.\ninspect, explain, steps, policy and help end with 0 when they could do what they do; that is no verdict.\nwhich ends with 0 when every file was found in a list, else with 3.\ngate check ends with 0 when everything is met, 3 when something is missing, 1 when files or signatures contradict.\nreceipt check ends with 0 when the receipt holds and is known whose, 1 when signature or bundle contradict it, else with 3.\ncompare ends with 0 for one history, 1 for a FORK or a bundle that does not hold, else 3; extract as verify, and with 3 at best when something was not verified.\n`,
  environment: () =>
    'No environment variable and no configuration file changes what is checked or what comes out.\n\n  NO_COLOR   when set and not empty: no colours\n  TERM=dumb  no colours and no progress line\n\n`seal` and `redact` read user and password for the time-stamp authority LABEL, in capitals, from\n\n  PROBATUM_TSA_LOGIN_LABEL   user:password\n',
}
