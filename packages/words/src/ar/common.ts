import type { Messages, Said } from '../messages.ts'

const WEAK = 'اطلب من المُصدر ختمًا بطريقة حديثة، أو افحص بنسخة أحدث من هذا البرنامج.'
const NEWER = 'افحص بنسخة أحدث من هذا البرنامج.'
const COMPLETE = 'اطلب من المرسل نسخة كاملة.'
const ROOTS = 'اطلب من المُصدر، بطريق غير الذي جاءت به هذه الحزمة، مجموعة الثقة التي تسمّي سلطة هذه الشهادة.'
const CANDIDATE = 'هذه السلسلة لا تثبت؛ ويُحكم على السلاسل الأخرى كل على حدة.'

/** Reasons that mean the same under every check; a check's own words go before these. */
export const COMMON: Messages['common'] = {
  'INDETERMINATE:unreadable': {
    say: 'لم يستطع النظام قراءته، فلا يُعرف عنه شيء.',
    todo: 'انسخ الحزمة إلى قرص آخر، أو شغّل البرنامج من جديد بصلاحية قراءته.',
  },
  'INDETERMINATE:limit': 'هو أكبر أو أعمق مما يفحصه هذا البرنامج. هذا لا يقول شيئًا عمّا فيه.',
  'INDETERMINATE:undeclared': {
    say: 'هذا غير ثابت في {name}، وهو ملف لا تصرّح به الحزمة: يمكن أن يكون أي أحد قد أضافه. لا يُثبت شيئًا ولا يناقض شيئًا.',
    todo: 'ضع {name} جانبًا في نسخة وافحص تلك النسخة.',
  },
  'INDETERMINATE:unprotected': {
    say: 'هذا غير ثابت في {name}، وهو حيث لا يحميه شيء موقّع: يمكن أن يكون أي أحد قد وضعه هناك. لا يُثبت شيئًا ولا يناقض شيئًا.',
    todo: 'اطلب من الموقّع نسخة من دونه، أو نسخة فيها واحد سليم.',
  },
  'INDETERMINATE:unsupported': { say: 'يستعمل طريقة لا يعرفها هذا البرنامج. هذا ليس مأخذًا عليه.', todo: NEWER },
  'INDETERMINATE:weak': { say: 'صُنع بطريقة تُعدّ اليوم ضعيفة؛ فلم يعد هذا وحده يُثبت شيئًا.', todo: WEAK },
  'INDETERMINATE:ended': { say: 'صُنع بطريقة بعد اليوم الذي لم تعد تُحتسب فيه هذه الطريقة إثباتًا.', todo: WEAK },
  'INDETERMINATE:digest-weaker': {
    say: 'صُنع بطريقة قوية على بصمة أضعف من هذه الطريقة، فليس الكل أقوى من البصمة.',
    todo: WEAK,
  },
  'INDETERMINATE:certificate-missing': {
    say: 'الشهادة التي صُنع بها ليست هنا، فلا يمكن القول.',
    todo: 'اطلب هذه الشهادة من المُصدر.',
  },
  'INDETERMINATE:record-missing': 'البيان الذي يصرّح به ناقص أو تعذّرت قراءته، فلا شيء يُقارن به.',
  'INDETERMINATE:version': { say: 'له رقم نسخة لا يعرفه هذا البرنامج.', todo: NEWER },
  'INDETERMINATE:digest-not-announced': 'يستعمل بصمة لا يعلن عنها في رأسه كما يطلب المعيار.',
  'INDETERMINATE:content-missing': { say: 'الملف الذي صُنع عليه ليس هنا، فلا يمكن القول.', todo: COMPLETE },
  'INDETERMINATE:missing': { say: 'ما يلزم لهذا ناقص من هذه النسخة.', todo: COMPLETE },
  'INDETERMINATE:malformed': 'لا يُقرأ كما تريد الصيغة، فلا يمكن القول.',
  'INDETERMINATE:not-tried': 'لم يُجرَّب الحساب، لأن ما يلزمه ناقص أو غير مسموح؛ انظر النتائج الأخرى.',
  'INDETERMINATE:not-examined': 'توجد بيانات إبطال، لكن هذه النسخة من البرنامج لا تفحصها بعد.',
  'NOT-CHECKED:attributes-absent': 'لا توجد سمات موقّعة يمكن أن تقول ذلك.',
  'NOT-CHECKED:unknown-format': 'صيغة الحزمة غير معروفة لهذا البرنامج، فلم يُحكم في هذا.',
  'NOT-CHECKED:declaration-unreadable': 'تعذّرت قراءة ما تصرّح به الحزمة، فلا شيء يُقارن به.',
  'NOT-CHECKED:no-data': 'لا توجد هنا بيانات إبطال، والسياسة لا تطلبها.',
  'NOT-CHECKED:not-asked': 'لم يُطلب هذا.',
  'NOT-CHECKED:not-present': 'لا شيء من هذا النوع هنا.',
  'NOT-CHECKED:none': 'لا شيء من هذا النوع هنا.',
  'NOT-CHECKED:foreign-bag': 'هذه حقيبة من صانع آخر؛ وليس فيها شيء من هذا النوع.',
}

