"""Configurations of web servers: what a server has to be told so that the site is served well."""

from site_builder.serving.configuring import SERVERS, configuration
from site_builder.serving.place import Misplaced, Place, Setup

__all__ = ["SERVERS", "Misplaced", "Place", "Setup", "configuration"]
