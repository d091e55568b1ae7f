/** Numbers and times in words. */

const WHEN = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** @param {number} ratio a contrast ratio; truncated, as rounding up could show one that passes */
export function ratio(ratio) {
  // 4.37 * 100 is 436.99999999999994 in binary floating point; the small addend corrects that.
  return `${(Math.floor(ratio * 100 + 1e-6) / 100).toFixed(2)}:1`;
}

/** @param {number} required */
export function requiredRatio(required) {
  return `${required}:1`;
}

/** @param {number} value CSS pixels */
export function pixels(value) {
  return `${Math.round(value * 10) / 10} px`;
}

/** @param {number} value times a size; truncated like ratios */
export function multiple(value) {
  return `${(Math.floor(value * 100 + 1e-6) / 100).toFixed(2)} ×`;
}

/** @param {number} value times per second */
export function perSecond(value) {
  return `${value} per second`;
}

/** @param {number} fraction 0 to 1; truncated, so that only 1 is 100 % */
export function truncatedPercent(fraction) {
  return `${Math.floor(fraction * 100 + 1e-6)} %`;
}

/** @param {number} fraction 0 to 1 */
export function share(fraction) {
  const percent = fraction * 100;
  return percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}

/** @param {number} bytes */
export function bytes(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** @param {string} time RFC 3339 */
export function when(time) {
  return WHEN.format(new Date(time));
}

/** @param {string} time RFC 3339 */
export function clock(time) {
  return CLOCK.format(new Date(time));
}

/** @param {string} words */
export function capitalized(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
