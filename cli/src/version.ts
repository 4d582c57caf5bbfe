import { ENGINE_VERSION } from '@probatum/core'

export const VERSION: string = ENGINE_VERSION
