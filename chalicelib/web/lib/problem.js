/** Errors of requests, with messages for the person. */

/** An error whose message is shown to the person. */
export class UserError extends Error {}

/** Labels of the request's fields, which start the sentence that the server's detail completes. */
const FIELDS = new Map([
  ["#/email", "The email address"],
  ["#/password", "The password"],
  ["#/new_password", "The password"],
  ["#/token", "The link"],
  ["#/invitation", "The invitation"],
  ["#/name", "The file's name"],
  ["#/size", "The file's size"],
  ["#/content_type", "The file's type"],
  ["#/scale", "The scale"],
]);

/** An error response (RFC 9457 problem details). */
export class Problem extends UserError {
  /**
   * @param {number} status
   * @param {{type?: string, title?: string, detail?: string, errors?: {pointer: string, detail: string}[]}} details
   */
  constructor(status, { type = "", title, detail, errors = [] }) {
    const fields = errors.map(({ pointer, detail }) => ({ pointer, message: `${FIELDS.get(pointer) ?? pointer} ${detail}.` }));
    super(fields.map(({ message }) => message).join(" ") || detail || title || `The server responded with status ${status}.`);
    this.status = status;
    this.code = type.split(":").at(-1);
    this.fields = fields;
  }
}

/** The request got no response. */
export class Unreachable extends UserError {
  constructor() {
    super(
      navigator.onLine
        ? "Janus can't be reached. Try again in a moment."
        : "This device is offline. Connect to a network and try again.",
    );
  }
}

/** The session has expired or was revoked; the person has to sign in again. */
export class SessionEnded extends UserError {
  constructor() {
    super("Your session has ended. Sign in again to continue.");
  }
}

/** The file is not one that can be uploaded. */
export class NotAccepted extends UserError {}

/** The object store rejected the file, or the connection to it was lost. */
export class UploadFailed extends UserError {}

/**
 * Return the message to show for an error.
 *
 * @param {unknown} error
 */
export function messageOf(error) {
  if (error instanceof UserError) return error.message;
  console.error(error); // a bug of the page, for which there is no better message
  return "Something went wrong on this page. Reload it and try again.";
}

/**
 * Whether the page itself aborted the request, which needs no message.
 *
 * @param {unknown} error
 */
export function isAborted(error) {
  return error instanceof DOMException && error.name === "AbortError";
}