/** One candidate path: why it holds or not. The certificate's own conclusion is another finding. */
export const PATH_CANDIDATE: Readonly<Record<string, string | Said>> = {
  PASSED: 'تؤدي هذه السلسلة إلى مرساة في القائمة التي اخترتها.',
  'PASSED:end-entity-anchor': 'الشهادة نفسها مرساة في القائمة التي اخترتها.',
  'FAILED:signature': `شهادة في هذه السلسلة لم توقّعها الشهادة التي فوقها. ${CANDIDATE}`,
  'FAILED:expired': `شهادة في هذه السلسلة كانت قد انتهت في الوقت المعتبر. ${CANDIDATE}`,
  'FAILED:not-yet-valid': `شهادة في هذه السلسلة لم تكن قد بدأت في الوقت المعتبر. ${CANDIDATE}`,
  'FAILED:not-a-ca': `شهادة في هذه السلسلة لا يجوز لها أن تُصدر غيرها. ${CANDIDATE}`,
  'FAILED:path-length': `هذه السلسلة أطول مما تسمح به شهادة فيها. ${CANDIDATE}`,
  'FAILED:key-usage': `شهادة في هذه السلسلة ليست مخصصة لتوقيع الشهادات. ${CANDIDATE}`,
  'FAILED:version': `شهادة في هذه السلسلة لها رقم نسخة لا يسمح بما تُستعمل له. ${CANDIDATE}`,
  'FAILED:algorithms-disagree': `شهادة في هذه السلسلة تذكر طريقتي توقيع مختلفتين. ${CANDIDATE}`,
  'FAILED:repeated-extension': `شهادة في هذه السلسلة فيها امتداد مكرر. ${CANDIDATE}`,
  'FAILED:malformed-extension': `شهادة في هذه السلسلة فيها امتداد لا يُقرأ كنوعه. ${CANDIDATE}`,
  'FAILED:extended-key-usage': `شهادة في هذه السلسلة مخصصة لغرض آخر. ${CANDIDATE}`,
  'FAILED:anchor-not-a-ca': `مرساة هذه السلسلة لا يجوز لها أن تُصدر شهادات. ${CANDIDATE}`,
  'FAILED:name-not-permitted': `شهادة في هذه السلسلة تحمل اسمًا لا تسمح به شهادة فوقها. ${CANDIDATE}`,
  'FAILED:name-excluded': `شهادة في هذه السلسلة تحمل اسمًا تمنعه شهادة فوقها. ${CANDIDATE}`,
  'FAILED:policy-required': `يجب أن تكون هذه السلسلة لسياسة شهادات، وليست لأي سياسة معتبرة. ${CANDIDATE}`,
  'FAILED:policy-mapping': `شهادة في هذه السلسلة تجعل «أي سياسة» مقابلة لسياسة أخرى، وهذا غير مسموح. ${CANDIDATE}`,
  'INDETERMINATE:signature-unsupported': 'توقيع في هذه السلسلة يستعمل طريقة لا يعرفها هذا البرنامج.',
  'INDETERMINATE:unknown-critical-extension': 'شهادة في هذه السلسلة تشترط شيئًا لا يعرفه هذا البرنامج.',
  'INDETERMINATE:name-constraints': 'شهادة في هذه السلسلة تقيّد الأسماء تقييدًا لم تمكن مقارنته باسم تحتها.',
  'INDETERMINATE:name-constraints-limit': 'في هذه السلسلة أسماء وقيود على الأسماء أكثر مما يقارنه هذا البرنامج.',
  'INDETERMINATE:policy-limit': 'في هذه السلسلة سياسات شهادات أكثر مما يقارنه هذا البرنامج.',
  'INDETERMINATE:profile': 'شهادة في هذه السلسلة لم تُصنع كما يطلب المعيار (RFC 5280) من صانعها، وسياستك تشترط ذلك.',
  'INDETERMINATE:weak-algorithm': 'توقيع في هذه السلسلة يستعمل طريقة تُعدّ اليوم ضعيفة.',
  'INDETERMINATE:anchor-interval': 'تسمح قائمتك بهذه المرساة لوقت آخر فقط.',
  'INDETERMINATE:anchor-validity': 'كانت شهادة المرساة نفسها خارج تواريخها في الوقت المعتبر.',
}

