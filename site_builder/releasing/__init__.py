"""Releases: the whole site in a directory of its own, verified, switched to in one step.

`settings` reads publish.yml, `preparing` looks at each file of the site (`inspecting`, `packing`)
and remembers what it saw (`seen`), `verifying` refuses what must not go public, `manifest` says
what a release holds, `targets` where releases go, `publishing` is the order of it all.
"""
