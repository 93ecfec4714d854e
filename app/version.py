"""The version of the software, as installed."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("ipregister")
except PackageNotFoundError:
    VERSION = "0"
