// What JSON escapes, and halves of surrogate pairs, which JSON.stringify writes as escapes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are what JSON escapes
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** JSON text of a string; where nothing is to escape it does not call native code. */
export function quoted(text: string): string {
  if (text.length > 1_000) return JSON.stringify(text);
  if (text.length > 24) return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff))
      return JSON.stringify(text);
  }
  return `"${text}"`;
}