/** The conclusion about one certificate; `{intact}` is said of the seal or the time-stamp. */
export function pathConclusion(passed: string, intact: string): Readonly<Record<string, string | Said>> {
  return {
    PASSED: passed,
    'PASSED:end-entity-anchor': `${passed} تسمّي القائمة هذه الشهادة بعينها، فلا يستطيع إبطالها إلا مُصدر القائمة.`,
    'INDETERMINATE:no-trust-set': {
      say: `${intact} لم تختر قائمة بالمفاتيح التي تصدّقها، فلا شيء يقول لمن المفتاح.`,
      todo: 'اختر مجموعة ثقة وصلتك بطريق غير الحزمة (--trust-set FILE).',
    },
    'INDETERMINATE:trust-set-inside': {
      say: `${intact} القائمة التي اخترتها موجودة في الحزمة نفسها ولم تُستعمل.`,
      todo: 'احصل على مجموعة الثقة من مُصدرها بطريق آخر.',
    },
    'INDETERMINATE:issuer-missing': {
      say: 'من أصدر هذه الشهادة ليس في قائمتك ولا بين الشهادات الموجودة هنا.',
      todo: 'اطلب الشهادات الوسيطة من مُصدر الحزمة؛ فإن لم تكن هناك شهادات وسيطة فقائمتك ليست قائمة هذا المُصدر.',
    },
    'INDETERMINATE:anchor-missing': { say: `${intact} ليس في القائمة التي اخترتها.`, todo: ROOTS },
    'INDETERMINATE:same-name-other-key': {
      say: 'في قائمتك مرساة بالاسم نفسه، لكن بمفتاح آخر.',
      todo: 'قارن البصمات مع المُصدر بالهاتف أو برسالة قبل أن تصدّق أيًّا منهما.',
    },
    'INDETERMINATE:other-role': {
      say: 'في قائمتك هذه المرساة، لكن لدور آخر.',
      todo: 'اسأل مُصدر مجموعة الثقة هل كان هذا الدور مقصودًا.',
    },
    'INDETERMINATE:set-older': {
      say: 'قائمتك أقدم من هذه السلطة؛ فلا يمكن أن تعرفها.',
      todo: 'اطلب من مُصدر مجموعة الثقة قائمة أحدث.',
    },
    'INDETERMINATE:none-holds': {
      say: 'توجد سلاسل محتملة إلى قائمتك، لكن لا تثبت أي منها؛ وسبب كل واحدة مذكور على حدة.',
      todo: ROOTS,
    },
    'INDETERMINATE:anchor-interval': {
      say: 'تسمح قائمتك بهذه المرساة لوقت آخر فقط.',
      todo: 'اسأل مُصدر مجموعة الثقة لماذا قُيّد الوقت.',
    },
    'INDETERMINATE:limit': 'كانت السلاسل المحتملة أكثر مما يجرّبه هذا البرنامج.',
  }
}
