"""HEAD wherever GET is (RFC 9110, section 9.3.2)."""

from chalice.app import Chalice


def add_head_routes(chalice: Chalice) -> None:
    """Add a HEAD route to every path of the app that has a GET route, with the same view.

    The response keeps its body, so that Content-Length is that of GET; API Gateway sends the headers only.
    """
    for path, by_method in list(chalice.routes.items()):
        if "GET" in by_method:
            get = by_method["GET"]
            chalice.route(path, methods=["HEAD"], name=get.view_name)(get.view_function)
