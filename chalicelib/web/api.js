// @ts-check
/** Speaks HTTP with the API: JSON in, JSON out, errors as Problem or Unreachable. Knows nothing of sessions. */

import { Problem, Unreachable } from "./problem.js";

/**
 * Addresses are relative: on AWS the API lives under its stage's path.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, accessToken?: string, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>} one with a status below 400
 */
export async function send(method, path, { body, accessToken, signal } = {}) {
  const headers = new Headers({ Accept: "application/json, application/problem+json" });
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
