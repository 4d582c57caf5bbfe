import type { Messages } from '../messages.ts'

/** Who an anchor of a role is, in a few words. */
export const ROLES: Messages['roles'] = {
  signer: { title: 'موقّع', is: 'يشهد لمن يختم الحزم' },
  'time-stamp-authority': { title: 'سلطة طوابع زمنية', is: 'تشهد لمن يؤكد الأوقات' },
  log: { title: 'سجل', is: 'يوقّع حالة سجل حيازة' },
  handover: { title: 'تسليم', is: 'يشهد لمن يسلّم الأدلة أو يتسلّمها' },
  approver: { title: 'معتمِد', is: 'يشهد لمن يعتمد مشاركة حزمة' },
  notice: { title: 'إشعار', is: 'يشهد لمن يرسل إشعارات بعد إرسال حزمة' },
  'trust-set': { title: 'مجموعة ثقة', is: 'يشهد لمن يجوز له أن يوقّع أن قائمة أخرى تلي هذه' },
}
