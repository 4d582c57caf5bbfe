import type { FindingId } from '@probatum/core'
import type { FindingWords, Said } from '../messages.ts'

type Ids = Exclude<Extract<FindingId, `authorisation.${string}`>, 'authorisation.notices'>

const ASK_ISSUER = 'Ask the issuer for an explanation in writing, before you use what was shared.'
const WHO_DECIDED = 'Ask the issuer who decided on this sharing, and for the decision in writing.'
const CHOOSE = 'Choose a trust set that came by another way than the bundle (--trust-set FILE).'
const EXCEPTED = 'Read the exception, and decide whether its ground is enough for your purpose.'

/** Of whoever signed approvals and exceptions. */
const SIGNATURES: Readonly<Record<string, string | Said>> = {
  'FAILED:other-content': {
    say: 'A signature on the sharing decision was given for something else: another request, another export or another log.',
    todo: ASK_ISSUER,
  },
  'FAILED:signature': { say: 'A signature on the sharing decision does not hold.', todo: ASK_ISSUER },
  'FAILED:revoked': {
    say: 'The certificate of somebody who signed the sharing decision had been withdrawn by then.',
    todo: 'Ask the issuer who signed, when, and why the certificate was withdrawn.',
  },
  FAILED: 'A signature on the sharing decision does not hold.',
  'INDETERMINATE:malformed': {
    say: 'A signature on the sharing decision is not in the form that the format wants.',
    todo: ASK_ISSUER,
  },
  'INDETERMINATE:unsupported': 'A signature on the sharing decision uses a method that this program does not know.',
  'INDETERMINATE:limit': 'There is more to the signatures on the sharing decision than this program examines.',
  'INDETERMINATE:no-trust-set': {
    say: 'The signatures on the sharing decision hold, but no list was chosen that says whose keys they are.',
    todo: CHOOSE,
  },
  'INDETERMINATE:trust-set-inside': {
    say: 'The list that should say whose keys signed the sharing decision lies in the bundle itself, and was not used.',
    todo: 'Get the trust set from its issuer by another way.',
  },
  'INDETERMINATE:other-role': {
    say: 'Your list has who certified the signers of the sharing decision, but in another role: not to approve exports.',
    todo: 'Ask the issuer of the trust set whether this authority certifies people who approve exports (role approver).',
  },
  'INDETERMINATE:signer-unknown': {
    say: 'The signatures on the sharing decision hold, but the list that you chose does not say whose keys they are.',
    todo: 'Ask the issuer, by another way than this bundle came, for the trust set with the anchors of role approver.',
  },
  'INDETERMINATE:anchor-interval': {
    say: 'The anchor for whoever signed the sharing decision may not be relied on at the time that is proved for it.',
    todo: 'Ask the issuer of the trust set what happened to that anchor.',
  },
  'INDETERMINATE:validity': {
    say: 'A certificate of somebody who signed the sharing decision was not valid at the time that is proved: it had ended, or had not begun.',
    todo: 'Ask for a bundle that was sealed while the certificate was valid.',
  },
  'INDETERMINATE:key-usage': 'A certificate that signed the sharing decision is not one for signing documents.',
  'INDETERMINATE:algorithm':
    'A signature on the sharing decision uses a method that your policy does not count as proof.',
  'INDETERMINATE:none-holds':
    'There are paths from whoever signed the sharing decision to your list, but none of them holds.',
  'INDETERMINATE:revocation': {
    say: 'Whether a certificate that signed the sharing decision had been withdrawn is not known.',
    todo: 'Ask for the certificate revocation list or OCSP response of the authority that issued it, and give it beside the bundle (--crl or --ocsp).',
  },
  INDETERMINATE: 'A signature on the sharing decision could not be judged.',
}

const NO_REQUEST: Readonly<Record<string, string | Said>> = {
  'NOT-CHECKED:no-request': 'There is no request to share, so there is nothing to judge.',
  'NOT-CHECKED:not-read': 'The sharing decision could not be read.',
  'NOT-CHECKED': 'There is no sharing decision to judge.',
}

