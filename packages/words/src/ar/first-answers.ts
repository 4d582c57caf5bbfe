import type { Messages } from '../messages.ts'

export const EVIDENCE_RECORD_ANSWER: Messages['verdict']['evidenceRecord'] = {
  question: 'هل هو على هذه الملفات بعينها؟',
  PASSED: { word: 'نعم', text: 'السجل على بايتات هذه الملفات بالضبط.' },
  FAILED: { word: 'لا', text: 'السجل ليس على هذه الملفات، أو يناقض نفسه؛ انظر أدناه.' },
  INDETERMINATE: { word: 'غير محسوم', text: 'لم تمكن مقارنة ما عليه السجل؛ انظر أدناه.' },
}

/** The first answer about a certificate, by the axis `bytes`. */
export const DOCUMENT_ANSWER: Messages['verdict']['document'] = {
  question: 'هل هي كما صُنعت؟',
  PASSED: {
    word: 'نعم',
    text: 'أُعيد صنعها من البيانات التي تحملها فكانت هي نفسها بايتًا ببايت، ولم يُضَف إليها إلا ما يوقّعها. يذكر تقريرها {indication} للحزمة في {time}.',
  },
  FAILED: { word: 'لا', text: 'الصفحات أو البيانات أو التوقيع يناقض بعضها بعضًا. لا تعتمد على ما تقوله.' },
  INDETERMINATE: {
    word: 'غير محسوم',
    text: 'ليست كما صُنعت، أو لا يمكن مقارنتها. هذا وحده لا يعني أن أحدًا أراد الخداع: الطباعة والحفظ من جديد والختم تفعل ذلك أيضًا.',
  },
  doesNotShow: 'هل الحزمة بلا تغيير: افحص الحزمة أيضًا',
}
