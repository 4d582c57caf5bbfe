import type { FindingId } from '@probatum/core'
import type { FindingWords, Said } from '../messages.ts'

type Ids = Exclude<Extract<FindingId, `authorisation.${string}`>, 'authorisation.notices'>

const ASK_ISSUER = 'اطلب من المُصدر تفسيرًا مكتوبًا، قبل أن تستعمل ما تمت مشاركته.'
const WHO_DECIDED = 'اسأل المُصدر من قرر هذه المشاركة، واطلب القرار مكتوبًا.'
const CHOOSE = 'اختر مجموعة ثقة جاءت بطريق غير الحزمة (--trust-set FILE).'
const EXCEPTED = 'اقرأ الاستثناء، وقرر هل يكفي سببه لغرضك.'

/** Of whoever signed approvals and exceptions. */
const SIGNATURES: Readonly<Record<string, string | Said>> = {
  'FAILED:other-content': {
    say: 'توقيع على قرار المشاركة أُعطي لشيء آخر: طلب آخر أو تصدير آخر أو سجل آخر.',
    todo: ASK_ISSUER,
  },
  'FAILED:signature': { say: 'توقيع على قرار المشاركة غير ثابت.', todo: ASK_ISSUER },
  'FAILED:revoked': {
    say: 'كانت شهادة من وقّع على قرار المشاركة قد أُبطلت حينئذ.',
    todo: 'اسأل المُصدر من وقّع، ومتى، ولماذا أُبطلت الشهادة.',
  },
  FAILED: 'توقيع على قرار المشاركة غير ثابت.',
  'INDETERMINATE:malformed': { say: 'توقيع على قرار المشاركة ليس بالشكل الذي تريده الصيغة.', todo: ASK_ISSUER },
  'INDETERMINATE:unsupported': 'توقيع على قرار المشاركة يستعمل طريقة لا يعرفها هذا البرنامج.',
  'INDETERMINATE:limit': 'في التوقيعات على قرار المشاركة أكثر مما يفحصه هذا البرنامج.',
  'INDETERMINATE:no-trust-set': {
    say: 'التوقيعات على قرار المشاركة ثابتة، لكن لم تُختر قائمة تقول لمن المفاتيح.',
    todo: CHOOSE,
  },
  'INDETERMINATE:trust-set-inside': {
    say: 'القائمة التي يُراد أن تقول بمفاتيح من وُقّع قرار المشاركة موجودة في الحزمة نفسها، ولم تُستعمل.',
    todo: 'احصل على مجموعة الثقة من مُصدرها بطريق آخر.',
  },
  'INDETERMINATE:other-role': {
    say: 'في قائمتك من شهد لموقّعي قرار المشاركة، لكن بدور آخر: ليس للموافقة على التصدير.',
    todo: 'اسأل مُصدر مجموعة الثقة هل تشهد هذه السلطة لأشخاص يوافقون على التصدير (الدور approver).',
  },
  'INDETERMINATE:signer-unknown': {
    say: 'التوقيعات على قرار المشاركة ثابتة، لكن القائمة التي اخترتها لا تقول لمن المفاتيح.',
    todo: 'اطلب من المُصدر، بطريق غير الذي جاءت به هذه الحزمة، مجموعة الثقة التي فيها مراسي الدور approver.',
  },
  'INDETERMINATE:anchor-interval': {
    say: 'مرساة من وقّع على قرار المشاركة لا يجوز الاعتماد عليها في الوقت الثابت له.',
    todo: 'اسأل مُصدر مجموعة الثقة عمّا جرى لتلك المرساة.',
  },
  'INDETERMINATE:validity': {
    say: 'شهادة من وقّع على قرار المشاركة لم تكن سارية في الوقت الثابت: كانت قد انتهت أو لم تبدأ.',
    todo: 'اطلب حزمة خُتمت حين كانت الشهادة سارية.',
  },
  'INDETERMINATE:key-usage': 'شهادة وُقّع بها قرار المشاركة ليست لتوقيع الوثائق.',
  'INDETERMINATE:algorithm': 'توقيع على قرار المشاركة يستعمل طريقة لا تحتسبها سياستك إثباتًا.',
  'INDETERMINATE:none-holds': 'هناك مسارات ممن وقّع على قرار المشاركة إلى قائمتك، لكن لا يثبت أي منها.',
  'INDETERMINATE:revocation': {
    say: 'لا يُعرف هل كانت شهادة وُقّع بها قرار المشاركة قد أُبطلت.',
    todo: 'اطلب قائمة الإبطال (CRL) أو جواب OCSP من السلطة التي أصدرتها، وقدّمه مع الحزمة (--crl أو --ocsp).',
  },
  INDETERMINATE: 'لم يمكن الحكم في توقيع على قرار المشاركة.',
}

