// @ts-check
/** What can go wrong between the page and its servers, and how to say it. */

/** An error whose message is a sentence for a person. */
export class Sayable extends Error {}

/** What people call the fields of a request; the server's words about a field go on from there. */
const FIELDS = new Map([
  ["#/email", "The e-mail address"],
  ["#/password", "The password"],
  ["#/new_password", "The password"],
  ["#/token", "The link"],
  ["#/name", "The file's name"],
  ["#/size", "The file's size"],
  ["#/content_type", "The file's type"],
  ["#/scale", "The scale"],
]);

/** The server answered with an error (RFC 9457 problem details). */
export class Problem extends Sayable {
  /**
   * @param {number} status
   * @param {{type?: string, title?: string, detail?: string, errors?: {pointer: string, detail: string}[]}} details
   */
  constructor(status, { type = "", title, detail, errors = [] }) {
    const fields = errors.map(({ pointer, detail }) => ({ pointer, sentence: `${FIELDS.get(pointer) ?? pointer} ${detail}.` }));
    super(fields.map(({ sentence }) => sentence).join(" ") || detail || title || `The server answered ${status}.`);
    this.status = status;
    this.code = type.split(":").at(-1);
    this.fields = fields;
  }
}

/** No answer came. */
export class Unreachable extends Sayable {
  constructor() {
    super(
      navigator.onLine
        ? "Janus can't be reached. Try again in a moment."
        : "This device is offline. Connect it and try again.",
    );
  }
}

/** The session is over: only signing in again helps. */
export class SessionEnded extends Sayable {
  constructor() {
    super("Your session has ended. Sign in again to go on.");
  }
}

/** The file can't be taken. */
export class NotAccepted extends Sayable {}

/** The object store refused the file, or the way to it broke. */
export class UploadRefused extends Sayable {}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function sentence(error) {
  if (error instanceof Sayable) return error.message;
  console.error(error); // a mistake of ours: the sentence can't say which
  return "Something in this page went wrong. Reload it and try again.";
}

/**
 * Whether the page itself gave the request up, which is nothing to tell.
 *
 * @param {unknown} error
 */
export function isAborted(error) {
  return error instanceof DOMException && error.name === "AbortError";
}
