/** A JSON value. Objects have no prototype, so `__proto__`, `toString` and the like are members as any other. */
export type JsonValue = null | boolean | number | string | JsonArray | JsonObject

/** An array of JSON. */
export type JsonArray = readonly JsonValue[]

/** An object of JSON: members by name. */
export interface JsonObject {
  readonly [member: string]: JsonValue
}

/** Whether a value is an object, and neither null nor an array. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first units of a text, never half of a pair: such a half could not be written again. */
export function beginningOf(text: string, units: number): string {
  return text.slice(0, /[\ud800-\udbff]/.test(text.charAt(units - 1)) ? units - 1 : units)
}
