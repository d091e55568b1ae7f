/** The API reference: Swagger UI for this API's OpenAPI description. */

/** @typedef {{SwaggerUIBundle: (options: Record<string, string | boolean | null>) => void}} SwaggerUi */

/** @type {typeof globalThis & SwaggerUi} */ (globalThis).SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  displayRequestDuration: true,
  persistAuthorization: false, // a token must not outlive the page
  validatorUrl: null, // otherwise the description is sent to swagger.io
});
