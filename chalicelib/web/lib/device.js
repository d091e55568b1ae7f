/**
 * The token by which the server knows a device that signed in before, so that others cannot use up its attempts. It
 * says nothing of the account and signs nobody in, so that it stays when the person signs out.
 */

const KEY = "janus.device_token";

/** @param {string} token */
export function keep(token) {
  localStorage.setItem(KEY, token);
}

/** The field of a request that has the token, if there is one. */
export function field() {
  const token = localStorage.getItem(KEY);
  return token === null ? {} : { device_token: token };
}

/**
 * Keep the token while something deletes everything that is stored, as signing out does.
 *
 * @param {() => Promise<unknown>} deleting
 */
export async function preserve(deleting) {
  const token = localStorage.getItem(KEY);
  try {
    await deleting();
  } finally {
    if (token !== null) keep(token);
  }
}
