import type { FindingWords } from '../messages.ts'

const ASK = 'اسأل المُصدر، بطريق غير الذي جاء به الإشعار، هل هو منه وماذا يقول.'
const USE = 'لا تستعمل ما يسمّيه ولا تنقله إلى غيرك قبل أن تسأل المُصدر. الرمز: {code.found}.'
const TRUST = 'اختر مجموعة ثقة جاءت بطريق غير طريق الحزمة (--trust-set FILE).'
const SAID = 'يقول: ({kind.found}, {date.found}, {items.found}, {code.found}).'

export const NOTICES: FindingWords = {
  question: 'هل أرسل المُصدر إشعارًا بعد إرسال هذه الحزمة: سحب، أو استبدال، أو استرداد؟',
  doesNotShow: 'عدم تقديم إشعار هنا لا يُظهر أنه لا يوجد إشعار.',
  outcomes: {
    'NOT-CHECKED:none': {
      say: 'لم يُقدَّم أي إشعار من المُصدر، فلا يُعرف ما قد يكون المُصدر سحبه أو استبدله أو استردّه بعد إرسال هذه الحزمة.',
      todo: 'اطلب من المُصدر الإشعارات عن هذه الحزمة، وقدّمها مع الحزمة (--notices).',
    },
    'NOT-CHECKED:other-bundle': 'هذا الإشعار عن حزم أخرى، ولا يقول شيئًا عن هذه.',
    'NOT-CHECKED': 'لم يُحكم في أي إشعار عن هذه الحزمة.',
    'INDETERMINATE:malformed': {
      say: 'تتعذّر قراءة هذا الإشعار: ليس على صيغة الإشعارات.',
      todo: 'اطلب من المُصدر أن يرسل الإشعار مرة أخرى.',
    },
    'INDETERMINATE:unknown-version': {
      say: 'هذا الإشعار بنسخة من الصيغة أحدث مما يعرفه هذا البرنامج.',
      todo: 'استعمل نسخة أحدث من البرنامج.',
    },
    'INDETERMINATE:limit': {
      say: 'هذا الإشعار أكبر مما يفحصه هذا البرنامج، أو قُدّمت إشعارات أكثر مما يفحصه في مرة واحدة.',
      todo: 'قدّم إشعارات أقل في المرة الواحدة.',
    },
    'INDETERMINATE:no-bundle-id': { say: 'ليس لما قُدّم معرّف حزمة، فلا شيء يقول هل هذا الإشعار عنه.', todo: ASK },
    'INDETERMINATE:other-content': {
      say: `التوقيع على هذا الإشعار يعود إلى شيء آخر: ما يقوله الآن ليس قول أحد. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:signature': { say: `التوقيع على هذا الإشعار غير ثابت: ما يقوله ليس قول أحد. ${SAID}`, todo: ASK },
    'INDETERMINATE:malformed-signature': { say: `التوقيع على هذا الإشعار لا يمكن الحكم فيه. ${SAID}`, todo: ASK },
    'INDETERMINATE:other-log': { say: `يسمّي هذا الإشعار هذه الحزمة، لكن سجلًّا غير الذي هي منه. ${SAID}`, todo: ASK },
    'INDETERMINATE:seal-differs': { say: `يسمّي هذا الإشعار هذه الحزمة تحت ختم غير الموجود هنا. ${SAID}`, todo: ASK },
    'INDETERMINATE:inconsistent': {
      say: `يُظهر هذا الإشعار حالة للسجل لا تكمّل الحالة التي في هذه الحزمة: يوجد تاريخان، أو الإثبات ليس إثباتًا. ${SAID}`,
      todo: 'اطلب من آخرين لديهم حزم من هذا السجل أن يقارنوها بحزمتك: probatum compare.',
    },
    'INDETERMINATE:checkpoint-signature': { say: `توقيع السجل في هذا الإشعار غير ثابت. ${SAID}`, todo: ASK },
    'INDETERMINATE:event-differs': { say: `الحدث الذي يُظهره هذا الإشعار ليس في السجل كما يقول. ${SAID}`, todo: ASK },
    'INDETERMINATE:item-beyond': { say: `يسمّي هذا الإشعار مادة ليست في هذه الحزمة. ${SAID}`, todo: ASK },
    'INDETERMINATE:unsupported': {
      say: `يستعمل توقيع في هذا الإشعار طريقة لا يعرفها هذا البرنامج. ${SAID}`,
      todo: 'استعمل نسخة أحدث من البرنامج.',
    },
    'INDETERMINATE:no-trust-set': {
      say: `يوجد إشعار عن هذه الحزمة، لكنك لم تختر قائمة بالمفاتيح التي تصدّقها، فلا شيء يقول لمن هو. ${SAID}`,
      todo: TRUST,
    },
    'INDETERMINATE:trust-set-inside': {
      say: `يوجد إشعار عن هذه الحزمة، لكن القائمة التي يُراد أن تقول لمن هو موجودة في الحزمة نفسها ولم تُستعمل. ${SAID}`,
      todo: 'احصل على مجموعة الثقة من مُصدرها بطريق آخر.',
    },
    'INDETERMINATE:other-role': {
      say: `في قائمتك من شهد لموقّع هذا الإشعار، لكن بدور آخر: ليس لإرسال الإشعارات، ولم يختم الموقّع هذه الحزمة. ${SAID}`,
      todo: 'اسأل مُصدر مجموعة الثقة هل تشهد هذه السلطة لمن يرسل الإشعارات (الدور notice).',
    },
    'INDETERMINATE:signer-unknown': {
      say: `القائمة التي اخترتها لا تقول لمن المفتاح الذي وقّع هذا الإشعار. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:anchor-interval': {
      say: `تسمح قائمتك بمرساة من وقّع هذا الإشعار لوقت آخر فقط. ${SAID}`,
      todo: 'اسأل مُصدر مجموعة الثقة لماذا قُيّد الوقت.',
    },
    'INDETERMINATE:validity': {
      say: `كانت شهادة من وقّع هذا الإشعار قد انتهت، أو لم تبدأ، وقت هذا الفحص؛ ولا شيء يُثبت أن الإشعار صُنع حين كانت سارية. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:key-usage': { say: `الشهادة التي وُقّع بها هذا الإشعار ليست لتوقيع الوثائق. ${SAID}`, todo: ASK },
    'INDETERMINATE:algorithm': {
      say: `يستعمل التوقيع على هذا الإشعار طريقة لا تحتسبها سياستك إثباتًا. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:revoked': { say: `أُبطلت شهادة من وقّع هذا الإشعار: قد يكون أي أحد وقّع بمفتاحها. ${SAID}`, todo: ASK },
    'INDETERMINATE:none-holds': {
      say: `تعرف القائمة التي اخترتها من شهد لموقّع هذا الإشعار، لكن لا مسار شهادات ثابت وقت هذا الفحص. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:revocation': {
      say: `لا يُعرف هل أُبطلت الشهادة التي وُقّع بها هذا الإشعار. ${SAID}`,
      todo: 'اطلب من السلطة التي أصدرتها قائمة الإبطال (CRL) أو جواب OCSP، وقدّمه مع الحزمة (--crl أو --ocsp).',
    },
    'INDETERMINATE:log-unknown': {
      say: `ليس في القائمة التي اخترتها المفتاح الذي وقّع حالة السجل في هذا الإشعار. ${SAID}`,
      todo: 'اطلب من مُصدر مجموعة الثقة مفتاح هذا السجل الحالي.',
    },
    'INDETERMINATE:log-interval': {
      say: `تسمح قائمتك بمفتاح السجل لوقت آخر فقط. ${SAID}`,
      todo: 'اسأل مُصدر مجموعة الثقة لماذا قُيّد الوقت.',
    },
    'INDETERMINATE:not-compared': {
      say: `تعذّرت قراءة شيء من هذه الحزمة يجب أن يُقارن به هذا الإشعار. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:later': {
      say: `تاريخ هذا الإشعار بعد الوقت الذي حُكم بحسبه. ${SAID}`,
      todo: 'احكم مرة أخرى بحسب وقت لاحق.',
    },
    'INDETERMINATE:dated-before': {
      say: `تاريخ هذا الإشعار قبل الوقت الذي يثبت وجود الختم منذه: لم يكن صانعه يستطيع حينئذ أن يعرف هذه الحزمة. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:withdrawn': {
      say: '{unchanged} في {date.found} سحب المُصدر الإذن باستعمال أي شيء في هذه الحزمة.',
      todo: USE,
    },
    'INDETERMINATE:withdrawn-item': {
      say: '{unchanged} في {date.found} سحب المُصدر الإذن باستعمال المادة {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:withdrawn-items': {
      say: '{unchanged} في {date.found} سحب المُصدر الإذن باستعمال المواد {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:superseded': { say: '{unchanged} في {date.found} وضع المُصدر حزمة أخرى مكان هذه.', todo: USE },
    'INDETERMINATE:superseded-item': {
      say: '{unchanged} في {date.found} وضع المُصدر شيئًا آخر مكان المادة {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:superseded-items': {
      say: '{unchanged} في {date.found} وضع المُصدر شيئًا آخر مكان المواد {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:recalled': { say: '{unchanged} في {date.found} طلب المُصدر استرداد كل ما في هذه الحزمة.', todo: USE },
    'INDETERMINATE:recalled-item': {
      say: '{unchanged} في {date.found} طلب المُصدر استرداد المادة {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:recalled-items': {
      say: '{unchanged} في {date.found} طلب المُصدر استرداد المواد {items.found}.',
      todo: USE,
    },
    INDETERMINATE: 'لم يمكن الحكم في ما يقوله هذا الإشعار عن هذه الحزمة.',
  },
}
