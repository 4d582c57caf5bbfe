/** Version of the verification engine: the package's own. A test keeps it equal to package.json. */
export const ENGINE_VERSION = '0.1.0'