const NO_REQUEST: Readonly<Record<string, string | Said>> = {
  'NOT-CHECKED:no-request': 'ليس هناك طلب مشاركة، فلا شيء يُحكم فيه.',
  'NOT-CHECKED:not-read': 'تعذّرت قراءة قرار المشاركة.',
  'NOT-CHECKED': 'ليس هناك قرار مشاركة يُحكم فيه.',
}

/** What holds of consents wherever they are opened. */
const OF_CONSENTS = {
  'FAILED:consent-not-yet': { say: 'بدأت موافقة بعد ختم الحزمة فقط.', todo: ASK_ISSUER },
  'FAILED:consent-purpose': { say: 'موافقة لا تغطي غرض هذه المشاركة.', todo: ASK_ISSUER },
  'FAILED:consent-recipient-kind': { say: 'موافقة لا تغطي هذا النوع من المتلقين.', todo: ASK_ISSUER },
  FAILED: 'موافقة تناقض هذه المشاركة.',
  'INDETERMINATE:consent-withdrawn': {
    say: 'كانت موافقة قد سُحبت في الوقت الثابت للختم. ربما كان الختم أسبق، لكن لا شيء هنا يُثبته.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:withdrawn-in-log': {
    say: 'يُظهر السجل في هذه الحزمة أن موافقة سُحبت، ولا تُعرض موافقة بدأت بعد ذلك.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:consent-expired': {
    say: 'كانت موافقة قد انتهت في الوقت الثابت للختم. ربما كان الختم أسبق، لكن لا شيء هنا يُثبته.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:no-time': {
    say: 'هناك موافقات معروضة، لكن لم يثبت للختم وقت يجب أن تسري فيه.',
    todo: 'اطلب من المُصدر الطوابع الزمنية على الختم، أو افحص بمجموعة ثقة فيها سلطاتها.',
  },
  'INDETERMINATE:excepted': {
    say: 'موافقة ناقصة أو لا تغطي هذه المشاركة؛ ويسمح بذلك هنا استثناء موقّع.',
    todo: EXCEPTED,
  },
  'INDETERMINATE:not-in-facts': {
    say: 'في الحزمة موافقات معروضة، لكنها ليست في الوقائع المحفوظة.',
    todo: 'افحص الحزمة نفسها.',
  },
  INDETERMINATE: 'لم يمكن الحكم في الموافقات.',
  WITHHELD: 'ما تغطيه الموافقات مغلق.',
} as const

/** The sharing decision: authorisation.json. */
export const AUTHORISATION: Record<Ids, FindingWords> = {
  'authorisation.request': {
    question: 'هل طُلبت مشاركة هذه الحزمة بعينها؟',
    doesNotShow: 'هل كان القرار صائبًا، ذلك للناس أن يحكموا فيه.',
    outcomes: {
      PASSED: 'هناك طلب بمشاركة هذا بعينه: هذا السجل، وهذه المواد، وما كُشف هنا، مع هذا المتلقي.',
      'FAILED:log-differs': { say: 'طلب المشاركة عن سجل آخر.', todo: ASK_ISSUER },
      'FAILED:export-differs': { say: 'طلب المشاركة عن تصدير آخر.', todo: ASK_ISSUER },
      'FAILED:items-differ': { say: 'طلب المشاركة عن مواد غير المذكورة هنا.', todo: ASK_ISSUER },
      'FAILED:disclosures-differ': { say: 'طلب المشاركة عن كشف غير الذي في الحزمة.', todo: ASK_ISSUER },
      'FAILED:recipient-differs': { say: 'طلب المشاركة يسمّي متلقيًا غير الذي تسمّيه الحزمة.', todo: ASK_ISSUER },
      'FAILED:head-differs': { say: 'طلب المشاركة عن تاريخ غير الذي في هذه الحزمة.', todo: ASK_ISSUER },
      'FAILED:export-repeated': {
        say: 'سبق أن استُعمل طلب المشاركة، ومعه الموافقات عليه، في تصدير سابق: رقم تصديره وارد مرتين في سجل الحيازة.',
        todo: ASK_ISSUER,
      },
      'FAILED:head-stale': {
        say: 'قُيّد شيء في سجل الحيازة بين الطلب والتصدير، فلم يقرر أحد في ما تمت مشاركته في النهاية.',
        todo: ASK_ISSUER,
      },
      FAILED: 'طلب المشاركة يناقض هذه الحزمة.',
      'INDETERMINATE:no-request': {
        say: 'تسمّي الحزمة متلقيًا، لكن ليس فيها طلب مشاركة ولا موافقات.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:line-unread': {
        say: 'تعذّرت قراءة سطر من سجل الحيازة بين الطلب والتصدير.',
        todo: 'افحص بنسخة أحدث من هذا البرنامج، أو اطلب من المُرسل نسخة جديدة.',
      },
      'INDETERMINATE:not-compared': 'لم تمكن مقارنة طلب المشاركة ببقية الحزمة.',
      INDETERMINATE: 'لم يمكن الحكم في طلب المشاركة.',
      'NOT-CHECKED:draft': 'الحزمة ليست لأحد بعينه، ولم تتقرر مشاركة.',
      'NOT-CHECKED': 'ليس هناك قرار مشاركة يُحكم فيه.',
    },
  },
  'authorisation.approvals': {
    question: 'هل وافق شخصان على المشاركة؟',
    doesNotShow: 'تُظهر التوقيعات من وافق، لا ما نظر فيه.',
    outcomes: {
      PASSED: 'وافق شخصان على الأقل على هذا الطلب بعينه. تشهد قائمتك من هما، ولم يختم أي منهما الحزمة.',
      ...SIGNATURES,
      'INDETERMINATE:too-few': { say: 'الموافقات الثابتة أقل من اثنتين.', todo: WHO_DECIDED },
      'INDETERMINATE:same-subject': { say: 'الموافقات باسم واحد: هذا قول شخص واحد، لا اثنين.', todo: WHO_DECIDED },
      'INDETERMINATE:same-key': {
        say: 'وُقّعت الموافقات بمفتاح واحد، أو بمفتاح يصدّق على الآخر: هذا قول شخص واحد، لا اثنين.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:is-sealer': {
        say: 'من وافق ختم الحزمة أيضًا، أو صدّق عليه المفتاح الذي ختمها، فليس هناك اثنان آخران وافقا.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:sealer-unknown': {
        say: 'شهادة من ختم ليست هنا، فلا يستطيع أحد القول هل وافق هو أيضًا.',
        todo: 'اطلب من المُصدر شهادة الختم.',
      },
      'INDETERMINATE:excepted': {
        say: 'ليست هناك موافقتان كما تريد القواعد؛ ويسمح بذلك هنا استثناء موقّع.',
        todo: EXCEPTED,
      },
      ...NO_REQUEST,
    },
  },
  'authorisation.assurances': {
    question: 'هل أعطى المتلقي كل ضمان؟',
    doesNotShow: 'الوفاء بضمان ليس من شأن هذه الحزمة.',
    outcomes: {
      PASSED: 'الضمانات الأربعة مذكورة: من أعطى كل واحد منها، ومتى، وأين كُتب.',
      'INDETERMINATE:not-stated': { say: 'ضمان من المتلقي غير مذكور.', todo: WHO_DECIDED },
      'INDETERMINATE:dated-later': {
        say: 'ضمان من المتلقي مؤرّخ بعد الختم: بحسب تاريخه لم يكن قد أُعطي بعد.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:excepted': { say: 'ضمان من المتلقي غير مذكور؛ ويسمح بذلك هنا استثناء موقّع.', todo: EXCEPTED },
      INDETERMINATE: 'لم يمكن الحكم في الضمانات.',
      ...NO_REQUEST,
    },
  },
  'authorisation.consents': {
    question: 'هل تغطي موافقة المصدر مشاركة كل مادة؟',
    doesNotShow: 'أن المصدر وافق حقًا، وعلم على ماذا، هو تصريح المُصدر.',
    outcomes: {
      PASSED: 'لكل مادة موافقة معروضة تغطي هذا الغرض وهذا النوع من المتلقين ووقت الختم.',
      'FAILED:no-item': { say: 'هناك موافقة لمادة غير موجودة.', todo: ASK_ISSUER },
      'INDETERMINATE:consent-missing': { say: 'لمادة معروضة ليست هناك موافقة.', todo: WHO_DECIDED },
      'INDETERMINATE:malformed-value': 'قيمة في موافقة ليست من النوع الذي تريده الصيغة هناك.',
      'INDETERMINATE:not-compared': 'تعذّرت قراءة أي المواد تحتاج إلى موافقة.',
      'WITHHELD:closed': 'لكل مادة موافقة، لكن ما يغطيه بعضها ومدته مغلق: أنها تغطي هذه المشاركة هو تصريح المُصدر.',
      'WITHHELD:withdrawal-closed':
        'لكل مادة موافقة تغطي هذه المشاركة، لكن السجل يُظهر سحب موافقة ولا يُظهر عن أي مواد: أنه ليس عن أي من هذه هو تصريح المُصدر.',
      'NOT-CHECKED:none': 'لا تُعرض أي مادة، فلا تحتاج أي منها إلى موافقة.',
      ...OF_CONSENTS,
      ...NO_REQUEST,
    },
  },
  'authorisation.later-consents': {
    question: 'هل تغطي الموافقات التي تُفتح لاحقًا هذه المشاركة؟',
    doesNotShow: 'أن المصدر وافق حقًا، وعلم على ماذا، هو تصريح المُصدر.',
    outcomes: {
      ...OF_CONSENTS,
      PASSED: 'لما يُفتح لاحقًا موافقة معروضة تغطي هذا الغرض وهذا النوع من المتلقين ووقت الختم.',
      'WITHHELD:closed':
        'تُفتح موافقات لاحقًا، لكن ما يغطيه بعضها ومدته يبقى مغلقًا: أنها تغطي هذه المشاركة هو تصريح المُصدر.',
      'NOT-CHECKED:stubs':
        'لا تُفتح لاحقًا إلا موافقات لمواد محجوبة. لا يُشارك شيء من هذه المواد، فلا يُطلب شيء من موافقاتها.',
      'NOT-CHECKED': 'لا تُفتح لاحقًا إلا موافقات لمواد محجوبة. لا يُشارك شيء من هذه المواد، فلا يُطلب شيء من موافقاتها.',
    },
  },
  'authorisation.conditions': {
    question: 'هل ذُكر الغرض والمتلقي وشروط التعامل؟',
    doesNotShow: 'الوفاء بالشروط ليس من شأن هذه الحزمة.',
    outcomes: {
      PASSED: 'ذُكر الغرض والمتلقي وشروط التعامل.',
      'PASSED:day-passed': {
        say: 'ذُكر الغرض والمتلقي وشروط التعامل. مضى يوم يسمّيه أحد الشروط.',
        todo: 'انظر ما يجب عمله حتى ذلك اليوم: إعادة النسخ أو إتلافها، أو طلب مهلة أطول من المُصدر.',
      },
      'INDETERMINATE:not-stated': { say: 'لا يذكر الطلب الغرض أو المتلقي أو أي شرط للتعامل.', todo: WHO_DECIDED },
      'INDETERMINATE:excepted': {
        say: 'لا يذكر الطلب الغرض أو المتلقي أو أي شرط للتعامل؛ ويسمح بذلك هنا استثناء موقّع.',
        todo: EXCEPTED,
      },
      INDETERMINATE: 'لم يمكن الحكم في الشروط.',
      ...NO_REQUEST,
    },
  },
  'authorisation.exceptions': {
    question: 'هل تقررت المشاركة بلا استثناء؟',
    outcomes: {
      PASSED: 'لم يُستثنَ شيء من شروط المشاركة.',
      ...SIGNATURES,
      'INDETERMINATE:excepted': {
        say: 'تُرك شرط من شروط المشاركة باستثناء موقّع. هل كان ذلك صائبًا، لا يستطيع أحد أن يقوله من الحزمة.',
        todo: EXCEPTED,
      },
      ...NO_REQUEST,
    },
  },
  'authorisation.recipient': {
    question: 'هل صُنعت الحزمة للمتلقي الذي سمّيته؟',
    outcomes: {
      PASSED: 'صُنعت الحزمة للمتلقي الذي سمّيته.',
      'INDETERMINATE:another': {
        say: 'صُنعت الحزمة لمتلقٍ غير الذي سمّيته.',
        todo: 'اسأل المُصدر هل يجوز لك استعمالها؛ وقل ممن حصلت عليها.',
      },
      'INDETERMINATE:other-spelling': {
        say: 'تسمّي الحزمة متلقيها كما سمّيته، إلا في حالة الأحرف أو المسافات أو تركيب الحروف. يصعب أن يكون متلقيًا آخر، وليس الاسم نفسه.',
        todo: 'اكتب الاسم كما هو في الحزمة. وإن لم تكن متأكدًا فاسأل المُصدر.',
      },
      'INDETERMINATE:key-not-stated': {
        say: 'لا تذكر الحزمة مفتاح متلقيها، فلم تمكن مقارنته بمفتاحك.',
        todo: 'قارن الاسم (--recipient name:NAME).',
      },
      'INDETERMINATE:none-named': {
        say: 'لا تسمّي الحزمة متلقيًا.',
        todo: 'اسأل المُصدر هل يجوز لك استعمالها؛ وقل ممن حصلت عليها.',
      },
      INDETERMINATE: 'لم تمكن مقارنة المتلقي.',
      'NOT-CHECKED:not-asked': 'لم يُسمَّ متلقٍ للمقارنة (--recipient).',
      'NOT-CHECKED': 'لم يُقارن المتلقي.',
    },
  },
}
