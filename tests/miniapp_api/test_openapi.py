"""The phone API's own description: valid, complete, and the contract's addresses are in it."""

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document(town):
    return httpx.get(f"{town.base_url}/m/v1/openapi.json").json()


@pytest.fixture(scope="module")
def operations(document):
    return {
        f"{method} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }


def test_the_document_is_valid_openapi_three_one(document):
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_operation_says_who_may(operations):
    assert [name for name, each in operations.items() if not each.get("x-access")] == []


def test_every_operation_says_what_it_does(operations):
    assert [name for name, each in operations.items() if not each.get("summary")] == []


def test_every_operation_has_a_name_of_its_own(operations):
    names = [each["operationId"] for each in operations.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "address",
    [
        "get /m/v1/codes/{token}",
        "get /m/v1/session/demo",
        "post /m/v1/session/demo",
        "post /m/v1/session/staff",
        "delete /m/v1/session",
        "post /m/v1/photos",
        "post /m/v1/cases",
        "get /m/v1/cases",
        "get /m/v1/cases/{number}",
        "post /m/v1/cases/{number}/moves/{move}",
        "post /m/v1/cases/{number}/second",
    ],
)
def test_an_address_phones_rely_on_is_described(operations, address):
    assert address in operations
