import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY = 'لا تعدّل ولا تحفظ شيئًا في هذه النسخة. اطلب من المرسل نسخة جديدة، ودع شخصًا ثانيًا يفحص الاثنتين.'
const COMPLETE = 'اطلب من المرسل نسخة كاملة. إن كنت قد تسلّمت جزءًا فقط فافحصها من جديد على أنها جزء (--part).'
const FETCH = 'اطلب من المرسل نسخة كاملة.'
const READ = 'انسخ الحزمة إلى قرص آخر، أو شغّل البرنامج من جديد بصلاحية قراءة هذه الملفات.'
const SPELLING = 'افحص الحزمة في أرشيفها، أو اسأل المرسل كيف حُزمت.'
const LINES = 'انظر في هذه الأسطر، واسأل من صنع القائمة.'
const RENAMED =
  'في نسخة من الحزمة أعد إلى هذه الملفات أسماءها المذكورة في القائمة وافحص تلك النسخة؛ أو اطلب من المرسل نسخة جديدة. برامج البريد والمجلدات السحابية والأقراص القديمة تغيّر الأسماء.'
const SECOND =
  'في نسخة من الحزمة أبعد هذه النسخ المكررة وافحص تلك النسخة. المجلدات السحابية وبرامج إدارة الملفات تصنعها.'
const ORIGIN =
  'لا تعتمد على هذه الملفات. إن كنت أنت أو برنامج هنا من وضعها، فأبعدها في نسخة من الحزمة وافحص تلك النسخة؛ وإلا فاسأل المرسل من أين جاءت.'
const TRAVELS = 'يقارن الملفات بالقائمة المرسلة معها؛ أما من صنع تلك القائمة فهو سؤال الختم.'
const NO_MANIFEST = 'لا توجد قائمة بملفات الأدلة يمكن استعمالها.'

/** The same under both kinds of lists. */
const DIGEST_OPEN = {
  'INDETERMINATE:malformed-digest': 'لبعض الملفات لا تذكر {name} بصمة يمكن قراءتها، فلم تُقارن.',
  'INDETERMINATE:nothing-compared': 'لا شيء مما تذكره {name} موجود هنا، فلم يُقارن شيء.',
  'INDETERMINATE:unsupported-algorithm': 'تستعمل {name} بصمة لا يعرفها هذا البرنامج؛ فلم يُقارن بها شيء.',
  'INDETERMINATE:manifest-not-read': 'تعذّرت قراءة القائمة {name}، فلم يُقارن بها شيء.',
} as const

type Ids = Extract<FindingId, `${'payload' | 'tag'}.${string}`>

