/**
 * The session. The access token is in memory only; the refresh token is in sessionStorage, so that the session
 * survives a reload. A refresh token is valid once: refreshes run one at a time, and a duplicated tab (which starts
 * with a copy of sessionStorage) receives the new pair.
 */

import { send } from "./api.js";
import * as device from "./device.js";
import { Problem, SessionEnded, UserError } from "./problem.js";

/** @typedef {{access_token: string, refresh_token: string, device_token?: string}} TokenPair */

const KEY = "janus.refresh_token";
const otherTabs = new BroadcastChannel("janus.session");

/** @type {string | null} */
let accessToken = null;
/** @type {Promise<void> | null} */
let refreshing = null;
let whenEnded = () => {};
let whenConfirmed = () => {};
/** @type {{password: string} | null} the account that was created in this tab and is not confirmed yet */
let registered = null;

otherTabs.addEventListener("message", ({ data }) => {
  if (data.replaced && data.replaced === sessionStorage.getItem(KEY)) keep(data.pair);
  if (data.confirm && registered) confirmForOtherTab(data.confirm, registered.password);
});

/**
 * @param {string} token
 * @param {string} password
 */
async function confirmForOtherTab(token, password) {
  try {
    const response = await send("POST", "auth/email/verify", { body: { token, password } });
    otherTabs.postMessage({ confirmed: token, pair: await response.json() });
    registered = null;
    whenConfirmed();
  } catch (error) {
    if (!(error instanceof UserError)) throw error; // the other tab asks the person for the password
  }
}

/** @param {() => void} listener called when the server ends the session */
export function onEnd(listener) {
  whenEnded = listener;
}

export function isSignedIn() {
  return sessionStorage.getItem(KEY) !== null;
}

/** @param {{email: string, password: string}} credentials */
export async function signIn(credentials) {
  keep(await (await send("POST", "auth/login", { body: { ...credentials, ...device.field() } })).json());
}

/**
 * Create an account. The server does not reveal whether the email address already has one. Until the page is left, the
 * link in the email can be opened in another tab without entering the password again.
 *
 * @param {{email: string, password: string, invitation?: string}} registration invitation: its token, if the person
 *   follows one
 */
export async function register(registration) {
  await send("POST", "auth/register", { body: registration });
  registered = registration;
}

/**
 * Confirm the email address of a new account by the token of an emailed link, and sign in.
 *
 * @param {{token: string, password: string, code?: string}} confirmation
 */
export async function confirm(confirmation) {
  keep(await (await send("POST", "auth/email/verify", { body: confirmation })).json());
}

/**
 * Ask the tab in which the account was created, which knows its password, to confirm the email address.
 *
 * @param {string} token of the emailed link
 * @param {() => void} onConfirmed called when this tab is signed in; never without such a tab
 * @param {AbortSignal} signal
 */
export function confirmFromOtherTab(token, onConfirmed, signal) {
  otherTabs.addEventListener(
    "message",
    ({ data }) => {
      if (data.confirmed !== token) return;
      keep(data.pair);
      onConfirmed();
    },
    { signal },
  );
  otherTabs.postMessage({ confirm: token });
}

/** @param {() => void} listener called when the account that was created in this tab is confirmed in another tab */
export function onConfirmed(listener) {
  whenConfirmed = listener;
}

/** End the session on this device, even if the server can't be reached, where it then expires. */
export async function signOut() {
  try {
    await device.preserve(() => call("POST", "auth/logout"));
  } finally {
    forget();
  }
}

/**
 * Send an authenticated request. An expired access token is refreshed once.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, accept?: string, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>}
 */
export async function call(method, path, options = {}) {
  if (accessToken === null) await refresh();
  const used = /** @type {string} */ (/** @type {unknown} */ (accessToken));
  try {
    return await send(method, path, { ...options, accessToken: used });
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
  }
  if (accessToken === used) await refresh();
  try {
    return await send(method, path, { ...options, accessToken: accessToken ?? undefined });
  } catch (error) {
    throw isUnauthorized(error) ? end() : error;
  }
}

function refresh() {
  refreshing ??= exchange().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function exchange() {
  const presented = sessionStorage.getItem(KEY);
  if (presented === null) throw end();
  try {
    const response = await send("POST", "auth/refresh", { body: { refresh_token: presented } });
    const pair = await response.json();
    keep(pair);
    otherTabs.postMessage({ replaced: presented, pair });
  } catch (error) {
    throw isUnauthorized(error) ? end() : error;
  }
}

/** @param {TokenPair} pair */
function keep(pair) {
  registered = null;
  accessToken = pair.access_token;
  sessionStorage.setItem(KEY, pair.refresh_token);
  if (pair.device_token) device.keep(pair.device_token);
}

/** Delete the tokens of a session that the server has already ended. */
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
