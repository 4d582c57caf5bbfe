import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.'

type Ids = Extract<FindingId, `${'bundle' | 'seal'}.${string}`>

export const BUNDLE_FORMAT: Record<Ids, FindingWords> = {
  'bundle.format': {
    question: 'Does this program know the format of the bundle?',
    outcomes: {
      'FAILED:profile-differs': 'bag-info.txt and bundle.json name different formats.',
      'INDETERMINATE:unknown-version': {
        say: 'The bundle has format version {found}, which this program does not know.',
        todo: 'Check it with a newer version of this program. Files and seal were judged all the same.',
      },
      'INDETERMINATE:unknown-member': {
        say: 'The record of the bundle has members that this program does not know: {found}.',
        todo: 'Check it with a newer version of this program. Files and seal were judged all the same.',
      },
      'INDETERMINATE:not-named': 'The bundle does not name the version of its format.',
      'INDETERMINATE:profile-missing': 'bag-info.txt does not name the format of the bundle.',
      PASSED: 'This program knows the format of the bundle.',
      FAILED: 'The bundle contradicts itself about its format.',
      INDETERMINATE: {
        say: 'The bundle was made with a newer version than this program knows, or has members that it does not know.',
        todo: 'Check it with a newer version of this program. Files and seal were judged all the same.',
      },
      'NOT-CHECKED': 'This is a bag of another maker; the evidence format does not apply to it.',
    },
  },
  'bundle.layout': {
    question: 'Does every file stand where the format has a place for it?',
    outcomes: {
      'INDETERMINATE:missing': {
        say: 'Files that every bundle has are not here.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:no-place': 'Some files stand where the format has no place for them.',
      PASSED: 'Every file stands where the format has a place for it.',
      FAILED: 'Some files stand where the format has no place for them, or mandatory files are missing.',
      INDETERMINATE: 'It could not be decided whether every file stands where the format has a place for it.',
      'NOT-CHECKED': 'This is a bag of another maker; the evidence format does not apply to it.',
    },
  },
  'bundle.record': {
    question: 'Do the records of the bundle read as the format wants them?',
    doesNotShow: 'Names and dates in the records are the issuer’s statement.',
    outcomes: {
      'FAILED:contradiction': 'The records of the bundle contradict each other or what is here.',
      'INDETERMINATE:malformed':
        'Records of the bundle do not read as the format wants them, so what they say is not used.',
      'INDETERMINATE:missing': {
        say: 'Records of the bundle are missing from this copy.',
        todo: 'Ask the sender for a complete copy.',
      },
      PASSED: 'The records of the bundle read as the format wants them.',
      FAILED: 'Records of the bundle contradict the format.',
      INDETERMINATE: 'Records of the bundle could not be read in full.',
      'NOT-CHECKED': 'This is a bag of another maker; it has no such records.',
    },
  },
  'bundle.items': {
    question: 'Does the bundle list as many items as it says?',
    outcomes: {
      'FAILED:contradiction': { say: 'The list of items contradicts itself or what is here.', todo: FRESH_COPY },
      'FAILED:count-differs': {
        say: 'The list of items has {found} lines, and the bundle says {expected}.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      'INDETERMINATE:count-unknown': 'The bundle does not say how many items there are.',
      'INDETERMINATE:malformed': 'The list of items does not read as the format wants it.',
      'INDETERMINATE:missing': {
        say: 'The list of items is missing from this copy.',
        todo: 'Ask the sender for a complete copy.',
      },
      PASSED: 'The bundle lists as many items as it says.',
      FAILED: 'The bundle lists another number of items than it says.',
      INDETERMINATE: 'The list of items could not be read.',
      'NOT-CHECKED': 'There is no list of items.',
    },
  },
  'bundle.verify-text': {
    question: 'Is VERIFY.txt the published text of this format?',
    outcomes: {
      'INDETERMINATE:not-published': {
        say: 'VERIFY.txt is not the published text. Do not run commands from it.',
        todo: 'Take the commands from `probatum steps` or from the published specification.',
      },
      'INDETERMINATE:missing': {
        say: 'VERIFY.txt is missing from this copy.',
        todo: 'Take the commands from `probatum steps` or from the published specification.',
      },
      PASSED: 'VERIFY.txt is the published text of this format.',
      INDETERMINATE: {
        say: 'VERIFY.txt is not the published text. Do not run commands from it.',
        todo: 'Take the commands from `probatum steps` or from the published specification.',
      },
      'NOT-CHECKED': 'This is a bag of another maker; it needs no VERIFY.txt.',
    },
  },
  'seal.declared': {
    question: 'Is every seal here that the bundle says it has?',
    outcomes: {
      'INDETERMINATE:missing': {
        say: 'The bundle says that it has seals or time-stamps that are not here.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:not-declared': {
        say: 'The bundle does not declare that it has a seal.',
        todo: 'Ask the issuer for the sealed bundle.',
      },
      'INDETERMINATE:declaration-unreadable': 'What the bundle declares about its seal could not be read.',
      PASSED: 'Every seal and time-stamp that the bundle declares is here.',
      FAILED: 'A declared seal contradicts the declaration.',
      INDETERMINATE: {
        say: 'The bundle says that it has seals or time-stamps that are not here.',
        todo: 'Ask the sender for a complete copy.',
      },
      'NOT-CHECKED': 'The bundle declares no seal.',
    },
  },
  'seal.undeclared': {
    question: 'Is there anything under seal/ that the bundle did not declare?',
    outcomes: {
      'INDETERMINATE:undeclared': {
        say: 'There are files under seal/ that the bundle did not declare. They prove nothing and cost certainty.',
        todo: 'Set these files aside in a copy and check that copy.',
      },
      'INDETERMINATE:limit': 'There are more files under seal/ than this program examines.',
      PASSED: 'There is nothing under seal/ that the bundle did not declare.',
      INDETERMINATE: {
        say: 'There are files under seal/ that the bundle did not declare. They prove nothing and cost certainty.',
        todo: 'Set these files aside in a copy and check that copy.',
      },
      'NOT-CHECKED': 'The bundle has no seal.',
    },
  },
}
