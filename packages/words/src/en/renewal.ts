import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `renewal.${string}`>

export const RENEWAL: Record<Ids, FindingWords> = {
  'renewal.levels': {
    question: 'Are there later renewals of the seal, and is each one complete?',
    outcomes: {
      PASSED: 'Every later renewal of the seal is in its place: {levels}.',
      'INDETERMINATE:gap': {
        say: 'A renewal in between is missing, so those after it prove nothing here.',
        todo: 'Ask the issuer for all renewals of this bundle.',
      },
      'INDETERMINATE:incomplete': {
        say: 'A renewal has no list or no time-stamp, so it proves nothing.',
        todo: 'Set the folder of this renewal aside in a copy and check that copy, or ask the issuer for the whole renewal.',
      },
      'INDETERMINATE:misplaced': {
        say: 'There are files in a renewal that do not belong there. They prove nothing and cost certainty.',
        todo: 'Set these files aside in a copy and check that copy.',
      },
      'INDETERMINATE:limit': 'There are more renewals than this program examines.',
      'NOT-CHECKED:none': 'The seal has not been renewed.',
      'NOT-CHECKED': 'The seal has not been renewed.',
      INDETERMINATE: 'A later renewal of the seal is not complete, so it proves nothing.',
    },
  },
  'renewal.sums': {
    question: 'Are the files as the renewal {name} lists them?',
    outcomes: {
      PASSED: 'Every file that the renewal lists is as it was then ({matched} compared).',
      'INDETERMINATE:absent': 'The renewal has no list of files, so its time-stamps are over nothing.',
      'INDETERMINATE:not-read': 'The list of the renewal could not be read.',
      'INDETERMINATE:malformed': {
        say: 'The list of the renewal is not in the form that is prescribed, so it proves nothing.',
        todo: 'Ask the issuer for this renewal again.',
      },
      'INDETERMINATE:mismatch': {
        say: 'A file is not as the renewal lists it, so the renewal proves nothing of this copy.',
        todo: 'Ask the issuer for a fresh copy. What this means for the evidence stands in the other answers.',
      },
      'INDETERMINATE:missing': {
        say: 'A file that the renewal lists is not here, so the renewal proves nothing of this copy.',
        todo: 'Ask the issuer for a fresh copy.',
      },
      'INDETERMINATE:unreadable': 'A file that the renewal lists could not be read.',
      INDETERMINATE: 'The files could not be compared with the list of the renewal.',
    },
  },
  'renewal.coverage': {
    question: 'Does the renewal {name} list everything that it has to protect?',
    outcomes: {
      PASSED: 'The renewal lists every file.',
      'PASSED:seal-only':
        'The renewal lists the seal and the lists of files; that is enough while their methods count.',
      'INDETERMINATE:unlisted': {
        say: 'The renewal does not list every file of the seal below it, so it proves nothing.',
        todo: 'Ask the issuer for a complete renewal, or set files aside that were added since.',
      },
      'INDETERMINATE:incomplete': {
        say: 'A method below this renewal no longer counts, and the renewal does not list every file: it can no longer vouch for the rest.',
        todo: 'Ask the issuer for a renewal that lists every file and was made in time.',
      },
      'INDETERMINATE:digest-ended': 'The method of the renewal’s own list no longer counts.',
      'INDETERMINATE:not-read': 'What the renewal lists could not be read.',
      'NOT-CHECKED:not-asked': 'The renewal lists evidence files under SHA-512, and that digest was not asked for.',
      INDETERMINATE: 'Whether the renewal lists everything could not be decided.',
      'NOT-CHECKED': 'Not everything that the renewal lists was compared.',
    },
  },
  'renewal.token': {
    question: 'Is the time of the renewal {name} proved and still believed?',
    outcomes: {
      PASSED: 'The time-stamps of the renewal hold and are still believed.',
      'PASSED:renewed': 'The time-stamps of the renewal hold, and a later renewal came in time to keep them.',
      'INDETERMINATE:none': 'The renewal has no time-stamp, so it proves nothing.',
      'INDETERMINATE:broken': {
        say: 'A time-stamp of the renewal contradicts itself or what it is over. Anybody can have put it there; the renewal proves nothing with it.',
        todo: 'Set this file aside in a copy and check that copy, or ask the issuer for the renewal again.',
      },
      'INDETERMINATE:not-believed': {
        say: 'The time-stamps of the renewal are no longer believed, and no later renewal came in time.',
        todo: 'Check as of an earlier day (--at), or ask the issuer for a later renewal.',
      },
      'INDETERMINATE:revocation-unknown':
        'Whether the certificates of the renewal’s time-stamps were withdrawn is not known.',
      'INDETERMINATE:not-proved': 'The time-stamps of the renewal do not prove its time with the list that you chose.',
      'NOT-CHECKED:in-future': 'The renewal was made after the moment of this check, so it is left out of it.',
      'NOT-CHECKED': 'The renewal was made after the moment of this check, so it is left out of it.',
      'INDETERMINATE:own-key': {
        say: 'The key that sealed the bundle also made the time-stamp of the renewal, or certified whoever made it: that confirms the time to nobody but its holder.',
        todo: 'Ask the issuer for a renewal with a time-stamp of somebody else.',
      },
      'INDETERMINATE:too-few': 'Fewer authorities than the policy asks for confirm the time of the renewal.',
      INDETERMINATE: 'The time of the renewal is not proved.',
    },
  },
  'renewal.order': {
    question: 'Is the renewal {name} later than everything that it renews?',
    outcomes: {
      PASSED: 'The renewal is later than everything that it renews.',
      'INDETERMINATE:not-later': 'A time-stamp of the renewal is not later than one that it is said to renew.',
      'INDETERMINATE:unknown': 'No time-stamp of the renewal states a time that could be compared.',
      INDETERMINATE: 'The order of the renewals could not be decided.',
    },
  },
  'renewal.due': {
    question: 'Until when does this proof of time last?',
    outcomes: {
      'PASSED:certificate':
        'Renew before {renewBefore.found}: then the certificate “{certificate.found}” of the time-stamps ends.',
      'PASSED:anchor': 'Renew before {renewBefore.found}: then the root “{anchor.found}” of your list ends.',
      'PASSED:anchor-interval':
        'Renew before {renewBefore.found}: from then on your list no longer relies on “{anchor-interval.found}”.',
      'PASSED:algorithm':
        'Renew before {renewBefore.found}: from then on the method {algorithm.found} no longer counts under this policy.',
      'INDETERMINATE:overdue': {
        say: 'The seal should have been renewed before {renewBefore.found}; no renewal in time is here.',
        todo: 'Ask the issuer for the renewed bundle. Check as of an earlier day (--at) to see what was proved then.',
      },
      'NOT-CHECKED:nothing-proved': 'No time is proved, so there is nothing to renew.',
      INDETERMINATE: 'Until when the proof of time lasts could not be decided.',
      'NOT-CHECKED': 'No time is proved, so there is nothing to renew.',
      PASSED: 'The proof of time is to be renewed later.',
    },
  },
}
