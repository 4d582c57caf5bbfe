import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.'

type Ids = Extract<FindingId, `${'bag' | 'manifest' | 'path' | 'file'}.${string}`>

export const BAG_AND_PATHS: Record<Ids, FindingWords> = {
  'manifest.algorithm': {
    question: 'Do the digests of the lists count as proof under this policy?',
    outcomes: {
      PASSED: 'The digests of the lists count as proof under this policy.',
      'PASSED:renewed':
        'The methods of the lists no longer count today, but a renewal under a stronger one listed every file while they did.',
      'PASSED:weak-beside-strong':
        'One list uses a method now considered weak, but another one beside it counts as proof.',
      'INDETERMINATE:unsupported-algorithm': {
        say: 'The lists use digests that this program does not know.',
        todo: 'Check with a newer version of this program.',
      },
      'INDETERMINATE:weak-digest': {
        say: 'The lists use methods now considered weak; the match alone no longer proves that files are unchanged.',
        todo: 'Ask the sender for a list under SHA-256 or stronger.',
      },
      'INDETERMINATE:no-manifest': 'There is no list of evidence files that could be used.',
    },
  },
  'bag.declaration': {
    question: 'Does bagit.txt declare a bag?',
    outcomes: {
      PASSED: 'bagit.txt declares a bag as RFC 8493 wants it.',
      'PASSED:loose': 'bagit.txt declares a bag, with small departures from RFC 8493 that change nothing.',
      'INDETERMINATE:missing': {
        say: 'bagit.txt is missing, so nothing says by which rules the rest is to be read.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:unreadable': 'bagit.txt could not be read.',
      'INDETERMINATE:malformed': 'bagit.txt does not read as RFC 8493 wants it.',
      'INDETERMINATE:unsupported-encoding': 'bagit.txt names an encoding of text that this program does not read.',
    },
  },
  'bag.version': {
    question: 'Is the version of the bag known, and allowed by the policy?',
    outcomes: {
      PASSED: 'The version of the bag is known and allowed.',
      'PASSED:old-version': 'The version of the bag is old; its rules were looser.',
      'INDETERMINATE:old-version': {
        say: 'The version of the bag is old, its rules were looser, and this policy does not allow it.',
        todo: 'Check it under the policy fixity.',
      },
      'INDETERMINATE:unknown-version': {
        say: 'The version of the bag is one that this program does not know.',
        todo: 'Check with a newer version of this program.',
      },
      'INDETERMINATE:not-stated': 'The bag does not state its version.',
      'INDETERMINATE:native-version': 'An evidence bundle is a bag of version 1.0, and this one states another.',
    },
  },
  'bag.info': {
    question: 'Does bag-info.txt read as labels and values?',
    doesNotShow: 'What it says about sender, place or date is the sender’s statement.',
    outcomes: {
      PASSED: 'bag-info.txt reads as labels and values.',
      'PASSED:absent': 'There is no bag-info.txt; it need not be.',
      'PASSED:loose':
        'bag-info.txt reads as labels and values, with small departures from RFC 8493 that change nothing.',
      'INDETERMINATE:missing': {
        say: 'bag-info.txt is missing, and an evidence bundle must have it.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:unreadable': 'bag-info.txt could not be read.',
      'INDETERMINATE:malformed': 'bag-info.txt has lines that are no label and value.',
    },
  },
  'bag.fetch': {
    question: 'Is everything here, with nothing left to fetch from elsewhere?',
    outcomes: {
      'PASSED:no-fetch': 'Nothing is left to fetch from elsewhere.',
      'PASSED:already-here': 'There is a fetch.txt, and everything that it names is here already.',
      'FAILED:not-allowed': 'There is a fetch.txt, and an evidence bundle must not have one.',
      'INDETERMINATE:not-fetched': {
        say: 'Some files must still be fetched from elsewhere. This program never does that.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:not-listed': 'fetch.txt names files that the lists do not name.',
      'INDETERMINATE:malformed': 'fetch.txt has lines that cannot be read.',
      'INDETERMINATE:unreadable': 'fetch.txt could not be read.',
    },
  },
  'bag.part': {
    question: 'Is this bag one of a set, and which parts are not here?',
    outcomes: {
      'NOT-CHECKED:no-group': 'The bag does not say that it is one of a set.',
      'NOT-CHECKED:info-not-read': 'bag-info.txt could not be read; it may say that the bag is one of a set.',
      'NOT-CHECKED:part-of-group': {
        say: 'This bag is one of a set; nothing is said about the other parts.',
        todo: 'Check the other parts too; bag-info.txt says how many there are.',
      },
      'NOT-CHECKED:declared-part': 'You said that this copy is a part (--part); nothing is said about the rest.',
      'INDETERMINATE:malformed': 'What bag-info.txt says about the set cannot be read.',
    },
  },
  'manifest.present': {
    question: 'Is there a list of the evidence files?',
    outcomes: {
      PASSED: 'There is a list of the evidence files.',
      'INDETERMINATE:missing': {
        say: 'A list that must be here is missing.',
        todo: 'Ask the sender for a complete copy.',
      },
    },
  },
  'manifest.syntax': {
    question: 'Do the lists read as the standard wants them?',
    outcomes: {
      PASSED: 'The lists read as the standard wants them.',
      'PASSED:loose': 'The lists can be read, with small departures from RFC 8493 that change nothing.',
      'FAILED:not-native-form': 'A list is not in the one form that an evidence bundle prescribes.',
      'INDETERMINATE:malformed': 'A list has lines that are not digest and path.',
      'INDETERMINATE:manifest-not-read': 'A list could not be read.',
      'INDETERMINATE:no-manifest': 'There is no list of evidence files that could be used.',
    },
  },
  'manifest.unique': {
    question: 'Does every list name every file once?',
    outcomes: {
      PASSED: 'Every list names every file once.',
      'PASSED:repeated': 'A list names a file more than once, with the same digest.',
      'FAILED:contradictory': {
        say: 'A list gives one file two different digests: both cannot be right.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:same-algorithm': 'There are two lists under the same digest, and which one counts is not clear.',
      'INDETERMINATE:no-manifest': 'There is no list of evidence files that could be used.',
    },
  },
  'path.safe': {
    question: 'Do all paths stay inside the bundle?',
    outcomes: {
      PASSED: 'All paths stay inside the bundle.',
      'PASSED:not-portable': 'All paths stay inside the bundle; some have characters that not every system can store.',
      'FAILED:unsafe': {
        say: 'Some paths lead out of the bundle, or cannot be meant honestly.',
        todo: 'Do not unpack this bundle with other programs.',
      },
      'INDETERMINATE:not-utf-8': 'Some names are not text in UTF-8, so which file is meant cannot be told for sure.',
      'INDETERMINATE:too-long': 'Some paths are longer than any system stores.',
      'INDETERMINATE:no-files': 'There is no file at all.',
    },
  },
  'path.collision': {
    question: 'Would two files fall together on another system?',
    outcomes: {
      PASSED: 'No two paths fall together where capitals or accents are stored differently.',
      'PASSED:case': 'Some paths differ in capitals only; on Windows and macOS one would replace the other.',
      'INDETERMINATE:normalisation': {
        say: 'Some paths differ only in how accents are stored; on another system one would replace the other.',
        todo: 'Check the bundle in its archive, without unpacking it.',
      },
      'INDETERMINATE:no-files': 'There is no file at all.',
    },
  },
  'file.regular': {
    question: 'Is everything here an ordinary file?',
    outcomes: {
      PASSED: 'Everything here is an ordinary file.',
      'FAILED:irregular': {
        say: 'There are links, devices or other things that are no ordinary files, and an evidence bundle has none. They were not followed.',
        todo: 'Links lead out of the bundle: make a copy in which the files themselves stand in their places, from where you know that they lead, and check that copy; or ask the sender for a fresh one.',
      },
      'INDETERMINATE:irregular':
        'There are links, devices or other things that are no ordinary files. They were not followed, so nothing is known about them.',
      'INDETERMINATE:hard-link': {
        say: 'Some files of the archive are written as second names of others. They were not followed.',
        todo: 'Unpack the archive and check the folder: there they are ordinary files.',
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'Some folders could not be opened, so it is not known what is in them.',
        todo: 'Copy the bundle to another disk, or run again with the right to read these files.',
      },
    },
  },
  'file.leftover': {
    question: 'Did an operating system leave files of its own?',
    outcomes: {
      PASSED: 'No operating system left files of its own, or they were set aside as not sealed.',
      'INDETERMINATE:refused': {
        say: 'An operating system left files of its own (added after sealing), and this policy refuses them.',
        todo: 'Check the bundle as it was received, before a system has opened it.',
      },
    },
  },
}
