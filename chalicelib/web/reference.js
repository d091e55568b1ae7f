// @ts-check
/** The reference of the API: Swagger UI on the API's own description. What it sends, it sends to this API. */

/** @type {any} */ (window).SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  displayRequestDuration: true,
  persistAuthorization: false, // a token must not outlive the page
  validatorUrl: null, // else the description would be sent to swagger.io
});