export const PAYLOAD_AND_TAGS: Record<Ids, FindingWords> = {
  'payload.digest': {
    question: 'هل كل ملف أدلة مطابق بايتًا بايتًا لما في القائمة؟',
    doesNotShow: TRAVELS,
    outcomes: {
      PASSED: 'كل ملف أدلة تذكره {name} وهو موجود هنا مطابق بايتًا بايتًا لما ذُكر.',
      'FAILED:mismatch': {
        say: 'توجد ملفات أدلة مختلفة عن {sealed} (بحسب {name}: المختلف {failed}، والمطابق {passed}).',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:unreadable': {
        say: 'تعذّرت قراءة ملفات أدلة، فلا يُعرف عنها شيء؛ وقورنت كل الملفات الأخرى.',
        todo: READ,
      },
      ...DIGEST_OPEN,
      'INDETERMINATE:no-manifest': NO_MANIFEST,
      'NOT-CHECKED:not-asked': 'لم تُطلب المقارنة بهذه البصمة.',
    },
  },
  'payload.coverage': {
    question: 'هل قورن كل ملف أدلة بكل بصمة تطلبها السياسة؟',
    outcomes: {
      PASSED: 'قورن كل ملف أدلة بكل بصمة تطلبها السياسة.',
      'INDETERMINATE:not-compared': 'بعض ملفات الأدلة لم تُقارن بأي بصمة.',
      'INDETERMINATE:required-digest': {
        say: 'بعض ملفات الأدلة لم تُقارن ببصمة تطلبها السياسة.',
        todo: 'افحص بكل البصمات المدرجة (من دون --digests)، أو اطلب من المرسل قائمة بتلك البصمة.',
      },
      'INDETERMINATE:weak-digest': {
        say: 'بعض ملفات الأدلة قورنت فقط بطرق تُعدّ اليوم ضعيفة؛ فلم تعد المطابقة وحدها تُثبت أنها غير متغيرة.',
        todo: 'اطلب من المرسل قائمة ببصمات SHA-256 أو أقوى.',
      },
      'INDETERMINATE:no-payload': 'ليس هنا ملف أدلة كان يمكن أن يُقارن.',
    },
  },
  'payload.readable': {
    question: 'هل أمكنت قراءة كل ملف إلى نهايته؟',
    outcomes: {
      PASSED: 'أمكنت قراءة كل ملف إلى نهايته.',
      'INDETERMINATE:unreadable': { say: 'لم يسلّم النظام بعض الملفات. هذا لا يقول شيئًا عمّا فيها.', todo: READ },
      'INDETERMINATE:no-files': 'لا يوجد أي ملف.',
    },
  },
  'payload.container-agrees': {
    question: 'هل يتفق الأرشيف مع نفسه في كل ملف؟',
    outcomes: {
      PASSED: 'ما يذكره الأرشيف عن ملفاته (الحجم والمجموع الاختباري) هو ما قُرئ. والمجلد لا يذكر شيئًا من ذلك.',
      'FAILED:contradiction': {
        say: 'يناقض الأرشيف نفسه في بعض الملفات: تلف أو تغير بعد صنعه.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:undeclared': {
        say: 'يناقض الأرشيف نفسه في ملفات موجودة تحت seal/ ولا تسمّيها الحزمة. يمكن أن يكون أي أحد قد أضافها.',
        todo: 'احذف الملفات المذكورة هنا من نسخة وافحص تلك النسخة؛ أو فكّ الأرشيف وافحص المجلد.',
      },
      'INDETERMINATE:limit': {
        say: 'بعض الملفات في الأرشيف حجمها بعد الفك أكبر مما يفحصه هذا البرنامج.',
        todo: 'فكّ الأرشيف يدويًا وافحص المجلد.',
      },
    },
  },
  'tag.digest': {
    question: 'هل كل ملف مرافق مطابق بايتًا بايتًا لما في القائمة؟',
    doesNotShow: TRAVELS,
    outcomes: {
      PASSED: 'كل ملف مرافق تذكره {name} وهو موجود هنا مطابق بايتًا بايتًا لما ذُكر.',
      'FAILED:mismatch': {
        say: 'توجد ملفات مرافقة مختلفة عن {sealed} (بحسب {name}: المختلف {failed}، والمطابق {passed}).',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:unreadable': {
        say: 'تعذّرت قراءة ملفات مرافقة، فلا يُعرف عنها شيء؛ وقورنت كل الملفات الأخرى.',
        todo: READ,
      },
      ...DIGEST_OPEN,
      'INDETERMINATE:no-tag-manifest':
        'قائمة الملفات المرافقة التي يجب أن تكون في الحزمة ليست هنا، فلا شيء يحمي الملفات المرافقة.',
      'NOT-CHECKED:no-tag-manifest': 'لا قائمة تذكر الملفات المرافقة، فلا شيء يحميها.',
    },
  },
  'payload.oxum': {
    question: 'هل يتفق عدد ملفات الأدلة وحجمها مع bag-info.txt؟',
    outcomes: {
      PASSED: 'يتفق عدد ملفات الأدلة وحجمها مع bag-info.txt.',
      'FAILED:mismatch': { say: 'عدد ملفات الأدلة أو حجمها ليس ما يقوله bag-info.txt.', todo: FRESH_COPY },
      'INDETERMINATE:part': 'ملفات الأدلة أقل مما يقوله bag-info.txt؛ وقد قلت إن هذه النسخة جزء.',
      'INDETERMINATE:not-all-here': 'ملفات الأدلة أقل مما يقوله bag-info.txt، لأن بعضها في مكان آخر أو لا تمكن رؤيته.',
      'INDETERMINATE:copies': 'ملفات الأدلة أكثر مما يقوله bag-info.txt، لأن بعضها هنا مرتين.',
      'INDETERMINATE:malformed': 'العدد والحجم في bag-info.txt لا تمكن قراءتهما.',
      'INDETERMINATE:repeated': 'يذكر bag-info.txt العدد والحجم مرتين ذكرًا مختلفًا.',
      'INDETERMINATE:missing': 'لا يقول bag-info.txt كم ملف أدلة يوجد، ويجب ذلك في حزمة أدلة.',
      'INDETERMINATE:info-not-read': 'تعذّرت قراءة bag-info.txt، فلا يُعرف ما يقوله عن عدد ملفات الأدلة.',
      'NOT-CHECKED:absent': 'لا يقول bag-info.txt كم ملف أدلة يوجد.',
    },
  },
  'payload.present': {
    question: 'هل كل ملف أدلة تسمّيه القوائم موجود هنا؟',
    outcomes: {
      PASSED: 'كل ملف أدلة مذكور في القائمة موجود هنا.',
      'PASSED:other-spelling': 'كل ملف أدلة مذكور في القائمة موجود هنا، وبعضها بكتابة أخرى للاسم نفسه.',
      'FAILED:missing': { say: 'ملفات أدلة مذكورة في القائمة ناقصة من هذه النسخة.', todo: COMPLETE },
      'INDETERMINATE:missing': 'ملفات أدلة مذكورة في القائمة ليست في هذا الجزء؛ وقد قلت إنه جزء.',
      'INDETERMINATE:renamed': {
        say: 'ملفات أدلة مذكورة في القائمة موجودة هنا بأسماء أخرى. بايتاتها هي المذكورة في القائمة.',
        todo: RENAMED,
      },
      'INDETERMINATE:in-fetch': {
        say: 'ملفات أدلة مذكورة في القائمة يجب جلبها من مكان آخر. هذا البرنامج لا يفعل ذلك أبدًا.',
        todo: FETCH,
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'ملفات أدلة مذكورة في القائمة مكانها مجلد تعذّر فتحه.',
        todo: READ,
      },
      'INDETERMINATE:irregular': 'في مكان ملفات أدلة مذكورة في القائمة روابط أو أجهزة. لم تُتبع.',
      'INDETERMINATE:other-spelling': {
        say: 'قد تكون ملفات أدلة مذكورة في القائمة موجودة هنا بكتابة أخرى، لكن لا يمكن القول على وجه اليقين.',
        todo: SPELLING,
      },
      'INDETERMINATE:malformed-line': {
        say: 'أسطر من قائمة لا تُقرأ كأسطرها، وقد يسمّي كل منها ملف أدلة ليس هنا.',
        todo: LINES,
      },
      'INDETERMINATE:manifest-not-read': 'تعذّرت قراءة قائمة، فلا يُعرف هل كل ما تسمّيه موجود هنا.',
      'INDETERMINATE:no-manifest': NO_MANIFEST,
    },
  },
  'payload.listed': {
    question: 'هل كل ملف أدلة موجود هنا مذكور أيضًا في القوائم؟',
    outcomes: {
      PASSED: 'كل ملف أدلة موجود هنا مذكور في القوائم.',
      'FAILED:unlisted': { say: 'بعض الملفات هنا لم تكن جزءًا من {sealed}.', todo: ORIGIN },
      'INDETERMINATE:renamed': {
        say: 'لبعض الملفات هنا أسماء غير المذكورة في القائمة. بايتاتها بايتات ملفات مذكورة.',
        todo: RENAMED,
      },
      'INDETERMINATE:copy': { say: 'بعض الملفات هنا نسخ مكررة من ملفات أخرى في الحزمة.', todo: SECOND },
      'INDETERMINATE:other-spelling': {
        say: 'قد تكون بعض الملفات هنا مذكورة في القائمة بكتابة أخرى، لكن لا يمكن القول على وجه اليقين.',
        todo: SPELLING,
      },
      'INDETERMINATE:manifest-not-read': 'تعذّرت قراءة قائمة أو سطر منها، فلا يُعرف هل تسمّي كل الملفات.',
      'INDETERMINATE:no-manifest': NO_MANIFEST,
    },
  },
  'payload.not-empty': {
    question: 'هل يوجد ملف أدلة أصلًا؟',
    outcomes: {
      PASSED: 'توجد ملفات أدلة.',
      'INDETERMINATE:empty': {
        say: 'لا يوجد ملف أدلة واحد، فلم يظهر عن شيء أنه غير متغير.',
        todo: 'اسأل المرسل هل يُراد أن تكون الحزمة فارغة.',
      },
    },
  },
  'tag.present': {
    question: 'هل كل ملف مرافق تسمّيه قوائم الملفات المرافقة موجود هنا؟',
    outcomes: {
      PASSED: 'كل ملف مرافق مذكور في القائمة موجود هنا.',
      'PASSED:other-spelling': 'كل ملف مرافق مذكور في القائمة موجود هنا، وبعضها بكتابة أخرى للاسم نفسه.',
      'FAILED:missing': { say: 'ملفات مرافقة مذكورة في القائمة ناقصة من هذه النسخة.', todo: COMPLETE },
      'INDETERMINATE:missing': 'ملفات مرافقة مذكورة في القائمة ليست في هذا الجزء؛ وقد قلت إنه جزء.',
      'INDETERMINATE:renamed': {
        say: 'ملفات مرافقة مذكورة في القائمة موجودة هنا بأسماء أخرى. بايتاتها هي المذكورة في القائمة.',
        todo: RENAMED,
      },
      'INDETERMINATE:in-fetch': {
        say: 'ملفات مرافقة مذكورة في القائمة يجب جلبها من مكان آخر. هذا البرنامج لا يفعل ذلك أبدًا.',
        todo: FETCH,
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'ملفات مرافقة مذكورة في القائمة مكانها مجلد تعذّر فتحه.',
        todo: READ,
      },
      'INDETERMINATE:irregular': 'في مكان ملفات مرافقة مذكورة في القائمة روابط أو أجهزة. لم تُتبع.',
      'INDETERMINATE:other-spelling': {
        say: 'قد تكون ملفات مرافقة مذكورة في القائمة موجودة هنا بكتابة أخرى، لكن لا يمكن القول على وجه اليقين.',
        todo: SPELLING,
      },
      'INDETERMINATE:malformed-line': {
        say: 'أسطر من قائمة لا تُقرأ كأسطرها، وقد يسمّي كل منها ملفًا مرافقًا ليس هنا.',
        todo: LINES,
      },
      'INDETERMINATE:manifest-not-read': 'تعذّرت قراءة قائمة، فلا يُعرف هل كل ما تسمّيه موجود هنا.',
      'INDETERMINATE:no-tag-manifest': 'قائمة الملفات المرافقة التي يجب أن تكون في الحزمة ليست هنا.',
      'NOT-CHECKED:no-tag-manifest': 'لا قائمة تذكر الملفات المرافقة.',
    },
  },
  'tag.listed': {
    question: 'هل كل ملف مرافق مذكور في قوائم الملفات المرافقة؟',
    outcomes: {
      PASSED: 'كل ملف مرافق مذكور في قوائم الملفات المرافقة.',
      'PASSED:unlisted-allowed': 'بعض الملفات المرافقة ليست في أي قائمة، وهذه السياسة تسمح بذلك؛ ولا شيء يحميها.',
      'FAILED:unlisted': { say: 'بعض الملفات المرافقة لم تكن جزءًا من {sealed}.', todo: ORIGIN },
      'INDETERMINATE:unlisted': 'بعض الملفات المرافقة ليست في أي قائمة، فلا شيء يحميها، وهذه السياسة تطلب الحماية.',
      'INDETERMINATE:renamed': {
        say: 'لبعض الملفات المرافقة أسماء غير المذكورة في القائمة. بايتاتها بايتات ملفات مذكورة.',
        todo: RENAMED,
      },
      'INDETERMINATE:copy': { say: 'بعض الملفات المرافقة نسخ مكررة من ملفات أخرى في الحزمة.', todo: SECOND },
      'INDETERMINATE:other-spelling': {
        say: 'قد تكون بعض الملفات المرافقة مذكورة في القائمة بكتابة أخرى، لكن لا يمكن القول على وجه اليقين.',
        todo: SPELLING,
      },
      'INDETERMINATE:manifest-not-read': 'تعذّرت قراءة قائمة للملفات المرافقة، فلا يُعرف هل تسمّي كل الملفات.',
    },
  },
}
