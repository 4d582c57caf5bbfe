import type { FindingWords } from '../messages.ts'

const ASK =
  'Ask the issuer, by another way than the one by which the notice came, whether it is theirs and what it says.'
const USE = 'Do not use or pass on what it names before you have asked the issuer. Code: {code.found}.'
const TRUST = 'Choose a trust set that came by another way than the bundle (--trust-set FILE).'
const SAID = 'It says: ({kind.found}, {date.found}, {items.found}, {code.found}).'

/** What notices say of a bundle after it was sent. `{unchanged}`: what the report says of the files. */
export const NOTICES: FindingWords = {
  question: 'Did the issuer send word after this bundle was sent: withdrawn, superseded, recalled?',
  doesNotShow: 'That nobody gave a notice here does not show that there is none.',
  outcomes: {
    'NOT-CHECKED:none': {
      say: 'No notice of the issuer was given, so nothing is known of what the issuer may have withdrawn, superseded or recalled after this bundle was sent.',
      todo: 'Ask the issuer for notices about this bundle, and give them beside the bundle (--notices).',
    },
    'NOT-CHECKED:other-bundle': 'This notice is about other bundles, and says nothing about this one.',
    'NOT-CHECKED': 'No notice about this bundle was judged.',
    'INDETERMINATE:malformed': {
      say: 'This notice cannot be read: it is not in the form that notices have.',
      todo: 'Ask the issuer to send the notice again.',
    },
    'INDETERMINATE:unknown-version': {
      say: 'This notice is in a later version of the format than this program knows.',
      todo: 'Use a newer version of the program.',
    },
    'INDETERMINATE:limit': {
      say: 'This notice is larger than this program examines, or more notices were given than it examines in one run.',
      todo: 'Give fewer notices at a time.',
    },
    'INDETERMINATE:no-bundle-id': {
      say: 'What was given has no bundle id, so nothing tells whether this notice is about it.',
      todo: ASK,
    },
    'INDETERMINATE:other-content': {
      say: `The signature on this notice is over something else: what it says now is nobody’s word. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:signature': {
      say: `The signature on this notice does not hold: what it says is nobody’s word. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:malformed-signature': {
      say: `The signature on this notice is none that can be judged. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:other-log': {
      say: `This notice names this bundle, but another log than the one that the bundle is of. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:seal-differs': {
      say: `This notice names this bundle under another seal than the one that is here. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:inconsistent': {
      say: `This notice shows a state of the log that does not continue the one in this bundle: there are two histories, or the proof is none. ${SAID}`,
      todo: 'Ask others who have bundles of this log to compare them with yours: probatum compare.',
    },
    'INDETERMINATE:checkpoint-signature': {
      say: `The log’s signature in this notice does not hold. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:event-differs': {
      say: `The event that this notice shows does not stand in the log as it says. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:item-beyond': {
      say: `This notice names an item that this bundle does not have. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:unsupported': {
      say: `A signature in this notice uses a method that this program does not know. ${SAID}`,
      todo: 'Use a newer version of the program.',
    },
    'INDETERMINATE:no-trust-set': {
      say: `There is a notice about this bundle, but you chose no list of keys that you believe, so nothing says whose it is. ${SAID}`,
      todo: TRUST,
    },
    'INDETERMINATE:trust-set-inside': {
      say: `There is a notice about this bundle, but the list that should say whose it is lies in the bundle itself and was not used. ${SAID}`,
      todo: 'Get the trust set from its issuer by another way.',
    },
    'INDETERMINATE:other-role': {
      say: `Your list has whoever certified the signer of this notice, but in another role: not to send notices, and the signer did not seal this bundle. ${SAID}`,
      todo: 'Ask the issuer of the trust set whether this authority certifies who sends notices (role notice).',
    },
    'INDETERMINATE:signer-unknown': {
      say: `The list that you chose does not say whose the key is that signed this notice. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:anchor-interval': {
      say: `Your list allows the anchor of whoever signed this notice for another time only. ${SAID}`,
      todo: 'Ask the issuer of the trust set why the time was limited.',
    },
    'INDETERMINATE:validity': {
      say: `The certificate of whoever signed this notice had ended, or not begun, at the time of this check; nothing proves that the notice was made while it was valid. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:key-usage': {
      say: `The certificate that signed this notice is not one for signing documents. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:algorithm': {
      say: `The signature on this notice uses a method that your policy does not count as proof. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:revoked': {
      say: `The certificate of whoever signed this notice was withdrawn: anybody may have signed with its key. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:none-holds': {
      say: `The list that you chose knows whoever certified the signer of this notice, but no path of certificates holds at the time of this check. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:revocation': {
      say: `It is not known whether the certificate that signed this notice was withdrawn. ${SAID}`,
      todo: 'Ask the authority that issued it for its withdrawal list (CRL) or an OCSP response, and give it beside the bundle (--crl or --ocsp).',
    },
    'INDETERMINATE:log-unknown': {
      say: `The list that you chose has not the key that signed the state of the log in this notice. ${SAID}`,
      todo: 'Ask the issuer of the trust set for the present key of this log.',
    },
    'INDETERMINATE:log-interval': {
      say: `Your list allows the key of the log for another time only. ${SAID}`,
      todo: 'Ask the issuer of the trust set why the time was limited.',
    },
    'INDETERMINATE:not-compared': {
      say: `Something of this bundle that this notice has to be compared with could not be read. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:later': {
      say: `This notice is dated after the time as of which this was judged. ${SAID}`,
      todo: 'Judge again as of a later time.',
    },
    'INDETERMINATE:dated-before': {
      say: `This notice is dated before the time since which the seal is proved to exist: whoever made it could not know of this bundle then. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:withdrawn': {
      say: '{unchanged} On {date.found} the issuer withdrew permission to use anything in this bundle.',
      todo: USE,
    },
    'INDETERMINATE:withdrawn-item': {
      say: '{unchanged} On {date.found} the issuer withdrew permission to use item {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:withdrawn-items': {
      say: '{unchanged} On {date.found} the issuer withdrew permission to use items {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:superseded': {
      say: '{unchanged} On {date.found} the issuer put another bundle in the place of this one.',
      todo: USE,
    },
    'INDETERMINATE:superseded-item': {
      say: '{unchanged} On {date.found} the issuer put something else in the place of item {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:superseded-items': {
      say: '{unchanged} On {date.found} the issuer put something else in the place of items {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:recalled': {
      say: '{unchanged} On {date.found} the issuer recalled everything in this bundle.',
      todo: USE,
    },
    'INDETERMINATE:recalled-item': {
      say: '{unchanged} On {date.found} the issuer recalled item {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:recalled-items': {
      say: '{unchanged} On {date.found} the issuer recalled items {items.found}.',
      todo: USE,
    },
    INDETERMINATE: 'What this notice says of this bundle could not be decided.',
  },
}
