import type { Said } from '../messages.ts'

/** What is said of withdrawal; `whose` is `الموقّع` or `السلطة`, `made` is `الختم` or `الطابع الزمني` (both masculine). */
export function revocationOutcomes(whose: string, made: string): Readonly<Record<string, string | Said>> {
  const data = {
    todo: 'اطلب من السلطة التي أصدرت الشهادة قائمة الإبطال (CRL أو OCSP) للوقت المعتبر.',
  }
  const settle = 'يحسم الأمرَ طابع زمني من سلطة في قائمتك صُنع قبل الإبطال.'
  const settleOther = 'يحسم الأمرَ طابع زمني من سلطة أخرى في قائمتك صُنع قبل الإبطال.'
  return {
    PASSED: `لم يكن مفتاح ${whose} قد أُبطل حين صُنع ${made}.`,
    'PASSED:revoked-later': `أُبطل مفتاح ${whose} لاحقًا، لسبب أو في وقت يبقى معه ${made} قائمًا.`,
    'FAILED:revoked': {
      say: `كان مفتاح ${whose} قد أُبطل قبل أن يُصنع ${made}.`,
      todo: `لا تعتمد على ${made}. اسأل المُصدر عمّا جرى للمفتاح.`,
    },
    'INDETERMINATE:revoked-no-proof': {
      say: `أُبطل مفتاح ${whose}، ولا شيء يُثبت أن ${made} أقدم من ذلك.`,
      todo: settle,
    },
    'INDETERMINATE:authority-revoked-no-proof': {
      say: `أُبطلت سلطة فوق شهادة ${whose}، ولا شيء يُثبت أن ${made} أقدم من ذلك.`,
      todo: settleOther,
    },
    'INDETERMINATE:key-compromised': {
      say: `أُبطلت شهادة أخرى لمفتاح ${whose} أو لمفتاح فوقه لأن ذلك المفتاح كان في أيدٍ أخرى، ولا شيء يُثبت أن ${made} أقدم من ذلك.`,
      todo: settleOther,
    },
    'INDETERMINATE:on-hold': {
      say: `كان مفتاح ${whose} معلّقًا في الوقت المعتبر؛ ولا يُعرف هل أُبطل في النهاية.`,
      ...data,
    },
    'INDETERMINATE:undecided': {
      say: `لا تحسم بيانات الإبطال الموجودة هنا هل كان مفتاح ${whose} قد أُبطل.`,
      ...data,
    },
    'INDETERMINATE:no-data': {
      say: `لا يمكن القول، دون قائمة إبطال، هل كان مفتاح ${whose} قد أُبطل، والسياسة تطلب ذلك.`,
      ...data,
    },
    'INDETERMINATE:no-path': `لا سلسلة تؤدي من شهادة ${whose} إلى قائمتك، فلا يمكن تصديق قائمة إبطال من أحد.`,
    'INDETERMINATE:limit': 'بيانات الإبطال أكثر مما يفحصه هذا البرنامج. هذا لا يقول شيئًا عمّا فيها.',
    'NOT-CHECKED:not-asked': `لم يُسأل هل كان مفتاح ${whose} قد أُبطل.`,
    'NOT-CHECKED:no-data': `لم يُفحص هل كان مفتاح ${whose} قد أُبطل: لا توجد هنا قائمة إبطال له.`,
    'NOT-CHECKED:incomplete': `لم يُفحص إلى النهاية هل كان مفتاح ${whose} قد أُبطل: قوائم الإبطال هنا لجزء من السلسلة فقط.`,
    'NOT-CHECKED:end-entity-anchor': `تسمّي قائمتك شهادة ${whose} بعينها، ولا يستطيع إبطالها إلا مُصدر القائمة.`,
  }
}
