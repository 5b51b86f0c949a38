"""Every module that holds tables, in the order of the layers, for Tortoise and migrations."""

MODEL_MODULES = (
    "server.trust.models",
    "server.photos.models",
    "server.places.models",
    "server.people.models",
    "server.org.models",
    "server.catalogue.models",
    "server.codes.models",
    "server.notices.models",
    "server.cases.models",
    "server.cases.search.models",
    "server.praise.models",
    "server.plaques.models",
    "server.merchants.models",
    "server.bulletins.models",
    "server.stations.models",
    "server.results.models",
    "server.workbook.models",
    "server.contact.models",
    "server.bindings.models",
)
