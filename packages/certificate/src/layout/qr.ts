import type { DocumentBlock } from '@probatum/words'
import { encode } from 'uqr'
import { textString } from '../pdf/objects.ts'
import { drawLines, type Setter, setRuns, totalHeight } from './setter.ts'

const MILLIMETRE = 72 / 25.4
/** The symbol itself; ISO/IEC 18004 §9.1 wants four modules of white around it. */
const SYMBOL = 25 * MILLIMETRE
const QUIET_MODULES = 4

export function setQr(setter: Setter, { text, alt, caption }: Extract<DocumentBlock, { kind: 'qr' }>): void {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border: 0 })
  const module = SYMBOL / size
  const quiet = module * QUIET_MODULES
  const whole = SYMBOL + 2 * quiet
  const captionWidth = setter.width - whole - setter.density.gap
  const lines = caption === '' ? [] : setRuns(setter, [{ text: caption }], captionWidth, { size: 9, codeSize: 8 })
  setter.flow.add({
    height: Math.max(whole, totalHeight(lines)),
    gap: setter.density.gap,
    draw(page, top) {
      const left = (setter.rightToLeft ? setter.left + setter.width - whole : setter.left) + quiet
      const upper = top - quiet
      const boxes: [number, number, number, number][] = []
      for (const [row, modules] of data.entries())
        for (let column = 0; column < modules.length; column += 1) {
          if (modules[column] !== true) continue
          const from = column
          while (modules[column + 1] === true) column += 1
          boxes.push([left + from * module, upper - (row + 1) * module, (column - from + 1) * module, module])
        }
      const box = [left, upper - SYMBOL, left + SYMBOL, upper].map((value) => Math.round(value * 100) / 100)
      const figure = setter.structure.add('Figure', setter.parent, {
        Alt: textString(alt),
        A: { O: 'Layout', Placement: 'Block', BBox: box },
      })
      page.squares(figure, boxes)
      if (lines.length === 0) return
      const words = setter.structure.add('P', setter.parent)
      const captionLeft = setter.rightToLeft ? setter.left : setter.left + whole + setter.density.gap
      const captionTop = top - Math.max(0, (whole - totalHeight(lines)) / 2)
      drawLines(page, words, lines, { left: captionLeft, width: captionWidth }, captionTop)
    },
  })
}
