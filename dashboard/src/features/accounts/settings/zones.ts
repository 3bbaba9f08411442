/** Every time zone that the browser knows, for a Select. */
export const ZONES = Intl.supportedValuesOf('timeZone');