/** What holds of consents wherever they are opened. */
const OF_CONSENTS = {
  'FAILED:consent-not-yet': { say: 'A consent began only after the bundle had been sealed.', todo: ASK_ISSUER },
  'FAILED:consent-purpose': { say: 'A consent does not cover the purpose of this sharing.', todo: ASK_ISSUER },
  'FAILED:consent-recipient-kind': {
    say: 'A consent does not cover this kind of recipient.',
    todo: ASK_ISSUER,
  },
  FAILED: 'A consent contradicts this sharing.',
  'INDETERMINATE:consent-withdrawn': {
    say: 'A consent had been withdrawn at the time that is proved for the seal. The sealing may have been earlier, but nothing here proves it.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:withdrawn-in-log': {
    say: 'The log in this bundle shows that a consent was withdrawn, and no consent is shown that began after that.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:consent-expired': {
    say: 'A consent had ended at the time that is proved for the seal. The sealing may have been earlier, but nothing here proves it.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:no-time': {
    say: 'Consents are shown, but no time is proved for the seal at which they would have to hold.',
    todo: 'Ask the issuer for the time-stamps over the seal, or check with a trust set that has their authorities.',
  },
  'INDETERMINATE:excepted': {
    say: 'A consent is missing or does not cover this sharing; a signed exception allows it here.',
    todo: EXCEPTED,
  },
  'INDETERMINATE:not-in-facts': {
    say: 'Consents are shown in the bundle, but the saved facts do not have them.',
    todo: 'Verify the bundle itself.',
  },
  INDETERMINATE: 'The consents could not be judged.',
  WITHHELD: 'What the consents cover is closed.',
} as const

/** The sharing decision: authorisation.json. */
export const AUTHORISATION: Record<Ids, FindingWords> = {
  'authorisation.request': {
    question: 'Was a sharing of exactly this bundle asked for?',
    doesNotShow: 'Whether the decision was right is for people to judge.',
    outcomes: {
      PASSED: 'There is a request to share exactly this: this log, these items, these openings, with this recipient.',
      'FAILED:log-differs': { say: 'The request to share is about another log.', todo: ASK_ISSUER },
      'FAILED:export-differs': { say: 'The request to share is about another export.', todo: ASK_ISSUER },
      'FAILED:items-differ': {
        say: 'The request to share is about other items than those listed here.',
        todo: ASK_ISSUER,
      },
      'FAILED:disclosures-differ': {
        say: 'The request to share is about other openings than those that the bundle has.',
        todo: ASK_ISSUER,
      },
      'FAILED:recipient-differs': {
        say: 'The request to share names another recipient than the bundle.',
        todo: ASK_ISSUER,
      },
      'FAILED:head-differs': {
        say: 'The request to share is about another history than the one in this bundle.',
        todo: ASK_ISSUER,
      },
      'FAILED:export-repeated': {
        say: 'The request to share, and so its approvals, were used for an earlier export already: the custody log has its export number twice.',
        todo: ASK_ISSUER,
      },
      'FAILED:head-stale': {
        say: 'Something was entered in the custody log between the request and the export, so nobody decided on what was shared in the end.',
        todo: ASK_ISSUER,
      },
      FAILED: 'The request to share contradicts this bundle.',
      'INDETERMINATE:no-request': {
        say: 'The bundle names a recipient, but has no request to share and no approvals.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:line-unread': {
        say: 'A line of the custody log between the request and the export could not be read.',
        todo: 'Check with a newer version of this program, or ask the sender for a fresh copy.',
      },
      'INDETERMINATE:not-compared': 'The request to share could not be compared with the rest of the bundle.',
      INDETERMINATE: 'The request to share could not be judged.',
      'NOT-CHECKED:draft': 'The bundle is for nobody in particular, and no sharing was decided on.',
      'NOT-CHECKED': 'There is no sharing decision to judge.',
    },
  },
  'authorisation.approvals': {
    question: 'Did two persons approve the sharing?',
    doesNotShow: 'Signatures show who approved, not what they had considered.',
    outcomes: {
      PASSED:
        'At least two persons approved exactly this request. Your list certifies who they are, and none of the two sealed the bundle.',
      ...SIGNATURES,
      'INDETERMINATE:too-few': { say: 'Fewer than two approvals hold.', todo: WHO_DECIDED },
      'INDETERMINATE:same-subject': {
        say: 'The approvals are in one name: that is one person’s word, not two.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:same-key': {
        say: 'The approvals were signed with one key, or with one that certifies the other: that is one person’s word, not two.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:is-sealer': {
        say: 'Somebody who approved also sealed the bundle, or is certified by the key that sealed it, so there are not two others who did.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:sealer-unknown': {
        say: 'The certificate of whoever sealed is not here, so nobody can tell whether they approved as well.',
        todo: 'Ask the issuer for the certificate of the seal.',
      },
      'INDETERMINATE:excepted': {
        say: 'There are not two approvals as the rules want them; a signed exception allows it here.',
        todo: EXCEPTED,
      },
      ...NO_REQUEST,
    },
  },
  'authorisation.assurances': {
    question: 'Did the recipient give every assurance?',
    doesNotShow: 'That an assurance is kept is no matter of this bundle.',
    outcomes: {
      PASSED: 'All four assurances are stated: who gave each, when, and where it is written.',
      'INDETERMINATE:not-stated': { say: 'An assurance of the recipient is not stated.', todo: WHO_DECIDED },
      'INDETERMINATE:dated-later': {
        say: 'An assurance of the recipient is dated after the seal: by its own date it had not been given yet.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:excepted': {
        say: 'An assurance of the recipient is not stated; a signed exception allows it here.',
        todo: EXCEPTED,
      },
      INDETERMINATE: 'The assurances could not be judged.',
      ...NO_REQUEST,
    },
  },
  'authorisation.consents': {
    question: 'Does a consent of its source cover the sharing of every item?',
    doesNotShow: 'That a source really consented, and knew to what, is the issuer’s statement.',
    outcomes: {
      PASSED:
        'For every item a consent is shown that covers this purpose, this kind of recipient and the time of the seal.',
      'FAILED:no-item': { say: 'There is a consent for an item that does not exist.', todo: ASK_ISSUER },
      'INDETERMINATE:consent-missing': { say: 'For an item that is shown there is no consent.', todo: WHO_DECIDED },
      'INDETERMINATE:malformed-value': 'A value of a consent is not of the kind that the format wants there.',
      'INDETERMINATE:not-compared': 'Which items need a consent could not be read.',
      'WITHHELD:closed':
        'Every item has a consent, but what some of them cover and how long is closed: that they cover this sharing is the issuer’s statement.',
      'WITHHELD:withdrawal-closed':
        'Every item has a consent that covers this sharing, but the log shows a withdrawal of consent and not which items it is about: that it is about none of these is the issuer’s statement.',
      'NOT-CHECKED:none': 'No item is shown, so none needs a consent.',
      ...OF_CONSENTS,
      ...NO_REQUEST,
    },
  },
  'authorisation.later-consents': {
    question: 'Do consents that are opened later cover the sharing?',
    doesNotShow: 'That a source really consented, and knew to what, is the issuer’s statement.',
    outcomes: {
      ...OF_CONSENTS,
      PASSED:
        'For what is opened later, a consent is shown that covers this purpose, this kind of recipient and the time of the seal.',
      'WITHHELD:closed':
        'Consents are opened later, but what some of them cover and how long stays closed: that they cover this sharing is the issuer’s statement.',
      'NOT-CHECKED:stubs':
        'Only consents for items that are withheld are opened later. Nothing of these items is shared, so nothing is asked of their consents.',
      'NOT-CHECKED':
        'Only consents for items that are withheld are opened later. Nothing of these items is shared, so nothing is asked of their consents.',
    },
  },
  'authorisation.conditions': {
    question: 'Are purpose, recipient and the conditions of handling stated?',
    doesNotShow: 'That the conditions are kept is no matter of this bundle.',
    outcomes: {
      PASSED: 'Purpose, recipient and conditions of handling are stated.',
      'PASSED:day-passed': {
        say: 'Purpose, recipient and conditions of handling are stated. A day that one of them names has passed.',
        todo: 'Check what is to be done by that day: return or destroy the copies, or ask the issuer for a longer term.',
      },
      'INDETERMINATE:not-stated': {
        say: 'The request does not state purpose, recipient or any condition of handling.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:excepted': {
        say: 'The request does not state purpose, recipient or any condition of handling; a signed exception allows it here.',
        todo: EXCEPTED,
      },
      INDETERMINATE: 'The conditions could not be judged.',
      ...NO_REQUEST,
    },
  },
  'authorisation.exceptions': {
    question: 'Was the sharing decided on without an exception?',
    outcomes: {
      PASSED: 'No exception was made from the conditions of sharing.',
      ...SIGNATURES,
      'INDETERMINATE:excepted': {
        say: 'A condition of sharing was set aside by a signed exception. Whether that was right nobody can tell from the bundle.',
        todo: EXCEPTED,
      },
      ...NO_REQUEST,
    },
  },
  'authorisation.recipient': {
    question: 'Was the bundle made for the recipient whom you named?',
    outcomes: {
      PASSED: 'The bundle was made for the recipient whom you named.',
      'INDETERMINATE:another': {
        say: 'The bundle was made for another recipient than the one whom you named.',
        todo: 'Ask the issuer whether you may use it; say from whom you have it.',
      },
      'INDETERMINATE:other-spelling': {
        say: 'The bundle names its recipient as you did, but for capitals, spaces or the way letters are composed. That is hardly another recipient, and not the same name.',
        todo: 'Type the name as it stands in the bundle. Where you are not sure, ask the issuer.',
      },
      'INDETERMINATE:key-not-stated': {
        say: 'The bundle does not state the key of its recipient, so it could not be compared with yours.',
        todo: 'Compare the name (--recipient name:NAME).',
      },
      'INDETERMINATE:none-named': {
        say: 'The bundle names no recipient.',
        todo: 'Ask the issuer whether you may use it; say from whom you have it.',
      },
      INDETERMINATE: 'The recipient could not be compared.',
      'NOT-CHECKED:not-asked': 'No recipient was named to compare with (--recipient).',
      'NOT-CHECKED': 'The recipient was not compared.',
    },
  },
}
