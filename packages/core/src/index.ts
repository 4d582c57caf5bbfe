// The vocabulary

// Reading bundles
export * from './bundle/source.ts'
export * from './checks/catalogue.ts'
export * from './model/assess.ts'
export * from './model/bytes.ts'
export * from './model/container.ts'
export * from './model/finding.ts'
export * from './model/limits.ts'
export * from './model/parse-error.ts'
export * from './model/policy.ts'
export * from './model/ports.ts'
export * from './model/report.ts'
export * from './model/trust-set.ts'
export * from './model/utf8.ts'
