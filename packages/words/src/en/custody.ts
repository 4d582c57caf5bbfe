import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `${'custody' | 'log' | 'disclosure'}.${string}`>

const ASK_ISSUER = 'Ask the issuer for an explanation in writing, and for the log as it stands there.'
const SHOW_ISSUER = 'Ask the issuer to show this line, or to say why it is withheld.'
const LIST = 'Ask the issuer, by another way than this bundle came, for the trust set that names the key of this log.'
const LINE_UNREAD = {
  say: 'A line could not be read, so this cannot be told of it.',
  todo: 'Check with a newer version of this program, or ask the sender for a fresh copy.',
}
const CLOSED = 'No event shows this, so there was nothing to compare.'
const ASK_MAKER = 'Keep the file, do not rely on it, and ask whoever made it for an explanation in writing.'
const SEND_AGAIN = 'Ask whoever made the file to send it again.'
const OTHER_BUNDLE = {
  say: 'Nothing in the file belongs to this bundle: it was made for another one, or all of it was altered or made up. It says nothing about this bundle, and nothing in it is confirmed.',
  todo: 'Check whether this is the right file for this bundle. If it should be, ask whoever made it.',
}
const NO_LINES = {
  say: 'There are no lines here that this program could compare openings with.',
  todo: 'Give the file together with the bundle that it was made for.',
}
const LATER_BUNDLE = {
  say: 'The file shows something of a line that comes after the end of this bundle’s log: it was made for a later bundle.',
  todo: 'Check it with the later bundle.',
}
const MALFORMED_VALUE = 'A value that is shown is not of the kind that the format wants there, so it was not compared.'

