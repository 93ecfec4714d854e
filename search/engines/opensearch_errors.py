"""What the client of OpenSearch raises, as our own errors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from opensearchpy.exceptions import ConnectionError as NotReachedError
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from search.errors import IndexUnavailableError

log = logging.getLogger("ipregister.search")


@contextmanager
def told() -> Iterator[None]:
    """Tells an error of the cluster in our words; what the cluster said goes to the log only."""
    try:
        yield
    except NotFoundError as error:
        raise IndexUnavailableError("no index was built yet") from error
    except NotReachedError as error:
        raise IndexUnavailableError("the search cluster does not answer") from error
    except OpenSearchException as error:
        log.error("the search cluster refused a request: %s", error)
        raise IndexUnavailableError("the search cluster cannot answer this just now") from error
