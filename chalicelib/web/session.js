// @ts-check
/**
 * Who is signed in. The access token lives in memory only; the refresh token in sessionStorage, so that a
 * reload goes on. A refresh token works once: refreshes are made one at a time, and a duplicated tab
 * (which starts with a copy of this storage) is told the new one.
 */

import { send } from "./api.js";
import { Problem, SessionEnded } from "./problem.js";

/** @typedef {{access_token: string, refresh_token: string}} TokenPair */

const KEY = "janus.refresh_token";
const tabs = new BroadcastChannel("janus.session");

/** @type {string | null} */
let accessToken = null;
/** @type {Promise<void> | null} */
let renewal = null;
let whenEnded = () => {};

tabs.addEventListener("message", ({ data }) => {
  if (data.replaced === sessionStorage.getItem(KEY)) keep(data.pair);
});

/** @param {() => void} listener called when the session ends by itself */
export function onEnd(listener) {
  whenEnded = listener;
}

export function isSignedIn() {
  return sessionStorage.getItem(KEY) !== null;
}

/** @param {{email: string, password: string}} credentials */
export async function signIn(credentials) {
  keep(await (await send("POST", "auth/login", { body: credentials })).json());
}

/**
 * Ask for an account, then sign in with it. The server doesn't say whether the address had one already.
 *
 * @param {{email: string, password: string}} credentials
 */
export async function register(credentials) {
  await send("POST", "auth/register", { body: credentials });
  await signIn(credentials);
}

/** End the session here, whether or not the server can be told; without it the session runs out. */
export async function signOut() {
  const told = call("POST", "auth/logout");
  try {
    await told;
  } finally {
    forget();
  }
}

/**
 * Send as the one who is signed in; an access token that ran out is renewed once.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, accept?: string, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>}
 */
export async function call(method, path, options = {}) {
  if (accessToken === null) await renew();
  const used = /** @type {string} */ (/** @type {unknown} */ (accessToken));
  try {
    return await send(method, path, { ...options, accessToken: used });
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
  }
  if (accessToken === used) await renew();
  try {
    return await send(method, path, { ...options, accessToken: accessToken ?? undefined });
  } catch (error) {
    throw isUnauthorized(error) ? end() : error;
  }
}

function renew() {
  renewal ??= exchange().finally(() => {
    renewal = null;
  });
  return renewal;
}

async function exchange() {
  const presented = sessionStorage.getItem(KEY);
  if (presented === null) throw end();
  try {
    const response = await send("POST", "auth/refresh", { body: { refresh_token: presented } });
    const pair = await response.json();
    keep(pair);
    tabs.postMessage({ replaced: presented, pair });
  } catch (error) {
    throw isUnauthorized(error) ? end() : error;
  }
}

/** @param {TokenPair} pair */
function keep(pair) {
  accessToken = pair.access_token;
  sessionStorage.setItem(KEY, pair.refresh_token);
}

/** Leave the session without a word to the server, where it is over already. */
export function forget() {
  accessToken = null;
  sessionStorage.removeItem(KEY);
}

function end() {
  forget();
  whenEnded();
  return new SessionEnded();
}

/** @param {unknown} error */
function isUnauthorized(error) {
  return error instanceof Problem && error.status === 401;
}
