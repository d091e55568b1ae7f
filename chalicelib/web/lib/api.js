/** HTTP requests to the API, without a session. Errors are a Problem or Unreachable. */

import { Problem, Unreachable } from "./problem.js";

const JSON_RESPONSE = "application/json, application/problem+json";

/**
 * Send a request. Paths are relative, as the API's URL on AWS contains the stage.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, accept?: string, accessToken?: string, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>} status below 400
 */
export async function send(method, path, { body, accept = JSON_RESPONSE, accessToken, signal } = {}) {
  const headers = new Headers({ Accept: accept });
  if (accessToken) headers.set("Authorization", `Bearer ${accessToken}`);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  const response = await fetch(path, {
    method,
    headers,
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error) => {
    throw error.name === "AbortError" ? error : new Unreachable();
  });
  if (!response.ok) throw new Problem(response.status, await details(response));
  return response;
}

/** @param {Response} response */
async function details(response) {
  const type = response.headers.get("Content-Type") ?? "";
  return type.startsWith("application/problem+json") ? response.json() : {};
}
