import { type DestinationStream, type Logger, pino } from 'pino';

/** JSON lines with UTC time; what could hold a secret is never in them. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { part: 'gateway' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // Belt and braces: nothing logs whole requests, but an error of a library may carry one.
    redact: {
      paths: [
        'authorization',
        'cookie',
        '*.authorization',
        '*.cookie',
        '*.headers',
        'err.config',
        'err.request',
        'err.response',
      ],
      censor: '[redacted]',
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What a client chose goes into the log cut to a bound; pino escapes line breaks and control characters. */
export function forLog(text: string | null | undefined, maxChars = 200): string | undefined {
  if (text === null || text === undefined) return undefined;
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;
}
