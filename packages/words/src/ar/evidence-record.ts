import type { FindingId } from '@probatum/core'
import type { FindingWords, Messages } from '../messages.ts'

type Ids = Extract<FindingId, `evidence-record.${string}`>

export const EVIDENCE_RECORD: Record<Ids, FindingWords> = {
  'evidence-record.structure': {
    question: 'هل يُقرأ سجل الإثبات كما تريد RFC 4998؟',
    outcomes: {
      PASSED: 'يُقرأ سجل الإثبات كما يجب.',
      'PASSED:digest-not-announced': 'يُقرأ سجل الإثبات كما يجب؛ ولا يذكر رأسه كل بصمة يستعملها، ولا يتوقف على ذلك شيء.',
      'INDETERMINATE:malformed': {
        say: 'سجل الإثبات منقطع أو ليس على الصورة التي تحددها RFC 4998، فلا يثبت شيئًا.',
        todo: 'اطلب نسخة جديدة ممن يحفظ السجل.',
      },
      'INDETERMINATE:limit': 'سجل الإثبات أكبر مما يفحصه هذا البرنامج. ولا يقول ذلك شيئًا عما فيه.',
      'INDETERMINATE:version': {
        say: 'لسجل الإثبات إصدار لا يعرفه هذا البرنامج.',
        todo: 'افحص بإصدار أحدث من هذا البرنامج.',
      },
      INDETERMINATE: 'تعذرت قراءة سجل الإثبات.',
    },
  },
  'evidence-record.data': {
    question: 'هل كل ملف من الملفات التي يحميها السجل؟',
    outcomes: {
      PASSED: 'كل ملف ({files}) من الملفات التي عليها أول طابع زمني في السجل.',
      'FAILED:differs': {
        say: 'لا يحوي السجل بصمة كل ملف قُدّم: {covered} من {files} فيه.',
        todo: 'تأكد أن لديك الملف الذي حُفظ، بايتًا ببايت، والسجل الذي يخصه.',
      },
      'INDETERMINATE:encryption-info': {
        say: 'لا يحوي السجل بصمة هذا الملف. ويقول إن ملفات شُفّرت قبل حفظها، وهذا البرنامج لا يشفّرها من جديد.',
        todo: 'قدّم الملف المشفّر كما حُفظ.',
      },
      'INDETERMINATE:hash-length': 'يحوي السجل بصمات بطول لا تعطيه طريقته، فلا يمكن مقارنة شيء.',
      'INDETERMINATE:not-read': 'تعذرت قراءة ما عليه السجل.',
      'INDETERMINATE:unreadable': 'تعذر حساب بصمة ملف.',
      'INDETERMINATE:unsupported': {
        say: 'يستعمل السجل بصمة لا يعرفها هذا البرنامج. ولا يقول ذلك شيئًا ضده.',
        todo: 'افحص بإصدار أحدث من هذا البرنامج.',
      },
      FAILED: 'السجل ليس على هذا الملف.',
      INDETERMINATE: 'لا يمكن القول هل السجل على هذه الملفات.',
    },
  },
  'evidence-record.hash-tree': {
    question: 'هل الطابع الزمني {name} على شجرة بصماته؟',
    outcomes: {
      PASSED: 'الطابع الزمني على جذر شجرته.',
      'PASSED:no-tree': 'لا توجد شجرة: الطابع الزمني على بصمة واحدة.',
      'FAILED:differs': { say: 'الطابع الزمني على شجرة غير التي معه.', todo: 'اطلب نسخة جديدة ممن يحفظ السجل.' },
      'INDETERMINATE:digest-differs': 'تستعمل الشجرة والطابع الزمني بصمتين مختلفتين، فلا تؤدي إحداهما إلى الأخرى.',
      'INDETERMINATE:hash-length': 'تحوي الشجرة بصمات بطول لا تعطيه طريقتها، فلم تُحسب.',
      'INDETERMINATE:not-read': 'تعذرت قراءة الطابع الزمني، فلا شيء تُقارن به شجرته.',
      'INDETERMINATE:unprotected': {
        say: 'طابع زمني لاحق على شجرة غير التي معه. لا شيء موقّع يقول إن مكانه هنا: قد يكون أي شخص وضعه. لا يثبت شيئًا ولا يناقض شيئًا.',
        todo: 'اطلب نسخة جديدة ممن يحفظ السجل.',
      },
      'INDETERMINATE:unsupported': {
        say: 'تستعمل الشجرة بصمة لا يعرفها هذا البرنامج. ولا يقول ذلك شيئًا ضدها.',
        todo: 'افحص بإصدار أحدث من هذا البرنامج.',
      },
      FAILED: 'الطابع الزمني ليس على شجرته.',
      INDETERMINATE: 'لا يمكن القول هل الطابع الزمني على شجرته.',
    },
  },
  'evidence-record.renewal': {
    question: 'هل يجدد الطابع الزمني {name} ما قبله في السجل؟',
    outcomes: {
      'PASSED:time-stamp': 'هو على الطابع الزمني الذي قبله.',
      'PASSED:hash-tree': 'هو على الملفات ببصمة جديدة، مع كل ما كان في السجل من قبل.',
      'INDETERMINATE:not-linked': {
        say: 'ليس على ما قبله: إما أن تجديدًا بينهما ينقص، أو أن ما قبله غُيّر، أو أنه من سجل آخر. لا يثبت هنا شيئًا.',
        todo: 'اطلب نسخة كاملة ممن يحفظ السجل.',
      },
      'INDETERMINATE:unreadable': 'تعذر حساب بصمة ملف.',
      'INDETERMINATE:unsupported': {
        say: 'يستعمل بصمة لا يعرفها هذا البرنامج. ولا يقول ذلك شيئًا ضده.',
        todo: 'افحص بإصدار أحدث من هذا البرنامج.',
      },
      'NOT-CHECKED:in-future': 'صُنع بعد لحظة هذا الفحص، فلا يدخل فيه.',
      PASSED: 'يجدد ما قبله.',
      INDETERMINATE: 'لا يمكن القول ماذا يجدد.',
      'NOT-CHECKED': 'لم يُفحص هذا التجديد.',
    },
  },
  'evidence-record.order': {
    question: 'هل الطابع الزمني {name} لاحق لما قبله؟',
    outcomes: {
      PASSED: 'هو لاحق لما قبله.',
      'PASSED:within-accuracy': 'هو لاحق لما قبله بقدر ما تسمح به دقة الاثنين.',
      'INDETERMINATE:not-later': {
        say: 'يذكر وقتًا أسبق من الذي يجدده، وهذا لا يكون.',
        todo: 'اطلب نسخة جديدة ممن يحفظ السجل.',
      },
      'INDETERMINATE:unknown': 'لا يذكر أحدهما وقتًا يمكن قراءته.',
      INDETERMINATE: 'تعذر الحكم في الترتيب.',
    },
  },
  'evidence-record.digest': {
    question: 'هل كانت بصمات هذا الجزء من السجل معتبرة حتى حلت غيرها محلها؟',
    outcomes: {
      PASSED: 'لا تزال بصمات هذا الجزء معتبرة.',
      'PASSED:replaced': 'انتهت بصمات هذا الجزء؛ وحلت غيرها محلها حين كانت معتبرة.',
      'INDETERMINATE:ended': {
        say: 'لم تعد بصمات هذا الجزء معتبرة، ولم تحل غيرها محلها في حينه: منذ ذلك الحين قد يكون وُضع ملف آخر له البصمة نفسها.',
        todo: 'اطلب ممن يحفظ السجل سجلًا حُسبت بصمات ملفاته من جديد في حينه. افحص في تاريخ يوم أسبق مع --at لترى ما كان مثبتًا حينئذ.',
      },
      'INDETERMINATE:weak': {
        say: 'لا تُعد بصمات هذا الجزء إثباتًا بحسب هذه السياسة.',
        todo: 'اطلب ممن يحفظ السجل سجلًا ببصمة حديثة.',
      },
      'INDETERMINATE:mixed': 'تستعمل طوابع زمنية من جزء واحد بصمات مختلفة، وهذا ما تمنعه RFC 4998.',
      'INDETERMINATE:unsupported': {
        say: 'تُستعمل بصمة لا يعرفها هذا البرنامج. ولا يقول ذلك شيئًا ضدها.',
        todo: 'افحص بإصدار أحدث من هذا البرنامج.',
      },
      INDETERMINATE: 'لا يمكن القول هل كانت البصمات معتبرة.',
    },
  },
}

export const EVIDENCE_RECORD_ANSWER: Messages['verdict']['evidenceRecord'] = {
  question: 'هل هو على هذه الملفات بعينها؟',
  PASSED: { word: 'نعم', text: 'السجل على بايتات هذه الملفات بالضبط.' },
  FAILED: { word: 'لا', text: 'السجل ليس على هذه الملفات، أو يناقض نفسه؛ انظر أدناه.' },
  INDETERMINATE: { word: 'لا يمكن القول', text: 'لم تمكن مقارنة ما عليه السجل؛ انظر أدناه.' },
}
