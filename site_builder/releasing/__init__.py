"""Releases: the whole site in a directory of its own, verified, switched to in one step.

`settings` reads publish.yml. `preparing` reads the files of the site (`inspecting`, `packing`) and
remembers what it saw (`seen`); `verifying` refuses what must not go public. `release` composes,
`manifest` is what a release holds. `publishing` and `returning` are the order of it all, `outcome`
and `telling` what came of it. `targets` says what a target can do; there are `local` (with
`placing`, `switching`, `lock`), `ordered` (with `ordering`), `sftp` (with `sending`, `ssh`,
`sftp_lock`) and `archive`.
"""