/** What the history of the evidence shows: custody.jsonl, the signed log, and what of both is opened. */
export const HISTORY: Record<Ids, FindingWords> = {
  'custody.chain': {
    question: 'Do the entries of the custody log form one unbroken chain?',
    doesNotShow: 'A chain shows that nothing was changed afterwards, not that what was written down is true.',
    outcomes: {
      PASSED: 'Each entry that is shown names exactly the entry before it.',
      'FAILED:broken': {
        say: 'An entry names another entry before it than the one that stands there.',
        todo: ASK_ISSUER,
      },
      'FAILED:fork': {
        say: 'Two entries name the same entry before them: the log was continued in two ways.',
        todo: ASK_ISSUER,
      },
      FAILED: 'The chain is contradicted.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'Whether the entries form one chain could not be told.',
      'NOT-CHECKED': 'The custody log was not judged.',
    },
  },
  'custody.order': {
    question: 'Are the entries of the custody log numbered without gap or repetition?',
    outcomes: {
      PASSED: 'The entries are numbered from the first on, each once.',
      'FAILED:out-of-order': { say: 'Entries are missing, stand twice or stand in another order.', todo: ASK_ISSUER },
      INDETERMINATE: 'The numbers of the entries could not be told.',
      'NOT-CHECKED': 'The custody log was not judged.',
    },
  },
  'custody.log-start': {
    question: 'Does the custody log begin with its own beginning?',
    outcomes: {
      PASSED: 'The first entry begins this log, and names the log that the bundle names.',
      'FAILED:not-first': { say: 'The first entry is not the beginning of a log.', todo: ASK_ISSUER },
      'FAILED:differs': { say: 'The log begins as another log than the bundle names.', todo: ASK_ISSUER },
      'FAILED:again': { say: 'A log begins again in the middle of this one.', todo: ASK_ISSUER },
      FAILED: 'The beginning of the log is contradicted.',
      'INDETERMINATE:withheld': {
        say: 'The beginning of the log is withheld; the format never allows that.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'Whether this is the beginning of the log could not be told.',
      'NOT-CHECKED': 'The custody log was not judged.',
    },
  },
  'custody.export': {
    question: 'Is the last entry the making of this very bundle?',
    outcomes: {
      PASSED: 'The last entry is the making of this bundle, over exactly these items and this sharing decision.',
      'FAILED:not-last': {
        say: 'The last entry is not the making of a bundle: the log was cut off or continued.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': { say: 'The last entry is about other items than those listed here.', todo: ASK_ISSUER },
      'FAILED:authorisation-differs': {
        say: 'The last entry is about another sharing decision than the one here.',
        todo: ASK_ISSUER,
      },
      FAILED: 'The last entry contradicts this bundle.',
      'INDETERMINATE:withheld': { say: 'The last entry is withheld; the format never allows that.', todo: SHOW_ISSUER },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:not-compared': 'The last entry could not be compared with the items and the sharing decision.',
      'NOT-CHECKED': 'The custody log was not judged.',
    },
  },
  'custody.types': {
    question: 'Does this program know every kind of entry in the custody log?',
    outcomes: {
      PASSED: 'Every entry that is shown is of a kind that this program knows.',
      'INDETERMINATE:unknown-type': {
        say: 'There are kinds of entries that this program does not know. That says nothing against them.',
        todo: 'Check with a newer version of this program.',
      },
      'NOT-CHECKED': 'The custody log was not judged.',
    },
  },
  'custody.shown': {
    question: 'Are all entries of the custody log shown?',
    outcomes: {
      PASSED: 'All entries are shown.',
      'WITHHELD:withheld': 'Some entries are withheld: their places and their seals are here, and nothing else.',
      'INDETERMINATE:none-shown': {
        say: 'No entry is shown but the beginning of the log and the making of this bundle, so nothing is shown of its custody.',
        todo: 'Ask the issuer which entries may be shown.',
      },
      INDETERMINATE: 'Which entries are shown could not be told.',
      'NOT-CHECKED': 'The custody log was not judged.',
    },
  },
  'custody.objects': {
    question: 'Do the entries name items that exist?',
    outcomes: {
      PASSED: 'Every entry that shows its items names items that are listed.',
      'FAILED:no-item': { say: 'An entry names an item that is not listed.', todo: ASK_ISSUER },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:not-compared': 'The items that the entries name could not be compared with the list of items.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.digests': {
    question: 'Are the fingerprints that the entries state those of the items?',
    outcomes: {
      PASSED: 'Every fingerprint that an entry shows of one shown item is that item’s.',
      'FAILED:differs': { say: 'An entry states another fingerprint of an item than the item has.', todo: ASK_ISSUER },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'The fingerprints could not be compared.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED:not-compared': 'Entries show fingerprints, but not of one shown item under a method that both use.',
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.time': {
    question: 'Can the times of the entries be as they are stated?',
    doesNotShow:
      'The times of entries are statements of those who wrote them. Entries stand in the order in which they were written down: what one tells may have happened long before.',
    outcomes: {
      PASSED:
        'Nothing speaks against the times that are shown: no entry is later than its writing down, and no item was added before it was acquired.',
      'INDETERMINATE:later-than-record': {
        say: 'An entry states a time at which it was written down already: it is later than a later entry of the log itself, or than the bundle.',
        todo: 'Ask the issuer about these times and about the clocks that they come from.',
      },
      'INDETERMINATE:before-acquisition': {
        say: 'Items were added to the log earlier than they were acquired, as the entries state it.',
        todo: 'Ask the issuer when these items were acquired and when they were added.',
      },
      'INDETERMINATE:created-later': {
        say: 'The bundle states that it was made later than its time-stamp. So its clock was wrong, and the times of the entries may be wrong too.',
        todo: 'Ask the issuer about the clock with which the bundle was made.',
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'The times could not be compared.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.handover': {
    question: 'Are the hand-overs signed by giver and receiver?',
    outcomes: {
      'FAILED:other-content': { say: 'A signature on a hand-over belongs to something else.', todo: ASK_ISSUER },
      PASSED:
        'Every signature on a hand-over that is shown holds over its own entry, and your list certifies whose it is.',
      'FAILED:signature': { say: 'A signature on a hand-over does not hold.', todo: ASK_ISSUER },
      'FAILED:replayed': {
        say: 'A signature on a hand-over stands in more than one entry: it was given for one of them.',
        todo: ASK_ISSUER,
      },
      'FAILED:key-usage': {
        say: 'A hand-over was signed with a key whose certificate says that it does not sign.',
        todo: ASK_ISSUER,
      },
      'FAILED:revoked': {
        say: 'The certificate of somebody who signed a hand-over had been withdrawn by then.',
        todo: 'Ask the issuer who signed, when, and why the certificate was withdrawn.',
      },
      FAILED: 'A signature on a hand-over does not hold.',
      'INDETERMINATE:line-unread': {
        say: 'A signature on a hand-over could not be compared: the first line of the log, which says what log it is, could not be read.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:one-for-both': {
        say: 'Giver and receiver signed a hand-over with the same key, with two keys of which one certifies the other, or under the same name: that is one person’s word, not two.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:name-closed': {
        say: 'A signature on a hand-over holds, but the entry does not show whose it is said to be.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:not-in-facts': {
        say: 'The signatures on the hand-overs hold, but the saved facts do not have their certificates, which name people.',
        todo: 'Verify the bundle itself.',
      },
      'INDETERMINATE:no-trust-set': {
        say: 'The signatures on the hand-overs hold, but no list was chosen that says whose keys they are.',
        todo: 'Choose a trust set that came by another way than the bundle (--trust-set FILE).',
      },
      'INDETERMINATE:trust-set-inside': {
        say: 'The list that should say whose keys signed the hand-overs lies in the bundle itself, and was not used.',
        todo: 'Get the trust set from its issuer by another way.',
      },
      'INDETERMINATE:other-role': {
        say: 'Your list has who certified the signers of hand-overs, but in another role: not to sign hand-overs.',
        todo: 'Ask the issuer of the trust set whether this authority certifies people who hand evidence over (role handover).',
      },
      'INDETERMINATE:signer-unknown': {
        say: 'The signatures on the hand-overs hold, but the list that you chose does not say whose keys they are.',
        todo: 'Ask the issuer, by another way than this bundle came, for the trust set with the anchors of role handover; or compare the fingerprints of the certificates with giver and receiver.',
      },
      'INDETERMINATE:anchor-interval': {
        say: 'The anchor for whoever signed a hand-over may not be relied on at the time that is proved for it.',
        todo: 'Ask the issuer of the trust set what happened to that anchor.',
      },
      'INDETERMINATE:validity': {
        say: 'A certificate of somebody who signed a hand-over was not valid at the time that is proved: it had ended, or had not begun. The hand-over may have been earlier, but nothing here proves it.',
        todo: 'Ask for a bundle that was sealed while the certificate was valid.',
      },
      'INDETERMINATE:key-usage': 'A certificate that signed a hand-over is not one for signing documents.',
      'INDETERMINATE:algorithm': 'A signature on a hand-over uses a method that your policy does not count as proof.',
      'INDETERMINATE:revocation': {
        say: 'Whether a certificate that signed a hand-over had been withdrawn is not known.',
        todo: 'Ask for the certificate revocation list or OCSP response of the authority that issued it, and give it beside the bundle (--crl or --ocsp).',
      },
      INDETERMINATE: 'A signature on a hand-over could not be judged.',
      'NOT-CHECKED:none': 'No hand-over shows a signature.',
      'NOT-CHECKED:not-read': 'The custody log could not be read.',
      'NOT-CHECKED': 'No hand-over shows a signature.',
    },
  },
  'log.checkpoint': {
    question: 'Did the log sign its state?',
    outcomes: {
      PASSED: 'The signature of the log holds, under a key of the list that you chose.',
      'FAILED:signature': { say: 'The signature under the log’s name does not hold.', todo: ASK_ISSUER },
      'FAILED:origin-differs': { say: 'The signed state is that of another log.', todo: ASK_ISSUER },
      'FAILED:other-key': { say: 'The state was signed with another key than the log’s.', todo: ASK_ISSUER },
      FAILED: 'The signed state of the log is contradicted.',
      'INDETERMINATE:not-signed': {
        say: 'The state of the log does not bear the log’s own signature.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:no-trust-set': {
        say: 'You chose no list of keys that you believe, so nothing says whose log this is.',
        todo: 'Choose a trust set that came by another way than the bundle (--trust-set FILE).',
      },
      'INDETERMINATE:trust-set-inside': {
        say: 'The list that you chose lies in the bundle itself and was not used.',
        todo: 'Get the trust set from its issuer by another way.',
      },
      'INDETERMINATE:anchor-missing': { say: 'The list that you chose does not name this log.', todo: LIST },
      'INDETERMINATE:same-name-other-key': {
        say: 'The list that you chose names this log, but with another key.',
        todo: 'Compare the fingerprints with the issuer by telephone or letter before you believe either.',
      },
      'INDETERMINATE:anchor-interval': {
        say: 'The list that you chose allows this key for another time only.',
        todo: 'Ask the issuer of the trust set why the time was limited.',
      },
      INDETERMINATE: 'The signature of the log could not be judged.',
      'NOT-CHECKED': 'The log was not judged.',
    },
  },
  'log.key': {
    question: 'Is the key that signed the log’s own, and used for nothing else?',
    outcomes: {
      PASSED: 'The key is the one that the log itself names, and signs nothing else here.',
      'FAILED:other-key': { say: 'The key is another one than the log names.', todo: ASK_ISSUER },
      'FAILED:seal-key': { say: 'The key of the log is also the key of a seal or of another role.', todo: ASK_ISSUER },
      FAILED: 'The key of the log is contradicted.',
      'INDETERMINATE:key-unknown': 'The beginning of the log, which names its key, could not be read.',
      INDETERMINATE: 'The key of the log could not be compared.',
      'NOT-CHECKED:not-verified': 'No signature of the log was found to hold, so there is no key to compare.',
      'NOT-CHECKED': 'The key of the log was not compared.',
    },
  },
  'log.key-change': {
    question: 'Was every change of the log’s key signed by the key before it?',
    outcomes: {
      PASSED: 'Every change of the key is signed as the format wants it.',
      'FAILED:signature': { say: 'The signature on a change of the key does not hold.', todo: ASK_ISSUER },
      'FAILED:key-differs': { say: 'A change of the key names two different keys.', todo: ASK_ISSUER },
      FAILED: 'A change of the key is contradicted.',
      'INDETERMINATE:key-missing': {
        say: 'A change of the key is not signed by a key that your list has for this log and that may sign it.',
        todo: LIST,
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:anchor-interval': {
        say: 'A change of the key is signed by a key that may not be relied on at the time that is proved: it had ended by then.',
        todo: 'Ask the issuer of the trust set what happened to that key; after a theft an anchor signs the change, not the old key.',
      },
      INDETERMINATE: 'A change of the key could not be judged.',
      'NOT-CHECKED': 'The log has always had the same key.',
    },
  },
  'log.size': {
    question: 'Has the log as many entries as its signed state says?',
    outcomes: {
      PASSED: 'There are as many entries as the signed state says.',
      'FAILED:differs': { say: 'There are more or fewer entries than the signed state says.', todo: ASK_ISSUER },
      'INDETERMINATE:not-compared': 'The number of entries could not be compared.',
      'NOT-CHECKED': 'The log was not judged.',
    },
  },
  'log.root': {
    question: 'Are the entries, withheld ones included, exactly those of the signed state?',
    outcomes: {
      PASSED: 'The entries are exactly those of the signed state, each in its place, withheld ones included.',
      'FAILED:differs': {
        say: 'The entries are not those of the signed state: something was changed, exchanged, added or left out.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:not-compared': 'The entries could not be compared with the signed state.',
      'NOT-CHECKED': 'The log was not judged.',
    },
  },
  'log.consistency': {
    question: 'Does the log continue its own earlier states?',
    outcomes: {
      PASSED: 'The log continues every earlier state that is named here.',
      'FAILED:proof': { say: 'A proof that the log continues an earlier state does not hold.', todo: ASK_ISSUER },
      'FAILED:history-differs': {
        say: 'An earlier state was over other entries: the history was written anew.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'By its own entry an earlier bundle of this log was made over other items than the list begins with here: items were changed, removed or put in another order since.',
        todo: ASK_ISSUER,
      },
      FAILED: 'The log does not continue an earlier state.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:not-compared': 'Whether the log continues its earlier states could not be told.',
      'NOT-CHECKED': 'No earlier state of the log is named here.',
    },
  },
  'log.witnesses': {
    question: 'Did witnesses see this state of the log?',
    outcomes: {
      PASSED: 'Witnesses of the list that you chose confirm that they saw this state of the log.',
      'FAILED:signature': { say: 'The signature under a witness’s name does not hold.', todo: ASK_ISSUER },
      'INDETERMINATE:later':
        'A witness states a time at which this state of the log had long been sealed, or one after the day of this check.',
      'INDETERMINATE:anchor-interval': 'Your list allows the key of a witness for another time only.',
      INDETERMINATE: 'A witness’s signature could not be judged.',
      'NOT-CHECKED:unknown': {
        say: 'There are further signatures, but none of a witness that a list of yours names. Keys of the log itself, and keys that seal or approve, are no witnesses.',
        todo: 'If you know a witness of this log, add its verifier key to your trust set (role log).',
      },
      'NOT-CHECKED': 'No witness signed this state of the log.',
    },
  },
  'disclosure.openings': {
    question: 'Does everything that was opened match its commitment?',
    outcomes: {
      PASSED: 'Every value that is opened is the one that was committed to, under its own name.',
      'PASSED:salt-again': {
        say: 'Every value that is opened is the one that was committed to. But {saltsAgain} of them have a salt that another one has too: the program that made this log did not draw them as it must, so what is withheld in it may be guessed.',
        todo: 'Tell the issuer, without passing the openings on.',
      },
      'FAILED:no-slot': { say: 'A value that is opened is not the one that was committed to.', todo: ASK_ISSUER },
      'FAILED:other-slot': { say: 'A value is opened under another name than it was committed to.', todo: ASK_ISSUER },
      'FAILED:twice': { say: 'A field is opened twice.', todo: ASK_ISSUER },
      'FAILED:no-line': { say: 'A value is opened for a line that does not exist.', todo: ASK_ISSUER },
      'FAILED:no-such-field': { say: 'A value is opened for a field that its line does not have.', todo: ASK_ISSUER },
      'FAILED:clear-member': { say: 'A value is opened for something that stands in the clear.', todo: ASK_ISSUER },
      FAILED: 'A value that is opened contradicts its commitment.',
      'INDETERMINATE:line-withheld': {
        say: 'A value is opened for a line that is withheld, so there is nothing to compare it with.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:own-export': 'A field of the making of this bundle is opened; the format does not allow that.',
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'A value that is opened could not be compared.',
      'NOT-CHECKED': 'Nothing is opened.',
    },
  },
  'disclosure.grounds': {
    question: 'Is what is said to be withheld really withheld?',
    outcomes: {
      PASSED: 'What is said to be withheld is not shown.',
      'FAILED:opened': { say: 'Something is said to be withheld, and is shown all the same.', todo: ASK_ISSUER },
      'FAILED:no-line': { say: 'A reason is given for withholding a line that does not exist.', todo: ASK_ISSUER },
      'FAILED:no-such-field': {
        say: 'A reason is given for withholding a field that its line does not have.',
        todo: ASK_ISSUER,
      },
      FAILED: 'A reason for withholding contradicts what is here.',
      'INDETERMINATE:line-unread': {
        say: 'A reason is given for withholding a line that could not be read.',
        todo: ASK_ISSUER,
      },
      INDETERMINATE: 'The reasons for withholding could not be read.',
      'NOT-CHECKED': 'No reason for withholding is given.',
    },
  },
  'disclosure.payload': {
    question: 'Does every evidence file belong to exactly one listed item?',
    outcomes: {
      PASSED: 'Every evidence file belongs to exactly one item, with this fingerprint and this size.',
      'FAILED:differs': {
        say: 'An item has another fingerprint or size than the evidence file that it names.',
        todo: ASK_ISSUER,
      },
      'FAILED:several-items': { say: 'Two items name the same evidence file.', todo: ASK_ISSUER },
      'FAILED:no-item': { say: 'There is an evidence file that no item names.', todo: ASK_ISSUER },
      FAILED: 'Evidence files and items contradict each other.',
      'INDETERMINATE:no-item': {
        say: 'There is an evidence file that no item shows to be its own.',
        todo: 'Ask the issuer to open path, size and fingerprint of this item.',
      },
      'INDETERMINATE:closed': {
        say: 'An item names its evidence file, but does not show its fingerprint and size.',
        todo: 'Ask the issuer to open size and fingerprint of this item.',
      },
      'INDETERMINATE:no-file': {
        say: 'An item names an evidence file that is not part of this bundle.',
        todo: 'Ask the issuer whether this file was left out on purpose.',
      },
      'INDETERMINATE:no-payload': 'There is no evidence file.',
      'INDETERMINATE:not-compared': 'Evidence files and items could not be compared.',
      'NOT-CHECKED': 'Items were not compared with evidence files.',
    },
  },
  'disclosure.copies': {
    question: 'Does every redacted copy name its original?',
    doesNotShow: 'That a copy shows the rest of its original faithfully is the issuer’s statement.',
    outcomes: {
      PASSED: 'REDACTED COPY: each names the item that it was made from.',
      'FAILED:original-differs': {
        say: 'A redacted copy names another original than the one at that place.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-original': {
        say: 'A redacted copy names an original that was not there before it.',
        todo: ASK_ISSUER,
      },
      FAILED: 'A redacted copy contradicts the list of items.',
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'The originals of redacted copies could not be compared.',
      'NOT-CHECKED': 'There is no redacted copy that shows itself as one.',
    },
  },
  'disclosure.items': {
    question: 'Are all items shown?',
    outcomes: {
      PASSED: 'Something of every item is shown.',
      'WITHHELD:withheld': 'Some items are withheld: their places and their seals are here, and nothing else.',
      'WITHHELD:closed': 'Of some items no field is opened: their places and their seals are here, and nothing else.',
      WITHHELD: 'Some items are withheld.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'Which items are shown could not be told.',
      'NOT-CHECKED': 'The list of items was not judged.',
    },
  },
  'disclosure.fields': {
    question: 'Are all fields of the shown lines opened?',
    outcomes: {
      PASSED: 'All fields are opened.',
      'WITHHELD:withheld': 'Some fields are withheld, with a reason; others are withheld or were never filled in.',
      'WITHHELD:closed': 'Some fields are closed: they are withheld, or were never filled in.',
      WITHHELD: 'Some fields are closed.',
      INDETERMINATE: 'Which fields are opened could not be told.',
      'NOT-CHECKED': 'What is opened was not judged.',
    },
  },
  'disclosure.later-form': {
    question: 'Is the file of later openings in the form that the format wants?',
    outcomes: {
      PASSED: 'The file of later openings is in form, and everything in it was read.',
      'INDETERMINATE:malformed': {
        say: 'Something in the file of later openings is not in form and was not read as an opening.',
        todo: SEND_AGAIN,
      },
      'INDETERMINATE:limit': {
        say: 'A line in the file of later openings is larger than this program examines.',
        todo: SEND_AGAIN,
      },
      INDETERMINATE: 'The file of later openings could not be read as a whole.',
    },
  },
  'disclosure.later-lines': {
    question: 'Is every line that the file of later openings shows the one that is withheld at its place?',
    outcomes: {
      PASSED: 'Every line that the file shows is the one that this bundle withheld at its place.',
      'FAILED:differs': {
        say: 'The file is of this log, but a line that it shows is not the one that this bundle has at its place. That says nothing against the bundle: its own lines and seal are judged apart.',
        todo: ASK_MAKER,
      },
      'FAILED:seq-differs': {
        say: 'A line that was withheld gives itself another number than that of its place in the log.',
        todo: ASK_ISSUER,
      },
      'FAILED:prev-differs': {
        say: 'A line that was withheld names another line before it than the one that stands there.',
        todo: ASK_ISSUER,
      },
      'FAILED:number-again': {
        say: 'A line that was withheld has the number of this very export, or of a hand-over that is signed here: such a number is drawn once, so that the decision or the signature was used twice.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'By a line that was withheld, an earlier bundle of this log was made over other items than the list begins with here: items were changed, removed or put in another order since.',
        todo: ASK_ISSUER,
      },
      'FAILED:log-again': {
        say: 'A line that was withheld begins the log again in the middle of this one.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:key-withheld': {
        say: 'A line that was withheld changes the log’s key, which the format never allows to be withheld: whose signature the log bears was judged without it.',
        todo: ASK_ISSUER,
      },
      FAILED: 'A line that the file shows contradicts the lines of this bundle.',
      'INDETERMINATE:other-bundle': OTHER_BUNDLE,
      'INDETERMINATE:no-lines': NO_LINES,
      'INDETERMINATE:no-line': LATER_BUNDLE,
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:malformed': {
        say: 'A line that was withheld is shown, and is not of a form that this program knows.',
        todo: 'Check with a newer version of this program.',
      },
      INDETERMINATE: 'A line that the file shows could not be compared.',
    },
  },
  'disclosure.later-openings': {
    question: 'Does everything that the file of later openings opens match its commitment in this bundle?',
    doesNotShow: 'An opening shows that a field has said this since the log was sealed, not that what it says is true.',
    outcomes: {
      PASSED: 'Every value that the file opens is the one that this bundle committed to, under its own name.',
      'FAILED:no-slot': {
        say: 'The file is of this log, but a value in it is not the one that this bundle committed to. That says nothing against the bundle: its own lines and seal are judged apart.',
        todo: ASK_MAKER,
      },
      'FAILED:other-slot': {
        say: 'The file opens a value under another name than it was committed to.',
        todo: ASK_MAKER,
      },
      'FAILED:twice': { say: 'The file opens a field twice.', todo: ASK_MAKER },
      'FAILED:no-such-field': { say: 'The file opens a field that its line does not have.', todo: ASK_MAKER },
      'FAILED:clear-member': { say: 'The file opens something that stands in the clear.', todo: ASK_MAKER },
      FAILED: 'A value that the file opens contradicts its commitment.',
      'INDETERMINATE:other-bundle': OTHER_BUNDLE,
      'INDETERMINATE:no-lines': NO_LINES,
      'INDETERMINATE:no-line': LATER_BUNDLE,
      'INDETERMINATE:line-withheld': {
        say: 'The file opens a value of a line that is withheld, and does not show the line, so there is nothing to compare it with.',
        todo: 'Ask for a file that shows the line too: `probatum disclose` made for this very bundle does.',
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:own-export':
        'The file opens a field of the making of this bundle; the format does not allow that.',
      'INDETERMINATE:malformed': { say: 'An opening in the file could not be read.', todo: SEND_AGAIN },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:empty': { say: 'The file opens nothing.', todo: SEND_AGAIN },
      INDETERMINATE: 'A value that the file opens could not be compared.',
    },
  },
  'disclosure.later-values': {
    question: 'Does what is opened later agree with what the bundle shows?',
    doesNotShow: 'Values are compared with each other and with the files, never with the world.',
    outcomes: {
      PASSED: 'What is opened later agrees with what the bundle shows, as far as it can be compared.',
      'FAILED:no-item': { say: 'An entry that is opened later names items that do not exist.', todo: ASK_ISSUER },
      'FAILED:digest-differs': {
        say: 'An entry that is opened later names another fingerprint than its item has.',
        todo: ASK_ISSUER,
      },
      'FAILED:original-differs': {
        say: 'A redacted copy that is opened later names another original than the one at that place.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-original': {
        say: 'A redacted copy that is opened later names an original that was not there before it.',
        todo: ASK_ISSUER,
      },
      'FAILED:payload-differs': {
        say: 'An item that is opened later has another fingerprint or size than the evidence file that it names.',
        todo: ASK_ISSUER,
      },
      'FAILED:several-items': {
        say: 'An item that is opened later names the evidence file of another one.',
        todo: ASK_ISSUER,
      },
      FAILED: 'What is opened later contradicts what the bundle shows.',
      'INDETERMINATE:handover': {
        say: 'A signature on a hand-over is opened later. This version judges whose it is only where the bundle itself opens it.',
        todo: 'Ask the issuer for a bundle that opens it, or compare it by hand.',
      },
      'INDETERMINATE:times': {
        say: 'With what is opened later, the times of the entries do not fit together.',
        todo: 'Ask the issuer about the times of these entries.',
      },
      'INDETERMINATE:limit': 'The bundle opens more than this program compares with what is opened later.',
      INDETERMINATE: 'What is opened later could not be compared with what the bundle shows.',
    },
  },
}
